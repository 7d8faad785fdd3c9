"""Maturity against the rules in shared/acceptance/baseline.json, maturity_rules."""

import pytest

from wayforward.methods.maturity import Dimension, maturity, staged


def levels(*given: float | None) -> dict[str, float | None]:
    return {f"d{i}": level for i, level in enumerate(given)}


def test_capped_by_the_lowest_perspective() -> None:
    found = maturity(levels(3, 2, 3, 3, 2, 3, 2))
    assert found.level == 2
    assert found.weakest == ("d1", "d4", "d6")


def test_the_trap_of_the_average() -> None:
    found = maturity(levels(5, 5, 5, 5, 5, 5, 1))
    assert found.level == 1
    assert found.mean == pytest.approx(4.43, abs=0.005)


@pytest.mark.parametrize(
    ("areas", "level"),
    [
        ([(2, True), (2, True), (3, True), (4, False)], 3),
        ([(2, False), (3, True)], 1),
        ([(2, True), (3, False), (4, True)], 2),
        ([(2, True), (3, None)], None),
        ([(2, None), (2, False)], 1),
        ([], 1),
    ],
)
def test_staged(areas: list[tuple[int, bool | None]], level: int | None) -> None:
    assert staged(areas) == level


def test_gap_to_target() -> None:
    found = maturity({"a": 2, "b": 4, "c": None}, {"a": 3.5, "b": 3, "c": 3})
    assert found.dimensions == (
        Dimension("a", 2, 3.5, 1.5),
        Dimension("b", 4, 3, 0),
        Dimension("c", None, 3, None),
    )


def test_not_assessed_is_not_low() -> None:
    found = maturity(levels(3, None, 4))
    assert (found.level, found.at_most, found.missing) == (None, 3, ("d1",))
    assert found.mean == 3.5


def test_nothing_assessed() -> None:
    found = maturity(levels(None))
    assert (found.level, found.at_most, found.mean, found.weakest) == (None, None, None, ())


@pytest.mark.parametrize("level", [0, 6])
def test_off_the_scale(level: int) -> None:
    with pytest.raises(ValueError, match="d0: level"):
        maturity(levels(level))
