"""Words that prefer an option, found by section and line while nothing is ranked."""

import dataclasses

import pytest

from tests.appraisal.town import usual_town
from wayforward.exercise.models import Section
from wayforward.findings import Finding, Findings
from wayforward.pages.labels import Labels
from wayforward.report.compose import ReportFaults, compose
from wayforward.report.judgements import judgements


def order(value: str) -> Finding:
    return dataclasses.replace(Findings(usual_town().case(), keep=False)["appraisal.order"], value=value)


def found(body: str, value: str = "not ranked") -> list[tuple[int, str]]:
    section = Section(code="OPT", number=8, title="Options", body=body)
    return [(fault.line, fault.found) for fault in judgements(order(value), [section])]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The partner is best.", [(1, "the word 'best'")]),
        (
            "One.\n\nIt is Preferred,\nand the WINNER.",
            [(3, "the word 'Preferred'"), (4, "the word 'WINNER'")],
        ),
        ("It is recommended.", [(1, "the word 'recommended'")]),
        ("The best\nvalue of all, and best practice, best-practice, best\npractices.", []),
        ("A preferred supplier; preferred suppliers.", []),
        ("The best practice is the best.", [(1, "the word 'best'")]),
        ("The bestiary, a preference, an unpreferred way, a recommendation.", []),
        ("[See](https://example.org/the-best-option) [](finding:options.longlist?verdict=preferred)", []),
    ],
)
def test_preferring_words(body: str, expected: list[tuple[int, str]]) -> None:
    assert found(body) == expected


def test_once_the_options_are_ranked_people_may_prefer() -> None:
    assert found("The partner is best.", "ranked") == []


def test_the_report_fails_with_every_fault_in_the_order_of_the_sections() -> None:
    town = usual_town()
    town.add(Section, "TWO", number=2, title="Two", body="Well.\n\nIt is the best of £12m.")
    town.add(Section, "ONE", number=1, title="One", body="A.\n\nB.\n\nThe winner.")
    findings = Findings(town.case(), keep=False)
    assert findings["appraisal.order"].value == "not ranked"  # nothing is cited for any of its lines
    with pytest.raises(ReportFaults) as caught:
        compose(findings, Labels(findings.case), {})
    told = [(fault.source, fault.line) for fault in caught.value.faults]
    assert told == [("sections/ONE.md", 5), ("sections/TWO.md", 3), ("sections/TWO.md", 3)]
    assert "the word 'winner'" in str(caught.value)
