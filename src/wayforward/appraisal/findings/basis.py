"""What the figures of the appraisal stand on: rates, inputs, gaps, and the evidence and class of each line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import fsum, isnan

import numpy as np

from wayforward.appraisal.lines import Appraised, OptionLines
from wayforward.appraisal.models import CLASSES, BenefitLine, BiasArea, CostLine, Line
from wayforward.appraisal.priced import BIAS, GRADE
from wayforward.findings import Column, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Used
from wayforward.findings.provenance import given, used
from wayforward.methods import Floats, flows, shares
from wayforward.methods.flows import Range
from wayforward.methods.shares import Share
from wayforward.options.models import OptionPhase
from wayforward.records.fields import write_year

OPTION = Column("option", "Option", refers="option")


EFFECT = ("units", "unit_value", "reach", "take_up", "deadweight", "attribution", "drop_off")


def rests_on(case: Reading, options: Appraised) -> tuple[Used, ...]:
    """The inputs of every figure of the appraisal: lines, the phases that they move with, uplifts and risks."""
    lines = [line for item in options.options for line in item.lines]
    whole = [line for line in lines if line.amounts is not None or getattr(line, "units", None) is None]
    risks = [risk for item in options.options for risk in item.risks]
    raised = {
        line.bias.code for line in lines if isinstance(line, CostLine) and line.bias and line.correction
    }
    return (
        used(whole, "amounts")
        + given([line for line in lines if isinstance(line, BenefitLine)], *EFFECT)
        + used([phase for phase in case.rows(OptionPhase) if phase.delay_months], "delay_months")
        + given(
            [area for area in case.rows(BiasArea) if area.bias.code in raised], "contribution", "mitigation"
        )
        + used(risks, "probability", "impact")
    )


def waits(options: Appraised) -> tuple[str, ...]:
    """All that any option's figures wait for."""
    lacking = [words for item in options.options for words in item.waiting]
    if options.usual is None:
        lacking.append("an option of kind business as usual")
    return tuple(lacking)


def discounting_parameters(case: Reading) -> dict[str, str]:
    """What the present values were discounted with, for whoever wants to check them."""
    return {
        "discount_rates": case.edition.get("discount-rate").name,
        "discounted_to": write_year(case.exercise.first_year),
        "years": f"{write_year(case.years[0])} to {write_year(case.years[-1])}",
    }


def present_values(options: Appraised, lines: Sequence[Line]) -> list[float]:
    """The present value of each line, nan where an amount is not known."""
    return [float(value) for value in options.discounted(lines).sum(axis=1)]


def present(options: Appraised, lines: Sequence[Line]) -> float:
    """The present value of some lines together, likely; nan where an amount is not known."""
    return fsum(present_values(options, lines))


def present_risk(options: Appraised, item: OptionLines) -> float:
    """The present value of what an option's risks are expected to cost."""
    return fsum(options.risked(item, discounted=True).amounts.ravel().tolist())


def before_correction(options: Appraised, line: Line) -> Floats:
    """What a line comes to by year in present value before its correction and any residual value, shape (years,)."""
    priced = replace(options.prices.of(line), factor=1.0, residual=0.0)
    return np.asarray(priced.paid * options.discount([line])[0])


def compared_with(options: Appraised, item: OptionLines) -> OptionLines | None:
    """Business as usual, where all that it and the option cost and bring is known; None while anything is lacking."""
    usual = options.usual
    return None if usual is None or item.waiting or usual.waiting else usual


def corrected(options: Appraised) -> str:
    """A sentence on how many of the lines are corrected for bias, and by what."""
    lines = [line for item in options.options for line in item.lines]
    by = {words: sum(line.correction == words for line in lines) for words in (BIAS, GRADE)}
    if not any(by.values()):
        return "Costs and benefits are as the lines give them: no line is corrected for bias."
    told = show.listed([f"{count} by {words}" for words, count in by.items() if count])
    return f"Of {show.count(len(lines), 'line')}, {told} {'is' if sum(by.values()) == 1 else 'are'} corrected for bias."


