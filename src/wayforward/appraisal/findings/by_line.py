"""From each line to its option's worth: what it was given as, what it is corrected to, what it adds."""

from collections.abc import Iterator, Sequence
from math import fsum, isnan

from wayforward.appraisal.findings.basis import (
    OPTION,
    compared_with,
    discounting_parameters,
    present,
    present_risk,
    present_values,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.worth import worths
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row

RISKS, LESS = "Expected cost of its risks", "Business as usual, taken away"
WORTH = "Net present social value"
ADDS_UP = (
    "The rows of an option add up to its net present social value. A cost is below nought, and what is left of an "
    "asset at the end is in the line of its cost. The rows of business as usual come first; together they are taken "
    "away from each option."
)


@finding(
    "appraisal.lines",
    title="What each line adds to its option, from the line to the worth",
    question="Which lines make an option's worth, and by how much each?",
    method="npsv",
    unit="GBP",
    prices="real",
    reads=READS,
)
def lines(case: Reading) -> Result:
    """Each line of each option: its amounts as given, its correction, what counts, what it adds in present value."""
    options = Appraised.of(case)
    worth = {one.item.option.code: one.value.npsv.likely for one in worths(options)}
    rows = [row for item in options.options for row in _of_option(case, options, item, worth)]
    return Result(
        headline=_headline(options),
        columns=(
            OPTION,
            Column("line", "Line"),
            Column("record", "Record", refers="record"),
            Column("kind", "Kind"),
            Column("given", "As given, over the years", "GBP"),
            Column("factor", "Multiplied by, for bias", "ratio"),
            Column("counted", "That counts, over the years", "GBP"),
            Column("present", "Adds, present value", "GBP"),
        ),
        rows=tuple(rows),
        value_column="present",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(ADDS_UP, *stands_on(case, options)),
        waiting=waits(options),
    )


def _of_option(
    case: Reading, options: Appraised, item: OptionLines, worth: dict[str, float | None]
) -> Iterator[Row]:
    code = item.option.code
    for line, adds in zip(item.lines, present_values(options, item.lines), strict=True):
        yield _line_row(options, line, adds)
    for line, why in _left_out(case, item):
        yield _row(code, line.name, record=line.reference, kind=f"in no sum: {why}")
    if item.risks:
        yield _row(
            code, RISKS, kind=show.count(len(item.risks), "risk"), present=-present_risk(options, item)
        )
    if item.usual:
        return
    usual = compared_with(options, item)
    less = -_own(options, usual) if usual else None
    yield _row(code, LESS, kind="all of its rows", present=less)
    yield _row(code, WORTH, kind="the rows above together", present=worth[code])


def _own(options: Appraised, item: OptionLines) -> float:
    """An option by itself, in present value: benefits less costs and risks."""
    benefits, costs = present(options, item.benefits), present(options, item.costs)
    return fsum((benefits, -costs, -present_risk(options, item)))


def _line_row(options: Appraised, line: Line, adds: float) -> Row:
    priced = options.prices.of(line)
    sign = 1 if isinstance(line, BenefitLine) else -1
    kind = (
        f"benefit, {line.benefit_kind}"
        if isinstance(line, BenefitLine)
        else f"cost, {getattr(line, 'cost_phase', '')}"
    )
    given = None if priced.factor == 0 else float(priced.paid.sum()) / priced.factor
    return _row(
        line.option.code,
        line.name,
        record=line.reference,
        kind=kind,
        given=_known(given),
        factor=_known(priced.factor),
        counted=_known(float(priced.amounts.sum())),
        present=_known(sign * adds),
    )


def _known(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value


def _left_out(case: Reading, item: OptionLines) -> Iterator[tuple[Line, str]]:
    """The lines of an option that count in no sum of its worth, and why."""
    counted = {line.reference for line in item.lines}
    own: Sequence[Line] = [*case.rows(CostLine), *case.rows(BenefitLine)]
    for line in own:
        if line.option is not item.option or line.reference in counted:
            continue
        if isinstance(line, BenefitLine):
            yield line, "in the financial plan" if line.in_plan else line.benefit_kind
        elif isinstance(line, CostLine):
            yield line, line.nature


def _row(
    option: str,
    line: str,
    *,
    kind: str,
    record: str = "",
    given: float | str | None = "",
    factor: float | str | None = "",
    counted: float | str | None = "",
    present: float | str | None = "",
) -> Row:
    return {
        "option": option,
        "line": line,
        "record": record,
        "kind": kind,
        "given": given,
        "factor": factor,
        "counted": counted,
        "present": present,
    }


def _headline(options: Appraised) -> str:
    count = sum(len(item.lines) for item in options.options)
    if not count:
        return "There is no cost or benefit line to add up yet"
    named = show.count(len(options.options), "option")
    return f"{show.count(count, 'line')} of {named} lead to what the options are worth"
