"""A record changed on a form: asked, checked, saved, and nothing twice. Expected values are those of the small case."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.pages.register.filling import entries, send
from wayforward.records.base import Record, columns, record_models
from wayforward.records.fields import LongText, ShortText
from wayforward.records.models import Citation, Event
from wayforward.records.rows import cells
from wayforward.records.save import remove

AT = "/exercises/TOWN/records"


def service(code: str) -> Any:
    from wayforward.scope.models import Service

    return Service.objects.get(code=code)


def last_event() -> tuple[str, str, int]:
    event = Event.objects.order_by("-sequence")[0]
    return event.action, event.record, event.record_version


def test_from_the_form_to_the_record(director: Client) -> None:
    form = director.get(f"{AT}/services/S3/edit")
    check = send(director, form, "check", f_name="Wardens at night")
    assert check.status_code == 200
    assert "Check your answers" in check.content.decode()
    assert service("S3").name == "Warden desk", "nothing is stored before it is saved"
    saved = send(director, check, "save")
    assert (saved.status_code, saved["Location"]) == (302, f"{AT}/services/S3?saved=changed")
    assert service("S3").name == "Wardens at night"
    assert last_event() == ("changed", "service:S3", 2)
    assert "The change is stored" in director.get(saved["Location"]).content.decode()


# A value of each kind of field as it is typed, and as the record has it then.
@pytest.mark.parametrize(
    ("stem", "code", "field", "typed", "stored"),
    [
        ("services", "S3", "name", "Desk, “open” <b>all</b> night", "Desk, “open” <b>all</b> night"),
        ("services", "S3", "agreed_reason", "One\r\n\r\n=two\r\n", "One\n\n=two\n"),
        ("services", "S3", "agreed_reason", "\r\nA line before", "\nA line before"),
        ("services", "S3", "yearly_cost", " 41000.50 ", "41000.5"),
        ("services", "S3", "people", "", ""),
        ("services", "S3", "parent", "S1", "S1"),
        ("services", "S3", "parent", "", ""),
        ("services", "S3", "powers_by", "constable", "constable"),
        ("services", "S3", "information", "yes", "yes"),
        ("services", "S3", "information", "", ""),
        ("services", "S3", "agreed_on", "2012-09-20", "2012-09-20"),
        ("evidence", "E2", "grade", "6", "6"),
        ("exercise", "TOWN", "price_year", "2011-12", "2011-12"),
        ("exercise", "TOWN", "budget", "21000", "21000"),
        ("lessons", None, "bears_on", "service:S2", "service:S2"),
    ],
)
def test_a_value_of_each_kind_comes_back_as_it_was_typed(
    director: Client, stem: str, code: str | None, field: str, typed: str, stored: str
) -> None:
    model: Any = next(m for m in (*record_models(), *_exercise()) if m.stem == stem)
    code = code or model.objects.first().code
    form = director.get(f"{AT}/{stem}/{code}/edit")
    check = send(director, form, "check", **{f"f_{field}": typed})
    assert send(director, check, "save").status_code == 302, check.content.decode()
    assert cells(model.objects.get(code=code))[field] == stored
    again = director.get(f"{AT}/{stem}/{code}/edit")
    assert "Nothing to change" in send(director, again, "check").content.decode()


def _exercise() -> list[Any]:
    from wayforward.exercise.models import Exercise

    return [Exercise]


def test_yearly_amounts_and_pairs_are_typed_as_a_file_has_them(director: Client) -> None:
    from wayforward.appraisal.models import CostLine

    line = CostLine.objects.filter(amounts__isnull=False).first()
    assert line is not None
    form = director.get(f"{AT}/cost_lines/{line.code}/edit")
    assert entries(form)["f-amounts"] == [cells(line)["amounts"]]
    broken = send(director, form, "check", f_amounts="2013-14 lots")
    assert broken.status_code == 400
    assert "2013-14: 250000" in broken.content.decode(), "an example of what may stand there"
    assert entries(broken)["f-amounts"] == ["2013-14 lots"], "what was typed is kept"


EDITABLE = [model for model in record_models() if model.changed_by != "nobody"]


@pytest.mark.parametrize("model", EDITABLE, ids=lambda model: model.stem)
def test_each_register_opens_says_when_nothing_changed_and_saves_one_change(
    director: Client, model: type[Record]
) -> None:
    assert director.get(f"{AT}/{model.stem}/_new").status_code == 200
    row: Any = model._default_manager.first()
    if row is None:
        return  # the small case has none: that it opens is all there is to see
    address = f"{AT}/{model.stem}/{row.code}/edit"
    form = director.get(address)
    same = send(director, form, "check")
    assert "Nothing to change" in same.content.decode()
    field, value = _one_change(model)
    check = send(director, form, "check", **{f"f_{field}": value})
    assert "Check your answers" in check.content.decode()
    saved = send(director, check, "save")
    assert saved.status_code == 302, saved.content.decode()
    after: Any = model._default_manager.get(pk=row.pk)
    before = cells(row)
    assert cells(after) == {**before, field: value}, "that field, and no other"
    assert (after.version, last_event()) == (2, ("changed", row.reference, 2))


def _one_change(model: type[Record]) -> tuple[str, str]:
    """Free words that no rule is about; the handling marking where a table has none."""
    free = [f.name for f in columns(model) if isinstance(f, LongText) and f.name not in ("body", "value")]
    named = [f.name for f in columns(model) if type(f) is ShortText and f.name in ("name", "title", "owner")]
    found = [*named, *free]
    return (found[0], "Changed on a form") if found else ("marking", "official-sensitive")


def test_a_new_record_gets_the_next_code_of_its_register(director: Client, exercise: Any) -> None:
    form = director.get(f"{AT}/services/_new")
    assert entries(form)["f-code"] == ["S4"]  # after S1, S2, S3
    check = send(director, form, "check", f_name="Night shelter")
    saved = send(director, check, "save")
    assert saved["Location"] == f"{AT}/services/S4?saved=added"
    assert last_event() == ("added", "service:S4", 1)
    assert (service("S4").name, service("S4").exercise_id) == ("Night shelter", exercise.pk)
    # Once it is gone its code is not used again.
    remove(service("S4"), 1, "person 1")
    form = director.get(f"{AT}/services/_new")
    assert entries(form)["f-code"] == ["S5"]
    for code in ("S4", "s4", "s1"):
        taken = send(director, form, "check", f_name="Another", f_code=code)
        assert (taken.status_code, "S5 is free" in taken.content.decode()) == (400, True)
    bad = send(director, form, "check", f_name="Another", f_code="../etc")
    assert (bad.status_code, "letters, digits and hyphens" in bad.content.decode()) == (400, True)


def test_an_empty_register_begins_at_001(director: Client) -> None:
    from wayforward.exercise.models import Gate

    assert not Gate.objects.exists()
    assert entries(director.get(f"{AT}/gates/_new"))["f-code"] == ["GAT-001"]


def test_what_can_not_be_read_is_told_at_its_field_with_all_entries_kept(director: Client) -> None:
    form = director.get(f"{AT}/services/S3/edit")
    told = send(director, form, "check", f_name="", f_yearly_cost="1,000", f_parent="S9", f_powers="Kept")
    page = told.content.decode()
    assert told.status_code == 400
    assert "<title>Error: " in page
    assert 'href="#f-yearly_cost"' in page
    assert "found “1,000”; give an amount in pounds" in page
    assert entries(told)["f-powers"] == ["Kept"]
    assert entries(told)["f-parent"] == ["S9"]
    assert service("S3").version == 1


def test_a_rule_that_the_change_would_break_is_told_and_nothing_is_saved(director: Client) -> None:
    # A core service alone may be supported, and S1 is agreed to be support.
    form = director.get(f"{AT}/services/S3/edit")
    told = send(director, form, "check", f_supports="S1")
    assert told.status_code == 400
    assert 'href="#f-supports"' in told.content.decode()
    # Sent as saved without the check, it is refused alike.
    assert send(director, form, "save", f_supports="S1").status_code == 400
    assert service("S3").supports.code == "S2"


def test_a_fault_that_was_there_before_refuses_nothing(director: Client, exercise: Any) -> None:
    from wayforward.records.save import save
    from wayforward.scope.models import Service

    row: Any = Service.objects.get(code="S3")
    row.supports = Service.objects.get(code="S1")  # wrong, as the test above shows
    save(row, 1, "person 1")
    form = director.get(f"{AT}/services/S3/edit")
    check = send(director, form, "check", f_name="Another name")
    assert send(director, check, "save").status_code == 302
    assert service("S3").name == "Another name"


def test_the_same_form_sent_twice_changes_nothing_twice(director: Client) -> None:
    check = send(director, director.get(f"{AT}/services/S3/edit"), "check", f_name="Once")
    first, second = send(director, check, "save"), send(director, check, "save")
    assert first["Location"] == second["Location"]
    assert service("S3").version == 2
    check = send(director, director.get(f"{AT}/services/_new"), "check", f_name="New once")
    first, second = send(director, check, "save"), send(director, check, "save")
    assert first["Location"] == second["Location"] == f"{AT}/services/S4?saved=added"
    assert Event.objects.filter(record="service:S4").count() == 1


def test_change_leads_back_to_the_form_with_the_entries_kept(director: Client) -> None:
    check = send(director, director.get(f"{AT}/services/S3/edit"), "check", f_name="Kept", f_people="7")
    back = send(director, check, "back")
    assert (entries(back)["f-name"], entries(back)["f-people"]) == (["Kept"], ["7"])
    assert entries(back)["submission"] == entries(check)["submission"]


def test_evidence_that_gave_the_old_value_is_decided_about(director: Client) -> None:
    # citations.csv: C1, in use, gives 310000 for the yearly cost of S1; C2, not in use, 300000.
    form = director.get(f"{AT}/services/S1/edit")
    check = send(director, form, "check", f_yearly_cost="320000")
    assert check.status_code == 200
    undecided = send(director, check, "save")
    assert undecided.status_code == 400
    assert "choose what becomes of the evidence E1" in undecided.content.decode()
    assert service("S1").yearly_cost == 310000
    saved = send(director, undecided, "save", c_C1="gives")
    assert saved.status_code == 302
    assert (service("S1").yearly_cost, Citation.objects.get(code="C1").value) == (320000, "320000")
    assert last_event() == ("changed", "citation:C1", 2)


def test_evidence_may_be_left_behind_with_the_reason(director: Client) -> None:
    check = send(director, director.get(f"{AT}/services/S1/edit"), "check", f_yearly_cost="320000")
    saved = send(director, check, "save", c_C1="left", why_C1="Superseded by the new contract")
    assert saved.status_code == 302, saved.content.decode()
    citation = Citation.objects.get(code="C1")
    assert (citation.used, citation.value, citation.reason) == (
        False,
        "310000",
        "Superseded by the new contract",
    )


@pytest.mark.parametrize("role", ["guest", "reviewer", "assurer", "commissioner"])
def test_whoever_may_not_change_sees_no_button_and_is_refused(
    somebody: Callable[..., Client], role: str
) -> None:
    client = somebody(role)
    for address in ("services", "services/S3"):
        page = client.get(f"{AT}/{address}").content.decode()
        assert "/_new" not in page
        assert "/edit" not in page
        assert "Attach evidence" not in page
    for address in (
        "services/_new",
        "services/_several?row=S3",
        "services/S3/edit",
        "services/S3/remove",
        "services/S3/evidence/name",
    ):
        assert client.get(f"{AT}/{address}").status_code == 403, address
        assert client.post(f"{AT}/{address}", {"step": "save"}).status_code == 403, address


def test_nobody_changes_by_form_what_other_pages_keep(director: Client) -> None:
    for model in record_models():
        if model.changed_by == "nobody":
            assert director.get(f"{AT}/{model.stem}/_new").status_code == 403
            assert "/_new" not in director.get(f"{AT}/{model.stem}").content.decode()


def test_a_commercial_record_is_neither_shown_nor_changed_by_who_holds_an_interest(
    director: Client, somebody: Callable[..., Client], exercise: Any
) -> None:
    from wayforward.exercise.models import DeclaredInterest
    from wayforward.records.save import save

    interest = DeclaredInterest(exercise=exercise, code="INT-1", holder="Adviser", interest="Shares")
    save(interest, 0, "person 1", "added")
    row = service("S3")
    row.marking = "commercial"
    save(row, 1, "person 1")
    form = director.get(f"{AT}/services/S3/edit")
    assert form["Wayforward-Marking"] == "Official-sensitive: commercial"
    held = somebody("analyst", "INT-1")
    for address in ("edit", "remove", "evidence/name"):
        assert held.get(f"{AT}/services/S3/{address}").status_code == 403, address
        assert send(held, form, "save", f"{AT}/services/S3/{address}").status_code == 403, address
    assert b"Warden desk" not in held.get(f"{AT}/services/S1/edit").content
    named = send(held, held.get(f"{AT}/services/S1/edit"), "check", f_parent="S3")
    assert (named.status_code, b"Warden desk" in named.content) == (400, False)
    assert service("S3").version == 2


def test_a_form_without_what_it_was_given_out_with_is_refused(director: Client) -> None:
    form = director.get(f"{AT}/services/S3/edit")
    for broken in ({"submission": "no"}, {"version": "-1"}, {"version": "²"}, {"version": "9" * 20}):
        assert send(director, form, "save", f_name="X", **broken).status_code == 400
    assert (
        json.loads(Event.objects.filter(record="service:S3").latest("sequence").row)["name"] == "Warden desk"
    )
