"""What each option is worth against business as usual: NPSV, benefit-cost ratio and payback."""

from dataclasses import dataclass

from wayforward.appraisal.findings.basis import (
    OPTION,
    discount_factors,
    discounting_parameters,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.methods import Floats, flows
from wayforward.methods import bcr as ratio_method
from wayforward.methods import npsv as npsv_method
from wayforward.methods import payback as payback_method
from wayforward.methods.flows import Range
from wayforward.methods.npsv import NetPresentValue

NOT_UPLIFTED = "Costs and benefits are as the lines give them: no optimism-bias uplift is applied."
OUTER_BOUNDS = "Low and high are outer bounds: all lines at once, not a probability."
HIDES_SIZE = "A ratio hides size: read it beside the NPSV, never instead of it."
UNKNOWN = NetPresentValue(Range(None, None, None), Range(None, None, None), Range(None, None, None), 0)


@dataclass(frozen=True)
class Worth:
    """An option with its present values against business as usual."""

    item: OptionLines
    value: NetPresentValue


def worths(case: Reading, options: Appraised) -> list[Worth]:
    """Every option but business as usual; figures are not known while anything that they need is lacking."""
    usual = options.usual
    factors = discount_factors(case)
    found = []
    for item in options.others:
        if usual is None or item.waiting or usual.waiting:
            found.append(Worth(item, UNKNOWN))
            continue
        value = npsv_method.npsv(options.flows(item), options.flows(usual), factors)
        found.append(Worth(item, value))
    return found


def range_words(value: Range) -> str:
    """'£12.4m (£8.1m to £17.0m)'."""
    if value.likely is None:
        return show.UNKNOWN
    return f"{show.money(value.likely)} ({show.money(value.low)} to {show.money(value.high)})"


@finding(
    "appraisal.npsv",
    title="Net present social value of each option",
    question="What is each option worth to society, against business as usual?",
    method="npsv",
    unit="GBP",
    prices="real",
    reads=READS,
)
def npsv(case: Reading) -> Result:
    """NPSV with its range: low takes every benefit low and every cost high, high the reverse."""
    options = Appraised(case)
    found = worths(case, options)
    known = [one for one in found if one.value.npsv.likely is not None]
    overlapping = _all_overlap([one.value.npsv for one in known])
    return Result(
        headline=_npsv_headline(known, overlapping),
        columns=(
            OPTION,
            Column("npsv", "NPSV, likely", "GBP", apart=True),
            Column("low", "Low", "GBP"),
            Column("high", "High", "GBP"),
            Column("benefits", "Benefits, present value", "GBP"),
            Column("costs", "Net cost, present value", "GBP"),
        ),
        rows=tuple(
            {
                "option": one.item.option.code,
                "npsv": one.value.npsv.likely,
                "low": one.value.npsv.low,
                "high": one.value.npsv.high,
                "benefits": one.value.pv_benefits.likely,
                "costs": one.value.pv_costs.likely,
            }
            for one in found
        ),
        value_column="npsv",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(NOT_UPLIFTED, OUTER_BOUNDS, *stands_on(case, options)),
        waiting=waits(options),
    )


def _all_overlap(ranges: list[Range]) -> bool:
    lows = [r.low for r in ranges if r.low is not None]
    highs = [r.high for r in ranges if r.high is not None]
    return bool(lows) and len(lows) == len(highs) == len(ranges) and max(lows) <= min(highs)


def _npsv_headline(known: list[Worth], overlapping: bool) -> str:
    if not known:
        return "The net present social value of the options is not known yet"
    above = [one for one in known if (one.value.npsv.low or 0) > 0]
    below = [one for one in known if (one.value.npsv.high or 0) < 0]
    if overlapping:
        return "The ranges of all options overlap: the evidence does not yet tell them apart"
    parts = []
    if above:
        parts.append(f"{show.listed([o.item.option.short_name for o in above])} would be worth its cost")
    if below:
        parts.append(f"{show.listed([o.item.option.short_name for o in below])} would not")
    if parts:
        return f"Across its whole range {', '.join(parts)}"
    return "Every option could be worth more or less than business as usual"


@finding(
    "appraisal.bcr",
    title="Benefit-cost ratio of each option",
    question="How many pounds of benefit come for a pound of net cost?",
    method="bcr",
    unit="ratio",
    prices="real",
    reads=READS,
)
def bcr(case: Reading) -> Result:
    """Present value of benefits over present value of net cost; savings in running cost lower the cost."""
    options = Appraised(case)
    rows = []
    for one in worths(case, options):
        gain, cost = one.value.pv_benefits, one.value.pv_costs
        likely = ratio_method.benefit_cost_ratio(gain.likely, cost.likely)
        rows.append(
            {
                "option": one.item.option.code,
                "bcr": likely.value,
                "low": ratio_method.benefit_cost_ratio(gain.low, cost.high).value,
                "high": ratio_method.benefit_cost_ratio(gain.high, cost.low).value,
                "why_not": likely.reason,
            }
        )
    defined = sum(row["bcr"] is not None for row in rows)
    return Result(
        headline=f"A ratio can be given for {defined} of {show.count(len(rows), 'option')}",
        columns=(
            OPTION,
            Column("bcr", "Ratio, likely", "ratio"),
            Column("low", "Low", "ratio"),
            Column("high", "High", "ratio"),
            Column("why_not", "Why there is none"),
        ),
        rows=tuple(rows),
        value_column="bcr",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(NOT_UPLIFTED, HIDES_SIZE, *stands_on(case, options)),
        waiting=waits(options),
    )


@finding(
    "appraisal.payback",
    title="Payback of each option",
    question="How long until each option has returned what it took?",
    method="payback",
    unit="years",
    prices="real",
    reads=READS,
)
def payback(case: Reading) -> Result:
    """Years from the start of the first year appraised, plain and discounted, on likely amounts."""
    options = Appraised(case)
    usual, factors = options.usual, discount_factors(case)
    rows = []
    for item in options.others:
        row: dict[str, str | float | None] = {"option": item.option.code}
        if usual is None or item.waiting or usual.waiting:
            row.update(years=None, discounted=None, why_not="what the option costs or brings is not known")
        else:
            net = _net(options, item) - _net(options, usual)
            plain, discounted = payback_method.payback(net), payback_method.payback(net, factors)
            row.update(years=plain.years, discounted=discounted.years, why_not=plain.reason)
        rows.append(row)
    returned = [float(row["years"]) for row in rows if row["years"] is not None]
    return Result(
        headline=(
            f"{len(returned)} of {show.count(len(rows), 'option')} would pay back within the years appraised"
            + (f", the first after {show.number(min(returned))} years" if returned else "")
        ),
        columns=(
            OPTION,
            Column("years", "Payback", "years"),
            Column("discounted", "Discounted payback", "years"),
            Column("why_not", "Why there is none"),
        ),
        rows=tuple(rows),
        value_column="years",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=stands_on(case, options),
        waiting=waits(options),
    )


def _net(options: Appraised, item: OptionLines) -> Floats:
    gains = flows.by_group(options.amounts(item.benefits), ["all"] * len(item.benefits))
    costs = flows.by_group(options.amounts(item.costs), ["all"] * len(item.costs))
    zero = [0.0] * len(options.years)
    return flows.incremental(gains[0].total if gains else zero, costs[0].total if costs else zero)
