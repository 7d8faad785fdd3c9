"""Rules of optimism bias and of risks. Bounds are those of the edition's table: outsourcing has one of operating
cost only, works of capital and duration only."""

from decimal import Decimal
from typing import Any

import pytest

from tests.appraisal.checked import OTHER, USUAL, case, cost, told
from wayforward.appraisal.checks import bias, risks
from wayforward.appraisal.models import BiasArea, BiasShare, OptimismBias
from wayforward.options.models import OptionRisk
from wayforward.records.models import Citation, Evidence

PROJECT = OptimismBias(code="P", name="Systems", option=OTHER)


def share(code: str, of: str, part: float, project: OptimismBias = PROJECT) -> BiasShare:
    return BiasShare(code=code, bias=project, project_type=of, share=Decimal(str(part)))


def area(code: str, contribution: float | None = None, **more: Any) -> BiasArea:
    given = None if contribution is None else Decimal(str(contribution))
    return BiasArea(code=code, name=code, bias=more.pop("bias", PROJECT), contribution=given, **more)


@pytest.mark.parametrize(
    ("parts", "fault"),
    [((1,), False), ((0.3, 0.7), False), ((0.3, 0.699999), True), ((0.5, 0.6), True), ((), False)],
)
def test_the_shares_of_a_project_add_up(parts: tuple[float, ...], fault: bool) -> None:
    types = ("standard-buildings", "equipment-and-development")
    rows = [share(f"S{n}", types[n], part) for n, part in enumerate(parts)]
    wrongs = told(bias.shares_of_a_project_add_up(case(PROJECT, *rows)))
    assert wrongs == ([(rows[-1].code, "share")] if fault else [])


def test_a_type_has_one_share_of_a_project() -> None:
    rows = [share("S1", "standard-buildings", 0.5), share("S2", "standard-buildings", 0.5)]
    assert told(bias.shares_of_a_project_add_up(case(*rows))) == [("S2", "project_type")]


@pytest.mark.parametrize(
    ("contributions", "fault"),
    [((0.6, 0.4), False), ((0.6, 0.42), False), ((0.6, 0.421), True), ((0.9, None), False)],
)
def test_contributions_are_at_most_the_whole(contributions: tuple[float | None, ...], fault: bool) -> None:
    rows = [area(f"A{n}", part) for n, part in enumerate(contributions)]
    wrongs = told(bias.contributions_are_at_most_the_whole(case(*rows)))
    assert wrongs == ([("A1", "contribution")] if fault else [])


def test_a_type_of_work_is_in_the_edition() -> None:
    rows = [share("S1", "standard-buildings", 0.5), share("S2", "space-stations", 0.5)]
    assert told(bias.types_of_work_are_in_the_edition(case(*rows))) == [("S2", "project_type")]
    assert told(bias.types_of_work_are_in_the_edition(case(*rows, edition="none"))) == []


@pytest.mark.parametrize(
    ("other", "fault"),
    [("outsourcing", True), ("equipment-and-development", False), ("space-stations", False)],
)
def test_outsourcing_is_not_mixed_with_works(other: str, fault: bool) -> None:
    rows = [share("S1", "standard-buildings", 0.5), share("S2", other, 0.5)]
    wrongs = told(bias.types_of_a_project_share_a_bound(case(*rows)))
    assert wrongs == ([("S2", "project_type")] if fault else [])


@pytest.mark.parametrize(
    ("kind", "of", "fault"),
    [
        ("capital", "standard-buildings", False),
        ("revenue", "standard-buildings", True),
        ("revenue", "outsourcing", False),
        ("capital", "outsourcing", True),
    ],
)
def test_a_line_is_raised_by_a_bound_of_its_kind(kind: str, of: str, fault: bool) -> None:
    rows = [share("S", of, 1), cost("L", cost_kind=kind, bias=PROJECT)]
    wrongs = told(bias.a_project_bounds_the_lines_it_raises(case(*rows)))
    assert wrongs == ([("L", "bias")] if fault else [])


def test_a_project_is_of_the_option_that_it_raises() -> None:
    anyones = OptimismBias(code="Q", name="Shared")
    rows = [
        cost("L1", bias=PROJECT),
        cost("L2", bias=PROJECT, option=USUAL),
        cost("L3", bias=anyones, option=USUAL),
    ]
    assert told(bias.a_project_is_of_the_option_it_raises(case(*rows))) == [("L2", "bias")]


def test_a_project_raises_some_line() -> None:
    idle = OptimismBias(code="Q", name="Idle")
    assert told(bias.a_project_raises_some_line(case(PROJECT, idle, cost("L", bias=PROJECT)))) == [
        ("Q", "name")
    ]