def risked(options: Appraised) -> str:
    """A sentence on the risks whose expected cost is in what the options are worth."""
    count = sum(len(item.risks) for item in options.options)
    if not count:
        return "No risk's expected cost is in these figures: none of the register has a price and a year."
    return f"The expected cost of {show.count(count, 'risk')} of the register is in these figures."


def in_no_sum(options: Appraised) -> tuple[str, ...]:
    """A sentence on the costs that a budget knows and the worth of an option doesn't; none where there are none."""
    lines = [line for item in options.options for line in item.budgeted]
    if not lines:
        return ()
    natures = show.listed(sorted({line.nature for line in lines}))
    verb = "counts" if len(lines) == 1 else "count"
    return (
        f"{show.count(len(lines), 'cost line')} ({natures}) {verb} in the budget and in no option's worth.",
    )


def grades(case: Reading, lines: Sequence[Line]) -> list[int | None]:
    """The grade of the amounts of each line; None is an assumption."""
    return [case.grade(line, "amounts") for line in lines]


def present_range(options: Appraised, lines: Sequence[Line]) -> Range:
    """The present value of some lines together: all low, likely, all high."""
    return summed(options.ranged(lines, discounted=True))


def summed(found: flows.Lines) -> Range:
    """Amounts together: all low, likely, all high; None where one is not known."""
    ends = (flows.at_low(found), found.amounts, flows.at_high(found))
    return Range(*(None if isnan(value) else value for value in (float(end.sum()) for end in ends)))


@dataclass(frozen=True)
class Standing:
    """What one side of an option stands on: the share of its present value on weak evidence and by analogy.

    None while the option waits for anything, or where the side has no value.
    """

    weak: float | None
    mostly_weak: bool | None
    by_analogy: float | None


def standings(case: Reading, options: Appraised, item: OptionLines) -> tuple[Standing, Standing]:
    """How cost and benefit stand, each by itself, weighing only what differs from business as usual.

    Lines that every option shares cancel in its worth, so good evidence for them says nothing for the option.
    """
    apart = options.differing(item)
    cost, benefit = (_standing(case, options, lines) for lines in (apart.costs, apart.benefits))
    return (NOT_KNOWN, NOT_KNOWN) if item.waiting else (cost, benefit)


NOT_KNOWN = Standing(None, None, None)


def _standing(case: Reading, options: Appraised, lines: Sequence[Line]) -> Standing:
    values = present_values(options, lines)
    weakness = shares.weak_share(values, grades(case, lines))
    classes = shares.by_class(values, [line.estimate_class or None for line in lines])
    analogy = next((one.share for one in classes if one.label == "analogy"), 0.0 if classes else None)
    return Standing(weakness.share, weakness.more_than_half, analogy)


def stands_on(case: Reading, options: Appraised) -> tuple[str, ...]:
    """What every table of options says below it: the share of cost and of benefit by grade and by estimate class."""
    told = []
    apart = [options.differing(item) for item in options.others]
    for side, lines in (
        ("cost", _once(line for item in apart for line in item.costs)),
        ("benefit", _once(line for item in apart for line in item.benefits)),
    ):
        if lines:
            values = present_values(options, lines)
            by_grade = shares.by_class(values, grades(case, lines))
            by_class = shares.by_class(values, [line.estimate_class or None for line in lines])
            graded, classed = _shares(by_grade, _grade_words), _shares(by_class, _class_words)
            told.append(f"Of {side} that differs between options, {graded}; {classed}.")
    return tuple(told)


def _once(lines: Iterable[Line]) -> list[Line]:
    """Each line once: those of business as usual fall away in several options."""
    return list({line.reference: line for line in lines}.values())


def _shares(found: Sequence[Share], words: Callable[[str], str]) -> str:
    known = [one for one in found if one.share]
    return (
        show.listed([f"{show.percent(one.share)} {words(one.label)}" for one in known]) or "nothing is valued"
    )


def _grade_words(label: str) -> str:
    return "on no evidence" if label == shares.ASSUMPTION else f"on evidence of grade {label}"


def _class_words(label: str) -> str:
    return dict(CLASSES)[label].lower() if label in dict(CLASSES) else "of no stated class"
