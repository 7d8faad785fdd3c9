"""The appraisal on a made-up town; expected values are arithmetic by hand, written out beside each."""

from decimal import Decimal

import pytest

from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.findings import Findings
from wayforward.options.models import Option, OptionPhase
from wayforward.records.case import Case

# Discount factors at 3.5%: 1, 1/1.035, 1/1.035^2, 1/1.035^3. Their sum is the value of 1 a year for four years.
FACTORS = [1.035**-t for t in range(4)]
FOUR_YEARS = sum(FACTORS)


def found(town: Town, key: str):
    return Findings(town.case(), keep=False)[key]


def test_cost_by_phase_and_change_from_business_as_usual() -> None:
    rows = {(r["option"], r["phase"]): r for r in found(usual_town(), "appraisal.costs").rows}
    assert rows["A", "start-up"]["real"] == 500
    assert rows["A", "start-up"]["present"] == pytest.approx(500)  # all in the year not discounted
    assert rows["A", "ownership"]["real"] == 3200
    # 800 a year against 1,000 a year.
    assert rows["A", "ownership"]["change"] == pytest.approx(-200 * FOUR_YEARS, abs=1e-6)
    assert rows["BAU", "start-up"]["present"] == 0  # business as usual has no such phase


def test_npsv_is_benefits_less_extra_costs() -> None:
    finding = found(usual_town(), "appraisal.npsv")
    (row,) = finding.rows
    # Likely: 100 a year gained, 200 a year of cost saved, 500 spent at the start.
    assert row["npsv"] == pytest.approx(300 * FOUR_YEARS - 500, abs=1e-6)
    # Low: half the benefit, start-up at 1.5 times. High: 1.2 times the benefit, start-up at 0.8.
    assert row["low"] == pytest.approx(250 * FOUR_YEARS - 750, abs=1e-6)
    assert row["high"] == pytest.approx(320 * FOUR_YEARS - 400, abs=1e-6)
    assert finding.price_base == "2012-13 prices"
    assert finding.parameters["discounted_to"] == "2013-14"


def test_a_late_phase_moves_its_lines_by_month() -> None:
    town = usual_town()
    phase = next(p for p in town.tables[OptionPhase] if p.code == "A-sta")
    phase.delay_months = 6
    line = next(c for c in town.tables[CostLine] if c.code == "C-A1")
    line.phase = "start-up"
    rows = {r["year"]: r["real"] for r in found(town, "appraisal.cost_by_year").rows if r["option"] == "A"}
    # Half of the 500 falls a year later.
    assert rows[2013] == 800 + 250
    assert rows[2014] == 800 + 250


def test_bcr_is_not_defined_where_the_option_costs_less() -> None:
    (row,) = found(usual_town(), "appraisal.bcr").rows
    # Net cost is 500 less 200 a year for four years: below nought.
    assert row["bcr"] == ""
    assert "no cost to divide by" in str(row["why_not"])


def test_payback_from_the_first_year() -> None:
    (row,) = found(usual_town(), "appraisal.payback").rows
    # Flows: -500 + 300 = -200, then +300 a year: paid back two thirds into the second year.
    assert row["years"] == pytest.approx(1 + 200 / 300)


def test_benefit_kinds_are_kept_apart() -> None:
    town = usual_town()
    a = next(o for o in town.tables[type(town.tables[CostLine][0].option)] if o.code == "A")
    town.benefit("B-A2", a, f"{EVERY_YEAR}: 50", "cash-releasing")
    town.benefit("B-A3", a, "", "unmonetised", effect="Trust")
    rows = {r["kind"]: r for r in found(town, "appraisal.benefits").rows if r["option"] == "A"}
    assert rows.keys() == {"cash-releasing", "non-cash-releasing"}
    assert rows["cash-releasing"]["real"] == 200
    assert rows["non-cash-releasing"]["real"] == 400


