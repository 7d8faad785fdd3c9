"""Records that rules ask for together: one put aside, another entered, all saved at once or none.

What is refused alone follows from the rules by hand: an investment without an outcome; shares that do not add up to 1.
"""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.pages.register.filling import entries, send
from wayforward.records.base import record_models
from wayforward.records.models import Citation, Event
from wayforward.records.save import remove, save

AT = "/exercises/TOWN/records"


def there(stem: str) -> dict[str, Any]:
    model = next(one for one in record_models() if one.stem == stem)
    return {row.code: row for row in model._default_manager.all()}


def new_investment(director: Client) -> Any:
    """The form of a new investment, refused since it has no outcome."""
    form = director.get(f"{AT}/investments/_new")
    told = send(director, form, "check", f_name="Night desk", f_capability="K1", f_cost="900")
    assert told.status_code == 400
    assert "an investment without an outcome" in told.content.decode()
    assert "Save it together with another record" in told.content.decode()
    return told


def its_outcome(director: Client) -> Any:
    """The form of the outcome that is entered beside it."""
    told = new_investment(director)
    assert entries(told)["next"] == ["investment_outcomes"], "what names it is nearest"
    return send(director, told, "aside")


def test_an_investment_and_its_outcome_are_saved_at_once(director: Client) -> None:
    before = Event.objects.count()
    form = its_outcome(director)
    words = form.content.decode()
    assert form.status_code == 200
    assert "New investment I2, Night desk" in words
    assert entries(form)["f-investment"] == ["I2"], "what was put aside is named, and can be"
    check = send(director, form, "check", f_outcome="M1", f_claim="Open at night")
    words = check.content.decode()
    assert check.status_code == 200, words
    assert "Save all 2 records" in words
    for text in ("Night desk", "Open at night", "£900"):
        assert text in words
    assert Event.objects.count() == before, "nothing is stored before all of it is"
    saved = send(director, check, "save")
    assert saved.status_code == 302, saved.content.decode()
    investment, outcome = there("investments")["I2"], there("investment_outcomes")["IO2"]
    assert (investment.name, outcome.investment, outcome.claim) == ("Night desk", investment, "Open at night")
    logged = Event.objects.order_by("sequence")[before:]
    assert {(one.record, one.action) for one in logged} == {
        ("investment:I2", "changed with others"),
        ("investment_outcome:IO2", "changed with others"),
    }
    # The page that it leads to names both; the same form again changes nothing.
    told = director.get(saved["Location"]).content.decode()
    assert "Night desk" in told
    assert "IO2" in told
    assert send(director, check, "save")["Location"] == saved["Location"]
    assert Event.objects.count() == before + 2


def test_what_is_aside_is_opened_again_with_all_kept_and_can_be_left_out(director: Client) -> None:
    form = its_outcome(director)
    again = send(director, form, "open-0", f_outcome="M1")
    assert entries(again)["f-name"] == ["Night desk"]
    assert entries(again)["f-code"] == ["I2"]
    assert "New investment outcome IO2" in again.content.decode(), "each puts the other aside"
    back = send(director, again, "open-0", f_name="Night desks")
    assert entries(back)["f-outcome"] == ["M1"]
    assert "New investment I2, Night desks" in back.content.decode()
    alone = send(director, back, "leave-0")
    assert "aside" not in entries(alone)
    told = send(director, alone, "check")
    assert (told.status_code, "Investment: found “I2”" in told.content.decode()) == (400, True)
    assert send(director, told, "save", f_investment="I1", f_outcome="M1").status_code == 400, "named already"


@pytest.fixture
def shares(exercise: Any) -> dict[str, Any]:
    """A project of two types of work: 0.6 and 0.4."""
    from wayforward.appraisal.models import BiasShare, OptimismBias

    project = OptimismBias(exercise=exercise, code="P1", name="Desks")
    save(project, 0, "person 9")
    for code, kind, share in (
        ("H1", "equipment-and-development", "0.6"),
        ("H2", "standard-buildings", "0.4"),
    ):
        save(
            BiasShare(exercise=exercise, code=code, bias=project, project_type=kind, share=share),
            0,
            "person 9",
        )
    return there("bias_shares")


