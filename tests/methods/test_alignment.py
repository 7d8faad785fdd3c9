"""Alignment against the worked example of quality function deployment."""

import pytest

from wayforward.methods.alignment import align, serving_nothing

# shared/acceptance/baseline.json, qfd_3x3.
REL = [[9, 3, 0], [1, 9, 3], [0, 3, 9]]
PRIORITIES = {"p1": 5.0, "p2": 3.0, "p3": 4.0}
CAPABILITIES = ["c1", "c2", "c3"]
STRENGTHS = {(p, c): float(REL[i][j]) for i, p in enumerate(PRIORITIES) for j, c in enumerate(CAPABILITIES)}


def test_weighted_product() -> None:
    found = align(PRIORITIES, CAPABILITIES, STRENGTHS)
    assert [c.absolute for c in found.capabilities] == [48, 54, 45]
    shares = [100 * (c.share or 0) for c in found.capabilities]
    assert shares == pytest.approx([32.653, 36.735, 30.612], abs=5e-4)


def test_coverage_by_hand() -> None:
    first, *_ = align(PRIORITIES, CAPABILITIES, STRENGTHS).priorities
    assert (first.priority, first.strength, first.served_by) == ("p1", 12, ("c1", "c2"))


def test_gaps_on_both_sides() -> None:
    found = align({"p1": 1, "p2": 1}, ["c1", "c2"], {("p1", "c1"): 9})
    assert found.unserved_priorities == ("p2",)
    assert found.idle_capabilities == ("c2",)


def test_unknown_strength_is_no_gap() -> None:
    found = align({"p1": 1, "p2": 1}, ["c1", "c2"], {("p1", "c1"): 9, ("p2", "c2"): None})
    assert (found.unserved_priorities, found.idle_capabilities) == ((), ())
    assert [c.absolute for c in found.capabilities] == [9, None]
    assert [c.share for c in found.capabilities] == [None, None]
    assert found.priorities[1].served_by == ()


def test_priority_of_no_weight_adds_nothing_whatever_its_strength() -> None:
    found = align({"p1": 0, "p2": 2}, ["c1"], {("p1", "c1"): None, ("p2", "c1"): 3})
    assert found.capabilities[0].absolute == 6


def test_unknown_strength_does_not_serve() -> None:
    found = align({"p1": 1}, ["c1"], {("p1", "c1"): None})
    assert found.capabilities[0].serves == ()


def test_investment_without_a_wanted_outcome() -> None:
    claims = {"I2": ["p1"], "I1": [], "I3": ["gone"]}
    assert serving_nothing(claims, ["p1", "p2"]) == ("I1", "I3")


@pytest.mark.parametrize(
    ("weights", "strengths", "words"),
    [
        ({"p1": 1}, {("p9", "c1"): 1}, "not given"),
        ({"p1": 1}, {("p1", "c1"): -1}, "below 0"),
        ({"p1": -1}, {}, "weight -1 is below 0"),
    ],
)
def test_faults(
    weights: dict[str, float], strengths: dict[tuple[str, str], float | None], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        align(weights, ["c1"], strengths)
