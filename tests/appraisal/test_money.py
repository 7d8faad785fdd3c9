"""Cost with its risks, worth a year, price bases, budgets, imperatives, and what must hold of any appraisal."""

import copy
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.appraisal.test_break_even import two_options
from tests.appraisal.test_findings import FOUR_YEARS, found, option_a, ranked_town
from tests.appraisal.test_steps import full_town, line
from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.finance.models import Inflation
from wayforward.findings import Findings
from wayforward.options.models import FactorVerdict, SuccessFactor


def test_cost_by_phase_with_risk_is_the_cost_in_npsv() -> None:
    town = full_town()
    rows = [row for row in found(town, "appraisal.costs").rows if row["option"] == "A"]
    risk = rows[-1]
    assert (risk["phase"], risk["real"], risk["present"]) == ("expected risk", 100, pytest.approx(100))
    assert (risk["low"], risk["high"]) == (0, pytest.approx(200))  # it does not come about, or it does
    (npsv,) = found(town, "appraisal.npsv").rows
    assert sum(row["change"] for row in rows) == pytest.approx(npsv["costs"], abs=0.01)
    usual = [row for row in found(town, "appraisal.costs").rows if row["option"] == "BAU"]
    assert (usual[-1]["phase"], usual[-1]["present"]) == ("expected risk", 0)
    assert not any(row["phase"] == "expected risk" for row in found(usual_town(), "appraisal.costs").rows)


def test_worth_a_year_has_the_same_present_value() -> None:
    rows = {row["option"]: row for row in found(usual_town(), "appraisal.annual").rows}
    # 300 a year less 500 at once, which is 500 / 3.8016 a year.
    assert rows["A"]["npsv"] == pytest.approx(300 - 500 / FOUR_YEARS)
    assert rows["A"]["low"] == pytest.approx(250 - 750 / FOUR_YEARS)
    assert rows["A"]["cost"] == pytest.approx(800 + 500 / FOUR_YEARS)
    assert (rows["BAU"]["cost"], rows["BAU"]["npsv"]) == (pytest.approx(1000), "")
    town = usual_town()
    line(town, BenefitLine, "B-A").amounts = None
    rows = {row["option"]: row for row in found(town, "appraisal.annual").rows}
    assert (rows["A"]["npsv"], rows["A"]["cost"]) == (None, None)
    assert found(Town(), "appraisal.annual").rows == ()


def test_real_figures_in_cash_of_each_year() -> None:
    town = usual_town()
    town.inflation("0.10")
    rows = {(r["option"], r["year"]): r for r in found(town, "appraisal.price_bases").rows}
    first = rows["A", 2013]
    assert (first["cost"], first["level"]) == (1300, pytest.approx(1.1))
    assert first["cost_cash"] == pytest.approx(1430)
    assert rows["A", 2014]["benefit_cash"] == pytest.approx(121)
    finding = found(usual_town(), "appraisal.price_bases")  # no inflation is assumed
    assert {row["cost_cash"] for row in finding.rows} == {None}
    assert "inflation in every year" in finding.waiting
    assert finding.rows[0]["cost"] == 1000


def test_what_a_budget_alone_pays_is_said_and_is_not_in_npsv() -> None:
    town = usual_town()
    town.plan(grant=10_000, budget=9_900)
    town.inflation("0")
    before = found(town, "appraisal.npsv").rows
    town.cost("C-VAT", option_a(town), f"{EVERY_YEAR}: 60", nature="value added tax")
    assert found(town, "appraisal.npsv").rows == before
    finding = found(town, "appraisal.affordability")
    rows = {(r["option"], r["year"]): r["change"] for r in finding.rows}
    assert rows["A", 2014] == pytest.approx(-200 + 60)
    assert (
        "In the budget and not in what an option is worth (value added tax), in cash over all years: £240 in A."
        in finding.warnings
    )
    line(town, CostLine, "C-VAT").amounts = None
    finding = found(town, "appraisal.affordability")
    assert "amounts for C-VAT (C-VAT)" in finding.waiting
    assert {r["change"] for r in finding.rows if r["option"] == "A"} == {None}