def test_two_shares_are_changed_together(director: Client, shares: dict[str, Any]) -> None:
    told = send(director, director.get(f"{AT}/bias_shares/H1/edit"), "check", f_share="0.7")
    assert told.status_code == 400
    assert "add up to 1; they come to 1.1" in told.content.decode()
    assert 'value="aside:bias_share:H2"' in told.content.decode(), "the record that the rule names is at hand"
    other = send(director, told, "aside:bias_share:H2")
    assert entries(other)["f-share"] == ["0.4"]
    wrong = send(director, other, "check", f_share="0.2")
    assert (wrong.status_code, "they come to 0.9" in wrong.content.decode()) == (400, True)
    check = send(director, wrong, "check", f_share="0.3")
    assert check.status_code == 200, check.content.decode()
    assert send(director, check, "save").status_code == 302
    assert {code: row.share for code, row in there("bias_shares").items()} == {
        "H1": Decimal("0.7"),
        "H2": Decimal("0.3"),
    }
    assert {row.version for row in there("bias_shares").values()} == {2}


def two_aside(director: Client) -> Any:
    told = send(director, director.get(f"{AT}/bias_shares/H1/edit"), "check", f_share="0.7")
    other = send(director, told, "aside", next="bias_shares", **{"next-code": "H2"})
    return send(director, other, "check", f_share="0.3")


def change(code: str, **values: Any) -> None:
    row = there("bias_shares")[code]
    for name, value in values.items():
        setattr(row, name, value)
    save(row, row.version, "person 99")


def test_a_change_meanwhile_of_what_is_aside_is_told_and_settled(
    director: Client, shares: dict[str, Any]
) -> None:
    check = two_aside(director)
    change("H1", marking="official")
    told = send(director, check, "save")
    assert told.status_code == 400
    assert "Bias share H1" in told.content.decode()
    assert "somebody else changed it after you began" in told.content.decode()
    both = send(director, told, "open-0")
    assert "Somebody else changed this record" in both.content.decode()
    assert {both.status_code, len(entries(both)["aside"])} == {409, 1}
    settled = send(director, both, "settle")
    assert (settled.status_code, "Save all 2 records" in settled.content.decode()) == (200, True)
    assert send(director, settled, "save").status_code == 302
    rows = there("bias_shares")
    assert (rows["H1"].share, rows["H1"].marking, rows["H2"].share) == (
        Decimal("0.7"),
        "official",
        Decimal("0.3"),
    )


def test_a_change_meanwhile_of_the_form_shows_both_versions_and_keeps_the_rest(
    director: Client, shares: dict[str, Any]
) -> None:
    check = two_aside(director)
    change("H2", marking="official")
    both = send(director, check, "save")
    assert both.status_code == 409
    settled = send(director, both, "settle")
    assert send(director, settled, "save").status_code == 302
    assert {code: row.share for code, row in there("bias_shares").items()} == {
        "H1": Decimal("0.7"),
        "H2": Decimal("0.3"),
    }


