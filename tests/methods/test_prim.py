"""PRIM: every slice tried by brute force, a planted box, by hand, and its properties."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wayforward.methods import prim
from wayforward.methods.prim import Limit

Table = dict[str, list[float] | list[str]]

# Few values, so that ties are common.
small = st.integers(6, 30).flatmap(
    lambda n: st.tuples(
        st.fixed_dictionaries(
            {
                "a": st.lists(st.integers(0, 4).map(float), min_size=n, max_size=n),
                "b": st.lists(st.floats(0, 1, width=16), min_size=n, max_size=n),
                "c": st.lists(st.sampled_from(["x", "y", "z"]), min_size=n, max_size=n),
            }
        ),
        st.lists(st.booleans(), min_size=n, max_size=n),
        st.sampled_from([0.05, 0.1, 0.3]),
    )
)


def slices(table: Table, inside: list[int], alpha: float) -> list[set[int]]:
    """Every slice that may go, by its definition: at most alpha of the cases, or all equal at the end."""
    found = []
    for values in table.values():
        here = [values[i] for i in inside]
        if isinstance(here[0], str):
            found += [{i for i in inside if values[i] == label} for label in sorted(set(here))]
            continue
        size = int((len(inside) - 1) * alpha) + 1
        for ends in (sorted(set(here)), sorted(set(here), reverse=True)):
            gone: set[int] = set()
            for value in ends:
                more = {i for i in inside if values[i] == value}
                if gone and len(gone | more) > size:
                    break
                gone |= more
            found.append(gone)
    return [gone for gone in found if len(gone) < len(inside)]


@given(small)
def test_every_peel_leaves_the_highest_share_of_all_slices(case: tuple[Table, list[bool], float]) -> None:
    table, fails, alpha = case
    assume(0 < sum(fails) < len(fails))
    given_cases = prim.cases(table, fails)
    steps = prim.trajectory(given_cases, alpha=alpha, least_mass=0.0)
    peels = [step for step in steps if step.made_by != "paste"]
    for before, after in pairwise(peels):
        inside = np.flatnonzero(prim.inside(given_cases, before.limits)).tolist()
        left = [set(inside) - gone for gone in slices(table, inside, alpha)]
        shares = [Fraction(sum(fails[i] for i in kept), len(kept)) for kept in left]
        best = max(shares)
        largest = max(len(kept) for kept, share in zip(left, shares, strict=True) if share == best)
        assert Fraction(after.of_interest, after.cases) == best
        assert after.cases == largest
        assert set(np.flatnonzero(prim.inside(given_cases, after.limits)).tolist()) in left


@given(small)
def test_trajectory(case: tuple[Table, list[bool], float]) -> None:
    """Peels shrink the box; pastes widen it and raise its density; the figures are those of the box."""
    table, fails, alpha = case
    assume(0 < sum(fails) < len(fails))
    given_cases = prim.cases(table, fails)
    steps = prim.trajectory(given_cases, alpha=alpha)
    assert steps[0].limits == ()
    assert (steps[0].coverage, steps[0].mass) == (1, 1)
    for before, after in pairwise(steps):
        if after.made_by == "peel":
            assert after.cases < before.cases
        else:
            assert after.cases > before.cases
            assert (after.density or 0) > (before.density or 0)
    for step in steps:
        held = prim.inside(given_cases, step.limits)
        assert step.cases == held.sum()
        assert step.of_interest == (held & np.array(fails)).sum()
        assert step.coverage == step.of_interest / sum(fails)
        assert step.mass == step.cases / len(fails)
        assert step.mass >= prim.LEAST_MASS
        assert all(limit.quasi_p is not None and 0 <= limit.quasi_p <= 1 for limit in step.limits)
        again = prim.measured(given_cases, step.limits)
        assert (again.cases, again.of_interest, again.limits) == (step.cases, step.of_interest, step.limits)


@given(small, st.randoms(use_true_random=False))
def test_order_of_cases_changes_nothing(
    case: tuple[Table, list[bool], float], random: "np.random.Generator"
) -> None:
    table, fails, alpha = case
    assume(0 < sum(fails) < len(fails))
    order = list(range(len(fails)))
    random.shuffle(order)  # type: ignore[arg-type]
    moved = {name: [values[i] for i in order] for name, values in table.items()}
    first = prim.trajectory(prim.cases(table, fails), alpha=alpha)
    second = prim.trajectory(prim.cases(moved, [fails[i] for i in order]), alpha=alpha)
    assert first == second


def planted(seed: int = 1, count: int = 5_000) -> tuple[dict[str, Sequence[float] | np.ndarray], np.ndarray]:
    """Nine in ten fail where delay is over 9, take-up under 40% and the supplier X or Y; else one in twenty."""
    random = np.random.default_rng(seed)
    delay, take_up, other = random.random((3, count)) * [[24], [1], [1]]
    supplier = random.choice(["X", "Y", "Z"], count)
    box = (delay > 9) & (take_up < 0.4) & (supplier != "Z")
    fails = random.random(count) < np.where(box, 0.9, 0.05)
    return {"delay": delay, "take_up": take_up, "other": other, "supplier": supplier}, fails


def test_planted_box_is_found() -> None:
    inputs, fails = planted()
    steps = prim.trajectory(prim.cases(inputs, fails))
    # The first step about as dense as the planted box.
    step = next(step for step in steps if (step.density or 0) > 0.88)
    limits = {(limit.name, limit.side): limit for limit in step.limits}
    assert limits["supplier", "one of"].categories == ("X", "Y")
    assert limits["delay", "over"].value == pytest.approx(9, abs=0.8)
    assert limits["take_up", "under"].value == pytest.approx(0.4, abs=0.04)
    assert step.coverage > 0.7
    # By chance alone none of the three would be there; "other" would.
    assert all((limits[key].quasi_p or 0) < 1e-9 for key in limits if key[0] != "other")
    assert all((limits[key].quasi_p or 0) > 0.01 for key in limits if key[0] == "other")


def test_found_box_on_fresh_cases() -> None:
    """The density of a box found is a little flattered; fresh draws tell by how much."""
    inputs, fails = planted()
    step = next(s for s in prim.trajectory(prim.cases(inputs, fails)) if (s.density or 0) > 0.8)
    fresh = prim.measured(prim.cases(*planted(seed=2)), step.limits)
    assert fresh.made_by == "hand"
    assert fresh.density == pytest.approx(step.density, abs=0.05)


def test_one_peel_by_hand() -> None:
    """Ten cases, 2 to fail, the two highest: alpha .1 takes the lowest, a tenth; density 2/9, then 2/8."""
    steps = prim.trajectory(prim.cases({"x": list(range(10))}, [False] * 8 + [True] * 2), alpha=0.1)
    assert [step.cases for step in steps] == [10, 9, 8, 7, 6, 5, 4, 3, 2]
    assert steps[1].limits[0].side == "over"
    assert steps[1].limits[0].value == 0
    assert steps[-1].limits[0].value == 7
    assert steps[-1].density == 1
    # Two of two, where two in ten fail: .2 squared.
    assert steps[-1].limits[0].quasi_p == pytest.approx(0.04)


def test_quasi_p_against_the_binomial_sum() -> None:
    """Box: 3 of 4 fail; without the limit 4 of 10: sum of C(4, k) .4^k .6^(4-k), k = 3, 4: .1792."""
    x = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    fails = [True, True, True, False, True, False, False, False, False, False]
    step = prim.measured(prim.cases({"x": x}, fails), [Limit("x", "over", 0)])
    assert step.limits[0].quasi_p == pytest.approx(4 * 0.4**3 * 0.6 + 0.4**4)


def test_paste_wins_back_what_a_coarse_peel_took() -> None:
    """4, 5 and 6 of 0 to 9 fail, and nearly half goes at a time: 5-9 (2/5), 5-7 (2/3), then 4 comes back (3/4).

    5-6 would be too small a box; of two more on either side none fails.
    """
    fails = [i in (4, 5, 6) for i in range(10)]
    steps = prim.trajectory(prim.cases({"x": list(range(10))}, fails), alpha=0.45, least_mass=0.3)
    assert [(s.made_by, s.of_interest, s.cases) for s in steps] == [
        ("start", 3, 10),
        ("peel", 2, 5),
        ("peel", 2, 3),
        ("paste", 3, 4),
    ]
    assert [(limit.side, limit.value) for limit in steps[-1].limits] == [("over", 3), ("under", 8)]


def test_further_box_on_what_the_first_does_not_hold() -> None:
    """Two corners fail; the second box is found among the cases that the first leaves."""
    random = np.random.default_rng(3)
    x, y = random.random((2, 4_000))
    fails = ((x > 0.8) & (y > 0.8)) | ((x < 0.2) & (y < 0.2))
    first = prim.cases({"x": x, "y": y}, fails)
    one = next(s for s in prim.trajectory(first, least_mass=0.01) if (s.density or 0) > 0.95)
    told = prim.inside(first, one.limits)
    second = prim.cases({"x": x, "y": y}, fails, told)
    two = next(s for s in prim.trajectory(second, least_mass=0.01) if (s.density or 0) > 0.95)
    assert not (prim.inside(second, two.limits) & told).any()
    assert one.coverage + two.coverage > 0.85


def test_constant_input_is_never_limited() -> None:
    inputs, fails = planted(count=500)
    steps = prim.trajectory(prim.cases({**inputs, "same": np.ones(500), "one": ["x"] * 500}, fails))
    assert not {limit.name for step in steps for limit in step.limits} & {"same", "one"}


def test_nothing_but_constants_ends_at_once() -> None:
    assert len(prim.trajectory(prim.cases({"same": [1, 1, 1]}, [True, False, False]))) == 1


def test_plainest_limit_between_two_cases() -> None:
    """A limit lies between the last case out and the first case in, with as few digits as will do."""
    cases = prim.cases({"x": [8.97, 9.02, 9.5, 10.1]}, [False, True, True, True])
    (limit,) = prim.trajectory(cases, alpha=0.25)[-1].limits
    assert (limit.side, limit.value) == ("over", 9)
    cases = prim.cases({"x": [-0.31, 0.27, 0.4]}, [True, False, False])
    (limit,) = prim.trajectory(cases)[-1].limits
    assert (limit.side, str(limit.value)) == ("under", "0.0")


def test_words() -> None:
    step = prim.Step(
        "peel",
        (
            Limit("delay", "over", 9),
            Limit("take_up", "under", 0.4),
            Limit("cost", "over", 1e6),
            Limit("cost", "under", 1.25e6),
            Limit("supplier", "one of", None, ("X", "Y")),
        ),
        cases=100,
        of_interest=83,
        coverage=0.71,
        density=0.83,
        mass=0.1,
    )
    names = {"take_up": "take-up"}
    assert prim.words(step, names, {"delay": "months", "take_up": "%", "cost": "£"}) == (
        "fails where delay is over 9 months and take-up is under 40% and cost is over £1,000,000 and under "
        "£1,250,000 and supplier is X or Y: 71% of failures, and 83% of such cases fail"
    )


@pytest.mark.parametrize(
    ("coverage", "density", "told"),
    [
        (1.0, 0.27, "without any condition: 100% of failures, and 27% of such cases fail"),
        (0.9999, 0.001, "without any condition: over 99% of failures, and under 1% of such cases fail"),
        (0.0, None, "without any condition: 0% of failures; there is no such case"),
        (0.125, 0.995, "without any condition: 13% of failures, and over 99% of such cases fail"),
    ],
)
def test_words_say_all_and_none_of_all_and_none_only(
    coverage: float, density: float | None, told: str
) -> None:
    assert prim.words(prim.Step("start", (), 1, 1, coverage, density, 1), {}, {}) == told


@pytest.mark.parametrize(
    ("inputs", "fails", "message"),
    [
        ({"x": [1, 2]}, [False, False], "none of the 2 cases is of interest"),
        ({"x": [1, 2]}, [True, True], "all 2 cases are of interest"),
        ({"x": [1, None]}, [True, False], "x: not known in 1 cases"),
        ({"x": ["a", None]}, [True, False], "x: not known in 1 cases"),
        ({"x": [1, 2, 3]}, [True, False], r"x: \(3,\) values for \(2,\) cases"),
        ({}, [True, False], "no input"),
        ({"x": []}, [], "there are no cases"),
    ],
)
def test_bad_cases(inputs: dict[str, list[float]], fails: list[bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        prim.cases(inputs, fails)


def test_bad_box_and_shares() -> None:
    cases = prim.cases({"x": [1, 2], "c": ["a", "b"]}, [True, False])
    with pytest.raises(ValueError, match="alpha 5"):
        prim.trajectory(cases, alpha=5)
    with pytest.raises(ValueError, match="y: no input"):
        prim.measured(cases, [Limit("y", "over", 1)])
    with pytest.raises(ValueError, match="c: no input of that name can be held to 'over'"):
        prim.measured(cases, [Limit("c", "over", 1)])
    with pytest.raises(ValueError, match="same side"):
        prim.measured(cases, [Limit("x", "over", 1), Limit("x", "over", 2)])
    with pytest.raises(ValueError, match="give the limit a value"):
        prim.measured(cases, [Limit("x", "over")])
