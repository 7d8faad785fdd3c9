"""A what-if kept as a scenario: by whom, under which name, with its events, and opened again."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.appraisal.asking import ASK, box, of, text
from tests.appraisal.workbench import member, store, two_options
from tests.workbench import person
from wayforward.appraisal.models import CostLine, Scenario, ScenarioValue
from wayforward.appraisal.pages import kept
from wayforward.appraisal.pages.asked import MOST, Asked, Refused
from wayforward.appraisal.pages.inputs import inputs
from wayforward.findings import Findings
from wayforward.options.models import Option
from wayforward.people.models import ROLES
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.save import save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]


def test_saving_writes_a_scenario_with_its_events_and_nothing_else(analyst: Client) -> None:
    before, costs = Event.objects.count(), list(CostLine.objects.order_by("code").values())
    answer = analyst.post(
        f"{ASK}/save",
        {"cost_line:C-A2/amounts": "130", "edition": "green-book-2026", "name": " Dear running "},
    )
    assert answer.status_code == 302
    (scenario,) = Scenario.objects.all()
    assert (scenario.code, scenario.name, scenario.version) == ("SCN-001", "Dear running", 1)
    assert (scenario.edition, scenario.made_by, str(scenario.made)) == (
        "green-book-2026",
        "Analyst",
        "2012-12-20",
    )
    assert "A: C-A2: 130% of likely" in scenario.question
    (value,) = ScenarioValue.objects.all()
    assert (value.scenario, value.about, value.field, float(value.value)) == (
        *(scenario, "cost_line:C-A2", "amounts"),
        1.3,
    )
    assert [(e.record, e.action) for e in Event.objects.order_by("sequence")[before:]] == [
        ("scenario:SCN-001", "saved from a what-if"),
        (value.reference, "saved from a what-if"),
    ]
    # No e-mail address: an actor goes by a number.
    assert all("@" not in actor for actor in Event.objects.values_list("actor", flat=True))
    assert list(CostLine.objects.order_by("code").values()) == costs
    page = text(analyst.get(answer["Location"]))
    assert "Kept as SCN-001, Dear running" in page
    assert "−£272" not in text(analyst.get(ASK))


def test_a_saved_scenario_is_opened_as_it_was_asked(analyst: Client) -> None:
    asked = {"line:Wages": "80", "cost_line:C-A1/amounts": "90", "criterion:CALM/points": "100"}
    analyst.post(f"{ASK}/save", {**asked, "name": "All at once"})
    answer = analyst.get(f"{ASK}?scenario=SCN-001")
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    # Lines that one driver moves are one input again, and so are the weights of all groups.
    assert {name: values[0] for name, values in query.items()} == asked
    assert "Open a scenario" in text(analyst.get(ASK))


def test_a_code_is_never_used_twice(analyst: Client) -> None:
    post = {"cost_line:C-A2/amounts": "130"}
    analyst.post(f"{ASK}/save", {**post, "name": "One"})
    ScenarioValue.objects.all().delete()
    Scenario.objects.all().delete()
    analyst.post(f"{ASK}/save", {**post, "name": "Two"})
    assert Scenario.objects.get().code == "SCN-002"
    assert ScenarioValue.objects.get().code == "SCV-002"


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ({"cost_line:C-A2/amounts": "130", "name": " "}, "Give the scenario a name"),
        ({"cost_line:C-A2/amounts": "130", "name": "x" * 301}, "at most 300 characters"),
        ({"cost_line:C-A2/amounts": "130", "name": "a\x00b"}, "control character"),
        ({"cost_line:C-A2/amounts": "130", "name": "\u200b"}, "invisible character, U+200B"),
        ({"cost_line:C-A2/amounts": "130", "name": "Slow\u202etuo-llor"}, "invisible character, U+202E"),
        ({"cost_line:C-A2/amounts": "130", "name": "\u3164"}, "nothing that can be seen"),
        ({"name": "Nothing"}, "Nothing is moved"),
        ({"cost_line:C-A2/amounts": "nan", "name": "No number"}, "no plain number"),
        ({"cost_line:C-A2/amounts": "-5", "name": "Below"}, "from 0 to 1,000% of likely"),
    ],
)
def test_what_can_not_be_saved_is_said_and_nothing_is(
    analyst: Client, post: dict[str, str], words: str
) -> None:
    before = Event.objects.count()
    answer = analyst.post(f"{ASK}/save", post)
    assert answer.status_code == 400
    assert words in text(answer)
    assert Event.objects.count() == before
    assert not Scenario.objects.exists()


def test_two_scenarios_have_two_names(analyst: Client) -> None:
    analyst.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": "Dear"})
    answer = analyst.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "90", "name": "DEAR"})
    assert answer.status_code == 400
    assert "There is a scenario called “Dear” already" in text(answer)
    # What was asked is kept, so that only the name has to be mended.
    assert 'name="cost_line:C-A2/amounts" value="90"' in answer.content.decode()


def test_a_name_is_held_against_what_is_stored_not_what_was_read() -> None:
    exercise = store(two_options())
    findings = Findings(Case.of(exercise), keep=False)
    save(Scenario(exercise=exercise, code="SCN-7", name="Dear"), 0, "person 1")
    question = Asked({"cost_line:C-A2/amounts": 130.0})
    with pytest.raises(Refused, match="called “Dear” already"):
        kept.keep(findings, question, inputs(findings), "dear", "Analyst", "person 2")
    assert kept.keep(findings, question, inputs(findings), "Dearer", "Analyst", "person 2").code == "SCN-008"


def test_a_case_holds_so_many_scenarios(monkeypatch: Any, analyst: Client) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    answers = [
        analyst.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": name})
        for name in ("1", "2", "3")
    ]
    assert [one.status_code for one in answers] == [302, 302, 400]
    assert "2 scenarios are kept, and the most is 2: no other can be saved." in text(answers[2])
    assert Scenario.objects.count() == 2


LOOK_ONLY = ("reviewer", "assurer", "guest", "operator")


@pytest.mark.parametrize(("role", "may"), [(role, role not in LOOK_ONLY) for role, _ in ROLES])
def test_reviewers_and_guests_ask_and_save_nothing(role: str, may: bool) -> None:
    client = member(store(two_options()), role=role)
    query = of("cost_line:C-A2", "amounts", "130")
    page = client.get(f"{ASK}?{query}")
    assert ("Save as a scenario" in text(page)) is may
    assert ("Reviewers and guests may ask anything here and save nothing" in text(page)) is not may
    assert "not £640" in text(page)
    answer = client.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": "Dear"})
    assert answer.status_code == (302 if may else 403)
    assert Scenario.objects.exists() is may
    if not may:
        assert "Reviewers and guests may ask anything here and save nothing" in text(answer)
        assert 'value="130"' in box(answer, "cost_line:C-A2/amounts")


def test_the_operator_saves_without_a_part() -> None:
    store(two_options())
    operator = Client()
    operator.force_login(person("operator@example.org", is_superuser=True))
    operator.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": "Dear"})
    assert Scenario.objects.get().made_by == "Operator"


def test_what_stands_in_the_form_is_saved_without_being_asked_first(analyst: Client) -> None:
    page = analyst.get(f"{ASK}?show=cost_line:C-B/amounts").content.decode()
    # One form holds the inputs, the name and the button; the token goes with the button alone.
    assert page.count("csrfmiddlewaretoken") == 2  # signing out has its own
    button = re.search(r"<button [^>]*formaction[^>]*>", page)[0]  # type: ignore[index]
    assert all(words in button for words in ('form="ask"', 'formmethod="post"', 'name="csrfmiddlewaretoken"'))
    fields = dict(re.findall(r'type="text"[^>]* name="([^"]+)" value="([^"]*)"', page))
    assert len(fields) >= 4
    answer = analyst.post(
        f"{ASK}/save",
        {
            **fields,
            "cost_line:C-B/amounts": "120",
            "show": "",
            "edition": "green-book-2003",
            "name": "At once",
        },
    )
    assert answer.status_code == 302
    (value,) = ScenarioValue.objects.all()
    assert (value.about, float(value.value)) == ("cost_line:C-B", 1.2)


def test_as_many_inputs_can_be_opened_as_saved() -> None:
    town = two_options()
    a = next(row for row in town.tables[Option] if row.code == "A")
    for place in range(MOST + 1):
        town.cite(town.cost(f"X{place}", a, "2013-14: 1"), town.strong, "amounts")
    client = member(store(town))
    asked = {f"cost_line:X{place}/amounts": "120" for place in range(MOST + 1)}
    answer = client.post(f"{ASK}/save", {**asked, "name": "Too many"})
    assert answer.status_code == 400
    assert f"{MOST + 1} inputs are moved at once, and the most is {MOST}" in text(answer)
    del asked["cost_line:X0/amounts"]
    assert client.post(f"{ASK}/save", {**asked, "name": "All"}).status_code == 302
    opened = client.get(f"{ASK}?scenario=SCN-001", follow=True)
    assert opened.status_code == 200
    assert "What changes" in text(opened)
    # A line of a request holds 4,094 letters.
    assert len(opened.redirect_chain[0][0]) < 4000


def test_a_scenario_that_this_page_can_not_ask_names_what_it_moves() -> None:
    town = two_options()
    scenario = town.add(Scenario, "SCN-1", name="Odd")
    town.add(ScenarioValue, "SCV-1", scenario=scenario, about="cost_line:C-A2", field="residual", value=1)
    page = member(store(town)).get(f"{ASK}?scenario=SCN-1")
    assert page.status_code == 400
    assert "Odd changes what can't be moved here: C-A2, residual." in text(page)


def test_saving_is_for_people_with_a_part_and_is_guarded_against_forged_forms(analyst: Client) -> None:
    post = {"cost_line:C-A2/amounts": "130", "name": "Dear"}
    assert Client().post(f"{ASK}/save", post).status_code == 302  # to the sign-in
    outsider = Client()
    outsider.force_login(person("outsider@example.org"))
    assert outsider.post(f"{ASK}/save", post).status_code == 404
    assert outsider.get(ASK).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = analyst.cookies
    assert strict.post(f"{ASK}/save", post).status_code == 403
    assert analyst.get(f"{ASK}/save").status_code == 405
    assert not Scenario.objects.exists()
