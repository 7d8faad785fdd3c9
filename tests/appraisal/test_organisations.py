"""What each organisation would pay and gain; figures are arithmetic by hand."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.appraisal.test_findings import FOUR_YEARS, found, option_a
from tests.appraisal.test_steps import line
from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from wayforward.appraisal.models import CostLine
from wayforward.options.models import OptionRisk


def shared_town() -> Town:
    town = usual_town()
    a = option_a(town)
    town.cost("C-P", a, f"{EVERY_YEAR}: 70", organisation="Partner", cash=False)
    town.benefit("B-P", a, f"{EVERY_YEAR}: 90", "cash-releasing", organisation="Partner")
    town.benefit("B-S", a, f"{EVERY_YEAR}: 30", "societal")
    return town


def test_each_organisation_has_its_own_position() -> None:
    rows = {row["organisation"]: row for row in found(shared_town(), "appraisal.organisations").rows}
    assert list(rows) == ["A town", "Partner", "Not stated"]
    # The town: 800 a year in place of 1,000, 500 at once, 100 a year of time. That time is no cash.
    assert rows["A town"]["net"] == pytest.approx(300 * FOUR_YEARS - 500)
    assert rows["A town"]["cash"] == pytest.approx(200 * FOUR_YEARS - 500)
    # The partner gains 90 and spends 70 of its people's time a year; only the 90 are cash.
    assert rows["Partner"]["net"] == pytest.approx(20 * FOUR_YEARS)
    assert rows["Partner"]["cash"] == pytest.approx(90 * FOUR_YEARS)
    assert rows["Not stated"]["net"] == pytest.approx(30 * FOUR_YEARS)
    assert rows["Partner"]["benefit_share"] == pytest.approx(90 / 220)
    whole = 500 + 870 * FOUR_YEARS
    assert rows["Partner"]["cost_share"] == pytest.approx(70 * FOUR_YEARS / whole)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A town", "Partner", "Health"]), st.integers(1, 500), st.booleans()),
        max_size=6,
    )
)
def test_over_organisations_the_positions_add_up_to_the_whole(lines) -> None:
    town = usual_town()
    a = option_a(town)
    town.add(OptionRisk, "R1", option=a, name="R", probability=Decimal("0.3"), impact=Decimal(77), year=2014)
    for number, (whose, amount, gain) in enumerate(lines):
        if gain:
            town.benefit(f"X{number}", a, f"{EVERY_YEAR}: {amount}", "societal", organisation=whose)
        else:
            town.cost(f"Y{number}", a, f"2014-15: {amount}", organisation=whose)
    rows = found(town, "appraisal.organisations").rows
    (npsv,) = found(town, "appraisal.npsv").rows
    assert sum(row["net"] for row in rows) == pytest.approx(npsv["npsv"], abs=1e-6)
    assert sum(row["cost_change"] for row in rows) == pytest.approx(npsv["costs"], abs=1e-6)
    assert sum(row["benefit_change"] for row in rows) == pytest.approx(npsv["benefits"], abs=1e-6)
    assert sum(row["cost_share"] for row in rows) == pytest.approx(1)


def test_positions_not_known_are_not_nought() -> None:
    town = shared_town()
    line(town, CostLine, "C-P").amounts = None
    assert {row["net"] for row in found(town, "appraisal.organisations").rows} == {None}
    assert found(Town(), "appraisal.organisations").rows == ()


def test_who_would_be_worse_off_is_said() -> None:
    town = shared_town()
    town.cost("C-Q", option_a(town), "2013-14: 5000", organisation="Partner")
    assert found(town, "appraisal.organisations").headline.startswith("Partner would be worse off")