def test_mitigation_says_by_what() -> None:
    half = Decimal("0.5")
    rows = [area("A1", mitigation=half), area("A2", mitigation=half, mitigated_by="A trial"), area("A3")]
    assert told(bias.mitigation_says_by_what(case(*rows))) == [("A1", "mitigated_by")]


@pytest.mark.parametrize(
    ("reason", "cited", "grade", "fault"),
    [
        ("Done before", True, 2, False),
        ("Done before", True, None, True),  # evidence without a grade proves nothing
        ("Done before", False, 2, True),
        ("", False, 2, False),
    ],
)
def test_below_the_lower_bound_only_on_cited_mitigation(
    reason: str, cited: bool, grade: int | None, fault: bool
) -> None:
    project = OptimismBias(code="P", name="Systems", below_lower=reason)
    evidence = Evidence(code="E", title="Trial", grade=grade)
    row = area("A", 1, bias=project, mitigation=Decimal(1), mitigated_by="A trial")
    citation = Citation(code="C", record=row.reference, field="mitigation", evidence=evidence, used=cited)
    wrongs = told(bias.below_the_lower_bound_on_evidence(case(project, row, evidence, citation)))
    assert wrongs == ([("A", "mitigation")] if fault else [])


@pytest.mark.parametrize(
    ("option", "payer", "fault"),
    [(OTHER, OTHER, False), (OTHER, USUAL, True), (None, OTHER, False), (None, USUAL, True)],
)
def test_mitigation_is_paid_for_by_the_option_of_the_project(option: Any, payer: Any, fault: bool) -> None:
    project = OptimismBias(code="P", name="Systems", option=option)
    paying = cost("L2", option=payer)
    rows = [cost("L1", bias=project), paying, area("A", bias=project, cost_line=paying)]
    wrongs = told(bias.mitigation_is_paid_for_by_the_same_option(case(project, *rows)))
    assert wrongs == ([("A", "cost_line")] if fault else [])


def risk(counted_in: str, **more: Any) -> OptionRisk:
    return OptionRisk(code="R", name="Late", option=more.pop("option", OTHER), counted_in=counted_in, **more)


def found(*rows: Any) -> list[tuple[str, str]]:
    rules = (
        risks.a_risk_area_is_in_the_uplift_or_the_register,
        risks.a_risk_in_a_range_is_nowhere_else,
        risks.a_risk_counted_elsewhere_is_there,
        risks.a_risk_is_of_the_option_that_counts_it,
    )
    return sorted({fault for rule in rules for fault in told(rule(case(*rows)))})


@pytest.mark.parametrize(
    ("counted_in", "fault"),
    [("the uplift", False), ("the register", False), ("", True), ("a range", True)],
)
def test_a_risk_that_an_area_stands_for(counted_in: str, fault: bool) -> None:
    one = risk(counted_in)
    assert found(one, area("A", risk=one)) == ([("R", "counted_in")] if fault else [])


@pytest.mark.parametrize(
    ("counted_in", "fault"),
    [("a range", False), ("the register", True), ("", True), ("the uplift", True)],
)
def test_a_risk_in_the_range_of_a_line(counted_in: str, fault: bool) -> None:
    one = risk(counted_in)
    assert found(one, cost("L", range_risk=one)) == ([("R", "counted_in")] if fault else [])


@pytest.mark.parametrize(
    ("counted_in", "fault"), [("a range", True), ("the uplift", True), ("the register", False), ("", False)]
)
def test_a_risk_that_nothing_names_is_in_the_register(counted_in: str, fault: bool) -> None:
    assert found(risk(counted_in)) == ([("R", "counted_in")] if fault else [])


def test_a_risk_is_of_the_option_that_counts_it() -> None:
    one = risk("the uplift", option=USUAL)
    assert found(one, area("A", risk=one)) == [("A", "risk")]
    other = risk("a range", option=USUAL)
    assert found(other, cost("L", range_risk=other)) == [("L", "range_risk")]


@pytest.mark.parametrize(
    ("year", "counted_in", "fault"),
    [
        *[(2012, "", True), (2018, "the register", True), (2018, "the uplift", False)],
        *[(2013, "", False), (2017, "", False), (None, "", False)],
    ],
)
def test_a_priced_risk_is_of_a_year_appraised(year: int | None, counted_in: str, fault: bool) -> None:
    risk = OptionRisk(code="R", name="Late", option=OTHER, counted_in=counted_in, year=year)
    wrongs = told(risks.a_priced_risk_falls_in_the_years_appraised(case(risk)))
    assert wrongs == ([("R", "year")] if fault else [])
