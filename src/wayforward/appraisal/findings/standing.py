"""What the figures rest on, and whether they are good enough to put the options in an order."""

from collections.abc import Callable, Sequence

from wayforward.appraisal.findings.basis import (
    OPTION,
    discounting_parameters,
    grades,
    present_values,
    rests_on,
    standings,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.worth import Worth, worths
from wayforward.appraisal.lines import READS, Appraised
from wayforward.appraisal.models import Line
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import ranking, shares, switching

Labels = Callable[[Sequence[Line]], Sequence[str | int | None]]


def _by_class(case: Reading, options: Appraised, labels_of: Labels, label: str) -> list[Row]:
    """By option and side: the share of present value in each class, of the lines by which the option differs."""
    rows: list[Row] = []
    for item in options.options:
        apart = options.differing(item)
        sides: tuple[tuple[str, Sequence[Line]], ...] = (("cost", apart.costs), ("benefit", apart.benefits))
        for side, lines in sides:
            for one in shares.by_class(present_values(options, lines), labels_of(lines)):
                row = {"option": item.option.code, "side": side, label: one.label, "share": one.share}
                rows.append({**row, "lines": one.lines})
    return rows


@finding(
    "appraisal.evidence_shares",
    title="Share of cost and of benefit by evidence grade",
    question="How good is the evidence that each option's figures rest on?",
    method="shares",
    unit="fraction",
    reads=READS,
)
def evidence_shares(case: Reading) -> Result:
    """Cost and benefit apart: the share of present value on each grade; ungraded is an assumption."""
    options = Appraised.of(case)
    rows = _by_class(case, options, lambda lines: grades(case, lines), "grade")
    mostly_weak = [
        item.option.short_name
        for item in options.others
        if any(side.mostly_weak for side in standings(case, options, item))
    ]
    return Result(
        headline=_evidence_headline(options, mostly_weak),
        columns=_class_columns("grade", "Evidence grade"),
        rows=tuple(rows),
        value_column="share",
        used=rests_on(case, options),
        warnings=(WHAT_DIFFERS,),
        waiting=waits(options),
    )


WHAT_DIFFERS = (
    "Only what differs from business as usual is weighed: lines that stand unchanged in both cancel. "
    "Business as usual shows all of its lines."
)


def _class_columns(name: str, title: str) -> tuple[Column, ...]:
    return (
        OPTION,
        Column("side", "Cost or benefit"),
        Column(name, title, "words"),
        Column("share", "Share of present value", "fraction"),
        Column("lines", "Lines", "lines"),
    )


def _evidence_headline(options: Appraised, mostly_weak: list[str]) -> str:
    if not any(item.costs or item.benefits for item in options.options):
        return "There is no cost or benefit line to weigh yet"
    if len(mostly_weak) == len(options.others) > 1:
        return "The costs or benefits of every option rest mainly on weak evidence or none"
    if mostly_weak:
        return f"The costs or benefits of {show.listed(mostly_weak)} rest mainly on weak evidence or none"
    return "No option that is known rests mainly on weak evidence"


@finding(
    "appraisal.estimate_classes",
    title="Share of cost and of benefit by estimate class",
    question="How were the figures arrived at: by analogy, built up or quoted?",
    method="shares",
    unit="fraction",
    reads=READS,
)
def estimate_classes(case: Reading) -> Result:
    """By option, cost and benefit apart: the share of present value in each estimate class."""
    options = Appraised.of(case)
    rows = _by_class(
        case, options, lambda lines: [line.estimate_class or None for line in lines], "estimate_class"
    )
    lines = [line for item in options.options for line in (*item.costs, *item.benefits)]
    analogies = sum(line.estimate_class == "analogy" for line in lines)
    return Result(
        headline=(
            f"{analogies:,} of {show.count(len(lines), 'line')} are priced by analogy"
            if lines
            else "There is no cost or benefit line to weigh yet"
        ),
        columns=_class_columns("estimate_class", "Estimate class"),
        rows=tuple(rows),
        value_column="share",
        used=rests_on(case, options),
        warnings=(WHAT_DIFFERS,),
        waiting=waits(options),
    )


@finding(
    "appraisal.order",
    title="Whether the options can be put in an order, and what would change it",
    question="Which option ranks where, how sure is that, and what would change it?",
    method="switching",
    unit="",
    prices="real",
    reads=READS,
)
def order(case: Reading) -> Result:
    """Ranks only where no option's cost or benefit rests mainly on grades 5 and 6; switching values always."""
    options = Appraised.of(case)
    found = worths(options)
    stands = {item.option.code: standings(case, options, item) for item in options.others}
    known = [one for one in found if one.value.npsv.likely is not None]
    good = not any(side.mostly_weak for sides in stands.values() for side in sides)
    may_rank = bool(known) and len(known) == len(found) and good
    ranks = _ranks(found) if may_rank else {}
    rows = [
        {
            "option": one.item.option.code,
            "rank": ranks.get(one.item.option.code),
            "npsv": one.value.npsv.likely,
            "cost_weak": stands[one.item.option.code][0].weak,
            "benefit_weak": stands[one.item.option.code][1].weak,
            "cost_to_zero": _to_zero(one, cost=True),
            "benefit_to_zero": _to_zero(one, cost=False),
            "overtakes": _overtakes(one, found),
        }
        for one in found
    ]
    return Result(
        headline=_order_headline(found, ranks),
        value="ranked" if may_rank else "not ranked",
        columns=(
            OPTION,
            Column("rank", "Rank", "rank", detail=not may_rank),
            Column("npsv", "NPSV, likely", "GBP", apart=True),
            Column("cost_weak", "Cost on grades 5 and 6", "fraction"),
            Column("benefit_weak", "Benefit on grades 5 and 6", "fraction"),
            Column("cost_to_zero", "Change of net cost that makes it worth nothing", "fraction"),
            Column("benefit_to_zero", "Change of benefit that makes it worth nothing", "fraction"),
            Column("overtakes", "What would change the order"),
        ),
        rows=tuple(rows),
        value_column="overtakes",
        used=rests_on(case, options),
        parameters={**discounting_parameters(case), "weak_from_grade": shares.WEAK_FROM},
        warnings=stands_on(case, options),
        waiting=waits(options),
    )


def _ranks(found: list[Worth]) -> dict[str, int | None]:
    scores = {one.item.option.code: one.value.npsv.likely for one in found}
    return {one.code: one.rank for one in ranking.rank(scores)}


def _to_zero(one: Worth, *, cost: bool) -> float | None:
    """The change, as a fraction of net cost or of benefit, at which the NPSV is nothing.

    None where the option costs no more than business as usual: there is no net cost to change.
    """
    value = one.value
    part = value.pv_costs.likely if cost else value.pv_benefits.likely
    if value.npsv.likely is None or part is None or part <= 0:
        return None
    return switching.switching_value(1.0, value.npsv.likely, -part if cost else part).change


def _overtakes(one: Worth, found: list[Worth]) -> str:
    """What would bring an option level with the next above it by likely NPSV."""
    own, gain = one.value.npsv.likely, one.value.pv_benefits.likely
    if own is None:
        return "not known"
    others = [w for w in found if w is not one and w.value.npsv.likely is not None]
    above = [w for w in others if (w.value.npsv.likely or 0.0) > own]
    if not others:
        return "there is no other option whose worth is known"
    if not above:
        below = max(others, key=lambda w: w.value.npsv.likely or 0.0)
        apart = own - (below.value.npsv.likely or 0.0)
        return f"level with {below.item.option.short_name} if worth {show.money(apart)} less"
    following = min(above, key=lambda w: w.value.npsv.likely or 0.0)
    apart = (following.value.npsv.likely or 0.0) - own
    more = f"level with {following.item.option.short_name} if worth {show.money(apart)} more"
    return f"{more} ({show.percent(apart / gain)} more benefit)" if gain and gain > 0 else more


def _order_headline(found: list[Worth], ranks: dict[str, int | None]) -> str:
    if not any(one.value.npsv.likely is not None for one in found):
        return "No option is ranked: what they cost or bring is not known yet"
    if not ranks:
        return "No option is ranked: too much of their value rests on weak evidence or is not known"
    first = [one for one in found if ranks[one.item.option.code] == 1]
    names = show.listed([one.item.option.short_name for one in first])
    if len(first) > 1:
        return f"{names} tie with the highest likely NPSV"
    low = first[0].value.npsv.low
    rivals = [
        one.item.option.short_name
        for one in found
        if one is not first[0] and (low is None or (one.value.npsv.high or 0.0) >= low)
    ]
    said = f"{names} has the highest likely NPSV"
    return (
        f"{said}, but its range overlaps that of {show.listed(rivals)}"
        if rivals
        else f"{said} across its range"
    )
