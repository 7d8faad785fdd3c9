"""The draws against closed forms, and that a change moves no draw but its own."""

from decimal import Decimal

import numpy as np
import pytest

from tests.appraisal.drawn_town import (
    FACTORS,
    FOUR_YEARS,
    Z95,
    line,
    normal_town,
    option,
    plain_town,
    together,
    twin,
    varies,
)
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.draws import DRAWN_READS, Ensemble, draw, ensemble, lacking
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.findings import Findings
from wayforward.findings.compute import Reading
from wayforward.findings.registry import Declared
from wayforward.options.models import OptionPhase, OptionRisk

PLAN = Declared("test.draws", "", "", "", "", DRAWN_READS, (), "", lambda case: None)  # type: ignore[arg-type,return-value]


def reading(town: Town) -> Reading:
    return Reading(Findings(town.case(), keep=False), PLAN)


def drawn(town: Town) -> Ensemble:
    found = ensemble(reading(town))
    assert found is not None, lacking(reading(town))
    return found


def likely(town: Town) -> float:
    return float(Findings(town.case(), keep=False)["appraisal.npsv"].rows[0]["npsv"])


def near(values: np.ndarray, expected: float) -> None:
    """The mean of draws lies within three standard errors of what it should be."""
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - expected) <= 3 * error


def test_one_normal_line_has_the_mean_and_spread_of_its_closed_form() -> None:
    found = drawn(normal_town())
    worth = found.npsv[:, 0]
    # 20 a year saved and 50 a year brought; half the width of 0.5 to 1.5 is 1.645 standard deviations.
    near(worth, 70 * FOUR_YEARS)
    spread = 50 * FOUR_YEARS * 0.5 / Z95
    assert worth.std(ddof=1) == pytest.approx(spread, rel=3 / np.sqrt(2 * found.draws))


def test_a_case_in_which_nothing_varies_still_has_draws() -> None:
    found = drawn(plain_town())
    assert found.npsv.shape == (10_000, 1)
    assert found.npsv == pytest.approx(70 * FOUR_YEARS)
    assert (found.drivers, found.shares.shape) == ((), (10_000, 0))


def test_identical_options_have_identical_draws() -> None:
    town = normal_town()
    twin(town)
    worth = drawn(town).npsv
    assert worth[:, 0].std() > 0
    np.testing.assert_array_equal(worth[:, 0], worth[:, 1])


def test_another_option_moves_no_other_draw() -> None:
    before = drawn(normal_town()).npsv[:, 0]
    town = normal_town()
    z = town.option("Z", 3)
    town.cost("C-Z", z, f"{EVERY_YEAR}: 10", low=Decimal("0.5"), high=Decimal(2))
    town.benefit("B-Z", z, f"{EVERY_YEAR}: 10", "societal")
    np.testing.assert_array_equal(drawn(town).npsv[:, 0], before)


def test_a_line_in_both_cancels_in_every_draw() -> None:
    town = plain_town()
    for code in ("C-BAU", "C-A"):
        row = line(town, code)
        row.name, row.low, row.high = "Estate", Decimal("0.5"), Decimal("1.5")
        row.amounts = line(town, "C-BAU").amounts
    assert drawn(town).npsv == pytest.approx(50 * FOUR_YEARS)


def test_lines_that_name_one_driver_stand_at_one_place_of_their_ranges() -> None:
    town = plain_town()
    for code, low, high in (("C-A", "0.5", "1.5"), ("B-A", "0.9", "1.1")):
        row = line(town, code)
        row.varies_with, row.low, row.high, row.distribution = "Pay", Decimal(low), Decimal(high), "uniform"
    found = drawn(town)
    # Five times the range: cost less its likely value is 5 x 80/50 times that of the benefit.
    cost, gain = found.cost[:, 0] + 20 * FOUR_YEARS, found.benefits[:, 0] - 50 * FOUR_YEARS
    assert cost == pytest.approx(8 * gain, abs=1e-6)
    assert not found.drivers[0].alike


def test_a_risk_costs_what_it_is_expected_to_on_average_and_is_paid_in_cash() -> None:
    town = plain_town()
    town.inflation("0.10")
    town.add(
        OptionRisk,
        "R1",
        option=option(town, "A"),
        name="Failure",
        probability=Decimal("0.3"),
        impact=Decimal(1000),
        year=2014,
    )
    found = drawn(town)
    near(found.npsv[:, 0], 70 * FOUR_YEARS - 300 * FACTORS[1])
    comes = found.cost[:, 0] > 0
    assert comes.mean() == pytest.approx(0.3, abs=0.015)
    # 2014-15 is two rises of 10% above the price base: 20 saved and 1,000 paid, at 1.21.
    assert set(np.round(found.need[:, 0, 1], 6)) == {round(-20 * 1.21, 6), round(980 * 1.21, 6)}


