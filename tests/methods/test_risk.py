"""Expected losses; expected values by hand."""

import pytest

from wayforward.methods.risk import Risk, expected, exposures


def test_ranked_by_expected_pounds() -> None:
    found = exposures([Risk("R1", 0.2, 1000, 4), Risk("R2", 0.5, 600, None), Risk("R3", None, 9e9, 1)])
    assert [(r.code, r.pounds, r.rank) for r in found.rows] == [
        ("R2", 300, 1),
        ("R1", 200, 2),
        ("R3", None, None),
    ]
    assert (found.pounds.known, found.pounds.unknown) == (500, ("R3",))
    assert found.weeks.known == pytest.approx(0.8)
    assert found.weeks.unknown == ("R2", "R3")


def test_ties_are_said() -> None:
    assert all(row.tied for row in exposures([Risk("a", 0.5, 2, 0), Risk("b", 0.1, 10, 0)]).rows)


def test_certain_and_impossible() -> None:
    assert expected(1, 7) == 7
    assert expected(0, 7) == 0
    assert expected(0.5, None) is None


def test_percent_typed_as_a_whole_number() -> None:
    with pytest.raises(ValueError, match=r"write 20% as 0\.2"):
        expected(20, 7)
    with pytest.raises(ValueError, match="R1: probability 20"):
        exposures([Risk("R1", 20, 7, 1)])
