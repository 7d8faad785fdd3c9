"""A case supposed otherwise gives what the changed case read anew gives; the rest is not worked out again."""

import copy
from decimal import Decimal

import pytest

from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import CostLine, StakeholderGroup
from wayforward.findings import Findings, registered
from wayforward.findings.compute import Reading, UndeclaredRead
from wayforward.findings.registry import declared
from wayforward.options.models import OptionPhase, OptionRisk
from wayforward.records.base import Record
from wayforward.records.models import Evidence


def town() -> Town:
    made = usual_town()
    made.plan(grant=2000, budget=1900)
    made.inflation("0.02")
    made.cite(made.tables[CostLine][0], made.strong, "amounts")
    option = next(row.option for row in made.tables[CostLine] if row.code == "C-A1")
    made.add(
        OptionRisk,
        "R1",
        option=option,
        name="Late",
        probability=Decimal("0.5"),
        impact=Decimal(90),
        year=2014,
    )
    made.add(StakeholderGroup, "G1", name="Staff", group_kind="staff")
    return made


def otherwise(made: Town, model: type[Record], field: str, value: object) -> Record:
    row = copy.copy(made.tables[model][-1])
    setattr(row, field, value)
    return row


CHANGES = [
    (CostLine, "low", Decimal("0.3")),
    (OptionPhase, "delay_months", 5),
    (OptionRisk, "impact", Decimal(10)),
    (StakeholderGroup, "chair", "Somebody"),
    (Evidence, "grade", 5),
]


@pytest.mark.parametrize(("model", "field", "value"), CHANGES, ids=lambda one: getattr(one, "stem", None))
def test_supposing_gives_what_reading_the_changed_case_anew_gives(
    model: type[Record], field: str, value: object
) -> None:
    made = town()
    findings = Findings(made.case(), keep=False)
    findings.all()
    row = otherwise(made, model, field, value)
    anew = Findings(made.case().replacing([row]), keep=False)
    supposed = findings.supposing([row])
    for key in registered():
        assert supposed[key] == anew[key], key


def test_another_edition_is_worked_out_anew() -> None:
    findings = Findings(town().case(), keep=False)
    findings.all()
    supposed = findings.supposing([], "green-book-2026")
    anew = Findings(town().case(), "green-book-2026", keep=False)
    for key in registered():
        assert supposed[key] == anew[key], key


def test_what_a_change_does_not_touch_is_taken_over() -> None:
    made = town()
    findings = Findings(made.case(), keep=False)
    findings.all()
    supposed = findings.supposing([otherwise(made, StakeholderGroup, "chair", "Somebody")])
    assert supposed["appraisal.npsv"] is findings["appraisal.npsv"]
    assert supposed["appraisal.weights"] is not findings["appraisal.weights"]


def test_the_case_itself_stays_as_it_is() -> None:
    made = town()
    findings = Findings(made.case(), keep=False)
    was = findings["appraisal.npsv"]
    findings.supposing([otherwise(made, CostLine, "low", Decimal("0.3"))])["appraisal.npsv"]
    assert findings["appraisal.npsv"] is was
    assert Findings(made.case(), keep=False)["appraisal.npsv"] == was


def test_what_is_shared_reads_only_what_it_names() -> None:
    reading = Reading(Findings(town().case(), keep=False), declared("appraisal.npsv"))
    with pytest.raises(UndeclaredRead, match="cost_lines"):
        reading.shared("a test", (OptionPhase,), lambda case: case.rows(CostLine))