def test_a_delay_moves_what_moves_with_its_phase_by_whole_months() -> None:
    town = plain_town()
    line(town, "B-A").phase = "ownership"
    varies(
        town, "U1", "option_phase:A-own", "delay_months", "discrete", outcomes=[["0", "0.5"], ["6", "0.5"]]
    )
    found = drawn(town)
    # Six months late: each year loses half to the next, so the first has 25 and the others 50.
    late = 20 * FOUR_YEARS + 50 * FOUR_YEARS - 25
    assert set(np.round(found.npsv[:, 0], 6)) == {round(70 * FOUR_YEARS, 6), round(late, 6)}
    assert set(found.late[:, 0]) == {0.0, 6.0}


def test_a_delay_that_is_stated_is_the_likely_one_and_months_are_the_latest_phase() -> None:
    town = plain_town()
    town.add(OptionPhase, "A-imp", option=option(town, "A"), phase="implementation", delay_months=4)
    town.cost("C-A2", option(town, "A"), "2013-14: 0", "implementation")
    phase = next(row for row in town.tables[OptionPhase] if row.code == "A-own")
    phase.delay_months = 3
    varies(town, "U1", phase.reference, "delay_months", "pert", low=0, high=9)
    found = drawn(town)
    assert found.drivers[0].spread.likely == 3
    assert found.late[:, 0].min() == 4  # the implementation is late whatever ownership is
    assert found.model({"nothing": np.zeros(1)})[0, 2] == 4


def test_nothing_said_of_delays_is_not_no_delay() -> None:
    assert np.isnan(drawn(plain_town()).late).all()


def test_an_effect_that_varies_replaces_what_the_line_states_even_nought() -> None:
    for stated in ("0", "0.5", None):
        town = plain_town()
        row = line(town, "B-A")
        row.take_up = None if stated is None else Decimal(stated)
        varies(town, "U1", row.reference, "take_up", "uniform", low="0.2", high="0.6")
        found = drawn(town)
        near(found.benefits[:, 0], 0.4 * 50 * FOUR_YEARS)
        at_stated = found.model.worths({"nothing": np.zeros(1)})[0, 0]
        assert at_stated == pytest.approx(likely(town))


def test_deadweight_takes_away_also_where_all_of_it_is_stated() -> None:
    town = plain_town()
    row = line(town, "B-A")
    row.deadweight = Decimal(1)
    varies(town, "U1", row.reference, "deadweight", "uniform", low="0.5", high="1")
    near(drawn(town).benefits[:, 0], 0.25 * 50 * FOUR_YEARS)


def test_units_that_vary_move_a_line_priced_by_them_and_no_other() -> None:
    town = plain_town()
    priced = town.benefit(
        "B-U", option(town, "A"), "", "societal", units=Decimal(10), unit_value=Decimal(2), starts=2013
    )
    varies(town, "U1", priced.reference, "units", "uniform", low=0, high=10)
    varies(town, "U2", line(town, "B-A").reference, "units", "uniform", low=0, high=10)
    found = drawn(town)
    assert [driver.name for driver in found.drivers] == ["uncertainty:U1"]
    near(found.benefits[:, 0], (50 + 10) * FOUR_YEARS)


def test_a_share_is_never_drawn_outside_nothing_to_all() -> None:
    town = plain_town()
    varies(town, "U1", line(town, "B-A").reference, "take_up", "normal", low="0.5", likely="0.8", high="1.1")
    gains = drawn(town).benefits[:, 0] / (50 * FOUR_YEARS)
    assert gains.max() == pytest.approx(1)
    assert gains.min() >= 0


def test_as_stated_the_model_gives_the_npsv_that_is_reported_whatever_the_shapes() -> None:
    town = plain_town()
    row = line(town, "B-A")
    row.low, row.high, row.take_up = Decimal("0.9"), Decimal("3"), Decimal("0.8")  # likely is not the middle
    line(town, "C-A").residual = Decimal(30)
    varies(town, "U1", row.reference, "take_up", "pert", low="0.1", high="0.9")
    town.add(
        OptionRisk,
        "R1",
        option=option(town, "A"),
        name="R",
        probability=Decimal("0.4"),
        impact=Decimal(90),
        year=2015,
    )
    found = drawn(town)
    nowhere = {driver.name: np.array([np.nan]) for driver in found.drivers}
    assert found.model.worths(nowhere)[0, 0] == pytest.approx(likely(town))