def test_a_saving_already_in_the_plan_is_not_counted() -> None:
    town = usual_town()
    before = found(town, "appraisal.npsv").rows
    usual = town.tables[CostLine][0].option
    town.benefit("B-PLAN", usual, f"{EVERY_YEAR}: 70", "cash-releasing", in_plan=True)
    assert found(town, "appraisal.npsv").rows == before


def test_affordability_in_cash_of_each_year() -> None:
    town = usual_town()
    town.plan(grant=10_000, budget=9_900)
    town.inflation("0.10")
    rows = {(r["option"], r["year"]): r for r in found(town, "appraisal.affordability").rows}
    # 2013-14 prices are 1.1 times the price base: (500 + 800 - 1,000) x 1.1 = 330 more cash, 100 at hand.
    assert rows["A", 2013]["change"] == pytest.approx(330)
    assert rows["A", 2013]["headroom"] == pytest.approx(-230)
    # 2014-15: 200 less a year at 1.21.
    assert rows["A", 2014]["headroom"] == pytest.approx(100 + 242)
    assert rows["BAU", 2013]["headroom"] == pytest.approx(100)
    (gap,) = [r for r in found(town, "appraisal.gap").rows if r["option"] == "A"]
    assert (gap["affordable"], gap["first_year"]) == (False, 2013)
    assert gap["largest"] == pytest.approx(230)


def test_inflation_not_known_leaves_cash_not_known() -> None:
    town = usual_town()
    town.plan(grant=10_000, budget=9_900)
    finding = found(town, "appraisal.affordability")
    assert all(r["headroom"] is None for r in finding.rows if r["option"] == "A")
    assert "inflation in every year" in finding.waiting


@pytest.mark.parametrize("lacking", ["C-A1", "C-A2", "B-A", "C-BAU"])
def test_what_is_not_known_is_never_nought(lacking: str) -> None:
    town = usual_town()
    for rows in town.tables.values():
        rows[:] = [row for row in rows if row.code != lacking]
    findings = Findings(town.case(), keep=False)
    (row,) = findings["appraisal.npsv"].rows
    assert row["npsv"] is None
    assert findings["appraisal.npsv"].waiting
    assert findings["appraisal.order"].value == "not ranked"
    assert findings["appraisal.payback"].rows[0]["years"] is None


def test_options_are_ranked_only_on_good_evidence() -> None:
    town = usual_town()
    lines = [*town.tables[CostLine], *town.tables[type(town.tables[CostLine][0])]]
    for rows in list(town.tables.values()):
        for row in list(rows):
            if row.code.startswith(("C-", "B-")):
                town.cite(row, town.strong)
    assert lines
    assert found(town, "appraisal.order").value == "ranked"
    assert found(town, "appraisal.order").rows[0]["rank"] == 1
    assert found(usual_town(), "appraisal.order").value == "not ranked"  # no evidence at all


def ranked_town() -> Town:
    """Business as usual at 100 a year; A at 80 a year, and worth 100 a year to society, on strong evidence."""
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    a = town.option("A", 2)
    town.cite(town.cost("C1", usual, f"{EVERY_YEAR}: 100"), town.strong)
    town.cite(town.cost("C2", a, f"{EVERY_YEAR}: 80"), town.strong)
    town.cite(town.benefit("B1", a, f"{EVERY_YEAR}: 100", "societal"), town.strong)
    return town


def option_a(town: Town):
    return next(option for option in town.tables[Option] if option.code == "A")


def test_exactly_half_on_weak_evidence_is_not_more_than_half() -> None:
    town = ranked_town()
    town.cite(town.benefit("B2", option_a(town), f"{EVERY_YEAR}: 100", "societal"), town.weak)
    order = found(town, "appraisal.order")
    assert order.rows[0]["benefit_weak"] == pytest.approx(0.5)
    assert order.value == "ranked"
    town.cite(town.benefit("B3", option_a(town), "2013-14: 1", "societal"), town.weak)
    assert found(town, "appraisal.order").value == "not ranked"


