"""What if: copies with one thing otherwise. The records themselves must be left as they are."""

import re
from decimal import Decimal

import pytest

from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import (
    CostLine,
    Criterion,
    StakeholderGroup,
    SwingWeight,
    Uncertainty,
)
from wayforward.appraisal.what_if import MOVABLE, Change, changed
from wayforward.findings import Findings
from wayforward.options.models import Option, OptionPhase, OptionRisk
from wayforward.records.case import Case

FACTORS = [1.035**-t for t in range(4)]
FOUR_YEARS = sum(FACTORS)


def npsv(case: Case) -> float:
    (row,) = Findings(case, keep=False)["appraisal.npsv"].rows
    return float(row["npsv"])


def option_a(town: Town) -> Option:
    return next(option for option in town.tables[Option] if option.code == "A")


def test_amounts_are_multiplied_and_the_record_is_unchanged() -> None:
    case = usual_town().case()
    rows = changed(case, [Change("cost_line:C-A2", "amounts", 1.1)])
    # 800 a year becomes 880: 80 a year dearer than 300 x four years - 500.
    assert npsv(case.replacing(rows)) == pytest.approx(220 * FOUR_YEARS - 500)
    assert npsv(case) == pytest.approx(300 * FOUR_YEARS - 500)
    assert [row.amounts["2013-14"] for row in case.rows(CostLine)] == ["500", "800", "1000"]


def test_two_fields_of_one_record_make_one_copy() -> None:
    town = usual_town()
    line = town.benefit(
        "B-U",
        option_a(town),
        "",
        "societal",
        units=Decimal(10),
        unit_value=Decimal(5),
        take_up=Decimal("0.5"),
    )
    rows = changed(
        town.case(), [Change(line.reference, "units", 20), Change(line.reference, "take_up", 0.25)]
    )
    assert [(row.units, row.take_up) for row in rows] == [(Decimal(20), Decimal("0.25"))]


def test_amounts_of_a_line_priced_by_units_move_its_units_and_of_an_asset_what_is_left() -> None:
    town = usual_town()
    line = town.benefit("B-U", option_a(town), "", "societal", units=Decimal(10), unit_value=Decimal(5))
    asset = town.cost("C-X", option_a(town), "2013-14: 100", residual=Decimal(40))
    units, cost = changed(
        town.case(), [Change(line.reference, "amounts", 1.5), Change(asset.reference, "amounts", 2)]
    )
    assert units.units == Decimal(15)
    assert (cost.amounts, cost.residual) == ({"2013-14": "200"}, Decimal(80))


def test_what_varied_about_it_is_held_at_the_value_asked_for() -> None:
    town = usual_town()
    town.add(
        Uncertainty,
        "U1",
        about="option_phase:A-sta",
        field="delay_months",
        name="Late",
        distribution="pert",
        low=Decimal(0),
        high=Decimal(12),
    )
    phase, held = changed(town.case(), [Change("option_phase:A-sta", "delay_months", 6)])
    assert isinstance(phase, OptionPhase)
    assert phase.delay_months == 6
    assert (held.distribution, held.low, held.likely, held.high) == ("fixed", 6, 6, 6)


def test_a_risk_and_a_weight() -> None:
    town = usual_town()
    a = option_a(town)
    risk = town.add(OptionRisk, "R1", option=a, name="R", probability=Decimal("0.5"), impact=Decimal(100))
    group = town.add(StakeholderGroup, "G1", name="Staff", group_kind="staff")
    criterion = town.add(Criterion, "K1", name="Trust", order=1)
    weight = town.add(
        SwingWeight,
        "W1",
        group=group,
        criterion=criterion,
        points=Decimal(50),
        low=Decimal(40),
        high=Decimal(60),
    )
    moved, weighed = changed(
        town.case(), [Change(risk.reference, "probability", 0.25), Change(weight.reference, "points", 80)]
    )
    assert moved.probability == Decimal("0.25")
    assert (weighed.low, weighed.points, weighed.high) == (80, 80, 80)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("cost_line:NO", "amounts", 1), "cost_line:NO: there is no such record"),
        (Change("option:A", "order", 1), "option:A: a record of this kind can't be moved"),
        (Change("cost_line:C-A1", "residual", 1), "cost_line:C-A1: its 'residual' can't be moved"),
        (Change("cost_line:C-A1", "amounts", -1), "cost_line:C-A1: its amounts can't be multiplied by -1"),
        (Change("cost_line:C-A1", "amounts", float("nan")), "nan is no number"),
        (Change("cost_line:C-A1", "amounts", float("inf")), "inf is no number"),
        (Change("benefit_line:B-A", "take_up", 1.2), "benefit_line:B-A/take_up: found '1.2'"),
        (Change("benefit_line:B-A", "take_up", 1e300), "benefit_line:B-A/take_up: found"),
        (Change("benefit_line:B-A", "units", 3), "benefit_line:B-A: it is priced by its amounts"),
        (Change("option_phase:A-sta", "delay_months", 1.5), "option_phase:A-sta/delay_months: found '1.5'"),
        (Change("option_phase:A-sta", "delay_months", -1), "option_phase:A-sta/delay_months: found '-1'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(change: Change, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        changed(usual_town().case(), [change])


def test_amounts_not_known_and_a_field_twice_are_refused() -> None:
    town = usual_town()
    town.benefit("B-N", option_a(town), "", "societal")
    with pytest.raises(ValueError, match="benefit_line:B-N: its amounts are not known yet"):
        changed(town.case(), [Change("benefit_line:B-N", "amounts", 2)])
    twice = [Change("cost_line:C-A1", "amounts", 2), Change("cost_line:C-A1", "amounts", 3)]
    with pytest.raises(ValueError, match="cost_line:C-A1/amounts is changed twice"):
        changed(town.case(), twice)


def test_every_field_that_may_be_moved_is_a_field() -> None:
    for model, fields in MOVABLE.items():
        for name in fields:
            assert model._meta.get_field(name), (model, name)


def test_no_change_is_no_copy() -> None:
    assert changed(usual_town().case(), []) == []
