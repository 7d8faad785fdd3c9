"""What the figures of the appraisal stand on: rates, inputs, gaps, and the evidence and class of each line."""

from collections.abc import Callable, Sequence

from wayforward.appraisal.lines import Appraised, OptionLines
from wayforward.appraisal.models import CLASSES, Line
from wayforward.findings import Column, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Used
from wayforward.findings.provenance import used
from wayforward.methods import Floats, discounting, shares
from wayforward.methods.shares import Share, WeakShare
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
    flows = options.amounts(lines)
    return [float(v) for v in discounting.present_value(flows, discount_factors(case))]


def grades(case: Reading, lines: Sequence[Line]) -> list[int | None]:
    """The grade of the amounts of each line; None is an assumption."""
    return [case.grade(line, "amounts") for line in lines]


def weak(case: Reading, options: Appraised, item: OptionLines) -> WeakShare:
    """The share of an option's costs and benefits, together, that rests on grades 5 and 6 or on nothing."""
    lines = [*item.costs, *item.benefits]
    return shares.weak_share(present_values(case, options, lines), grades(case, lines))


def weak_and_by_analogy(
    case: Reading, options: Appraised, lines: Sequence[Line]
) -> tuple[float | None, float | None]:
    """The share of some lines' value on weak evidence, and the share priced by analogy; None if there is none."""
    values = present_values(case, options, lines)
    classes = shares.by_class(values, [line.estimate_class or None for line in lines])
    by_analogy = next((one.share for one in classes if one.label == "analogy"), 0.0 if classes else None)
    return shares.weak_share(values, grades(case, lines)).share, by_analogy


def stands_on(case: Reading, options: Appraised) -> tuple[str, ...]:
    """What every table of options says below it: the share of cost and of benefit by grade and by estimate class."""
    told = []
    for side, lines in (
        ("cost", [line for item in options.options for line in item.costs]),
        ("benefit", [line for item in options.options for line in item.benefits]),
    ):
        if lines:
            values = present_values(case, options, lines)
            by_grade = shares.by_class(values, grades(case, lines))
            by_class = shares.by_class(values, [line.estimate_class or None for line in lines])
            told.append(f"Of {side}, {_shares(by_grade, _grade_words)}; {_shares(by_class, _class_words)}.")
    return tuple(told)


def _shares(found: Sequence[Share], words: Callable[[str], str]) -> str:
    known = [one for one in found if one.share]
    return (
        show.listed([f"{show.percent(one.share)} {words(one.label)}" for one in known]) or "nothing is valued"
    )


def _grade_words(label: str) -> str:
    return "on no evidence" if label == shares.ASSUMPTION else f"on evidence of grade {label}"


def _class_words(label: str) -> str:
    return dict(CLASSES)[label].lower() if label in dict(CLASSES) else "of no stated class"
