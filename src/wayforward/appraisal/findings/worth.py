"""What each option is worth against business as usual: NPSV, benefit-cost ratio and payback."""

from dataclasses import dataclass

import numpy as np

from wayforward.appraisal.findings.basis import (
    OPTION,
    corrected,
    discounting_parameters,
    in_no_sum,
    present,
    present_risk,
    rests_on,
    risked,
    stands_on,
    waits,
)
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import Floats, flows
from wayforward.methods import bcr as ratio_method
from wayforward.methods import equivalent_annual as annual_method
from wayforward.methods import npsv as npsv_method
from wayforward.methods import payback as payback_method
from wayforward.methods.bcr import Ratio
from wayforward.methods.flows import Range
from wayforward.methods.npsv import NetPresentValue

OUTER_BOUNDS = (
    "Low and high are outer bounds: all lines and risks at once, not a probability; delays and effects that vary "
    "are not in them."
)
HIDES_SIZE = "A ratio hides size: read it beside the NPSV, never instead of it."
UNKNOWN = NetPresentValue(Range(None, None, None), Range(None, None, None), Range(None, None, None), 0)


@dataclass(frozen=True)
class Worth:
    """An option with its present values against business as usual."""

    item: OptionLines
    value: NetPresentValue


def worths(options: Appraised) -> list[Worth]:
    """Every option but business as usual; figures are not known while anything that they need is lacking."""
    usual = options.usual
    found = []
    for item in options.others:
        if usual is None or item.waiting or usual.waiting:
            found.append(Worth(item, UNKNOWN))
            continue
        value = npsv_method.npsv(options.flows(item), options.flows(usual), np.ones(len(options.years)))
        found.append(Worth(item, value))
    return found


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
    """NPSV with its range: at low all that varies stands where it is worst for the option, at high where it is best."""
    options = Appraised.of(case)
    found = worths(options)
    known = [one for one in found if one.value.npsv.likely is not None]
    overlapping = len(known) == len(found) > 1 and _all_overlap([one.value.npsv for one in known])
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
        warnings=(
            corrected(options),
            risked(options),
            *in_no_sum(options),
            OUTER_BOUNDS,
            *stands_on(case, options),
        ),
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
    options = Appraised.of(case)
    rows = [_ratio_row(one) for one in worths(options)]
    defined = sum(isinstance(row["bcr"], float) for row in rows)
    return Result(
        headline=(
            f"A ratio can be given for {defined} of {show.count(len(rows), 'option')}"
            if rows
            else "There is no option to give a ratio for yet"
        ),
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
        warnings=(corrected(options), risked(options), HIDES_SIZE, *stands_on(case, options)),
        waiting=waits(options),
    )


def _ratio_row(one: Worth) -> Row:
    """A ratio with its ends. An end at which the option costs no more than business as usual has none."""
    gain, cost = one.value.pv_benefits, one.value.pv_costs
    likely = ratio_method.benefit_cost_ratio(gain.likely, cost.likely)
    low = ratio_method.benefit_cost_ratio(gain.low, cost.high)
    high = ratio_method.benefit_cost_ratio(gain.high, cost.low)
    why = likely.reason or (
        f"no high end: {high.reason}" if high.value is None and gain.high is not None else ""
    )
    return {
        "option": one.item.option.code,
        "bcr": _or_none(likely, gain.likely, cost.likely),
        "low": _or_none(low, gain.low, cost.high),
        "high": _or_none(high, gain.high, cost.low),
        "why_not": why,
    }


def _or_none(ratio: Ratio, gain: float | None, cost: float | None) -> float | str | None:
    """A ratio; '' where there is none though all is known; None where it is not known."""
    return ratio.value if ratio.value is not None or gain is None or cost is None else ""


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
    options = Appraised.of(case)
    rows = [_payback_row(options, item) for item in options.others]
    likely = [row["years"] for row in rows if isinstance(row["years"], float)]
    at_low = [row for row in rows if isinstance(row["low"], float)]
    return Result(
        headline=_payback_headline(rows, likely, len(at_low)),
        columns=(
            OPTION,
            Column("years", "Payback, likely", "years"),
            Column("low", "At the low end", "years"),
            Column("high", "At the high end", "years"),
            Column("discounted", "Discounted, likely", "years"),
            Column("why_not", "Why there is none"),
        ),
        rows=tuple(rows),
        value_column="years",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=stands_on(case, options),
        waiting=waits(options),
    )


