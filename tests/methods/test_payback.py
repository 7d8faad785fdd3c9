"""Payback; expected values by hand."""

import pytest

from wayforward.methods import payback


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        ([-100, 50, 50], 3.0),  # 0 at the very end of year 2
        ([-100, 50, 100], 2.5),  # 50 to find at the start of year 2, which brings 100
        ([-100, 400], 1.25),
        ([0, -100, 200], 2.5),
    ],
)
def test_plain(flows: list[float], years: float) -> None:
    assert payback.payback(flows).years == pytest.approx(years)


def test_discounted() -> None:
    """At factors 1, 0.5: -100 then 200 x 0.5 = 100, paid back at the end of year 1."""
    assert payback.payback([-100, 200], [1, 0.5]).years == pytest.approx(2.0)
    assert payback.payback([-100, 199], [1, 0.5]).years is None


def test_never() -> None:
    found = payback.payback([-100, 10, 10])
    assert (found.years, found.reason) == (None, "not paid back within 3 years")


def test_nothing_to_pay_back() -> None:
    assert "no net outlay" in payback.payback([0, 0]).reason
    assert payback.payback([10, 5]).years is None


def test_unknown_year_before_payback() -> None:
    assert payback.payback([-100, None, 500]).reason == "the flow of year 1 is not known"


def test_unknown_year_after_payback_does_not_matter() -> None:
    assert payback.payback([-100, 200, None]).years == pytest.approx(1.5)


def test_falling_back_below_is_said() -> None:
    assert payback.payback([-100, 200, -300]).falls_back
    assert not payback.payback([-100, 200, -50]).falls_back


def test_what_comes_back_to_the_penny_has_come_back() -> None:
    """0.30 paid, 0.10 back in each of three years: back at the end of the fourth year, though not to the last bit."""
    assert payback.payback([-0.3, 0.1, 0.1, 0.1]).years == pytest.approx(4)
