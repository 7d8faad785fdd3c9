"""How robust each option is: what it could cost to have chosen it, and how often it is good enough."""

from collections.abc import Sequence

import numpy as np

from wayforward.appraisal.draws import DRAWN_READS, Ensemble, ensemble, lacking
from wayforward.appraisal.findings.basis import OPTION, discounting_parameters, stands_on
from wayforward.appraisal.findings.scenarios import SCENARIO_READS, likely, played
from wayforward.appraisal.findings.uncertainty import (
    ALL_AT_ONCE,
    barred,
    cash_waits,
    largest_gap,
    no_delay_said,
    plan_waits,
    rests_on_draws,
    still,
    with_usual,
)
from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.models import MEASURES, Scenario, ScenarioValue, Threshold
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import used
from wayforward.methods import Floats, satisficing
from wayforward.methods import regret as method

BASES = {"draws": "Over the draws", "scenarios": "Over the scenarios"}
TOGETHER = "all limits together"
LEAST_WORST = (
    "Least worst regret looks at the one worst case, however unlikely, and can change when an option that nobody "
    "would choose is added: it is no preference."
)
SMALL = "With so many draws, read a share of none or all as true but for 3 in 10,000."


@finding(
    "appraisal.regret",
    title="How much worse each option could turn out than another choice",
    question="How much would we regret each choice, at worst and on average?",
    method="regret",
    unit="GBP",
    prices="real",
    reads=tuple(dict.fromkeys((*DRAWN_READS, *SCENARIO_READS))),
    needs=("appraisal.order", "options.success"),
)
def regret(case: Reading) -> Result:
    """Greatest, expected and 95% regret, over draws and over scenarios; business as usual is among the choices."""
    options, found = Appraised.of(case), ensemble(case)
    ranked = case.need("appraisal.order").value == "ranked"
    out = barred(case)
    codes = [item.option.code for item in options.others if item.option.code not in out]
    usual = [options.usual.option.code] if options.usual else []
    rows = [
        *_rows("draws", [*codes, *usual], _over_draws(found, codes)),
        *_rows("scenarios", [*codes, *usual], _over_scenarios(case, codes)),
    ]
    return Result(
        headline=_regret_headline(options, rows, ranked),
        columns=(
            Column("basis", "Over"),
            OPTION,
            Column("most", "Greatest regret", "GBP", apart=True),
            Column("expected", "Expected regret", "GBP", apart=True),
            Column("expected_se", "Expected: standard error", "GBP"),
            Column("in_95", "Regret not exceeded in 95% of draws", "GBP"),
            Column("least_worst", "Least worst regret", "yes or no", detail=not ranked),
        ),
        rows=tuple(rows),
        value_column="most",
        used=rests_on_draws(case, options)
        + used(case.rows(Scenario))
        + used(case.rows(ScenarioValue), "value"),
        parameters={"draws": found.draws if found else None, **discounting_parameters(case)},
        warnings=(LEAST_WORST, ALL_AT_ONCE, *still(options), *stands_on(case, options)),
        waiting=(*lacking(case), *(() if case.rows(Scenario) else ("scenarios to be set beside the draws",))),
    )


def _over_draws(found: Ensemble | None, codes: Sequence[str]) -> method.Regrets | None:
    if found is None:
        return None
    chosen = [found.options.index(code) for code in codes]
    return method.over_draws(with_usual(found.npsv[:, chosen]))


def _over_scenarios(case: Reading, codes: Sequence[str]) -> method.Regrets | None:
    """Regret over the named scenarios and the records as they stand; None without a scenario."""
    futures = [likely(case), *(one.npsv for one in played(case) if not one.fault)]
    if len(futures) < 2:
        return None
    payoffs = np.array(
        [[np.nan if future[code] is None else future[code] for future in futures] for code in codes]
    )
    return method.over_scenarios(np.vstack([payoffs.reshape(len(codes), len(futures)), [0.0] * len(futures)]))


def _rows(basis: str, codes: Sequence[str], found: method.Regrets | None) -> list[Row]:
    if found is None:
        return []
    none = (
        "" if basis == "scenarios" else None
    )  # scenarios have no probabilities, so nothing is expected of them
    return [
        {
            "basis": BASES[basis],
            "option": code,
            "most": one.maximum,
            "expected": none if one.expected is None else one.expected,
            "expected_se": none if one.standard_error is None else one.standard_error,
            "in_95": none if one.at_share is None else one.at_share,
            "least_worst": None if found.unknown else place in found.least_maximum,
        }
        for place, (code, one) in enumerate(zip(codes, found.options, strict=True))
    ]


