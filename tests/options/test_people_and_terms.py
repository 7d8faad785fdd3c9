"""People, terms, break points and assessments of impact: sums and days by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.exercise.small import find
from wayforward.options.models import (
    BreakPoint,
    DeliveryVehicle,
    ImpactAssessment,
    Option,
    OptionPeople,
    OptionPhase,
    OptionTerms,
)

USUAL = Option(code="BAU", name="As usual", short_name="As usual", option_kind="business as usual", order=1)
JOINT = Option(code="JV", name="Joint venture", short_name="Venture", option_kind="option", order=2)
ALONE = Option(code="INH", name="In-house", short_name="In-house", option_kind="option", order=3)


def people(code: str, option: Option, employer: str, *figures: float | None) -> OptionPeople:
    names = ("before", "after", "transfers", "pension_cost", "redundancy_cost")
    cells = {n: None if f is None else Decimal(str(f)) for n, f in zip(names, figures, strict=True)}
    return OptionPeople(code=code, option=option, employer=employer, **cells)


# 200 with the force before; 130 stay, 60 move to a company that hires 5 of its own, 10 posts go.
VENTURE = (
    people("2", JOINT, "contractor", 0, 65, 60, 300_000, 0),
    people("1", JOINT, "force", 200, 130, 0, 0, 250_000),
)


def test_people_by_employer() -> None:
    finding = find(
        "options.people", USUAL, JOINT, ALONE, *VENTURE, people("3", USUAL, "force", 200, 200, 0, 0, 0)
    )
    rows = [(row["option"], row["employer"], row["change"], row["transfers"]) for row in finding.rows]
    assert rows == [
        ("BAU", "The force", 0, 0),
        ("JV", "The force", -70, 0),
        ("JV", "A contractor", 65, 60),
    ]
    assert finding.headline == "Full-time equivalents that would move to another employer: 60 under Venture"
    assert finding.waiting == ("people by employer under In-house",)


def test_people_together() -> None:
    """200 + 0 before, 130 + 65 after: five fewer; 300,000 + 250,000 = 550,000."""
    terms = OptionTerms(code="1", option=JOINT, unions_consulted=False)
    finding = find("options.people_sums", USUAL, JOINT, ALONE, *VENTURE, terms)
    (row,) = finding.rows
    assert (row["before"], row["after"], row["change"], row["transfers"]) == (200, 195, -5, 60)
    assert (row["pension_cost"], row["redundancy_cost"], row["cost"]) == (300_000, 250_000, 550_000)
    assert row["unions_consulted"] is False
    assert finding.headline == "Posts, full-time equivalents, all employers together: 5 fewer under Venture"


def test_a_sum_of_which_a_part_is_not_known_is_not_known() -> None:
    unknown = people("3", JOINT, "public body", 10, None, 0, None, 0)
    (row,) = find("options.people_sums", JOINT, *VENTURE, unknown).rows
    assert (row["before"], row["after"], row["change"]) == (210, None, None)
    assert (row["pension_cost"], row["redundancy_cost"], row["cost"]) == (None, 250_000, None)
    assert row["unions_consulted"] is None
    finding = find("options.people", JOINT, *VENTURE, unknown)
    assert finding.rows[1]["change"] is None
    assert finding.waiting == ("posts after and pension cost of another public body under Venture",)


def test_nobody_moves() -> None:
    finding = find("options.people", ALONE, people("1", ALONE, "force", 200, 210, 0, 0, 0))
    assert finding.headline == "Nobody would move to another employer under In-house"
    sums = find("options.people_sums", ALONE, people("1", ALONE, "force", 200, 200, 0, 0, 0))
    assert sums.headline.endswith("no more or fewer under In-house")


def test_terms() -> None:
    company = DeliveryVehicle(code="V", name="Company", area="ict")
    finding = find(
        "options.terms",
        *(USUAL, JOINT, ALONE, company),
        OptionTerms(
            code="1",
            option=JOINT,
            vehicle=company,
            vat="partly recovered",
            term_years=Decimal(10),
            data_owner="The force",
            property_owner="The company",
            unions_consulted=True,
            consulted_on=date(2012, 12, 1),
        ),
        OptionTerms(code="2", option=ALONE, vat="recovered", unions_consulted=False),
    )
    first, second = finding.rows
    assert (first["vat"], first["term_years"], first["vehicle"]) == ("Recovered in part", 10, "V")
    assert (first["unions_consulted"], first["consulted_on"]) == (True, "2012-12-01")
    assert (second["term_years"], second["data_owner"], second["consulted_on"]) == (None, None, "")
    assert finding.headline == (
        "Of 2 options with terms, 1 says who would own the data; unions and staff associations were consulted on 1"
    )
    assert finding.waiting == (
        "the term, who would own the data and who would own designs and software: In-house",
    )


def test_terms_that_say_nothing_of_consultation() -> None:
    known = {"vat": "recovered", "term_years": Decimal(0), "data_owner": "Force", "property_owner": "Force"}
    terms = OptionTerms(code="1", option=JOINT, **known)
    finding = find("options.terms", JOINT, ALONE, terms)
    assert (finding.rows[0]["unions_consulted"], finding.rows[0]["term_years"]) == (None, 0)
    assert finding.waiting == ("whether unions were consulted: Venture", "the terms of In-house")
    terms.unions_consulted = True
    assert find("options.terms", JOINT, terms).waiting == ("when unions were consulted: Venture",)


def point(code: str, option: Option, falls: date | None, **more: Any) -> BreakPoint:
    cells = {"notice_months": Decimal(6), "exit_cost": Decimal(1_000_000), "what_stops": "The work"} | more
    return BreakPoint(code=code, option=option, name=f"Break {code}", falls=falls, **cells)


PHASES = (
    OptionPhase(code="1", option=JOINT, phase="start-up", starts=date(2013, 4, 1), months=6, delay_months=3),
    OptionPhase(code="2", option=JOINT, phase="design and build", starts=date(2013, 10, 1), months=12),
)


def test_break_points_with_the_phases_before_them() -> None:
    """Start-up runs, three months late, from July to December 2013; design from October 2013 to September 2014."""
    finding = find(
        "options.break_points",
        *(USUAL, JOINT, ALONE, *PHASES),
        point("2", JOINT, date(2014, 10, 31), exit_cost=Decimal(2_500_000), notice_months=Decimal("1.5")),
        point("1", JOINT, date(2013, 12, 31)),
    )
    first, second = finding.rows
    assert (first["break_point"], first["notify_by"]) == ("1", "2013-06-30")
    assert (first["done"], first["under_way"]) == ("", "Start-up and Design and build")
    # A month and a half of notice is two months earlier: 31 August.
    assert (second["break_point"], second["notify_by"]) == ("2", "2014-08-31")
    assert (second["done"], second["under_way"]) == ("Start-up and Design and build", "")
    assert finding.headline == (
        "2 break points of 1 option are known; leaving would cost from £1.0m to £2.5m (Venture)"
    )
    assert finding.waiting == ("the break points of In-house, or word that it can't be stopped",)
    assert finding.warnings == ()


def test_a_break_point_that_is_half_known() -> None:
    undated = OptionPhase(code="3", option=JOINT, phase="implementation")
    finding = find(
        "options.break_points",
        *(JOINT, *PHASES, undated),
        point("1", JOINT, date(2013, 8, 1), exit_cost=None),
        point("2", JOINT, None, notice_months=None),
    )
    first, second = finding.rows
    assert (first["exit_cost"], first["done"], first["under_way"]) == (None, None, "Start-up")
    assert (second["falls"], second["notify_by"], second["done"]) == (None, None, None)
    assert finding.waiting == (
        "the cost of leaving: “Break 1” of Venture",
        "when it falls and the notice: “Break 2” of Venture",
    )


def test_leaving_may_be_free_and_notice_may_be_late() -> None:
    """On 20 December 2012, six months before 1 June 2013 (1 December) have passed."""
    finding = find("options.break_points", JOINT, point("1", JOINT, date(2013, 6, 1), exit_cost=Decimal(0)))
    assert finding.rows[0]["exit_cost"] == 0
    assert (finding.rows[0]["done"], finding.rows[0]["under_way"]) == (None, None)  # no phase is known
    assert finding.headline == "1 break point of 1 option is known; leaving Venture would cost £0"
    assert finding.warnings == ("The last day of notice has passed for Venture: Break 1.",)


def assessment(code: str, option: Option, kind: str, state: str, **more: Any) -> ImpactAssessment:
    return ImpactAssessment(code=code, option=option, assessment=kind, state=state, **more)


def test_assessments_and_those_that_are_late() -> None:
    """On 20 December 2012 what was due on the 10th is ten days late; what is due on the 20th is not."""
    finding = find(
        "options.assessments",
        *(USUAL, JOINT, ALONE),
        assessment("1", JOINT, "equality", "under way", owner="Head of people", due=date(2012, 12, 10)),
        assessment(
            "2", JOINT, "data protection", "done", owner="Adviser", outcome="Low", due=date(2012, 12, 1)
        ),
        assessment("3", ALONE, "equality", "not started", due=date(2012, 12, 20)),
    )
    rows = [
        (row["option"], row["assessment"], row["state"], row["days_left"], row["late"])
        for row in finding.rows
    ]
    assert rows == [
        ("JV", "Equality", "Under way", -10, True),
        ("JV", "Data protection", "Done", "", False),
        ("INH", "Equality", "Not started", 0, False),
        ("INH", "Data protection", None, None, None),
    ]
    assert finding.headline == "Of 4 assessments of impact, 1 is done and 1 is late"
    assert finding.warnings == (
        "Late: equality assessment of Venture, due 10 December 2012 (Head of people).",
    )
    assert finding.waiting == (
        "the equality assessment of Venture, under way",
        "the equality assessment of In-house, not started without an owner",
        "the data protection assessment of In-house: its state",
    )


@pytest.mark.parametrize(("state", "late"), [("not needed", False), ("not started", None), ("", None)])
def test_without_a_day_nothing_is_known_to_be_late(state: str, late: bool | None) -> None:
    finding = find("options.assessments", JOINT, assessment("1", JOINT, "equality", state))
    assert finding.rows[0]["late"] is late


def test_done_without_a_word_of_what_it_found() -> None:
    finding = find("options.assessments", JOINT, assessment("1", JOINT, "equality", "done"))
    assert finding.rows[0]["outcome"] is None
    assert finding.waiting[0] == "the equality assessment of Venture: what it found"