def test_weak_costs_alone_withhold_the_order() -> None:
    town = ranked_town()
    # 80 and 100 a year differ: 180 on strong evidence; 190 a year more on weak.
    town.cite(town.cost("C3", option_a(town), f"{EVERY_YEAR}: 190"), town.weak)
    order = found(town, "appraisal.order")
    assert order.rows[0]["cost_weak"] == pytest.approx(190 / 370)
    assert order.rows[0]["benefit_weak"] == 0
    assert order.value == "not ranked"


def test_lines_that_every_option_shares_lend_it_no_strength() -> None:
    town = ranked_town()
    town.cite(town.benefit("B2", option_a(town), f"{EVERY_YEAR}: 300", "societal"), town.weak)
    assert found(town, "appraisal.order").value == "not ranked"
    usual = next(option for option in town.tables[Option] if option.code == "BAU")
    for code, option in (("C8", usual), ("C9", option_a(town))):
        estate = town.cost(code, option, f"{EVERY_YEAR}: 9000")
        estate.name = "Estate"
        town.cite(estate, town.strong)
    order = found(town, "appraisal.order")
    assert order.value == "not ranked"
    assert order.rows[0]["cost_weak"] == 0  # 80 and 100, the 9,000 cancel
    assert cost_lines_weighed(town) == 2


def cost_lines_weighed(town: Town) -> int:
    shares = [r for r in found(town, "appraisal.evidence_shares").rows if r["option"] == "A"]
    return sum(r["lines"] for r in shares if r["side"] == "cost")


def both_sides(town: Town, *lines: tuple[str, str, int], driver: str = "") -> None:
    """Lines of business as usual and of A: option, name and amount a year of each."""
    options = {option.code: option for option in town.tables[Option]}
    for number, (option, name, amount) in enumerate(lines):
        wide = {"low": Decimal("0.5"), "high": Decimal(2), "varies_with": driver}
        town.cost(f"X{number}", options[option], f"{EVERY_YEAR}: {amount}", **wide).name = name


def test_what_stands_unchanged_in_parts_is_not_weighed() -> None:
    town = ranked_town()
    both_sides(town, ("BAU", "Estate", 100), ("A", "Estate", 60), ("A", "Estate", 40))
    assert cost_lines_weighed(town) == 2
    town = ranked_town()
    both_sides(town, ("BAU", "Estate", 100), ("A", "Offices", 60), ("A", "Stations", 40), driver="Rents")
    assert cost_lines_weighed(town) == 2


def test_of_lines_of_one_driver_only_what_changes_is_weighed() -> None:
    town = ranked_town()
    both_sides(town, ("BAU", "Estate", 100), ("A", "Estate", 100), ("A", "New site", 40), driver="Rents")
    assert cost_lines_weighed(town) == 3


def test_lines_alike_by_other_names_are_weighed() -> None:
    town = ranked_town()
    both_sides(town, ("BAU", "Estate", 100), ("A", "Vehicles", 100))
    assert cost_lines_weighed(town) == 4


def test_the_highest_is_named_with_the_ranges_that_overlap_it() -> None:
    town = ranked_town()
    assert found(town, "appraisal.order").headline == "A has the highest likely NPSV across its range"
    b = town.option("B", 3)
    town.cite(town.cost("C4", b, f"{EVERY_YEAR}: 80"), town.strong)
    more = town.benefit("B4", b, f"{EVERY_YEAR}: 90", "societal", high=Decimal("1.5"))
    town.cite(more, town.strong)
    assert found(town, "appraisal.order").headline.endswith("but its range overlaps that of B")


