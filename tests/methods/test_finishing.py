"""Chances in closed form: one task by the distribution itself, two in a row, two side by side."""

import numpy as np
import pytest

from wayforward.methods.critical_path import Task, place
from wayforward.methods.finishing import ends, in_time, last, multipliers, whole_days

DRAWS = 100_000
NEAR = 0.008  # five standard errors of a chance of a half


def chance(tasks: list[Task], deadline: float, share: float, seen: list[float]) -> float:
    common, own = multipliers(DRAWS, len(tasks), (1, 1, 1), seen, seed=7)
    found = ends(tasks, common, own, share)
    return float(in_time(last(list(found.values())), deadline).mean())


TWICE = [1.0, 2.0]  # each as likely: the days planned, or twice as many


def test_one_task_is_in_time_as_often_as_its_multiplier_allows() -> None:
    assert chance([Task("A", 0, 10)], 10, 1, TWICE) == pytest.approx(0.5, abs=NEAR)
    assert chance([Task("A", 0, 10)], 9.9, 1, TWICE) == 0
    assert chance([Task("A", 0, 10)], 20, 1, TWICE) == 1


def test_two_side_by_side_must_both_be_in_time() -> None:
    both = [Task("A", 0, 10), Task("B", 0, 10)]
    assert chance(both, 10, 0, TWICE) == pytest.approx(0.25, abs=NEAR)
    # With all of it common they are late together.
    assert chance(both, 10, 1, TWICE) == pytest.approx(0.5, abs=NEAR)


def test_two_in_a_row_add_up() -> None:
    # 10 or 20 and 10 or 20 days: 20 with 1/4, 30 with 1/2, 40 with 1/4.
    row = [Task("A", 0, 10), Task("B", 0, 10, ("A",))]
    assert chance(row, 30, 0, TWICE) == pytest.approx(0.75, abs=NEAR)
    # Half common: 10 (s + a)/2 + 10 (s + b)/2 = 10 s + 5 (a + b); with s = 1 at most 30, with s = 2 never under 30 and
    # 30 only where a = b = 1.
    assert chance(row, 30, 0.5, TWICE) == pytest.approx(0.5 + 0.5 * 0.25, abs=NEAR)


def test_draws_of_a_pert_are_those_of_its_beta() -> None:
    # PERT(0, 0.5, 1) is Beta(3, 3), whose median is its middle.
    common, own = multipliers(DRAWS, 1, (0, 0.5, 1), (), seed=3)
    assert float((own < 0.5).mean()) == pytest.approx(0.5, abs=NEAR)
    # Beta(3, 3): variance 9 / (36 x 7) = 1 / 28.
    assert float(common.var()) == pytest.approx(1 / 28, rel=0.02)


def test_with_nothing_that_varies_it_is_the_critical_path() -> None:
    tasks = [Task("A", 0, 3), Task("B", 4, 2, ("A",)), Task("C", 0, 4, ("A",))]
    common, own = multipliers(5, 3, (1, 1, 1), [1.0], seed=1)
    found = ends(tasks, common, own, 0.5)
    assert {code: set(end) for code, end in found.items()} == {
        code: {one.end} for code, one in place(tasks).items()
    }


def test_the_same_seed_gives_the_same_draws() -> None:
    one, two, other = (multipliers(50, 2, (0.9, 1, 1.6), (), seed) for seed in (1, 1, 2))
    assert np.array_equal(one[1], two[1])
    assert not np.array_equal(one[1], other[1])


def test_a_day_begun_is_a_day() -> None:
    assert [whole_days(end) for end in (3.0, 3 + 1e-12, 3.01, 3.99)] == [3, 3, 4, 4]


def test_what_can_not_be_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        multipliers(5, 1, (1, 1, 1), [-0.1])
    common, own = multipliers(5, 1, (1, 1, 1), [1.0])
    with pytest.raises(ValueError, match="from 0 to 1"):
        ends([Task("A", 0, 1)], common, own, 1.5)
