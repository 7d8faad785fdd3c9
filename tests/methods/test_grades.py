"""The worst grade among inputs."""

import pytest

from wayforward.methods.grades import worst


@pytest.mark.parametrize(("grades", "expected"), [([1, 3, 2], 3), ([6], 6), ([1, None], None), ([], None)])
def test_worst(grades: list[int | None], expected: int | None) -> None:
    assert worst(grades) == expected


@pytest.mark.parametrize("grade", [0, 7])
def test_off_the_ladder(grade: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 6"):
        worst([grade])