def test_a_true_tie_is_shown_as_a_tie() -> None:
    town = ranked_town()
    b = town.option("B", 3)
    town.cite(town.cost("C4", b, f"{EVERY_YEAR}: 80"), town.strong)
    town.cite(town.benefit("B4", b, f"{EVERY_YEAR}: 100", "societal"), town.strong)
    order = found(town, "appraisal.order")
    assert [row["rank"] for row in order.rows] == [1, 1]
    assert order.headline == "A and B tie with the highest likely NPSV"
    assert [row["overtakes"] for row in order.rows] == ["level with B as it is", "level with A as it is"]


def test_what_waits_stands_on_nothing_known() -> None:
    town = ranked_town()
    town.tables[BenefitLine].clear()
    (row,) = found(town, "appraisal.order").rows
    assert (row["cost_weak"], row["benefit_weak"]) == (None, None)


def test_only_the_organisations_own_cash_is_set_against_its_plan() -> None:
    town = usual_town()
    town.plan(grant=10_000, budget=9_900)
    town.inflation("0")
    a = option_a(town)
    before = {
        r["year"]: r["headroom"] for r in found(town, "appraisal.affordability").rows if r["option"] == "A"
    }
    town.cost("C-P", a, f"{EVERY_YEAR}: 70", organisation="Partner forces")
    town.benefit("B-P", a, f"{EVERY_YEAR}: 900", "cash-releasing", organisation="Partner forces")
    rows = {
        r["year"]: r["headroom"] for r in found(town, "appraisal.affordability").rows if r["option"] == "A"
    }
    assert rows == before
    town.benefit("B-O", a, f"{EVERY_YEAR}: 40", "cash-releasing", organisation="A town")
    rows = {
        r["year"]: r["headroom"] for r in found(town, "appraisal.affordability").rows if r["option"] == "A"
    }
    assert rows == pytest.approx({year: left + 40 for year, left in before.items()})


def test_benefits_without_a_price_are_listed() -> None:
    town = usual_town()
    town.benefit(
        "B-W", option_a(town), "", "unmonetised", effect="People trust it more", beneficiary="The public"
    )
    finding = found(town, "appraisal.unmonetised")
    assert finding.headline == "1 benefit without a price, of 1 option"
    assert finding.rows[0]["effect"] == "People trust it more"


def test_ranges_of_cost_and_benefit_by_hand() -> None:
    rows = {(r["option"], r["phase"]): r for r in found(usual_town(), "appraisal.costs").rows}
    start = rows["A", "start-up"]
    assert (start["low"], start["present"], start["high"]) == pytest.approx((400, 500, 750))
    (benefit,) = [r for r in found(usual_town(), "appraisal.benefits").rows if r["option"] == "A"]
    expected = (50 * FOUR_YEARS, 100 * FOUR_YEARS, 120 * FOUR_YEARS)
    assert (benefit["low"], benefit["present"], benefit["high"]) == pytest.approx(expected)


def test_payback_at_the_ends_of_the_range() -> None:
    (row,) = found(usual_town(), "appraisal.payback").rows
    # Low: 750 at once, 250 a year. The first year ends at -500, then 250 a year: two more years.
    assert row["low"] == pytest.approx(3.0)
    # High: 400 at once, 320 a year: -80 after the first year.
    assert row["high"] == pytest.approx(1 + 80 / 320)


def test_a_line_that_stands_in_both_moves_neither_end_of_payback() -> None:
    town = usual_town()
    before = found(town, "appraisal.payback").rows
    usual = next(option for option in town.tables[Option] if option.code == "BAU")
    for code, option in (("C8", usual), ("C9", option_a(town))):
        town.cost(code, option, f"{EVERY_YEAR}: 9000", low=Decimal("0.5"), high=Decimal(2)).name = "Estate"
    assert found(town, "appraisal.payback").rows == before