def _payback_row(options: Appraised, item: OptionLines) -> Row:
    """Payback at each end of the range; '' where there is none, None where it is not known."""
    usual = options.usual
    if usual is None or item.waiting or usual.waiting:
        unknown = dict.fromkeys(("years", "low", "high", "discounted"))
        return {
            "option": item.option.code,
            **unknown,
            "why_not": "what the option costs or brings is not known",
        }
    change = flows.change(options.net(item), options.net(usual))
    plain = payback_method.payback(change.likely)
    worth = flows.change(options.net(item, discounted=True), options.net(usual, discounted=True))
    return {
        "option": item.option.code,
        "years": plain.years if plain.years is not None else "",
        "low": _years(change.low),
        "high": _years(change.high),
        "discounted": _years(worth.likely),
        "why_not": plain.reason,
    }


def _years(net: Floats) -> float | str | None:
    """Payback; '' where there is none, None where a flow is not known."""
    found = payback_method.payback(net)
    if found.years is not None:
        return found.years
    return None if np.isnan(net).any() else ""


def _payback_headline(rows: list[Row], likely: list[float], at_low: int) -> str:
    if not rows or all(row["years"] is None for row in rows):
        return "Whether any option pays back is not known yet"
    first = f", the first after {show.number(min(likely))} years" if likely else ""
    return (
        f"On likely amounts {len(likely)} of {show.count(len(rows), 'option')} would pay back within the years "
        f"appraised{first}; at the low end {at_low or 'none'} would"
    )


@finding(
    "appraisal.annual",
    title="Equivalent annual worth of each option",
    question="What would each option cost and be worth a year, spread evenly?",
    method="equivalent_annual",
    unit="GBP",
    prices="real",
    reads=READS,
)
def annual(case: Reading) -> Result:
    """Whole-life cost and NPSV as the level yearly amounts of the same present value."""
    options = Appraised.of(case)
    value = {one.item.option.code: one.value.npsv for one in worths(options)}
    rows = [_annual_row(options, item, value.get(item.option.code)) for item in options.options]
    known = [row["npsv"] for row in rows if isinstance(row["npsv"], float)]
    return Result(
        headline=(
            f"Spread evenly over {len(case.years)} years, the likely worth of the options runs from "
            f"{show.money(min(known))} to {show.money(max(known))} a year"
            if known
            else "What each option would be worth a year is not known yet"
        ),
        columns=(
            OPTION,
            Column("cost", "Whole-life cost, a year", "GBP"),
            Column("npsv", "NPSV, likely, a year", "GBP", apart=True),
            Column("low", "Low", "GBP"),
            Column("high", "High", "GBP"),
        ),
        rows=tuple(rows),
        value_column="npsv",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(
            "All options are spread over the same years at the standard rate: this puts them in no other order.",
            *stands_on(case, options),
        ),
        waiting=waits(options),
    )


def _annual_row(options: Appraised, item: OptionLines, npsv: Range | None) -> Row:
    """Business as usual has a cost a year, and no worth against itself: ''."""
    cost = None if item.waiting else present(options, item.costs) + present_risk(options, item)
    ends = {"npsv": "likely", "low": "low", "high": "high"}
    worth = {name: "" if npsv is None else _a_year(options, getattr(npsv, end)) for name, end in ends.items()}
    return {"option": item.option.code, "cost": _a_year(options, cost), **worth}


def _a_year(options: Appraised, present_value: float | None) -> float | None:
    if present_value is None:
        return None
    return annual_method.equivalent_annual(present_value, options.factors)