def barred_town(passes: bool | None = False) -> Town:
    town = two_options()
    factor = town.add(SuccessFactor, "CSF-1", name="Within the law", imperative="strategic")
    town.add(
        FactorVerdict,
        "FV-1",
        option=option_a(town),
        factor=factor,
        passes=passes,
        reason="It needs a new Act.",
    )
    return town


def test_an_option_that_fails_an_imperative_is_not_ranked() -> None:
    order = found(barred_town(), "appraisal.order")
    rows = {row["option"]: row for row in order.rows}
    assert (rows["A"]["rank"], rows["B"]["rank"]) == ("", 1)
    assert rows["A"]["barred"] == "Within the law (strategic): It needs a new Act"
    assert order.headline == (
        "B has the highest likely NPSV across its range; A fails Within the law (strategic)"
    )
    assert rows["B"]["overtakes"] == "there is no other option whose worth is known"


@pytest.mark.parametrize("passes", [True, None])
def test_an_imperative_passed_or_not_judged_bars_nothing(passes: bool | None) -> None:
    rows = {row["option"]: row["rank"] for row in found(barred_town(passes), "appraisal.order").rows}
    assert rows == {"A": 1, "B": 2}


def test_a_factor_that_is_no_imperative_bars_nothing() -> None:
    town = barred_town()
    town.tables[SuccessFactor][0].imperative = ""
    assert [row["rank"] for row in found(town, "appraisal.order").rows] == [1, 2]


def test_where_every_option_fails_none_is_ranked() -> None:
    town = ranked_town()
    factor = town.add(SuccessFactor, "CSF-1", name="Law", imperative="operational")
    town.add(FactorVerdict, "FV-1", option=option_a(town), factor=factor, passes=False)
    order = found(town, "appraisal.order")
    assert (order.value, order.headline) == ("not ranked", "No option is ranked: A fails Law (operational)")


def test_weak_evidence_of_a_barred_option_withholds_no_others_rank() -> None:
    town = barred_town()
    town.cite(town.benefit("B9", option_a(town), f"{EVERY_YEAR}: 900", "societal"), town.weak)
    assert found(town, "appraisal.order").value == "ranked"


def test_side_by_side_names_the_imperative_and_the_worth_a_year() -> None:
    rows = {row["option"]: row for row in found(barred_town(), "appraisal.side_by_side").rows}
    assert rows["A"]["barred"].startswith("Within the law")
    assert rows["B"]["annual"] == pytest.approx(80)  # 20 saved and 60 gained every year
    assert (rows["BAU"]["annual"], rows["BAU"]["npsv"]) == ("", "")


amounts = st.lists(st.integers(0, 10_000), min_size=4, max_size=4)


def written(values: list[int], times: int = 1) -> str:
    return "; ".join(
        f"{year}-{year - 1999:02d}: {value * times}"
        for year, value in zip(range(2013, 2017), values, strict=True)
    )


def made(cost: list[int], gain: list[int], times: int = 1) -> Town:
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    a = town.option("A", 2)
    town.cost("C-BAU", usual, written([1000, 1100, 1200, 1300], times))
    town.cost("C-A", a, written(cost, times), low=Decimal("0.8"), high=Decimal("1.5"))
    town.benefit("B-A", a, written(gain, times), "societal", low=Decimal("0.5"), high=Decimal(2))
    return town


@settings(max_examples=20, deadline=None)
@given(amounts, amounts)
def test_doubling_every_line_doubles_the_worth(cost: list[int], gain: list[int]) -> None:
    (once,), (twice,) = (found(made(cost, gain, times), "appraisal.npsv").rows for times in (1, 2))
    for name in ("npsv", "low", "high"):
        assert twice[name] == pytest.approx(2 * once[name], abs=1e-6)


def split(town: Town, code: str, percent: int) -> None:
    """A line in two of the same name, so many percent of it in the first."""
    first = line(town, CostLine, code)
    second = copy.copy(first)
    second.code = f"{code}-2"
    share = Decimal(percent) / 100
    given_amounts = dict(first.amounts)
    first.amounts = {year: str(Decimal(amount) * share) for year, amount in given_amounts.items()}
    second.amounts = {year: str(Decimal(amount) * (1 - share)) for year, amount in given_amounts.items()}
    town.tables[CostLine].append(second)