def test_payback_ranges_over_what_a_driver_changes() -> None:
    """500 at once; of 1,000 a year 200 are saved, 0.5 to 1.5 times: 100, 200 or 300 a year, and no benefit."""
    town = usual_town()
    town.tables[BenefitLine][0].amounts = {"2013-14": "0", "2014-15": "0", "2015-16": "0", "2016-17": "0"}
    for cost in town.tables[CostLine]:
        if cost.code == "C-A1":
            cost.low = cost.high = Decimal(1)
        else:
            cost.varies_with, cost.low, cost.high = "Pay", Decimal("0.5"), Decimal("1.5")
    (row,) = found(town, "appraisal.payback").rows
    # Likely -300, then +200 a year; high -200, then +300 a year; low -400, then +100 a year: 100 short at the end.
    assert (row["years"], row["low"], row["high"]) == (pytest.approx(2.5), "", pytest.approx(1 + 200 / 300))


def test_no_payback_is_not_the_same_as_not_known() -> None:
    town = usual_town()
    town.cost("C-X", option_a(town), f"{EVERY_YEAR}: 5000")
    (row,) = found(town, "appraisal.payback").rows
    assert row["years"] == ""
    assert row["why_not"]
    town.tables[BenefitLine].clear()
    assert found(town, "appraisal.payback").rows[0]["years"] is None


def test_switching_values_by_hand() -> None:
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    a = town.option("A", 2)
    town.cost("C1", usual, "2013-14: 100")
    town.cost("C2", a, "2013-14: 300")
    town.benefit("B1", a, "2013-14: 250", "societal")
    (row,) = found(town, "appraisal.order").rows
    # Worth 250 - 200 = 50: benefits may fall by 50/250, net cost may rise by 50/200.
    assert row["benefit_to_zero"] == pytest.approx(-0.2)
    assert row["cost_to_zero"] == pytest.approx(0.25)


def test_shares_by_grade_and_class() -> None:
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    town.cite(town.cost("C1", usual, "2013-14: 300", estimate_class="quoted"), town.strong)
    town.cite(town.cost("C2", usual, "2013-14: 100", estimate_class="analogy"), town.weak)
    grades = {r["grade"]: r["share"] for r in found(town, "appraisal.evidence_shares").rows}
    assert grades == {"2": 0.75, "6": 0.25}
    classes = {r["estimate_class"]: r["share"] for r in found(town, "appraisal.estimate_classes").rows}
    assert classes == {"quoted": 0.75, "analogy": 0.25}


def test_evidence_and_assumptions_are_followed() -> None:
    town = usual_town()
    line = next(c for c in town.tables[CostLine] if c.code == "C-A1")
    town.cite(line, town.weak)
    finding = found(town, "appraisal.npsv")
    assert [item.code for item in finding.evidence] == ["EVD-2"]
    assert finding.grade == 6
    assert finding.illustrative
    assert "cost_line:C-A2/amounts" in finding.assumptions
    assert "cost_line:C-A1/amounts" not in finding.assumptions


def test_order_of_lines_changes_no_figure() -> None:
    town = usual_town()
    turned = {model: list(reversed(rows)) for model, rows in town.tables.items()}
    one = Findings(town.case(), keep=False)["appraisal.npsv"].rows
    assert Findings(Case(town.exercise, turned), keep=False)["appraisal.npsv"].rows == one


def test_scaling_every_line_scales_npsv() -> None:
    town = usual_town()
    before = found(town, "appraisal.npsv").rows[0]["npsv"]
    for rows in town.tables.values():
        for row in rows:
            if getattr(row, "amounts", None):
                row.amounts = {year: str(Decimal(amount) * 3) for year, amount in row.amounts.items()}
    assert found(town, "appraisal.npsv").rows[0]["npsv"] == pytest.approx(3 * before)


@pytest.mark.parametrize("key", ["appraisal.npsv", "appraisal.costs", "appraisal.side_by_side"])
def test_a_cost_that_only_a_budget_knows_is_told_beside_the_worth(key: str) -> None:
    town = ranked_town()
    line = town.tables[CostLine][0]
    line.nature = "transfer"  # type: ignore[attr-defined]  # a line
    told = "1 cost line (transfer) counts in the budget and in no option's worth."
    assert told in found(town, key).warnings
