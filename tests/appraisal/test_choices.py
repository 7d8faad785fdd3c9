"""Lines by choice, by hand: the first year is not discounted, the second by 3.5%."""

import pytest

from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.findings import choices
from wayforward.findings import Finding, Findings
from wayforward.options.models import LonglistChoice, OptionChoice


def found(town: Town) -> Finding:
    return Findings(town.case(), keep=False)["appraisal.choices"]


def chosen(town: Town) -> tuple[LonglistChoice, LonglistChoice]:
    """Two scopes: one carried forward, one discounted."""
    narrow = town.add(LonglistChoice, "S1", dimension="scope", name="Narrow", verdict="carried forward")
    wide = town.add(LonglistChoice, "S2", dimension="scope", name="Wide", verdict="discounted")
    return narrow, wide  # type: ignore[return-value]  # as they were added


def two_years() -> Town:
    """Business as usual costs nothing known by choice; A costs 500 and 207 in two lines and brings 103.50."""
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    a = town.option("A", 2)
    narrow, _ = chosen(town)
    town.cost("C-BAU", usual, "2013-14: 1000")
    town.cost("C-1", a, "2013-14: 500", choice=narrow)
    town.cost("C-2", a, "2014-15: 207", choice=narrow)
    town.cost("C-3", a, "2013-14: 40")
    town.benefit("B-1", a, "2014-15: 103.50", "non-cash-releasing", choice=narrow)
    return town


def test_each_choice_with_its_lines() -> None:
    """500 + 207 / 1.035 = 700; 103.50 / 1.035 = 100; the lines of no choice stand apart."""
    town = two_years()
    finding = found(town)
    rows = [
        (r["option"], r["choice"], r["cost_lines"], r["cost"], r["benefit_lines"], r["benefit"])
        for r in finding.rows
    ]
    assert rows == [
        ("BAU", "", 1, 1000, 0, ""),
        ("A", "S1", 2, pytest.approx(700), 1, pytest.approx(100)),
        ("A", "", 1, 40, 0, ""),
    ]
    assert finding.headline == "3 of 5 lines go with a choice; of 1 choice taken forward, 1 has lines"
    assert finding.rows[1]["grade"] == ""
    assert finding.waiting == ()


def test_the_sum_over_choices_is_the_cost_of_the_option() -> None:
    town = two_years()
    whole = sum(
        row["present"] or 0 for row in Findings(town.case(), keep=False)["appraisal.costs"].where(option="A")
    )
    parts = sum(float(row["cost"] or 0) for row in found(town).where(option="A"))
    assert parts == pytest.approx(float(whole))


def test_the_worst_grade_where_every_line_has_evidence() -> None:
    town = two_years()
    for line, evidence in zip(
        town.case().rows(choices.CostLine), (town.strong, town.weak, town.weak), strict=False
    ):
        town.cite(line, evidence, "amounts")
    assert [row["grade"] for row in found(town).rows] == ["", "", 6]
    town.cite(town.case().rows(choices.BenefitLine)[0], town.strong, "amounts")
    assert [row["grade"] for row in found(town).rows] == ["", 6, 6]


def test_lines_of_a_choice_that_was_discounted_or_that_the_option_is_not_made_of() -> None:
    town = Town()
    usual, a = town.option("BAU", 1, "business as usual"), town.option("A", 2)
    narrow, wide = chosen(town)
    town.cost("C-BAU", usual, "2013-14: 10")
    town.cost("C-A", a, "2013-14: 10", choice=wide)
    town.benefit("B-A", a, "2013-14: 10", "societal", choice=wide)
    town.add(OptionChoice, "1", option=a, choice=narrow)
    warnings = found(town).warnings
    assert warnings[0] == "2 lines of A with “Wide”, which was discounted."
    assert warnings[1] == "2 lines of A with “Wide”, which the option is not made of."


def test_an_amount_that_is_not_known() -> None:
    town = two_years()
    line = town.case().rows(choices.CostLine)[0]  # C-1
    line.amounts = None
    row = found(town).rows[1]
    assert (row["cost"], row["benefit"]) == (None, pytest.approx(100))


def test_no_line_names_a_choice() -> None:
    finding = found(usual_town())
    assert finding.headline == "To which choice 4 lines belong is not known yet"
    assert finding.waiting == ("the choice that each line belongs to",)
