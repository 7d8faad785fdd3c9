"""Findings of the exercise and of its evidence. Days are counted on a calendar by hand, sums in comments.

Bank holidays of England in the span: 25 and 26 December 2012, 1 January 2013 (gov.uk/bank-holidays).
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.exercise.small import cited, find
from wayforward.engagement.models import Engagement
from wayforward.exercise.models import (
    AmbitionTheme,
    InformationRequest,
    Milestone,
    Risk,
    Section,
    Stage,
    WorkPackage,
    Workstream,
)
from wayforward.findings import Findings, registered
from wayforward.findings.finding import Finding
from wayforward.options.models import Option, OptionRisk
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence
from wayforward.scope.models import Service

STREAM = Workstream(code="W1", name="Direction")
OWN = [key for key in registered() if key.split(".")[0] in ("exercise", "evidence")]


def package(code: str, starts: date, ends: date, **more: Any) -> WorkPackage:
    cells = {"name": f"Package {code}", "workstream": STREAM, "state": "not started"} | more
    return WorkPackage(code=code, starts=starts, ends=ends, **cells)


def effort_of(finding: Finding, measure: str) -> Any:
    return next(row for row in finding.rows if row["measure"] == measure)


def test_the_plan_says_first_that_its_two_dates_differ() -> None:
    finding = find("exercise.plan")
    assert finding.headline.startswith("The report is due on 23 January 2013, sign-off on 25 January 2013")
    assert "different days, 2 days apart" in finding.warnings[0]
    alike = find("exercise.plan", signoff_due=date(2013, 1, 23))
    assert alike.headline.startswith("The report is due, and to be signed off, on 23 January 2013")
    assert not alike.warnings


def test_the_working_days_of_a_plan_leave_out_weekends_and_bank_holidays() -> None:
    # Monday 24 December to Friday 4 January: ten weekdays, less three bank holidays.
    finding = find(
        "exercise.plan",
        STREAM,
        Stage(code="S1", name="Research", starts=date(2012, 12, 24), ends=date(2013, 1, 4)),
        Milestone(code="M1", name="Scope agreed", due=date(2012, 12, 14)),
        package("P1", date(2012, 12, 17), date(2012, 12, 18), state="done"),
        package("P2", date(2012, 12, 17), date(2012, 12, 19)),
    )
    kinds = [(row["kind"], row["item"], row["working_days"]) for row in finding.rows]
    assert kinds == [
        ("stage", "S1", 7),
        ("milestone", "M1", ""),
        ("work package", "P1", 2),
        ("work package", "P2", 3),
    ]
    assert finding.headline.endswith("1 of 2 work packages done")
    assert finding.parameters["bank_holidays"] == "2012-12-25; 2012-12-26; 2013-01-01"
    assert any("Scope agreed; Package P2" in warning for warning in finding.warnings)


def test_a_plan_that_ends_after_sign_off_is_warned_of() -> None:
    late = package("P1", date(2013, 1, 21), date(2013, 1, 28))
    assert any("after sign-off" in w and "Package P1" in w for w in find("exercise.plan", late).warnings)


def test_days_left() -> None:
    # After 20 December to 23 January: 11 days of December and 23 of January. Working days: 21, 24, 27, 28 and
    # 31 December; 2 to 4 January; two full weeks; 21 to 23 January: 5 + 3 + 10 + 3.
    finding = find("exercise.days_left")
    assert finding.value == 34
    assert [row["days_left"] for row in finding.rows] == [34, 36]
    assert [row["working_days"] for row in finding.rows] == [21, 23]
    assert finding.headline == (
        "34 days are left until the report is due on 23 January 2013, 21 of them working days"
    )


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2013, 1, 22), "1 day is left"),
        (date(2013, 1, 23), "due today"),
        (date(2013, 1, 24), "was due on 23 January 2013, 1 day ago"),
    ],
)
def test_days_left_at_the_end(today: date, words: str) -> None:
    assert words in find("exercise.days_left", status_date=today).headline


def test_effort_against_what_there_is() -> None:
    # 10 + 20 = 30 of 40 days; 20,000 + 30,000 = 50,000 of 98,000 pounds.
    packages = [
        package(
            f"P{n}",
            date(2012, 12, 3),
            date(2012, 12, 7),
            consultant_effort=Decimal(10 * n),
            consultant_cost=Decimal(10_000 * (n + 1)),
            team_effort=Decimal(5),
        )
        for n in (1, 2)
    ]
    finding = find("exercise.effort", *packages, consultant_days=Decimal(40), budget=Decimal(98_000))
    days, money = effort_of(finding, "Consultant days"), effort_of(finding, "Consultancy budget")
    assert (days["planned"], days["left"], days["share"]) == (30, 10, 0.75)
    assert (money["planned"], money["left"]) == (50_000, 48_000)
    team = effort_of(finding, "Team days")
    assert (team["available"], team["planned"], team["left"]) == (None, 10, None)
    assert finding.headline == "The plan uses 30 of 40 consultant days and £50,000 of £98,000"
    assert finding.waiting == ()  # nobody set how many team days there are


def test_a_blank_cost_is_not_known_and_no_day_costs_nothing() -> None:
    days = (date(2012, 12, 3), date(2012, 12, 7))
    free = package("P1", *days, consultant_effort=Decimal(0), team_effort=Decimal(1))
    blank = package("P2", *days, consultant_effort=Decimal(2), team_effort=Decimal(1))
    terms = {"consultant_days": Decimal(40), "budget": Decimal(98_000)}
    assert effort_of(find("exercise.effort", free, **terms), "Consultancy budget")["planned"] == 0
    finding = find("exercise.effort", free, blank, **terms)
    assert effort_of(finding, "Consultancy budget")["planned"] is None
    assert "consultancy budget of P2" in finding.waiting


def test_a_plan_that_needs_more_than_there_is() -> None:
    big = package("P1", date(2012, 12, 3), date(2012, 12, 7), consultant_effort=Decimal(50))
    finding = find("exercise.effort", big, consultant_days=Decimal(40))
    assert effort_of(finding, "Consultant days")["left"] == -10
    assert finding.headline.endswith("more than there is")


def test_the_state_of_each_request_on_the_status_date() -> None:
    section = Section(code="FIN", number=3, title="Financial context")
    asked = date(2012, 12, 10)
    requests = [
        InformationRequest(
            code="R1", name="Budget", asked=asked, received=date(2012, 12, 20), section=section
        ),
        InformationRequest(code="R2", name="Grant", asked=asked, promised=date(2012, 12, 20)),
        InformationRequest(
            code="R3", name="Reserves", asked=asked, promised=date(2012, 12, 19), fallback="Guess."
        ),
        InformationRequest(code="R4", name="Bidders"),
        InformationRequest(code="R5", name="Spend", asked=asked, never_known=True),
        InformationRequest(code="R6", name="Posts", asked=asked),
        # Received after the day at which the figures stand: on that day it had not come.
        InformationRequest(code="R7", name="ICT list", asked=asked, received=date(2012, 12, 21)),
    ]
    finding = find("exercise.information", *requests)
    assert [row["state"] for row in finding.rows] == [
        *("received", "promised", "late", "not asked", "never known", "asked", "asked"),
    ]
    assert finding.value == 6
    assert finding.headline == "1 of 7 requests answered; 1 late, 1 not asked and 1 never known"
    assert finding.rows[0]["section"] == "FIN"
    assert "reserves (late: promised for 19 December 2012). Without it: Guess" in finding.waiting
    assert "ICT list (asked for, no day promised)" in finding.waiting


def test_risks_worst_first_and_the_unrated_last() -> None:
    finding = find(
        "exercise.risks",
        Risk(code="A", name="Unrated", review=date(2012, 12, 1)),
        Risk(code="B", name="Middling", likelihood="medium", impact="high", response="Watch"),
        Risk(code="C", name="Grave", likelihood="high", impact="high", response="Act"),
    )
    assert [row["risk"] for row in finding.rows] == ["C", "B", "A"]
    assert finding.rows[2]["likelihood"] is None
    assert finding.headline == "1 of 3 risks is high both in likelihood and in impact"
    assert finding.waiting == ("likelihood and impact of “Unrated”",)
    assert "Unrated" in finding.warnings[0]


def test_ambition_with_and_without_a_measure() -> None:
    finding = find(
        "exercise.ambition",
        AmbitionTheme(code="A", name="People", indicator="Share", baseline=Decimal(0), target=Decimal(90)),
        AmbitionTheme(code="B", name="Data", indicator="Times", target=Decimal(1)),
        AmbitionTheme(code="C", name="Pride"),
    )
    assert finding.headline == "1 of 3 themes of the ambition has an indicator with a baseline and a target"
    assert [row["baseline"] for row in finding.rows] == [0, None, None]
    assert finding.waiting == (
        "the baseline of Data",
        "an indicator, the baseline and the target of Pride",
    )


SERVICE = Service(code="SV", name="Custody", yearly_cost=Decimal(100))


def test_sources_that_conflict_and_sources_that_count_different_things() -> None:
    alike = {"measure": "Cost", "period": "2012-13"}
    finding = find(
        "evidence.disagreements",
        SERVICE,
        *cited("service:SV", "yearly_cost", code="1", value="100", reason="Audited", **alike),
        *cited("service:SV", "yearly_cost", code="2", value="120", used=False, **alike),
        *cited(
            "service:SV", "yearly_cost", code="3", value="120", used=False, measure="Cost", period="2011-12"
        ),
    )
    assert [(r["evidence_a"], r["evidence_b"], r["verdict"]) for r in finding.rows] == [
        ("E1", "E2", "conflict"),
        ("E1", "E3", "differ in period"),
    ]  # E2 and E3 give the same number: nothing to settle
    first = finding.rows[0]
    assert (first["name"], first["field"], first["measure"]) == ("Custody", "Yearly cost", "Cost")
    assert (first["value_a"], first["value_b"], first["used"], first["reason"]) == (
        "£100",
        "£120",
        "£100",
        "Audited",
    )
    assert finding.headline == "Sources differ on 1 figure; 1 pair of sources truly conflicts"
    assert finding.value == 2


def test_a_figure_left_blank_is_no_value_without_evidence() -> None:
    sources = [
        *cited("service:SV", "people", code="1", value="10", used=False, reason="Stale"),
        *cited("service:SV", "people", code="2", value="12", used=False, reason="Stale"),
    ]
    blank = find("evidence.disagreements", SERVICE, *sources)  # the service holds no number of people
    assert len(blank.rows) == 1
    assert blank.assumptions == ()
    held = Service(code="SV", name="Custody", people=Decimal(11))
    assert find("evidence.disagreements", held, *sources).assumptions == ("service:SV/people",)


def test_hindsight_is_flagged_and_a_missing_reason_is_waited_for() -> None:
    finding = find(
        "evidence.disagreements",
        SERVICE,
        *cited("service:SV", "yearly_cost", code="1", value="100"),
        *cited("service:SV", "yearly_cost", code="2", value="90", used=False, covers_to=date(2013, 1, 26)),
    )
    assert finding.rows[0]["hindsight"] is True
    assert "1 pair with a figure known only later" in finding.warnings[0]
    assert finding.waiting == ("a reason for the figure in use: Yearly cost of Custody",)
    on_the_day = find(
        "evidence.disagreements",
        SERVICE,
        *cited("service:SV", "yearly_cost", code="1", value="100"),
        *cited("service:SV", "yearly_cost", code="2", value="90", used=False, covers_to=date(2013, 1, 25)),
    )
    assert on_the_day.rows[0]["hindsight"] is False


def test_words_that_differ_only_in_case_agree() -> None:
    finding = find(
        "evidence.disagreements",
        SERVICE,
        *cited("service:SV", "employer", code="1", value="force"),
        *cited("service:SV", "employer", code="2", value="Force", used=False),
    )
    assert finding.rows == ()
    assert finding.headline == "No two sources give different values for one figure"


def test_figures_that_nothing_is_cited_for() -> None:
    # Figures given: cost and people of the service, probability of the risk, people who answered: four.
    # Cited: the cost by field, the risk by its whole row; the citation of answered is not in use.
    option = Option(code="A", name="A", short_name="A", option_kind="option", order=1)
    finding = find(
        "evidence.assumptions",
        Service(code="SV", name="Custody", yearly_cost=Decimal(100), people=Decimal(5)),
        option,
        OptionRisk(code="R", name="Late", option=option, probability=Decimal("0.25")),
        Engagement(code="EN", name="Survey", audience="staff", answered=40),
        *cited("service:SV", "yearly_cost", code="1"),
        *cited("option_risk:R", "", code="2"),
        *cited("engagement:EN", "answered", code="3", used=False),
    )
    assert finding.headline == "2 of 4 numbers and dates are assumptions"
    assert [(r["record"], r["field"], r["value"], r["why"]) for r in finding.rows] == [
        ("service:SV", "People", "5", "no evidence cited"),
        ("engagement:EN", "Answered", "40", "sources are cited, none is used"),
    ]
    assert finding.assumptions == ("service:SV/people", "engagement:EN/answered")


def test_evidence_by_grade_in_the_words_of_the_ladder() -> None:
    first, citation = cited("service:SV", "yearly_cost", grade=2, code="1")
    again = Citation(code="C9", record="service:SV", field="people", evidence=first, used=True)
    unused = Citation(code="C8", record="service:SV", field="people", evidence=first, used=False)
    weak, weak_use = cited("service:SV", "people", grade=6, code="2")
    finding = find(
        "evidence.grades",
        SERVICE,
        first,
        citation,
        again,
        unused,
        weak,
        weak_use,
        Evidence(code="E7", title="Note"),
    )
    by_grade = {row["grade"]: (row["items"], row["uses"]) for row in finding.rows}
    assert (by_grade["2"], by_grade["6"], by_grade["none"]) == ((1, 2), (1, 1), (1, 0))
    assert (
        finding.rows[5]["wording"] == "Judgement that nothing else supports, including illustrative figures"
    )
    assert finding.headline == "1 of 3 values in use rests on the weakest evidence, grades 5 and 6"
    assert finding.waiting == ("a grade for “Note”",)


@pytest.mark.parametrize(
    "key", [key for key in OWN if key not in ("exercise.days_left", "evidence.disagreements")]
)
def test_an_empty_exercise_waits_and_shows_no_nought(key: str) -> None:
    finding = find(key)
    assert finding.waiting
    assert not finding.value
    assert all(value != 0 for row in finding.rows for value in row.values())


def test_two_thousand_records_are_looked_through_quickly() -> None:
    from time import perf_counter

    from tests.exercise.small import TERMS
    from wayforward.exercise.models import Exercise

    services = [
        Service(code=f"S{n}", name="S", yearly_cost=Decimal(n), people=Decimal(1)) for n in range(2000)
    ]
    evidence = Evidence(code="E", title="E", grade=3)
    citations = [
        Citation(code=f"C{n}", record=f"service:S{n}", field="people", evidence=evidence, used=True)
        for n in range(2000)
    ]
    findings = Findings(
        Case(Exercise(code="TOWN", **TERMS), {Service: services, Evidence: [evidence], Citation: citations}),
        keep=False,
    )
    findings["evidence.grades"]  # the digest of the tables is made once for all findings
    started = perf_counter()
    finding = findings["evidence.assumptions"]
    assert finding.value == 2000
    assert perf_counter() - started < 3, "ten times the 0.3 s it is allowed, for a busy machine"
