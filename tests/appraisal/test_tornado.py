"""What moves worth most: on the town, with percentiles of uniform ranges by hand."""

from decimal import Decimal

import pytest

from tests.appraisal.drawn_town import FACTORS, FOUR_YEARS, found, line, option, plain_town, varies
from tests.appraisal.town import Town
from wayforward.options.models import OptionRisk


def test_each_bar_runs_from_the_tenth_to_the_ninetieth_percentile_about_what_is_reported() -> None:
    town = plain_town()
    for code, low, high in (("C-A", "0.5", "1.5"), ("B-A", "0.9", "1.9")):
        row = line(town, code)
        row.low, row.high, row.distribution = Decimal(low), Decimal(high), "uniform"
    first, second = found(town, "tornado").rows
    now = 70 * FOUR_YEARS
    # A tenth of the way in: costs 0.6 and 1.4 times 80, benefits 1.0 and 1.8 times 50.
    assert (first["what"], second["what"]) == ("C-A", "B-A")
    assert first["at_low"] == pytest.approx(now + 32 * FOUR_YEARS)
    assert first["at_high"] == pytest.approx(now - 32 * FOUR_YEARS)
    assert first["swing"] == pytest.approx(64 * FOUR_YEARS)
    assert (second["at_low"], second["at_high"]) == (
        pytest.approx(now),
        pytest.approx(now + 40 * FOUR_YEARS),
    )
    assert first["npsv"] == second["npsv"] == pytest.approx(now)
    assert (first["low"], first["high"]) == ("60% of likely", "140% of likely")


def test_delays_effects_and_risks_have_bars_too_and_what_moves_nothing_has_none() -> None:
    town = plain_town()
    benefit = line(town, "B-A")
    benefit.phase = "ownership"
    varies(town, "U1", "option_phase:A-own", "delay_months", "uniform", low=0, high=12)
    varies(town, "U2", benefit.reference, "reach", "uniform", low=0, high=1)
    a = option(town, "A")
    town.add(
        OptionRisk, "R1", option=a, name="Fails", probability=Decimal("0.5"), impact=Decimal(40), year=2013
    )
    idle = line(town, "C-BAU")
    twin = line(town, "C-A")
    for row in (idle, twin):
        row.name, row.amounts, row.low, row.high = "Same", idle.amounts, Decimal("0.5"), Decimal(2)
    rows = {row["what"]: row for row in found(town, "tornado").rows}
    assert set(rows) == {"What U1 varies", "What U2 varies", "Fails"}
    # What is reported has 50 a year, no delay, and half of 40.
    now = 50 * FOUR_YEARS - 20
    assert rows["Fails"]["npsv"] == pytest.approx(now)
    assert (rows["Fails"]["at_low"], rows["Fails"]["at_high"]) == (
        pytest.approx(now + 20),
        pytest.approx(now - 20),
    )
    assert rows["What U2 varies"]["at_low"] == pytest.approx(5 * FOUR_YEARS - 20)
    # 10.8 months is 11: the first year has one twelfth.
    late = 50 * (FOUR_YEARS - 1) + 50 / 12 - 20
    assert rows["What U1 varies"]["at_high"] == pytest.approx(late)
    assert rows["What U1 varies"]["high"] == "11 months"
    assert FACTORS[0] == 1


def test_lines_of_one_driver_swing_together_each_over_its_own_range() -> None:
    town = plain_town()
    for code, low, high in (("C-A", "0.5", "1.5"), ("B-A", "0", "2")):
        row = line(town, code)
        row.varies_with, row.low, row.high, row.distribution = "Pay", Decimal(low), Decimal(high), "uniform"
    (row,) = found(town, "tornado").rows
    # At the 10th percentile the cost is 0.6 of 80 and the benefit 0.2 of 50.
    assert row["at_low"] == pytest.approx((100 - 48 + 10) * FOUR_YEARS)


def test_nothing_that_varies_and_an_unknown() -> None:
    assert found(plain_town(), "tornado").headline == "Nothing that varies moves the worth of any option"
    town = plain_town()
    line(town, "B-A").amounts = None
    assert found(town, "tornado").rows == ()
    assert found(town, "tornado").waiting
    assert found(Town(), "tornado").waiting
