"""What each choice of the longlist carries with it: its lines, what they come to, and on what evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.appraisal.findings.basis import (
    OPTION,
    discounting_parameters,
    grades,
    present_values,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.money import present_or_none
from wayforward.appraisal.lines import READS, Appraised
from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import used
from wayforward.methods import framework_filter
from wayforward.options.models import LonglistChoice, Option, OptionChoice


@dataclass(frozen=True)
class Kept:
    """The lines of an option that belong to one choice; no choice is those that name none."""

    option: Option
    choice: LonglistChoice | None
    costs: tuple[CostLine, ...]
    benefits: tuple[BenefitLine, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.costs, *self.benefits)


@finding(
    "appraisal.choices",
    title="What each choice costs and brings, by option",
    question="Which lines does each choice of the longlist carry with it, and what do they come to?",
    method="discounting",
    unit="GBP",
    prices="real",
    reads=(*READS, LonglistChoice, OptionChoice),
)
def choices(case: Reading) -> Result:
    """By option and choice: lines, present value of cost and of benefit, and the worst grade of evidence."""
    options = Appraised.of(case)
    kept = [one for item in options.options for one in _kept(item.option, item.costs, item.benefits)]
    named = [one for one in kept if one.choice is not None]
    return Result(
        headline=_headline(case, kept),
        columns=(
            OPTION,
            Column("choice", "Choice", refers="longlist_choice"),
            Column("cost_lines", "Cost lines", "lines"),
            Column("cost", "Cost, present value", "GBP"),
            Column("benefit_lines", "Benefit lines", "lines"),
            Column("benefit", "Benefit, present value", "GBP"),
            Column("grade", "Worst grade of evidence", "grade"),
        ),
        rows=tuple(_row(case, options, one) for one in kept),
        value_column="cost",
        used=rests_on(case, options) + used([line for one in named for line in one.lines], "choice"),
        parameters=discounting_parameters(case),
        warnings=(*_warnings(case, named), *stands_on(case, options)),
        waiting=(*waits(options), *(() if named else ("the choice that each line belongs to",))),
    )


def _kept(option: Option, costs: Sequence[CostLine], benefits: Sequence[BenefitLine]) -> list[Kept]:
    """An option's lines by the choice they belong to, in the order of codes; those of no choice last."""
    found = {line.choice.code: line.choice for line in (*costs, *benefits) if line.choice}
    every: list[LonglistChoice | None] = [*(found[code] for code in sorted(found)), None]
    parts = [
        Kept(
            option,
            choice,
            tuple(line for line in costs if _belongs(line, choice)),
            tuple(line for line in benefits if _belongs(line, choice)),
        )
        for choice in every
    ]
    return [part for part in parts if part.lines]


def _belongs(line: Line, choice: LonglistChoice | None) -> bool:
    return (
        line.choice is None if choice is None else line.choice is not None and line.choice.code == choice.code
    )


def _row(case: Reading, options: Appraised, one: Kept) -> Row:
    known = [grade for grade in grades(case, one.lines) if grade is not None]
    return {
        "option": one.option.code,
        "choice": one.choice.code if one.choice else "",
        "cost_lines": len(one.costs),
        "cost": _present(options, one.costs),
        "benefit_lines": len(one.benefits),
        "benefit": _present(options, one.benefits),
        "grade": max(known) if len(known) == len(one.lines) else "",
    }


def _present(options: Appraised, lines: Sequence[Line]) -> float | str | None:
    """The present value of lines; '' where there is no line, None where an amount is not known."""
    return present_or_none(sum(present_values(options, lines))) if lines else ""


def _headline(case: Reading, kept: Sequence[Kept]) -> str:
    lines = sum(len(one.lines) for one in kept)
    if not lines:
        return "There is no cost or benefit line to go with a choice yet"
    own = sum(len(one.lines) for one in kept if one.choice)
    if not own:
        return f"To which choice {show.count(lines, 'line')} belong is not known yet"
    carried = {c.code for c in case.rows(LonglistChoice) if framework_filter.taken(c.verdict)}
    with_lines = carried & {one.choice.code for one in kept if one.choice}
    return (
        f"{own:,} of {show.count(lines, 'line')} go with a choice; of {show.count(len(carried), 'choice')} "
        f"taken forward, {len(with_lines) or 'none'} {'has' if len(with_lines) == 1 else 'have'} lines"
    )


def _warnings(case: Reading, named: Sequence[Kept]) -> tuple[str, ...]:
    """Lines that go with a choice which was discounted, or which their option is not made of."""
    made = {(row.option.code, row.choice.code) for row in case.rows(OptionChoice)}
    composed = {option for option, _ in made}
    told = []
    for one in named:
        if one.choice is None:
            continue
        which = f"{show.count(len(one.lines), 'line')} of {one.option.short_name} with “{one.choice.name}”"
        if one.choice.verdict == framework_filter.DISCOUNTED:
            told.append(f"{which}, which was discounted.")
        if one.option.code in composed and (one.option.code, one.choice.code) not in made:
            told.append(f"{which}, which the option is not made of.")
    return tuple(told)
