"""Benefit-cost ratio, and when there is none."""

import pytest

from wayforward.methods import bcr


def test_by_hand() -> None:
    assert bcr.benefit_cost_ratio(300, 200) == bcr.Ratio(1.5)


@pytest.mark.parametrize("cost", [0, -50])
def test_no_ratio_without_a_net_cost(cost: float) -> None:
    ratio = bcr.benefit_cost_ratio(300, cost)
    assert ratio.value is None
    assert "no cost to divide by" in ratio.reason


def test_unknown_parts_are_named() -> None:
    assert "benefits is not known" in bcr.benefit_cost_ratio(None, 5).reason
    assert "net cost is not known" in bcr.benefit_cost_ratio(5, None).reason


def test_negative_benefits_have_a_negative_ratio() -> None:
    assert bcr.benefit_cost_ratio(-100, 200).value == -0.5
