"""What the figures of the appraisal stand on: rates, inputs, gaps, and the evidence and class of each line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isnan

from wayforward.appraisal.lines import Appraised, OptionLines
from wayforward.appraisal.models import CLASSES, Line
from wayforward.findings import Column, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Used
from wayforward.findings.provenance import used
from wayforward.methods import Floats, discounting, flows, shares
from wayforward.methods.flows import Range
from wayforward.methods.shares import Share
from wayforward.options.models import OptionPhase
from wayforward.records.fields import write_year

OPTION = Column("option", "Option", refers="option")


def discount_factors(case: Reading) -> Floats:
    """The discount factors of the years appraised, by the edition that the case pins."""
    rates = discounting.bands(case.edition.get("discount-rate").values)
    return discounting.factors(rates, len(case.years))


def rests_on(case: Reading, options: Appraised) -> tuple[Used, ...]:
    """The inputs of every figure of the appraisal: lines, and the phases that they move with."""
    lines = [line for item in options.options for line in (*item.costs, *item.benefits)]
    return used(lines, "amounts") + used(
        [phase for phase in case.rows(OptionPhase) if phase.delay_months], "delay_months"
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


def present_values(case: Reading, options: Appraised, lines: Sequence[Line]) -> list[float]:
    """The present value of each line, nan where an amount is not known."""
    if not lines:
        return []
    return [float(v) for v in discounting.present_value(options.amounts(lines), discount_factors(case))]


def grades(case: Reading, lines: Sequence[Line]) -> list[int | None]:
    """The grade of the amounts of each line; None is an assumption."""
    return [case.grade(line, "amounts") for line in lines]


def present_range(case: Reading, options: Appraised, lines: Sequence[Line]) -> Range:
    """The present value of some lines together: all low, likely, all high."""
    given, factors = options.ranged(lines), discount_factors(case)
    low, likely, high = (
        float(discounting.present_value(amounts, factors).sum())
        for amounts in (flows.at_low(given), given.amounts, flows.at_high(given))
    )
    return Range(*(None if isnan(value) else value for value in (low, likely, high)))


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
    values = present_values(case, options, lines)
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
            values = present_values(case, options, lines)
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
