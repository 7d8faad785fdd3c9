"""Additive value and the table it stands on, against worked examples with ties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import Table, additive, complete, margins, positive, table
from wayforward.methods.ranking import display

HALVES = {"cost": 0.5, "trust": 0.5}


def test_d9_two_options_tie() -> None:
    """D9 (Wikipedia, weighted product model): weighted sums 21.5, 22.0, 22.0; the two last tie."""
    weights = {"c1": 0.20, "c2": 0.15, "c3": 0.40, "c4": 0.25}
    rows = {"A1": (25, 20, 15, 30), "A2": (10, 30, 20, 30), "A3": (30, 10, 30, 10)}
    found = additive(table(rows, weights))
    assert [one.total for one in found.totals] == pytest.approx([21.5, 22.0, 22.0], abs=1e-9)
    assert [(r.code, r.rank, r.tied) for r in found.ranked] == [
        ("A2", 1, True),
        ("A3", 1, True),
        ("A1", 3, False),
    ]


def test_d20_joint_first() -> None:
    """D20 (Penn State MANGT 510, 2.5.2): weights 1, 2, 3; totals 11, 15, 15, 12."""
    rows = {"alpha": (3, 1, 2), "beta": (2, 2, 3), "gamma": (3, 3, 2), "delta": (1, 1, 3)}
    found = additive(table(rows, {"cost": 1 / 6, "profit": 2 / 6, "safety": 3 / 6}))
    totals = [one.total for one in found.totals if one.total is not None]
    assert [6 * total for total in totals] == pytest.approx([11, 15, 15, 12])
    assert [(r.code, r.rank, r.tied) for r in found.ranked[:2]] == [("beta", 1, True), ("gamma", 1, True)]


def test_d21_no_false_tie() -> None:
    """D21 (multi-criteria template): 3.75, 5.95, 4.20, 6.00; two print as 6.0, but the fourth wins."""
    rows = {"1": (3, 5, 4, 4), "2": (5, 9, 6, 3), "3": (5, 0, 8, 5), "4": (5, 6, 8, 8)}
    found = additive(table(rows, {"a": 0.5, "b": 0.25, "c": 0.15, "d": 0.1}))
    assert display([one.total for one in found.totals], 1) == ("3.75", "5.95", "4.20", "6.00")
    assert [(r.code, r.tied) for r in found.ranked[:2]] == [("4", False), ("2", False)]


def test_parts_are_visible_and_add_up() -> None:
    """0.5 x 40 + 0.5 x 70 = 20 + 35 = 55."""
    (one,) = additive(table({"A": (40, 70)}, HALVES)).totals
    assert [(p.criterion, p.value, p.weight, p.worth) for p in one.parts] == [
        ("cost", 40, 0.5, 20),
        ("trust", 70, 0.5, 35),
    ]
    assert one.total == 55


def test_unknown_is_not_nought() -> None:
    found = additive(table({"A": (40, None), "B": (10, 10)}, HALVES))
    assert found.totals[0].total is None
    assert found.totals[0].parts[1].worth is None
    assert [(r.code, r.rank) for r in found.ranked] == [("B", 1), ("A", None)]


def test_what_weighs_nothing_need_not_be_known() -> None:
    (one,) = additive(table({"A": (40, None)}, {"cost": 1.0, "trust": 0.0})).totals
    assert one.total == 40


@pytest.mark.parametrize(
    ("rows", "weights", "lower", "message"),
    [
        ({"A": (1,)}, HALVES, (), "A has 1 levels for 2 criteria"),
        ({}, HALVES, (), "no options"),
        ({"A": (1, 2)}, {"cost": 0.5, "trust": 0.6}, (), r"add up to 1\.1"),
        ({"A": (1, 2)}, HALVES, ("noise",), "less is better on noise"),
        ({"A": (1, math.inf)}, HALVES, (), "infinite"),
    ],
)
def test_refused(rows: dict[str, tuple[float, ...]], weights: dict[str, float], lower: tuple[str, ...],
                 message: str) -> None:  # fmt: skip
    with pytest.raises(ValueError, match=message):
        table(rows, weights, lower)


def test_less_is_better_is_for_a_value_function() -> None:
    with pytest.raises(ValueError, match="less is better on cost: turn its levels into values"):
        additive(table({"A": (1, 2)}, HALVES, lower=["cost"]))


def test_complete_names_what_is_missing() -> None:
    with pytest.raises(ValueError, match="B has no known level on trust"):
        complete(table({"A": (1, 2), "B": (1, None)}, HALVES))
    with pytest.raises(ValueError, match="A stands alone"):
        complete(table({"A": (1, 2)}, HALVES))


def test_positive_names_what_is_not() -> None:
    with pytest.raises(ValueError, match="B has 0 on cost"):
        positive(table({"A": (1, 2), "B": (0, 2)}, HALVES))


def test_margins_turn_where_less_is_better_and_ignore_rounding() -> None:
    compared = table({"A": (10, 0.1 + 0.2), "B": (30, 0.3)}, HALVES, lower=["cost"])
    assert margins(compared).tolist() == [[[0, 0], [20, 0]], [[-20, 0], [0, 0]]]


levels = st.lists(st.integers(0, 100), min_size=3, max_size=3)
options = st.lists(levels, min_size=1, max_size=6)


def _table(rows: list[list[int]]) -> Table:
    return table({f"o{i}": row for i, row in enumerate(rows)}, {"a": 0.5, "b": 0.25, "c": 0.25})


@given(options)
def test_total_is_the_sum_of_its_parts(rows: list[list[int]]) -> None:
    for one in additive(_table(rows)).totals:
        assert one.total == math.fsum(part.worth for part in one.parts if part.worth is not None)


@given(options)
def test_equal_totals_tie_and_others_do_not(rows: list[list[int]]) -> None:
    """Quarters are exact in binary, so equal and not equal are decided by whole numbers."""
    quarters = {f"o{i}": 2 * a + b + c for i, (a, b, c) in enumerate(rows)}
    ranks = {r.code: r.rank for r in additive(_table(rows)).ranked}
    for code, total in quarters.items():
        assert ranks[code] == 1 + sum(other > total for other in quarters.values())
