"""What the figures rest on, and whether they are good enough to put the options in an order."""

from wayforward.appraisal.findings.basis import (
    OPTION,
    discounting_parameters,
    grades,
    present_values,
    rests_on,
    stands_on,
    waits,
    weak,
)
from wayforward.appraisal.findings.worth import Worth, worths
from wayforward.appraisal.lines import READS, Appraised
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.methods import shares, switching


def _by_class(case: Reading, labels_of, label: str):  # type: ignore[no-untyped-def]
    options = Appraised(case)
    rows = []
    for item in options.options:
        for side, lines in (("cost", item.costs), ("benefit", item.benefits)):
            found = shares.by_class(present_values(case, options, lines), labels_of(lines))
            rows += [
                {
                    "option": item.option.code,
                    "side": side,
                    label: one.label,
                    "share": one.share,
                    "lines": one.lines,
                }
                for one in found
            ]
    return options, rows


@finding(
    "appraisal.evidence_shares",
    title="Share of cost and of benefit by evidence grade",
    question="How good is the evidence that each option's figures rest on?",
    method="shares",
    unit="fraction",
    reads=READS,
)
def evidence_shares(case: Reading) -> Result:
    """By option, cost and benefit apart: the share of present value on each grade; ungraded is an assumption."""
    options, rows = _by_class(case, lambda lines: grades(case, lines), "grade")
    mostly_weak = [
        item.option.short_name for item in options.options if weak(case, options, item).more_than_half
    ]
    return Result(
        headline=_evidence_headline(options, mostly_weak),
        columns=(
            OPTION,
            Column("side", "Cost or benefit"),
            Column("grade", "Evidence grade", "words"),
            Column("share", "Share of present value", "fraction"),
            Column("lines", "Lines", "lines"),
        ),
        rows=tuple(rows),
        value_column="share",
        used=rests_on(case, options),
        waiting=waits(options),
    )


def _evidence_headline(options: Appraised, mostly_weak: list[str]) -> str:
    if not any(item.costs or item.benefits for item in options.options):
        return "There is no cost or benefit line to weigh yet"
    if len(mostly_weak) == len(options.options):
        return "More than half of every option's value rests on the weakest evidence (grades 5 and 6)"
    if mostly_weak:
        return f"More than half of the value of {show.listed(mostly_weak)} rests on grades 5 and 6"
    return "No option rests mainly on the weakest evidence"


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
    options, rows = _by_class(
        case, lambda lines: [line.estimate_class or None for line in lines], "estimate_class"
    )
    lines = [line for item in options.options for line in (*item.costs, *item.benefits)]
    analogies = sum(line.estimate_class == "analogy" for line in lines)
    return Result(
        headline=f"{analogies:,} of {show.count(len(lines), 'line')} are priced by analogy",
        columns=(
            OPTION,
            Column("side", "Cost or benefit"),
            Column("estimate_class", "Estimate class", "words"),
            Column("share", "Share of present value", "fraction"),
            Column("lines", "Lines", "lines"),
        ),
        rows=tuple(rows),
        value_column="share",
        used=rests_on(case, options),
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
    """Ranks only where no option's value rests mainly on grades 5 and 6; switching values always."""
    options = Appraised(case)
    found = worths(case, options)
    weakness = {item.option.code: weak(case, options, item) for item in options.options}
    may_rank = bool(found) and all(one.value.npsv.likely is not None for one in found)
    may_rank = may_rank and not any(w.more_than_half is not False for w in weakness.values())
    ranks = _ranks(found) if may_rank else {}
    rows = [
        {
            "option": one.item.option.code,
            "rank": ranks.get(one.item.option.code),
            "npsv": one.value.npsv.likely,
            "weak_share": weakness[one.item.option.code].share,
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
            Column("weak_share", "Share on grades 5 and 6", "fraction"),
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
    from wayforward.methods.ranking import rank

    return {one.code: one.rank for one in rank({w.item.option.code: w.value.npsv.likely for w in found})}


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
    first = [one.item.option.short_name for one in found if ranks[one.item.option.code] == 1]
    return f"{show.listed(first)} {'ranks' if len(first) == 1 else 'tie as'} first by likely NPSV"