def test_at_the_middle_of_symmetric_ranges_the_model_gives_the_npsv_that_is_reported() -> None:
    town = normal_town()
    line(town, "C-A").low, line(town, "C-A").high = Decimal("0.8"), Decimal("1.2")
    found = drawn(town)
    middle = {driver.name: np.array([0.5]) for driver in found.drivers}
    assert found.model.worths(middle)[0, 0] == pytest.approx(likely(town))


def test_correlation_is_between_the_amounts_of_lines() -> None:
    town = plain_town()
    for code in ("C-A", "B-A"):
        row = line(town, code)
        row.low, row.high, row.distribution = Decimal("0.5"), Decimal("1.5"), "uniform"
    # An effect of the same line has a driver of its own, which the correlation is not about.
    varies(town, "U1", "benefit_line:B-A", "reach", "uniform", low="0.4", high="0.6")
    together(town, "K1", "cost_line:C-A", "benefit_line:B-A", "0.8")
    shares = drawn(town).by_driver
    ranks = np.corrcoef(shares["line:C-A"], shares["line:B-A"])[0, 1]
    assert ranks == pytest.approx(0.8, abs=0.02)
    assert abs(np.corrcoef(shares["line:C-A"], shares["uncertainty:U1"])[0, 1]) < 0.04


def test_what_is_impossible_is_waited_for_by_name() -> None:
    town = normal_town("0.9", "1.5")  # a normal range that is not symmetric
    assert ensemble(reading(town)) is None
    assert "benefit_line:B-A" in lacking(reading(town))[0]
    with pytest.raises(ValueError, match="benefit_line:B-A"):
        draw(reading(town))


@pytest.mark.parametrize(
    ("shape", "ends", "words"),
    [
        ("uniform", {"low": "0.5", "high": "1.5"}, "uncertainty:U1: it runs from 0.5 to 1.5"),
        ("pert", {"low": "0.5"}, "uncertainty:U1: a pert input needs high"),
        ("discrete", {"outcomes": [["0.5", "0.4"]]}, "uncertainty:U1: the probabilities"),
    ],
)
def test_an_impossible_effect_is_named(shape: str, ends: dict[str, object], words: str) -> None:
    town = plain_town()
    varies(town, "U1", line(town, "B-A").reference, "take_up", shape, **ends)
    assert words in lacking(reading(town))[0]


def test_one_thing_that_varies_twice_and_correlations_that_differ_are_named() -> None:
    town = plain_town()
    for code in ("U1", "U2"):
        varies(town, code, line(town, "B-A").reference, "take_up", low="0.2", high="0.6")
    assert "uncertainty:U2" in lacking(reading(town))[0]
    town = plain_town()
    for code in ("C-A", "B-A"):
        line(town, code).low, line(town, code).high = Decimal("0.5"), Decimal(2)
    together(town, "K1", "cost_line:C-A", "benefit_line:B-A", "0.8")
    together(town, "K2", "benefit_line:B-A", "cost_line:C-A", "0.2")
    assert "correlation:K2" in lacking(reading(town))[0]


@pytest.mark.parametrize("code", ["C-A", "B-A", "C-BAU"])
def test_what_is_not_known_leaves_no_draws(code: str) -> None:
    town = plain_town()
    for model in (CostLine, BenefitLine):
        town.tables[model] = [row for row in town.tables[model] if row.code != code]
    assert ensemble(reading(town)) is None
    assert lacking(reading(town))


def test_an_empty_case_waits() -> None:
    assert ensemble(reading(Town())) is None
    assert "an option of kind business as usual" in lacking(reading(Town()))


def test_inflation_not_known_leaves_cash_not_known_and_the_worth_known() -> None:
    found = drawn(plain_town())
    assert np.isnan(found.need).all()
    assert not np.isnan(found.npsv).any()


def test_a_risk_of_one_name_is_one_risk_in_all_options() -> None:
    """An option that is business as usual again, with its risk, is worth nothing in every draw."""
    town = Town()
    usual, a = town.option("BAU", 1, "business as usual"), town.option("A", 2)
    for one, code in ((usual, "BAU"), (a, "A")):
        town.cost(f"C-{code}", one, f"{EVERY_YEAR}: 100").name = "Running"
        town.benefit(f"B-{code}", one, f"{EVERY_YEAR}: 10", "societal").name = "Service"
        risk = {"option": one, "probability": Decimal("0.25"), "impact": Decimal(9000), "year": 2014}
        town.add(OptionRisk, f"R-{code}", name="It fails", **risk)
    assert (drawn(town).npsv == 0).all()