@pytest.mark.parametrize("code", ["C-A", "C-KEPT", "C-KEPT-A"])
@settings(max_examples=20, deadline=None)
@given(amounts, amounts, st.integers(1, 99))
def test_splitting_a_line_changes_nothing(code: str, cost: list[int], gain: list[int], percent: int) -> None:
    """One of the option's own, or one that stands in business as usual as well, on either side."""
    town = made(cost, gain)
    for kept, option in (("C-KEPT", line(town, CostLine, "C-BAU").option), ("C-KEPT-A", option_a(town))):
        town.cost(kept, option, f"{EVERY_YEAR}: 9000", low=Decimal("0.6"), high=Decimal("1.6")).name = "Kept"
    keys = ("npsv", "bcr", "payback", "annual", "steps", "organisations", "order")
    whole = [found(town, f"appraisal.{key}").rows for key in keys]
    split(town, code, percent)
    for key, before in zip(keys, whole, strict=True):
        after = found(town, f"appraisal.{key}").rows
        assert len(after) == len(before)
        for one, other in zip(before, after, strict=True):
            for name, value in one.items():
                close = isinstance(value, float)
                assert other[name] == (pytest.approx(value, abs=1e-6) if close else value), (key, name)


@pytest.mark.parametrize(
    "key",
    ["costs", "npsv", "annual", "steps", "organisations", "values", "rates", "editions", "distribution"],
)
def test_an_option_alike_to_business_as_usual_changes_no_other_row(key: str) -> None:
    town = usual_town()
    before = found(town, f"appraisal.{key}").rows
    same = town.option("SAME", 3)
    town.cost("C-S", same, f"{EVERY_YEAR}: 1000")
    town.benefit("B-S", same, f"{EVERY_YEAR}: 0", "non-cash-releasing")
    after = found(town, f"appraisal.{key}").rows
    assert [row for row in after if row["option"] != "SAME"] == list(before)
    if key == "npsv":
        assert after[-1]["npsv"] == 0


def test_every_new_finding_stands_an_empty_case() -> None:
    findings = Findings(Town().case(), keep=False)
    for key in (
        "costs",
        "affordability",
        "price_bases",
        "unmonetised",
        "switching",
        "progress",
        "side_by_side",
    ):
        assert findings[f"appraisal.{key}"].rows == ()


def test_a_line_of_business_as_usual_that_is_split_costs_nothing_and_brings_no_ratio() -> None:
    town = Town()
    usual, a = town.option("BAU", 1, "business as usual"), town.option("A", 2)
    for part in range(5):
        town.cost(f"C-{part}", usual, f"{EVERY_YEAR}: 20000.02")
    town.cost("C-A", a, f"{EVERY_YEAR}: 100000.10")
    town.benefit("B-A", a, f"{EVERY_YEAR}: 1", "societal")
    (row,) = found(town, "appraisal.npsv").rows
    assert row["npsv"] == pytest.approx(FOUR_YEARS)
    (ratio,) = found(town, "appraisal.bcr").rows
    assert ratio["bcr"] in ("", None)


def test_no_pounds_are_no_pounds_in_a_year_without_a_price_level() -> None:
    """Inflation stops after the second year; a cash line of the first is known all the same, at prices 2% lower."""
    town = usual_town()
    town.inflation("0.02")
    del town.tables[Inflation][2:]
    start = line(town, CostLine, "C-A1")
    start.prices, start.amounts = "cash", {"2013-14": "500"}
    (row,) = found(town, "appraisal.npsv").rows
    assert row["npsv"] == pytest.approx(300 * FOUR_YEARS - 500 / 1.02)


def test_a_ratio_whose_cost_is_not_known_is_not_known_and_no_none() -> None:
    town = usual_town()
    line(town, CostLine, "C-BAU").high = None
    (row,) = found(town, "appraisal.bcr").rows
    # 800 a year and 500 at once come to less than 1,000 a year: at the likely figures there is no cost to divide by.
    assert row["bcr"] == ""
    assert (row["low"], row["high"]) == (None, None)
