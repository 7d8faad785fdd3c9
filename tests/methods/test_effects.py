"""From full effect to net benefit; expected values by hand, and by a sum over months written out."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import effects, profiles
from wayforward.methods.effects import Effect, benefit

fraction = st.none() | st.floats(0, 1)
months = st.none() | st.integers(0, 40)
effect = st.builds(
    Effect,
    reach=fraction,
    take_up=fraction,
    deadweight=fraction,
    attribution=fraction,
    lag_months=months,
    ramp_months=months,
    drop_off=fraction,
)
profile = st.lists(st.floats(0, 1e8), min_size=1, max_size=6)


def month_by_month(full: list[float], given: Effect, years: int) -> list[float]:
    """The definition, one month at a time, with no arrays."""
    kept = (given.reach if given.reach is not None else 1) * (
        given.take_up if given.take_up is not None else 1
    )
    kept *= (1 - (given.deadweight or 0)) * (given.attribution if given.attribution is not None else 1)
    start = next((12 * year for year, amount in enumerate(full) if amount), 0)
    ramp, out = given.ramp_months or 0, [0.0] * 100
    for year, amount in enumerate(full):
        for month in range(12 * year, 12 * year + 12):
            since = month - start
            if since < 0:
                continue
            part = (since + 0.5) / ramp if since < ramp else 1.0
            left = (1 - (given.drop_off or 0)) ** max((since - ramp) // 12, 0)
            out[(month + (given.lag_months or 0)) // 12] += amount / 12 * kept * part * left
    assert not any(out[years + 20 :])
    return out


def test_units_by_value() -> None:
    """By hand: 100 hours at 20, then 200 at 30."""
    assert effects.gross([100, 200], 20).tolist() == [2000, 4000]
    assert effects.gross([100, 200], [20, 30]).tolist() == [2000, 6000]
    assert np.isnan(effects.gross([100, None], 20)[1])


def test_fractions_in_turn() -> None:
    """1,000 x 0.8 x 0.5 = 400; a quarter would have come anyway: 300; half is owed to the change: 150."""
    given = Effect(reach=0.8, take_up=0.5, deadweight=0.25, attribution=0.5)
    found = benefit([1000], given, 1)
    assert found.amounts.tolist() == pytest.approx([150])
    assert [(step.name, round(step.total, 6)) for step in found.steps] == [
        ("gross", 1000), ("reach", -200), ("take-up", -400), ("deadweight", -100), ("attribution", -150),
    ]  # fmt: skip


def test_ramp_of_a_year_brings_half_in_it() -> None:
    assert benefit([120, 120], Effect(ramp_months=12), 2).amounts.tolist() == pytest.approx([60, 120])


def test_ramp_starts_with_the_effect_and_ends_within_a_year() -> None:
    """From year 1: six months rise from 0 to 1 (mean a half), six are whole: 120 x (0.5 x 6 + 6) / 12."""
    found = benefit([0, 120, 120], Effect(ramp_months=6), 3)
    assert found.amounts.tolist() == pytest.approx([0, 90, 120])


def test_drop_off_starts_a_year_after_full_effect() -> None:
    """A tenth of what is left, each year: 100, 90, 81."""
    assert benefit([100] * 3, Effect(drop_off=0.1), 3).amounts.tolist() == pytest.approx([100, 90, 81])
    ramped = benefit([100] * 3, Effect(ramp_months=12, drop_off=0.1), 3)
    assert ramped.amounts.tolist() == pytest.approx([50, 100, 90])


def test_a_lag_loses_nothing() -> None:
    """Three months late: a quarter of each year goes to the next, and 60 falls beyond."""
    found = benefit([120, 240], Effect(lag_months=3), 2)
    assert (found.amounts.tolist(), found.beyond.tolist()) == ([90, 210], [60])
    assert found.steps[-1].change.tolist() == [-30, -30]


def test_what_lies_past_the_years_appraised_is_told() -> None:
    found = benefit([1, 2, 3], Effect(), 2)
    assert (found.amounts.tolist(), found.beyond.tolist()) == ([1, 2], [3])
    assert benefit([1], Effect(), 3).amounts.tolist() == [1, 0, 0]


def test_nought_is_applied_and_none_is_not() -> None:
    assert benefit([100], Effect(take_up=0.0), 1).amounts.tolist() == [0]
    assert [step.name for step in benefit([100], Effect(), 1).steps] == ["gross"]


def test_an_unknown_year_stays_unknown_where_it_reaches() -> None:
    found = benefit([12, None, 12], Effect(lag_months=6), 3)
    assert found.amounts[0] == 6
    assert np.isnan(found.amounts[1:]).all()
    assert found.beyond.tolist() == [6]


def test_a_start_that_is_not_known_leaves_a_ramp_without_its_place() -> None:
    assert np.isnan(benefit([None, 12], Effect(ramp_months=6), 2).amounts).all()
    assert np.isnan(benefit([None, 12], Effect(drop_off=0.1), 2).amounts).all()
    assert benefit([None, 12], Effect(reach=0.5), 2).amounts[1] == 6


@given(profile, effect, st.integers(1, 8))
def test_against_the_sum_month_by_month(full: list[float], given: Effect, years: int) -> None:
    found = benefit(full, given, years)
    expected = month_by_month(full, given, years)
    scale = max(full) + 1
    assert found.amounts.tolist() == pytest.approx(expected[:years], abs=1e-9 * scale)
    assert math.fsum(found.beyond) == pytest.approx(math.fsum(expected[years:]), abs=1e-9 * scale)


@given(profile, effect, st.integers(1, 8))
def test_steps_add_up_to_the_amounts(full: list[float], given: Effect, years: int) -> None:
    found = benefit(full, given, years)
    together = np.sum([step.change for step in found.steps], axis=0)
    assert together.tolist() == pytest.approx(found.amounts.tolist(), abs=1e-9 * (max(full) + 1))


@given(profile, effect, st.floats(0.001, 1000))
def test_scale(full: list[float], given: Effect, times: float) -> None:
    once, scaled = benefit(full, given, 6), benefit([times * amount for amount in full], given, 6)
    assert scaled.amounts.tolist() == pytest.approx((times * once.amounts).tolist(), rel=1e-9, abs=1e-9)


@given(st.lists(st.floats(1, 1e8), min_size=1, max_size=6), effect)
def test_a_line_split_in_two_brings_the_same(full: list[float], given: Effect) -> None:
    whole = benefit(full, given, 6).amounts
    parts = (
        benefit([0.3 * x for x in full], given, 6).amounts
        + benefit([0.7 * x for x in full], given, 6).amounts
    )
    assert parts.tolist() == pytest.approx(whole.tolist(), rel=1e-9, abs=1e-6)


@given(st.lists(st.floats(1, 1e8), min_size=1, max_size=5), effect)
def test_shifted_a_year_it_brings_the_same_a_year_later(full: list[float], given: Effect) -> None:
    now, later = benefit(full, given, 9).amounts, benefit([0, *full], given, 10).amounts
    assert later[0] == 0
    assert later[1:].tolist() == pytest.approx(now.tolist(), rel=1e-9, abs=1e-6)


@given(profile, st.integers(0, 40))
def test_a_lag_alone_is_a_moved_phase(full: list[float], lag: int) -> None:
    found = benefit(full, Effect(lag_months=lag), 10)
    expected, _ = profiles.fit(profiles.shift(full, lag), 10)
    assert found.amounts.tolist() == pytest.approx(expected.tolist(), rel=1e-12, abs=1e-6)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Effect(take_up=60), "a take-up of 60 is outside 0 to 1; write 60% as 0.6"),
        (Effect(deadweight=-0.1), "a deadweight of -0.1"),
        (Effect(drop_off=1.5), "a drop-off of 1.5"),
        (Effect(lag_months=-3), "a lag of -3 months"),
        (Effect(ramp_months=1.5), "a ramp of 1.5 months"),
    ],
)
def test_faults(given: Effect, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        benefit([1], given, 1)


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match="do not fit unit values"):
        effects.gross([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="one amount a year"):
        benefit([[1, 2]], Effect(), 2)
    with pytest.raises(ValueError, match="at least one year"):
        benefit([1], Effect(), 0)