def _regret_headline(options: Appraised, rows: Sequence[Row], ranked: bool) -> str:
    drawn = [row for row in rows if row["basis"] == BASES["draws"] and row["most"] is not None]
    if not drawn:
        return "How much each choice could be regretted is not known yet"
    names = {item.option.code: item.option.short_name for item in options.options}
    least, most = (pick(float(row["most"] or 0.0) for row in drawn) for pick in (min, max))
    said = f"The greatest regret over the draws runs from {show.money(least)} to {show.money(most)}"
    if not ranked:
        return f"{said}; no option is ranked"
    first = [names[str(row["option"])] for row in drawn if row["least_worst"]]
    return f"{said}; the least worst is that of {show.listed(first)}"


@finding(
    "appraisal.good_enough",
    title="How often each option is good enough",
    question="In what share of draws does each option keep within every limit?",
    method="satisficing",
    unit="fraction",
    reads=(*DRAWN_READS, Threshold),
    needs=("finance.headroom",),
)
def good_enough(case: Reading) -> Result:
    """The share of draws in which an option keeps each limit, and all of them, with its standard error."""
    options, found, limits = Appraised.of(case), ensemble(case), thresholds(case)
    rows: list[Row] = []
    if found and limits:
        told = satisficing.good_enough(measures(case, found), [as_threshold(row) for row in limits])
        names = [*(row.name for row in limits), TOGETHER]
        codes = [*(row.code for row in limits), ""]
        for code, one in zip(found.options, told, strict=True):
            for name, limit, share in zip(names, codes, (*one.each, one.together), strict=True):
                row: Row = {"option": code, "limit": name, "threshold": limit, "share": share.share}
                rows.append({**row, "share_se": share.standard_error})
    return Result(
        headline=_enough_headline(rows),
        columns=(
            OPTION,
            Column("limit", "Limit"),
            Column("share", "Share of draws that keep it", "fraction"),
            Column("share_se", "Standard error", "fraction"),
            Column("threshold", "Limit's code", detail=True),
        ),
        rows=tuple(rows),
        value_column="share",
        used=rests_on_draws(case, options) + used(limits, "value"),
        parameters={
            "draws": found.draws if found else None,
            **{f"limit_{row.code}": limit_in_words(row) for row in limits},
        },
        warnings=(ALL_AT_ONCE, SMALL, *still(options), *stands_on(case, options)),
        waiting=(
            *lacking(case),
            *(() if limits else ("a limit that an option must keep to be good enough",)),
            *not_measured(case, options, found),
        ),
    )


def thresholds(case: Reading) -> list[Threshold]:
    """The limits with a value."""
    return [row for row in case.rows(Threshold) if row.value is not None]


def as_threshold(row: Threshold) -> satisficing.Threshold:
    """A limit as the method takes it."""
    return satisficing.Threshold(row.measure, float(row.value), at_most=row.side == "at most")


def limit_in_words(row: Threshold) -> str:
    """'Net cost, present value, at most £12.0m'."""
    value = (
        f"{show.number(float(row.value))} months" if row.measure == "delay" else show.money(float(row.value))
    )
    return f"{dict(MEASURES)[row.measure]}, {row.side} {value}"


def measures(case: Reading, found: Ensemble) -> dict[str, Floats]:
    """What limits are set on, each (draws, options); nan is not known."""
    return {
        "npsv": found.npsv,
        "cost": found.cost,
        "benefits": found.benefits,
        "largest gap": largest_gap(case, found),
        "delay": found.late,
    }


def not_measured(case: Reading, options: Appraised, found: Ensemble | None) -> tuple[str, ...]:
    """What the limits are set on that is not known for some option."""
    if found is None:
        return ()
    asked = {row.measure for row in thresholds(case)}
    waits: list[str] = []
    if "largest gap" in asked:
        waits += cash_waits(case, found)
        waits += plan_waits(case)
    return (*waits, *(no_delay_said(options, found) if "delay" in asked else ()))


def _enough_headline(rows: Sequence[Row]) -> str:
    together = [row["share"] for row in rows if row["limit"] == TOGETHER]
    known = [float(share) for share in together if share is not None]
    if not together:
        return "How often each option would be good enough is not known yet"
    if not known:
        return "How often each option keeps every limit is not known yet"
    ends = {show.percent(min(known)), show.percent(max(known))}
    span = f"{show.percent(min(known))} to {show.percent(max(known))}" if len(ends) > 1 else ends.pop()
    few = (
        ""
        if len(known) == len(together)
        else f"; of {show.count(len(together) - len(known), 'option')} it is not known"
    )
    return f"Every limit is kept in {span} of draws, by option{few}"
