"""Value of partial perfect information: the closed form, exact rules on the same draws, and its properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import Floats
from wayforward.methods.evpi import from_draws
from wayforward.methods.evppi import PartialInformation, evppi


def unit_normal_case(draws: int, seed: int) -> tuple[Floats, Floats]:
    """D17: net benefit 1 + 2 Z1 + Z2 against 0, and a third input that moves nothing."""
    z = np.random.default_rng(seed).standard_normal((draws, 3))
    return z, np.column_stack((1 + 2 * z[:, 0] + z[:, 1], np.zeros(draws)))


def figures(found: tuple[PartialInformation, ...]) -> list[tuple[float, float]]:
    assert all(one.value is not None and one.standard_error is not None for one in found)
    return [(one.value or 0.0, one.standard_error or 0.0) for one in found]


def test_unit_normal_loss() -> None:
    """D17, closed form: .395593 and .083315, within .005 at 400,000 draws; the third is nought."""
    found = evppi(*unit_normal_case(400_000, 1))
    assert [one.value for one in found[:2]] == pytest.approx([0.395593, 0.083315], abs=0.005)
    assert all(one.told_apart for one in found[:2])
    assert not found[2].told_apart
    for (value, error), exact in zip(figures(found), (0.395593, 0.083315, 0), strict=True):
        assert abs(value - exact) <= 3 * error


def test_few_draws_are_not_biased() -> None:
    """20 seeds of 10,000 draws against the rule of the closed form on the same draws.

    The rule chooses where 1 + 2 Z1 (or 1 + Z2) is above 0. Bins alone are .0008 and .0058 high here.
    """
    errors = []
    for seed in range(20):
        z, values = unit_normal_case(10_000, seed)
        net = values[:, 0]
        exact = [(net * (1 + slope * z[:, i] > 0)).mean() - net.mean() for i, slope in enumerate((2, 1))]
        errors.append(np.subtract([value for value, _ in figures(evppi(z[:, :2], values))], exact))
    assert np.abs(np.mean(errors, axis=0)).max() < 0.0015


def test_standard_error_is_the_spread_of_repeats() -> None:
    """100 repeats of 2,000 draws: the errors told are the spread of the values, to a quarter."""
    found = np.array([figures(evppi(*unit_normal_case(2_000, seed))) for seed in range(100)])
    told, spread = found[:, :2, 1].mean(axis=0), found[:, :2, 0].std(axis=0)
    assert told == pytest.approx(spread, rel=0.25)


def test_useless_inputs_are_not_told_apart_from_nought() -> None:
    """60 inputs that move none of 8 options alike: bins alone find .13 for each."""
    random = np.random.default_rng(2)
    found = evppi(random.standard_normal((10_000, 60)), random.standard_normal((10_000, 8)))
    assert sum(one.told_apart for one in found) <= 3
    assert np.mean([value for value, _ in figures(found)]) < 0.001
    assert all(error > 0 for _, error in figures(found))


def test_input_that_explains_all_is_exact_by_hand() -> None:
    """10 or -6, as often each, against 0: (10 + 0) / 2 - 2 = 3."""
    x = np.arange(100) % 2
    (found,) = evppi(x[:, None], np.column_stack((np.where(x, 10, -6), np.zeros(100))))
    assert found.value == pytest.approx(3, rel=1e-12)


def test_input_of_few_values_is_exact() -> None:
    """Four values, mean net benefits -.5, .3, .1, -.2, as often each: (.3 + .1)/4 - 0 = .1."""
    random = np.random.default_rng(3)
    x = np.tile(np.arange(4.0), 25_000)
    net = np.array([-0.5, 0.3, 0.1, -0.2])[x.astype(int)] + 0.1 * random.standard_normal(len(x))
    (found,) = evppi(x[:, None], np.column_stack((net, np.zeros_like(net))))
    assert found.value == pytest.approx(0.1, abs=0.001)


@pytest.mark.parametrize(
    ("mean", "exact"),
    [
        # A jump: 1 below .7, -2 above: .7 - (.7 - .6). A bump: 3 over a tenth, -.2 else: .3 - .12.
        (lambda q: np.where(q > 0.7, -2.0, 1.0), 0.6),
        (lambda q: np.where(abs(q - 0.5) < 0.05, 3.0, -0.2), 0.18),
        # A whole wave, three times: half of it is above nought, mean 1/pi.
        (lambda q: np.sin(6 * np.pi * q), 1 / math.pi),
    ],
    ids=["jump", "bump", "wave"],
)
def test_any_shape_of_dependence(mean: "object", exact: float) -> None:
    random = np.random.default_rng(4)
    q = random.random(40_000)
    net = mean(q) + random.standard_normal(len(q))  # type: ignore[operator]
    (found,) = evppi(q[:, None], np.column_stack((net, np.zeros_like(net))))
    assert found.value == pytest.approx(exact, abs=0.02)


def test_the_only_input_is_worth_what_perfect_information_is() -> None:
    q = np.random.default_rng(5).random((20_000, 1))
    values = np.column_stack((q[:, 0] - 0.4, np.zeros(len(q))))
    (found,) = evppi(q, values)
    assert found.value == pytest.approx(from_draws(values).evpi, rel=0.005)


@given(st.integers(0, 1000), st.integers(100, 400), st.integers(1, 4), st.floats(0.01, 100))
def test_from_nought_to_perfect_information(seed: int, draws: int, options: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    x = np.column_stack((random.standard_normal((draws, 2)), random.integers(0, 3, draws)))
    values = scale * (x @ random.standard_normal((3, options)) + random.standard_normal((draws, options)))
    most = from_draws(values).evpi
    assert most is not None
    for value, error in figures(evppi(x, values)):
        assert 0 <= value <= most * (1 + 1e-9) + 1e-9
        assert error >= 0


@given(st.integers(0, 1000), st.permutations(range(3)))
def test_order_of_options_and_one_amount_for_all_change_nothing(seed: int, order: list[int]) -> None:
    x, values = unit_normal_case(600, seed)
    values = np.column_stack((values, 0.5 * x[:, 2]))
    shared = 100 * np.random.default_rng(seed).random((600, 1))
    before, after = figures(evppi(x, values)), figures(evppi(x, values[:, order] + shared))
    assert np.allclose(before, after, rtol=1e-6, atol=1e-9)


def test_scale_of_an_input_changes_nothing_and_of_the_values_scales() -> None:
    x, values = unit_normal_case(2_000, 6)
    before = np.array(figures(evppi(x, values)))
    assert np.array_equal(figures(evppi(np.exp(x), values)), before)
    assert np.allclose(figures(evppi(x, 1e6 * values)), 1e6 * before)


def test_same_seed_same_bits() -> None:
    assert evppi(*unit_normal_case(1_000, 7), seed=3) == evppi(*unit_normal_case(1_000, 7), seed=3)


def test_nothing_to_choose_and_constant_input() -> None:
    x, values = unit_normal_case(500, 8)
    nothing = PartialInformation(0.0, 0.0, False)
    assert evppi(x, values[:, :1]) == (nothing,) * 3
    assert evppi(x, values[:, [0, 0]]) == (nothing,) * 3
    assert evppi(np.ones((500, 1)), values) == (nothing,)


@pytest.mark.parametrize("seed", range(6))
def test_what_rounding_makes_of_nought_is_nought(seed: int) -> None:
    """An option that is best in every draw by 500 times its own spread: no answer can change the choice."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((1_000, 2))
    sure = 5e8 + 1e6 * x[:, 0] + 1e5 * random.standard_normal(len(x))
    nothing = PartialInformation(0.0, 0.0, False)
    assert evppi(x, np.column_stack((sure, np.zeros_like(sure)))) == (nothing, nothing)


def test_not_known() -> None:
    x, values = unit_normal_case(500, 9)
    x[3, 1] = np.nan
    found = evppi(x, values)
    assert found[1] == PartialInformation(None, None, False)
    assert found[0].value is not None
    values[0, 0] = np.nan
    assert evppi(x, values) == (PartialInformation(None, None, False),) * 3


def test_bad_input() -> None:
    x, values = unit_normal_case(99, 1)
    with pytest.raises(ValueError, match="99 draws are too few"):
        evppi(x, values)
    with pytest.raises(ValueError, match="one row a draw"):
        evppi(x[:50], values)
