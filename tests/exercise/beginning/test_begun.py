"""A new exercise: what the terms say is in it, what its template gives is in its registers, and it has no fault."""

from datetime import date
from typing import Any

import pytest

from wayforward.exercise.beginning.begun import Terms, begun
from wayforward.exercise.beginning.copied import chosen, lines, offered, placed
from wayforward.exercise.models import InformationRequest, Milestone, Objective, Section, Stage
from wayforward.records.faults import Faults
from wayforward.records.models import Citation, Evidence
from wayforward.scope.models import Service

EXERCISE = {
    "code": "FIRE-2026",
    "title": "Ways forward for control rooms",
    "organisation": "A fire authority",
    "purpose": "To say how control rooms could be run.",
    "sponsor": "Fire authority",
    "starts": "2026-01-05",
    "report_due": "2026-03-06",
    "signoff_due": "2026-03-13",
    "budget": "50000",
    "edition": "green-book-2026",
    "seed": "1",
    "price_year": "2022-23",
    "first_year": "2026-27",
    "years": "10",
    "handling": "official",
}
NINE = (
    "Ambition statement",
    "Strategic intent",
    "Financial context",
    "Background",
    "Scope",
    "Capability assessment",
    "Engagement with members of staff and the public",
    "Options analysis including costs, timescales and risks",
    "Governance",
)


def terms(**other: Any) -> Terms:
    given = {"sections": NINE, "objectives": ("Hear staff and public",), "template": "police-force"}
    exercise = EXERCISE | other.pop("exercise", {})
    return Terms(exercise=exercise, **(given | other))


@pytest.mark.parametrize("name", ["police-force", "public-body"])
def test_each_template_makes_a_case_without_a_fault(name: str) -> None:
    case = begun(terms(template=name))
    assert case.exercise.title == EXERCISE["title"]
    assert [s.title for s in sorted(case.rows(Section), key=lambda s: s.number)] == list(NINE)
    assert case.rows(Service)
    assert case.rows(InformationRequest)


def test_two_templates_are_offered() -> None:
    assert offered() == {"police-force": "Police force", "public-body": "Other public body"}


def test_the_plan_lies_between_the_days_of_the_terms() -> None:
    """The first stage begins on the first day; handover and sign-off fall on the days of the terms."""
    case = begun(terms())
    stages = case.rows(Stage)
    assert stages[0].starts == date(2026, 1, 5)
    assert all(date(2026, 1, 5) <= s.starts <= s.ends <= date(2026, 3, 13) for s in stages)
    due = {m.name: m.due for m in case.rows(Milestone)}
    assert due["Options report handed to the sponsor"] == date(2026, 3, 6)
    assert due["Final version signed"] == date(2026, 3, 13)


def test_a_share_of_the_time_is_a_working_day() -> None:
    """60 days from Monday 5 January 2026: a fifth is 12 days on, Saturday 17 January, so Friday the 16th."""
    days = (date(2026, 1, 5), date(2026, 3, 6), date(2026, 3, 13))
    assert placed(0.2, "", days) == date(2026, 1, 16)
    assert placed(1.0, "", days) == days[1]
    assert placed(1.0, "to sign-off", days) == days[2]


def test_the_figures_of_the_terms_rest_on_them() -> None:
    case = begun(terms())
    assert [(c.record, c.field, c.value, c.evidence.code) for c in case.rows(Citation)] == [
        ("exercise", "budget", "50000", "TOR-1")
    ]
    assert {e.code for e in case.rows(Evidence)} >= {"TOR-1", "TPL-1"}


def test_a_section_and_an_objective_of_their_own_get_codes_of_their_own() -> None:
    case = begun(terms(sections=("Scope", "What it costs the public"), objectives=("Agree a name",)))
    titles = {s.code: (s.number, s.title) for s in case.rows(Section)}
    assert titles == {"SCO": (1, "Scope"), "SEC-01": (2, "What it costs the public")}
    assert [(o.code, o.answered_in) for o in case.rows(Objective)] == [("OBJ-11", "")]


def test_an_objective_is_answered_only_in_sections_there_are() -> None:
    case = begun(terms(sections=("Scope",), objectives=("Baseline the services within a cut-off",)))
    assert [o.answered_in for o in case.rows(Objective)] == ["SCO"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts", "5 January"),
        ("report_due", "2026-01-01"),
        ("budget", "-5"),
        ("code", "two words"),
        ("title", ""),
    ],
)
def test_what_is_wrong_with_the_terms_is_told_by_field(field: str, value: str) -> None:
    with pytest.raises(Faults) as told:
        begun(terms(exercise={field: value}))
    assert any(fault.column == field for fault in told.value.faults), told.value


def test_lines_and_names() -> None:
    assert lines(" Scope \n\nCosts\nScope\n") == ["Scope", "Costs"]
    made = chosen([{"code": "X-01", "name": "One"}], ["two", "ONE"], "X", "name")
    assert made == [{"code": "X-02", "name": "two"}, {"code": "X-01", "name": "One"}]
