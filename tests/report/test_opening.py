"""The options side by side on the first page; the figures are made up and their texts written out by hand."""

import dataclasses

from tests.appraisal.town import usual_town
from wayforward.findings import Findings
from wayforward.pages.labels import Labels
from wayforward.report.opening import changes, options_table
from wayforward.report.typeset.document import as_cell


def criteria(**changed: object) -> dict[str, list[str]]:
    """The opening's table by criterion, for business as usual and one option, the option's values changed."""
    findings = Findings(usual_town().case(), keep=False)
    side = findings["appraisal.side_by_side"]
    usual, option = (dict(row) for row in side.rows)
    made = options_table(
        dataclasses.replace(side, rows=(usual | {"cost": 2e6}, option | changed)), Labels(findings.case)
    )
    assert [column.title for column in made.columns] == ["", "BAU", "A"]
    return {name: rest for name, *rest in ([as_cell(cell).text for cell in row] for row in made.rows)}


def test_each_criterion_shows_its_own_figure() -> None:
    told = criteria(
        cost=3.25e6,
        cost_low=2.05e6,
        cost_high=5e6,
        npsv=-1.25e6,
        npsv_low=-2e6,
        npsv_high=0.35e6,
        payback=3.46,
    )
    assert told["Whole-life cost, present value, £m: likely"] == ["2.0", "3.3"]
    assert told["Whole-life cost, £m: low to high"][1] == "2.1 to\n5.0"
    assert told["NPSV against business as usual, £m: likely"] == ["–", "−1.3"]
    assert told["NPSV, £m: low to high"] == ["–", "−2.0 to\n0.4"]
    assert told["Payback, years"] == ["–", "3.5"]


def test_no_payback_is_not_an_unknown_one() -> None:
    assert criteria(payback="")["Payback, years"][1] == "none in the period"
    assert criteria(payback=None)["Payback, years"][1] == "not known"


def test_unknown_worth_is_said() -> None:
    told = criteria(npsv=None, npsv_low=None, npsv_high=None, cost_low=None)
    assert told["NPSV against business as usual, £m: likely"][1] == "not known"
    assert told["NPSV, £m: low to high"][1] == "not known"
    assert told["Whole-life cost, £m: low to high"][1] == "not known"


def test_options_that_fail_an_imperative_are_told_together_as_in_no_order() -> None:
    findings = Findings(usual_town().case(), keep=False)
    order = findings["appraisal.order"]
    (row,) = order.rows
    ranked = dict(row) | {"overtakes": "level with B if worth £1m more", "npsv": 1.0, "barred": ""}
    barred = ranked | {"barred": "Affordability"}
    label = Labels(findings.case)

    def told(*rows: dict) -> tuple[str, ...]:
        return changes(dataclasses.replace(order, rows=rows), label)

    assert told(ranked, barred) == (
        "A would come level with B if worth £1m more.",
        "A fails an imperative and would come in no order while that stands.",
    )
    assert told(barred, barred) == (
        "A and A fail an imperative and would come in no order while that stands.",
    )
    assert told(ranked | {"npsv": None}) == ("A: not known.",)
    assert told() == ("Not known: no option has been costed.",)


def test_the_chance_of_a_loss_is_that_of_the_draws_and_of_business_as_usual_there_is_none() -> None:
    findings = Findings(usual_town().case(), keep=False)
    side, label = findings["appraisal.side_by_side"], Labels(findings.case)

    def told(*drawn: dict) -> list[str]:
        rows = options_table(side, label, drawn).rows
        return next(
            [as_cell(c).text for c in row[1:]]
            for row in rows
            if as_cell(row[0]).text == "Worth less than its cost"
        )

    assert told({"option": "A", "below_zero": 0.6758}) == ["–", "68%"]
    assert told({"option": "A", "below_zero": None}) == ["–", "not known"]
    assert told() == ["–", "not known"]
