"""Optimism bias against the worked examples of its source."""

import pytest

from wayforward.methods import optimism_bias


def test_works_duration_example() -> None:
    """D5 (supplementary guidance): U 39%, mitigation 5, 2, 0.4 x 22, 5, 3: 29.7%, 36.3 months."""
    left = optimism_bias.uplift(0.39, [0.05, 0.02, 0.22, 0.05, 0.03], [1, 1, 0.4, 1, 1])
    assert left * 100 == pytest.approx(29.718, abs=0.0005)
    assert 28 * (1 + left) == pytest.approx(36.32, abs=0.05)
    assert 28 * (1 + optimism_bias.uplift(0.39, [], [])) == pytest.approx(38.92)


def test_mixed_building() -> None:
    """D4: 30% non-standard and 70% standard: capital 32.1%, duration 14.5%."""
    assert optimism_bias.mixed_upper([0.3, 0.7], [0.51, 0.24]) == pytest.approx(0.321)
    assert optimism_bias.mixed_upper([0.3, 0.7], [0.39, 0.04]) == pytest.approx(0.145)


def test_lower_bound_holds_unless_waived() -> None:
    assert optimism_bias.uplift(0.24, [1.0], [1.0], lower=0.02) == 0.02
    assert optimism_bias.uplift(0.24, [1.0], [1.0]) == 0


@pytest.mark.parametrize(
    ("contributions", "mitigations", "words"),
    [
        ([22], [0.4], "write 22% as 0.22"),
        ([0.2], [1.4], "outside 0 to 1"),
        ([0.7, 0.7], [1, 1], "more than 1"),
        ([0.7], [1, 1], "2 mitigations"),
    ],
)
def test_faults(contributions: list[float], mitigations: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        optimism_bias.uplift(0.5, contributions, mitigations)


def test_shares_of_a_mixed_project_are_whole() -> None:
    with pytest.raises(ValueError, match="add to 1"):
        optimism_bias.mixed_upper([0.3, 0.6], [0.51, 0.24])
