"""Regret: a published example, by hand, and its properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import regret
from wayforward.methods.evpi import from_draws

# D16, Wikipedia "Regret (decision theory)", the investor: stocks, bonds, money market by interest rates.
INVESTOR = [[-4, 4, 12], [-2, 3, 8], [3, 2, 1]]

payoffs = st.integers(1, 4).flatmap(
    lambda scenarios: st.lists(
        st.lists(st.integers(-1000, 1000).map(float), min_size=scenarios, max_size=scenarios),
        min_size=1,
        max_size=5,
    )
)


def test_investor() -> None:
    """D16: greatest regrets 7, 5 and 11, so the second option."""
    found = regret.over_scenarios(INVESTOR)
    assert [row.maximum for row in found.options] == [7, 5, 11]
    assert found.least_maximum == (1,)
    assert regret.table(INVESTOR).tolist() == [[7, 0, 0], [5, 1, 4], [0, 2, 11]]
    assert all(row.expected is None and row.at_share is None for row in found.options)


def test_with_probabilities_by_hand() -> None:
    """Regrets 7, 0, 0 at .5, .3, .2: expected 3.5; 0 in half of the cases, so 7 at 95%, 0 at 50%."""
    found = regret.over_scenarios(INVESTOR, [0.5, 0.3, 0.2])
    assert [row.expected for row in found.options] == pytest.approx([3.5, 3.6, 2.8])
    assert [row.at_share for row in found.options] == [7, 5, 11]
    half = regret.over_scenarios(INVESTOR, [0.5, 0.3, 0.2], share=0.5)
    assert [row.at_share for row in half.options] == [0, 4, 0]
    assert all(row.standard_error is None for row in found.options)


def test_95_per_cent_of_twenty_draws_leaves_out_one() -> None:
    values = np.column_stack((np.zeros(20), np.arange(1.0, 21)))
    assert regret.over_draws(values).options[0].at_share == 19
    assert regret.over_draws(values).options[0].standard_error == pytest.approx(np.sqrt(35 / 20))


def test_tie_is_a_tie_and_a_hair_is_none() -> None:
    assert regret.over_scenarios([[0, 1], [1, 0]]).least_maximum == (0, 1)
    assert regret.over_scenarios([[0.1 + 0.2, 0], [0.3, 0]]).least_maximum == (0, 1)
    assert regret.over_scenarios([[0, 1], [1.0001, 0]]).least_maximum == (1,)


def test_least_expected_regret_is_the_value_of_perfect_information() -> None:
    values = np.random.default_rng(1).standard_normal((500, 4))
    expected = [row.expected for row in regret.over_draws(values).options]
    assert min(e for e in expected if e is not None) == pytest.approx(from_draws(values).evpi)


@given(payoffs)
def test_regret_is_never_below_nought_and_nought_for_the_best_of_each_scenario(
    rows: list[list[float]],
) -> None:
    found = regret.table(rows)
    assert (found >= 0).all()
    assert (found.min(axis=0) == 0).all()


@given(payoffs, st.integers(-1000, 1000), st.randoms(use_true_random=False))
def test_same_amount_for_all_and_order_of_options(
    rows: list[list[float]], more: int, random: "np.random.Generator"
) -> None:
    assert (regret.table(np.array(rows) + more) == regret.table(rows)).all()
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[arg-type]
    before, after = regret.over_scenarios(rows), regret.over_scenarios([rows[i] for i in order])
    assert after.options == tuple(before.options[i] for i in order)
    assert {order[i] for i in after.least_maximum} == set(before.least_maximum)


def test_what_is_not_known_leaves_no_option_best() -> None:
    """The unknown payoff could have been the best of its scenario."""
    found = regret.over_scenarios([[1, None], [2, 0]])
    assert [row.maximum for row in found.options] == [None, None]
    assert found.least_maximum == ()
    assert found.unknown == 1


@pytest.mark.parametrize(
    ("rows", "probabilities", "message"),
    [
        ([[1, 2]], [0.5, 0.499], r"sum to 0\.999, not to 1"),
        ([[1, 2]], [1.5, -0.5], r"-0\.5 was given; none can be below 0"),
        ([[1, 2]], [1], "2 scenarios need 2 probabilities; 1 were given"),
        ([1, 2], None, "as a table"),
        ([[]], None, "at least one option and one scenario"),
    ],
)
def test_bad_input(rows: list[list[float]], probabilities: list[float] | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        regret.over_scenarios(rows, probabilities)


def test_share_written_as_a_percentage() -> None:
    with pytest.raises(ValueError, match=r"write 95% as 0\.95"):
        regret.over_draws([[1, 2]], share=95)
