"""ELECTRE I against its published example; kernels by hand and by their definition."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import table
from wayforward.methods.electre import electre

D14 = {
    "1": (6, 5, 28, 5, 5),
    "2": (4, 2, 25, 10, 9),
    "3": (5, 7, 35, 9, 6),
    "4": (6, 1, 27, 6, 7),
    "5": (6, 8, 30, 7, 9),
    "6": (5, 6, 26, 4, 8),
}
D14_WEIGHTS = {"a": 0.25, "b": 0.25, "c": 0.10, "d": 0.20, "e": 0.20}


def test_d14_concordance_and_kernel() -> None:
    """D14 (Cebrián and Porcar 2009, as scikit-criteria tests it); tolerance 1e-3; the kernel is option 5."""
    found = electre(table(D14, D14_WEIGHTS, lower=["c"]))
    nan = float("nan")
    assert found.concordance[0] == pytest.approx([nan, 0.50, 0.35, 0.50, 0.35, 0.45], abs=1e-3, nan_ok=True)
    assert found.concordance[4] == pytest.approx([0.90, 0.70, 0.80, 0.90, nan, 0.90], abs=1e-3, nan_ok=True)
    # Discordance as published, from the same test.
    assert found.discordance[4] == pytest.approx(
        [0.0485, 0.3031, 0.2021, 0.0727, nan, 0.0969], abs=1e-3, nan_ok=True
    )
    assert found.discordance[3, 4] == 1
    assert found.kernel == ("5",)
    assert (found.ranked[0].code, found.ranked[0].rank) == ("5", 1)
    assert {r.rank for r in found.ranked[1:]} == {2}


# Shares of the sums 10 and 6: A 1 and 1/6, B 0 and 5/6. The widest range is 1, on a.
TWO = table({"A": (10, 1), "B": (0, 5)}, {"a": 0.7, "b": 0.3})


def test_discordance_by_hand() -> None:
    """B beats A by 4/6 on b; A beats B by 1 on a."""
    found = electre(TWO, agreement=0.6, veto=2 / 3)
    assert found.discordance[0, 1] == pytest.approx(2 / 3)
    assert found.discordance[1, 0] == 1
    assert found.outranks.tolist() == [[False, True], [False, False]]


def test_a_strong_objection_is_a_veto() -> None:
    found = electre(TWO, agreement=0.6, veto=0.66)
    assert not found.outranks.any()
    assert found.kernel == ("A", "B")


def test_a_ring_counts_as_one() -> None:
    """Condorcet's three: each outranks the next by two criteria of three."""
    rows = {"A": (3, 2, 1), "B": (2, 1, 3), "C": (1, 3, 2)}
    found = electre(table(rows, {"a": 0.4, "b": 0.3, "c": 0.3}), agreement=0.6, veto=1)
    assert found.outranks.tolist() == [[False, True, False], [False, False, True], [True, False, False]]
    assert found.kernel == ("A", "B", "C")


def test_outranked_only_from_outside_the_kernel_is_inside() -> None:
    """A outranks B, B outranks C, A does not outrank C: the kernel is A and C."""
    rows = {"A": (3, 3, 1), "B": (2, 2, 5), "C": (1, 6, 4)}
    found = electre(table(rows, {"a": 0.4, "b": 0.3, "c": 0.3}), agreement=0.7, veto=1)
    assert found.outranks.tolist() == [[False, True, False], [False, False, True], [False, False, False]]
    assert found.kernel == ("A", "C")


def test_thresholds_are_shares() -> None:
    with pytest.raises(ValueError, match=r"veto is 1\.2"):
        electre(table(D14, D14_WEIGHTS), veto=1.2)


rows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=6)


@given(rows, st.sampled_from([0.5, 0.6, 0.75, 1.0]), st.sampled_from([0.25, 0.5, 1.0]))
def test_the_kernel_is_what_it_is_said_to_be(
    given_rows: list[tuple[int, int, int]], agreement: float, veto: float
) -> None:
    names = [str(i) for i in range(len(given_rows))]
    weights = {"a": 0.5, "b": 0.25, "c": 0.25}
    found = electre(table(dict(zip(names, given_rows, strict=True)), weights, ["b"]), agreement, veto)
    steps = np.linalg.matrix_power(found.outranks.astype(int) + np.eye(len(names), dtype=int), 8) > 0
    ring = steps & steps.T
    inside = np.array([name in found.kernel for name in names])
    for one, other in itertools.product(range(len(names)), repeat=2):
        if ring[one, other]:
            assert inside[one] == inside[other]
        elif found.outranks[one, other]:
            assert not (inside[one] and inside[other])
    for one in np.flatnonzero(~inside):
        assert found.outranks[np.ix_(inside, ring[one])].any()