def test_a_change_at_the_very_moment_of_saving_is_told_and_nothing_is_half_kept(
    director: Client, shares: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from wayforward.pages.register import form
    from wayforward.records.save import save_all

    def a_moment_later(*given: Any) -> None:
        change("H1", marking="official")
        save_all(*given)

    check = two_aside(director)
    monkeypatch.setattr(form, "save_all", a_moment_later)
    told = send(director, check, "save")
    assert told.status_code == 409
    assert "Bias share H1: somebody else changed it after you began" in told.content.decode()
    rows = there("bias_shares")
    assert (rows["H1"].share, rows["H2"].share) == (Decimal("0.6"), Decimal("0.4"))
    assert (len(entries(told)["aside"]), entries(told)["f-share"]) == (1, ["0.3"])


def test_what_is_aside_and_removed_meanwhile_is_told(director: Client, shares: dict[str, Any]) -> None:
    check = two_aside(director)
    remove(there("bias_shares")["H1"], 1, "person 99")
    told = send(director, check, "save")
    assert (told.status_code, "Bias share H1: it was removed meanwhile" in told.content.decode()) == (
        400,
        True,
    )
    assert "0.7" in send(director, told, "open-0").content.decode(), "what was typed is shown"
    left = send(director, told, "leave-0")
    assert entries(left)["f-share"] == ["0.3"]


def test_a_code_taken_meanwhile_is_told_and_another_given(director: Client, exercise: Any) -> None:
    from wayforward.alignment.models import Investment, InvestmentOutcome
    from wayforward.records.save import Change, save_all

    form = its_outcome(director)
    outcome = there("modernisation_outcomes")["M1"]
    theirs = Investment(exercise=exercise, code="I2", name="Theirs")
    named = InvestmentOutcome(exercise=exercise, code="IO9", investment=theirs, outcome=outcome)
    save_all([Change(theirs, 0), Change(named, 0)], "person 99")
    told = send(director, form, "check", f_outcome="M1")
    assert (told.status_code, "I3 is free" in told.content.decode()) == (400, True)
    investment = send(director, told, "open-0")
    back = send(director, investment, "open-0", f_code="I3")
    check = send(director, back, "check", f_investment="I3", f_code="IO10")
    assert send(director, check, "save").status_code == 302, check.content.decode()
    assert {one.name for one in there("investments").values()} >= {"Theirs", "Night desk"}


def test_evidence_that_what_is_aside_rests_on_is_asked_about_once_for_all(director: Client) -> None:
    # C1, in use, gives 310000 for the yearly cost of S1.
    told = send(director, director.get(f"{AT}/services/S3/edit"), "check", f_supports="S1")
    aside = send(director, told, "aside", next="services", **{"next-code": "S1"})
    back = send(director, aside, "open-0", f_yearly_cost="320000")
    check = send(director, back, "check", f_supports="S2", f_name="Desk")
    assert "rests on" in check.content.decode()
    undecided = send(director, check, "save")
    assert (undecided.status_code, "choose what becomes" in undecided.content.decode()) == (400, True)
    assert send(director, undecided, "save", c_C1="gives").status_code == 302
    assert (there("services")["S1"].yearly_cost, there("services")["S3"].name) == (320000, "Desk")
    assert Citation.objects.get(code="C1").value == "320000"


@pytest.mark.parametrize("next_", ["", "none_such"])
def test_a_register_that_is_not_there_is_told_or_refused(director: Client, next_: str) -> None:
    told = send(director, new_investment(director), "aside", next=next_)
    assert told.status_code == (404 if next_ else 400)
    wrong = send(director, new_investment(director), "aside", next="investments", **{"next-code": "NONE"})
    assert (wrong.status_code, "there is no investment NONE" in wrong.content.decode()) == (400, True)
    assert send(director, new_investment(director), "aside", next="comments").status_code == 403
    assert send(director, new_investment(director), "open-0").status_code == 400


def test_a_list_that_no_form_gave_out_is_refused(director: Client, somebody: Any, exercise: Any) -> None:
    from django.contrib.auth import get_user_model
    from django.core import signing

    from wayforward.pages.register.aside import MOST, put_aside

    form = its_outcome(director)
    [sealed] = entries(form)["aside"]
    user = get_user_model().objects.get(email="director@example.org")
    many = [put_aside(user, exercise, "services", f"X{n}", 0, {"name": "X"}).sealed for n in range(MOST + 1)]
    other = type("Other", (), {"pk": exercise.pk + 1})
    hostile = {
        "changed": [sealed[:-3] + "AAA"],
        "not signed": ["W10:x"],
        "signed for nothing": [signing.dumps(["services", "S1", 1, {}])],
        "of another exercise": [put_aside(user, other, "services", "S1", 1, {"name": "X"}).sealed],
        "twice": [sealed, sealed],
        "too many": many,
    }
    before = Event.objects.count()
    for words, given in hostile.items():
        assert send(director, form, "save", f_outcome="M1", aside=given).status_code == 400, words
    # Another person of the same exercise can't send what was given out to this one.
    assert send(somebody("analyst"), form, "save", f_outcome="M1").status_code == 400
    # Nor is anything allowed aside that is not in a form of its own: the terms are the director's.
    analyst = get_user_model().objects.get(email="analyst-0@example.org")
    terms = put_aside(analyst, exercise, "exercise", "TOWN", 1, {"title": "Mine"}).sealed
    client = Client()
    client.force_login(analyst)
    form = client.get(f"{AT}/services/S3/edit")
    assert send(client, form, "check", f_name="Desk", aside=[terms]).status_code == 403
    assert Event.objects.count() == before


def test_what_is_aside_names_what_is_needed_by_others_that_are_aside(director: Client) -> None:
    """Three records in a row, each naming the one before; what is half entered breaks no page."""
    form = send(director, director.get(f"{AT}/services/S3/edit"), "check", f_supports="S1")
    outcome = send(director, form, "aside", next="modernisation_outcomes")
    assert outcome.status_code == 200
    investment = send(director, outcome, "aside", next="investments", f_name="Kiosks")
    assert investment.status_code == 400, "an outcome without its title can't be read yet"
    told = send(director, new_investment(director), "aside", next="capabilities")
    back = send(director, told, "open-0", f_name="")
    assert back.status_code == 200, "to open another asks nothing of this one"
    wrong = send(director, back, "check", f_capability=entries(told)["f-code"][0])
    assert (wrong.status_code, "Capability K" in wrong.content.decode()) == (400, True)


def test_what_is_aside_can_be_of_any_register_and_half_entered(director: Client, exercise: Any) -> None:
    """Nothing is typed in it but its code: it is listed, it can be opened, and what it lacks is told."""
    from django.contrib.auth import get_user_model

    from wayforward.pages.register.aside import put_aside

    user = get_user_model().objects.get(email="director@example.org")
    form = director.get(f"{AT}/services/S3/edit")
    for model in record_models():
        if model.changed_by == "nobody":
            continue
        sealed = put_aside(user, exercise, model.stem, "NEW-9", 0, {}).sealed
        told = send(director, form, "check", f_name="Desk", aside=[sealed])
        assert told.status_code in (200, 400), model
        assert "NEW-9" in told.content.decode(), model
        opened = send(director, form, "open-0", f_name="Desk", aside=[sealed])
        assert (opened.status_code, entries(opened)["f-code"]) == (200, ["NEW-9"]), model


def test_a_page_is_marked_as_what_is_aside(director: Client) -> None:
    told = send(director, director.get(f"{AT}/investments/_new"), "check", f_name="X", f_marking="commercial")
    form = send(director, told, "aside")
    assert form["Wayforward-Marking"] == "Official-sensitive: commercial"


def test_the_form_of_a_record_that_is_aside_itself_is_refused(director: Client, exercise: Any) -> None:
    from django.contrib.auth import get_user_model

    from wayforward.pages.register.aside import put_aside

    user = get_user_model().objects.get(email="director@example.org")
    itself = put_aside(user, exercise, "services", "S3", 1, {"name": "Other"}).sealed
    form = director.get(f"{AT}/services/S3/edit")
    assert send(director, form, "save", f_name="One", aside=[itself]).status_code == 400


def test_one_more_than_may_be_put_aside_is_told_with_all_kept(director: Client, exercise: Any) -> None:
    from django.contrib.auth import get_user_model

    from wayforward.pages.register.aside import MOST, put_aside

    user = get_user_model().objects.get(email="director@example.org")
    texts = {"name": "X"}
    many = [put_aside(user, exercise, "services", f"X{n}", 0, texts).sealed for n in range(MOST)]
    told = send(director, new_investment(director), "aside", next="investment_outcomes", aside=many)
    assert (told.status_code, f"At most {MOST} records" in told.content.decode()) == (400, True)
    assert len(entries(told)["aside"]) == MOST
    assert entries(told)["f-name"] == ["Night desk"]
