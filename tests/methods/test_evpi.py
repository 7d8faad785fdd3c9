"""Value of perfect information: a published example, the closed form, and its properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import evpi

# D15, Wikipedia "Expected value of perfect information": stock, mutual fund, certificate of deposit.
PAYOFFS = [[1500, 300, -800], [900, 600, -200], [500, 500, 500]]
PROBABILITIES = [0.5, 0.3, 0.2]

tables = st.lists(
    st.lists(st.integers(-(10**6), 10**6).map(float), min_size=3, max_size=3), min_size=1, max_size=30
)


def test_published_example() -> None:
    """D15: expected 680, 590, 500; 1,030 with perfect information; EVPI 350."""
    found = evpi.from_payoffs(PAYOFFS, PROBABILITIES)
    assert found.expected == pytest.approx((680, 590, 500), abs=1e-9)
    assert found.with_information == pytest.approx(1030, abs=1e-9)
    assert found.evpi == pytest.approx(350, abs=1e-9)
    assert found.best == (0,)
    assert found.standard_error is None


def test_draws_in_the_same_proportions_give_the_same() -> None:
    draws = np.repeat(np.array(PAYOFFS).T, [5, 3, 2], axis=0)
    found = evpi.from_draws(draws)
    assert found.evpi == pytest.approx(350)
    assert found.with_information == pytest.approx(1030)


def test_against_the_unit_normal_loss() -> None:
    """D17: net benefit N(1, 5) against 0, EVPI .479811, within three standard errors of the draws."""
    net = 1 + math.sqrt(5) * np.random.default_rng(4).standard_normal(400_000)
    found = evpi.from_draws(np.column_stack((net, np.zeros_like(net))))
    assert found.evpi is not None
    assert found.standard_error is not None
    assert found.evpi == pytest.approx(0.479811, abs=0.005)
    assert abs(found.evpi - 0.479811) < 3 * found.standard_error


def test_standard_error_is_the_spread_of_repeats() -> None:
    """1,000 repeats of 400 draws: the spread of EVPI is what the error says, to a tenth."""
    net = 1 + np.random.default_rng(5).standard_normal((1000, 400, 1))
    found = [evpi.from_draws(np.column_stack((row, np.zeros(400)))) for row in net]
    errors = [f.standard_error or 0.0 for f in found]
    assert np.mean(errors) == pytest.approx(np.std([f.evpi for f in found]), rel=0.1)


@given(tables, st.integers(-1000, 1000), st.permutations(range(3)))
def test_never_below_nought_and_same_amount_or_order_changes_nothing(
    rows: list[list[float]], more: int, order: list[int]
) -> None:
    before = evpi.from_draws(rows)
    assert before.evpi is not None
    assert before.evpi >= 0
    after = evpi.from_draws(np.array(rows)[:, order] + more)
    assert after.evpi == pytest.approx(before.evpi, rel=1e-9, abs=1e-6)
    assert {order[i] for i in after.best} == set(before.best)


def test_options_alike() -> None:
    found = evpi.from_draws([[1, 1], [3, 3]])
    assert (found.evpi, found.best, found.standard_error) == (0, (0, 1), 0)


def test_not_known() -> None:
    assert evpi.from_draws([[1, None], [2, 3]]).evpi is None
    assert evpi.from_payoffs([[1, None], [2, 3]], [0.5, 0.5]).best == ()


def test_bad_input() -> None:
    with pytest.raises(ValueError, match=r"sum to 0\.999"):
        evpi.from_payoffs(PAYOFFS, [0.5, 0.3, 0.199])
    with pytest.raises(ValueError, match="a probability is not known"):
        evpi.from_payoffs(PAYOFFS, [0.5, 0.3, None])
    with pytest.raises(ValueError, match="at least one row and column"):
        evpi.from_draws([])
