"""Where a stage stands: what Completed, In progress and the others mean."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.pages import stages
from wayforward.records.case import Case

pytestmark = pytest.mark.django_db


class Known(dict[str, Finding]):
    """Findings of a case with some of them as a test wants them."""

    def __init__(self, case: Case, **instead: dict[str, Any]) -> None:
        found = Findings(case)
        named = {key.replace("__", "."): change for key, change in instead.items()}
        super().__init__({key: replace(found[key], **named.get(key, {})) for key in found})
        self.case = case


def case_of(exercise: Any) -> Case:
    return Case.of(exercise)


def standing(name: str, findings: Any) -> stages.Standing:
    found = stages.stage(name)
    assert found
    return stages.standing(found, findings)


ALL_DONE = {
    key: {"waiting": ()}
    for key in ("scope__areas", "scope__ratings", "scope__grid", "scope__category", "scope__cutoff")
}


@pytest.fixture
def section(exercise: Any) -> Any:
    """Section INT quotes a finding of the scope."""
    from wayforward.exercise.models import Section

    one = Section.objects.get(code="INT")
    one.body = "It costs [](finding:scope.areas?area=core&column=cost) a year."
    one.save()
    return one


def ask(exercise: Any, section: Any, **given: Any) -> None:
    from wayforward.exercise.models import InformationRequest

    InformationRequest.objects.create(
        exercise=exercise, code="INF-1", name="Cost of the wardens", section=section, **given
    )


def test_a_stage_with_nothing_awaited_is_completed(exercise: Any, section: Any) -> None:
    done = standing("scope", Known(case_of(exercise), **ALL_DONE))
    assert (done.status, done.lacks) == (stages.COMPLETED, ())
    assert done.sections == ("section 1 (Head of review)",)  # sections.csv


def test_what_a_finding_waits_for_is_awaited(exercise: Any) -> None:
    waits = {**ALL_DONE, "scope__ratings": {"waiting": ("a second rater",)}}
    going = standing("scope", Known(case_of(exercise), **waits))
    assert (going.status, going.lacks) == (stages.IN_PROGRESS, ("a second rater",))


def test_information_asked_for_on_behalf_of_a_section_that_quotes_the_stage_is_awaited(
    exercise: Any, section: Any
) -> None:
    ask(exercise, section, asked=date(2012, 9, 10), promised=date(2012, 10, 9))
    findings = Known(case_of(exercise), **ALL_DONE)
    going = standing("scope", findings)
    assert going.status == stages.IN_PROGRESS
    assert going.lacks == ("cost of the wardens (promised for 9 October 2012)",)
    # The section says nothing of other stages.
    assert going.lacks[0] not in standing("baseline", findings).lacks


@pytest.mark.parametrize(
    "settled", [{"asked": date(2012, 9, 3), "received": date(2012, 9, 5)}, {"never_known": True}]
)
def test_what_has_come_or_never_will_is_not_awaited(exercise: Any, section: Any, settled: Any) -> None:
    ask(exercise, section, **settled)
    assert standing("scope", Known(case_of(exercise), **ALL_DONE)).status == stages.COMPLETED


def test_options_that_cant_be_ranked_keep_the_appraisal_going(exercise: Any) -> None:
    case = case_of(exercise)
    keys = [key for key in Findings(case) if key.startswith("appraisal.")]
    done: dict[str, Any] = {key.replace(".", "__"): {"waiting": ()} for key in keys}
    ranked = {**done, "appraisal__order": {"waiting": (), "value": "ranked"}}
    assert standing("appraisal", Known(case, **ranked)).status == stages.COMPLETED
    not_ranked = {**done, "appraisal__order": {"waiting": (), "value": "not ranked"}}
    going = standing("appraisal", Known(case, **not_ranked))
    assert going.status == stages.IN_PROGRESS
    assert going.lacks[0].startswith("better evidence: ")


@pytest.mark.parametrize(
    ("name", "key", "row"),
    [
        ("exercise", "exercise__information", {"state": "late", "section": ""}),
        ("records", "evidence__disagreements", {"verdict": "conflict"}),
    ],
)
def test_what_is_late_and_sources_that_conflict_are_a_problem(
    exercise: Any, name: str, key: str, row: dict[str, Any]
) -> None:
    told = {"rows": (row,), "waiting": ("it",)}
    assert standing(name, Known(case_of(exercise), **{key: told})).status == stages.PROBLEM


def test_a_stage_of_which_nothing_is_known_cannot_start(exercise: Any) -> None:
    case = case_of(exercise)
    keys = [key for key in Findings(case) if key.startswith("finance.")]
    none: dict[str, Any] = {key.replace(".", "__"): {"rows": (), "value": None} for key in keys}
    assert standing("finance", Known(case, **none)).status == stages.CANNOT_START
