"""What says the name of a commercial record is commercial too; nothing else is."""

import copy
import dataclasses
import json
from typing import Any

import pytest
from django.core.cache import cache

from tests.appraisal.town import usual_town
from tests.pages.walked import SAID, marked_rows
from tests.workbench import SMALL
from wayforward.casefile import load
from wayforward.exercise.models import Action
from wayforward.findings import Findings
from wayforward.findings.named import Names, commercial_names, telling
from wayforward.records.base import record_models
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence, ParameterOverride
from wayforward.scope.models import Service


def town_with(*rows: Any) -> Case:
    case = usual_town().case()
    return case.changed(rows)


def service(code: str = "S1", name: str = "Zebrafinch hire", **fields: Any) -> Service:
    return Service(code=code, name=name, **fields)


@pytest.mark.parametrize(
    "text",
    [
        "Zebrafinch hire",
        "Waiting for ZEBRAFINCH HIRE, and more",
        "the cost of “zebrafinch hire”",
        "zebrafinch\n  hire",
        "a zebrafinch hire's cost",
        "zebrafinch hires",
    ],
)
def test_a_name_is_found_as_whole_words(text: str) -> None:
    assert Names(["zebrafinch hire"]).said_in(["other words", text]) is ("hires" not in text)


def test_a_name_is_not_read_across_two_texts() -> None:
    assert not Names(["zebrafinch hire"]).said_in(["zebrafinch", "hire"])


def test_no_name_is_in_nothing() -> None:
    assert not Names([]).said_in(["anything"])
    assert not Names(["name"]).said_in([])


@pytest.mark.parametrize(
    ("name", "counts"),
    [("Zebrafinch hire", True), ("IT", False), ("HR.", False), ("Abcd", True), ("", False)],
)
def test_names_of_under_four_characters_are_left_out(name: str, counts: bool) -> None:
    case = town_with(service(name=name, marking="commercial"))
    assert commercial_names(case).said_in([f"the words {name} here"]) is counts


def test_a_name_that_another_record_has_too_is_known_anyway() -> None:
    case = town_with(service(marking="commercial"), service("S2", "zebrafinch Hire"))
    assert not commercial_names(case).said_in(["Zebrafinch hire"])


def test_a_long_name_is_found_where_it_was_cut_off() -> None:
    """Lists cut a name off after 59 characters, and add an ellipsis."""
    name = "Zebrafinch " * 8
    case = town_with(service(name=name, marking="commercial"))
    assert commercial_names(case).said_in([f"{name[:59].rstrip()}…"])
    assert not commercial_names(case).said_in(["Zebrafinch zebrafinch"])


def test_a_record_with_commercial_evidence_in_use_is_commercial() -> None:
    paper = Evidence(code="E9", title="A tender of twelve pages", marking="commercial")
    used = Citation(code="C9", record="service:S1", field="yearly_cost", evidence=paper, used=True)
    unused = Citation(code="C8", record="service:S2", field="yearly_cost", evidence=paper, used=False)
    case = town_with(service(), service("S2", "Wagtail hire"), paper, used, unused)
    assert commercial_names(case).said_in(["zebrafinch hire"])
    assert not commercial_names(case).said_in(["wagtail hire"])
    assert telling(case, Service) == {"S1"}


def test_a_row_says_a_name_in_words_of_its_own_or_by_what_it_is_called() -> None:
    rows = [
        Action(code="A1", name="Ring Zebrafinch hire"),
        Action(code="A2", name="Ring the council"),
    ]
    case = town_with(service(marking="commercial"), *rows)
    assert telling(case, Action) == {"A1"}
    assert telling(town_with(service(), *rows), Action) == frozenset()


def test_what_a_commercial_record_says_is_looked_for_as_its_name_is() -> None:
    words = "They would charge twice that sum"
    about = {"parameter": "rates of pay", "value": 1}
    case = town_with(ParameterOverride(code="P1", reason=words, marking="commercial", **about))
    assert commercial_names(case).said_in([f"What was said: {words.lower()}."])
    assert not commercial_names(case).said_in(["the rates of pay"])  # three words are anybody's


@pytest.fixture(scope="module")
def found() -> tuple[Case, dict[str, Any], Findings]:
    """The small case, with a row of each table under a made-up name, and all that is found of it."""
    case = load(SMALL)
    rows = marked_rows(case)
    findings = Findings(case, keep=False)
    findings.all()
    return case, rows, findings


def said(findings: Findings, number: str) -> dict[str, bool]:
    """The findings that hold a made-up name, and whether each is commercial."""
    return {
        one.key: one.marking == "commercial"
        for one in findings.all()
        if number in SAID.findall(json.dumps(one.to_json()))
    }


@pytest.mark.parametrize("model", record_models(), ids=lambda one: one.stem)
def test_no_finding_says_what_is_commercial_and_is_not_marked_so(found: Any, model: Any) -> None:
    case, rows, findings = found
    number = next((n for n, row in rows.items() if type(row) is model), None)
    if number is None:
        return  # the small case has none
    row = copy.copy(rows[number])
    row.marking = "commercial"
    now = findings.moved_on(case.changed([row]), {model})
    assert all(said(now, number).values())
    after = now.moved_on(case, {model})
    assert {one.key: one.marking for one in after.all()} == {one.key: one.marking for one in findings.all()}


def test_that_test_can_fail(found: Any) -> None:
    _, rows, findings = found
    unmarked = [number for number in rows if said(findings, number)]
    assert len(unmarked) >= 10
    assert not any(flag for number in unmarked for flag in said(findings, number).values())


def test_a_finding_read_back_and_one_taken_over_are_marked_too(found: Any) -> None:
    """exercise.actions reads actions alone: it is neither computed anew nor kept under another name."""
    case = load(SMALL)
    action = Action(code="A1", name="Ring", owner="Zebrafinch hire", exercise=case.exercise)
    plain = case.changed([action, service("S9", exercise=case.exercise)])
    secret = plain.changed([service("S9", exercise=case.exercise, marking="commercial")])
    cache.clear()
    before = Findings(plain)
    key = "exercise.actions"
    before.all()
    assert "Zebrafinch" in json.dumps(before[key].to_json())
    assert before[key].marking == "official"  # exercise.csv: its handling
    assert Findings(secret)[key].marking == "commercial"  # kept under its fingerprint
    taken = before.moved_on(secret, {Service})
    assert taken.at_hand(key) is not None
    assert taken[key].marking == "commercial"
    assert taken.moved_on(plain, {Service})[key].marking == "official"
    assert dataclasses.replace(taken[key], marking="official") == before[key]
