"""How sure the figures are: what each option comes to when all that varies is drawn at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wayforward.appraisal.draws import DRAWN_READS, Ensemble, ensemble, lacking
from wayforward.appraisal.findings.basis import OPTION, discounting_parameters, rests_on, stands_on
from wayforward.appraisal.levels import price_index
from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.models import Correlation, Threshold, Uncertainty
from wayforward.finance.models import Inflation
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar, Used
from wayforward.findings.provenance import used
from wayforward.methods import Floats, simulated
from wayforward.methods.simulated import Simulated

ALL_AT_ONCE = (
    "Every line, duration, effect and risk that varies is drawn at once, and all options meet the same draws."
)
CASH_OF_RISKS = "A risk that comes about is paid in cash by the organisation; likely cash leaves it out."
PERCENTS = (5.0, 25.0, 50.0, 75.0, 95.0)
SHOWN = (5.0, 50.0, 95.0)


def rests_on_draws(case: Reading, options: Appraised) -> tuple[Used, ...]:
    """The inputs of every simulated figure: those of the appraisal, and what varies beside the lines."""
    return (
        *rests_on(case, options),
        *used(case.rows(Uncertainty)),
        *used(case.rows(Correlation), "rank_correlation"),
        *used(case.rows(Inflation), "rate"),
    )


def draw_parameters(case: Reading, found: Ensemble | None) -> dict[str, Scalar]:
    """How many draws there were, and what present values were discounted with."""
    return {"draws": found.draws if found else None, **discounting_parameters(case)}


def barred(case: Reading) -> set[str]:
    """The options that fail an imperative, by the finding that says so: they are not among those chosen from."""
    return {str(row["option"]) for row in case.need("options.success").rows if row["may_rank"] is False}


def with_usual(values: Floats) -> Floats:
    """Values by option with business as usual beside them, which is worth nothing against itself."""
    return np.column_stack([values, np.zeros(len(values))])


def headroom_by_year(case: Reading) -> Floats:
    """What the financial plan leaves over in each year appraised, before any option; nan is not known."""
    left = {row["year"]: row["headroom"] for row in case.need("finance.headroom").rows}
    known = [left.get(year) for year in case.years]
    return np.array([np.nan if amount is None else float(amount) for amount in known])


def largest_gap(case: Reading, found: Ensemble) -> Floats:
    """The largest gap in one year that each option leaves in the plan, (draws, options): 0 where it is never short."""
    short = found.need - headroom_by_year(case)
    return np.asarray(np.maximum(short.max(axis=2), 0.0))


def cash_waits(case: Reading, found: Ensemble) -> tuple[str, ...]:
    """What the cash of the options waits for."""
    if np.isnan(price_index(case)).any():
        return ("inflation in every year",)
    return ("the amounts of lines that only a budget knows",) if np.isnan(found.need).any() else ()


def plan_waits(case: Reading) -> tuple[str, ...]:
    """What is awaited where the plan does not reach every year appraised."""
    return ("the financial plan in every year",) if np.isnan(headroom_by_year(case)).any() else ()


def no_delay_said(options: Appraised, found: Ensemble) -> tuple[str, ...]:
    """What is awaited where an option's phases say nothing of delays."""
    names = {item.option.code: item.option.short_name for item in options.others}
    silent = [bool(np.isnan(months).any()) for months in found.late.T]
    quiet = [names[code] for code, none in zip(found.options, silent, strict=True) if none]
    return (f"the delay of the phases of {show.some(quiet)}, stated or as a range",) if quiet else ()


def still(options: Appraised) -> tuple[str, ...]:
    """A sentence on the lines that no draw moves, where there are any."""
    lines = {line.reference: line for item in options.options for line in item.lines}
    fixed = [
        line.code
        for line in lines.values()
        if line.distribution not in ("fixed", "discrete") and None in (line.low, line.high)
    ]
    if not fixed:
        return ()
    many = len(fixed) > 1
    return (
        f"{show.some(sorted(fixed))} {'have' if many else 'has'} no range and so {'stand' if many else 'stands'} "
        "still in every draw: the figures look surer than they are.",
    )


@dataclass(frozen=True)
class Told:
    """What the draws say of one option."""

    mean: Simulated
    percentiles: tuple[Simulated, ...]
    below_zero: Simulated
    highest: Simulated | None  # None: it fails an imperative, so it is not among those compared
    breach: Simulated
    deeper: Simulated
    gap: Simulated | None  # None: it never breaches the plan
    late: Simulated


@finding(
    "appraisal.uncertainty",
    title="What each option is worth, and how sure that is",
    question="How likely is each option to be worth its cost, to fit the plan and to be on time?",
    method="montecarlo",
    unit="GBP",
    prices="real",
    reads=(*DRAWN_READS, Threshold),
    needs=("finance.headroom", "options.success", "appraisal.order"),
)
def uncertainty(case: Reading) -> Result:
    """NPSV over the draws with chances: below nought, the highest, short of the plan, late; each with its error."""
    options, found = Appraised.of(case), ensemble(case)
    months = _months_allowed(case)
    told = _told(case, found, months) if found else []
    rows = [_row(code, one) for code, one in zip(found.options, told, strict=True)] if found else []
    unknown: list[Row] = [
        dict.fromkeys(COLUMN_NAMES) | {"option": item.option.code} for item in options.others
    ]
    return Result(
        headline=_headline(case, options, rows),
        columns=(OPTION, *COLUMNS),
        rows=tuple(rows or unknown),
        value_column="mean",
        used=rests_on_draws(case, options),
        parameters=draw_parameters(case, found) | {"late_beyond_months": months},
        warnings=(*_notes(case, found, told), *still(options), *stands_on(case, options)),
        waiting=(*lacking(case), *_waits(case, options, found)),
    )


def _error(name: str, title: str, unit: str) -> Column:
    return Column(f"{name}_se", f"{title}: standard error", unit)


COLUMNS = (
    Column("mean", "NPSV, mean", "GBP", apart=True),
    _error("mean", "Mean", "GBP"),
    *(
        column
        for percent, title in (
            (5, "5th percentile"),
            (25, "25th percentile"),
            (50, "Median"),
            (75, "75th percentile"),
            (95, "95th percentile"),
        )
        for column in (
            Column(f"p{percent}", title, "GBP", detail=percent not in SHOWN),
            Column(f"p{percent}_se", f"{title}: standard error", "GBP", detail=True),
        )
    ),
    Column("below_zero", "Chance that it is worth less than its cost", "fraction"),
    _error("below_zero", "Of that chance", "fraction"),
    Column("highest", "Share of draws in which its worth is highest", "fraction"),
    _error("highest", "Of that share", "fraction"),
    Column("breach", "Chance of a year short of the financial plan", "fraction"),
    _error("breach", "Of that chance", "fraction"),
    Column("deeper", "Chance of a larger gap in one year than business as usual leaves", "fraction"),
    _error("deeper", "Of that chance", "fraction"),
    Column("gap", "Largest gap in one year, mean where short, cash", "GBP"),
    _error("gap", "Of that gap", "GBP"),
    Column("late", "Chance of being late", "fraction"),
    _error("late", "Of that chance", "fraction"),
)
COLUMN_NAMES = ("option", *(column.name for column in COLUMNS))


def _months_allowed(case: Reading) -> float:
    """How many months late still count as in time: the strictest limit on delay, or none at all."""
    limits = [
        float(row.value)
        for row in case.rows(Threshold)
        if row.measure == "delay" and row.side == "at most" and row.value is not None
    ]
    return min(limits, default=0.0)


def _told(case: Reading, found: Ensemble, months: float) -> list[Told]:
    out, gaps = barred(case), largest_gap(case, found)
    compared = [place for place, code in enumerate(found.options) if code not in out]
    shares = simulated.probability_best(with_usual(found.npsv[:, compared]))
    highest = dict(zip(compared, shares, strict=False))
    usual = max(float(np.max(-headroom_by_year(case))), 0.0)
    told = []
    for place in range(len(found.options)):
        worth, gap = found.npsv[:, place], gaps[:, place]
        told.append(
            Told(
                mean=simulated.mean(worth),
                percentiles=tuple(one.figure for one in simulated.percentiles(worth, PERCENTS)),
                below_zero=simulated.probability_below(worth, 0.0),
                highest=highest.get(place),
                breach=simulated.probability_above(gap, 0.0),
                deeper=simulated.probability_above(gap, usual),
                gap=_when_short(gap),
                late=simulated.probability_above(found.late[:, place], months),
            )
        )
    return told


def _when_short(gap: Floats) -> Simulated | None:
    """The mean of the largest gap over the draws in which there is one; None where there is none in any."""
    if np.isnan(gap).any():
        return simulated.NOT_KNOWN
    short = gap[gap > 0]
    return simulated.mean(short) if len(short) else None


def _row(code: str, told: Told) -> Row:
    row: dict[str, Scalar] = {"option": code}
    figures = {
        "mean": told.mean,
        **{f"p{percent:g}": one for percent, one in zip(PERCENTS, told.percentiles, strict=True)},
        "below_zero": told.below_zero,
        "highest": told.highest,
        "breach": told.breach,
        "deeper": told.deeper,
        "gap": told.gap,
        "late": told.late,
    }
    for name, figure in figures.items():
        # '' says that there is none: it is not compared, or it is never short.
        row[name] = "" if figure is None else figure.value
        row[f"{name}_se"] = "" if figure is None else figure.standard_error
    return row


def _headline(case: Reading, options: Appraised, rows: Sequence[Row]) -> str:
    if not rows:
        return "How sure the worth of the options is, is not known yet"
    names = {item.option.code: item.option.short_name for item in options.others}
    sure = sum(float(row["p50"] or 0.0) > 0 for row in rows)
    worth = (
        f"{sure or 'None'} of {show.count(len(rows), 'option')} would be worth more than business as usual "
        "in more than half of the draws"
    )
    compared = {str(row["option"]): row["highest"] for row in rows if row["highest"] not in ("", None)}
    if case.need("appraisal.order").value != "ranked" or not compared:
        return f"{worth}; no option is ranked"
    most = max(float(share or 0.0) for share in compared.values())
    first = [names[code] for code, share in compared.items() if share == most]
    have = "has" if len(first) == 1 else "each have"
    said = f"{show.listed(first)} {have} the highest worth in {show.percent(most)} of draws"
    return f"{said}; {worth[0].lower()}{worth[1:]}"


def _notes(case: Reading, found: Ensemble | None, told: Sequence[Told]) -> tuple[str, ...]:
    if found is None:
        return ()
    errors = [one.standard_error for row in told for one in row.percentiles if one.standard_error is not None]
    out = barred(case)
    compared = [place for place, code in enumerate(found.options) if code not in out]
    usual = simulated.probability_best(with_usual(found.npsv[:, compared]))[-1]
    notes = [
        ALL_AT_ONCE,
        f"Business as usual, worth nothing against itself, is highest in {show.percent(usual.value)} of draws "
        f"(standard error {_small(usual.standard_error)}).",
        CASH_OF_RISKS,
    ]
    if errors:
        notes.insert(1, f"The standard errors of the percentiles are at most {show.money(max(errors))}.")
    short = [year for year, left in zip(case.years, headroom_by_year(case), strict=True) if left < 0]
    if short:
        years = show.listed([show.financial_year(year) for year in short])
        notes.append(
            f"The plan is short in {years} before any option is chosen, which counts as short here too."
        )
    return tuple(notes)


def _small(share: float | None) -> str:
    """A standard error of a share, in percentage points to a tenth."""
    return "not known" if share is None else f"{show.fixed(share, 1, 0.01)} percentage points"


def _waits(case: Reading, options: Appraised, found: Ensemble | None) -> tuple[str, ...]:
    """What some columns wait for, though the worth is known."""
    if found is None:
        return ()
    return (*cash_waits(case, found), *plan_waits(case), *no_delay_said(options, found))


@finding(
    "appraisal.cash_fan",
    title="Cash that each option needs, summed over the years",
    question="How much cash would each option have taken by each year, and how sure is that?",
    method="simulated",
    unit="GBP",
    prices="cash",
    reads=DRAWN_READS,
)
def cash_fan(case: Reading) -> Result:
    """Cumulative cash above business as usual by option and year: 5th, 50th and 95th percentile."""
    options, found = Appraised.of(case), ensemble(case)
    rows: list[Row] = []
    for place, item in enumerate(options.others):
        summed = found.need[:, place].cumsum(axis=1) if found else None
        for at, year in enumerate(case.years):
            rows.append({"option": item.option.code, "year": year, **_fan(summed, at)})
    known = [row for row in rows if row["p50"] is not None]
    return Result(
        headline=_fan_headline(options, known),
        columns=(
            OPTION,
            Column("year", "By the end of", "financial year"),
            *(
                column
                for percent, title in ((5, "5th percentile"), (50, "Median"), (95, "95th percentile"))
                for column in (Column(f"p{percent}", title, "GBP"), _error(f"p{percent}", title, "GBP"))
            ),
        ),
        rows=tuple(rows),
        value_column="p50",
        used=rests_on_draws(case, options),
        parameters={"draws": found.draws if found else None},
        warnings=(ALL_AT_ONCE, CASH_OF_RISKS, *still(options), *stands_on(case, options)),
        waiting=(*lacking(case), *(cash_waits(case, found) if found else ())),
    )


def _fan(summed: Floats | None, at: int) -> Row:
    if summed is None:
        return dict.fromkeys(("p5", "p5_se", "p50", "p50_se", "p95", "p95_se"))
    row: dict[str, Scalar] = {}
    for one in simulated.percentiles(summed[:, at], SHOWN):
        row[f"p{one.percent:g}"] = one.figure.value
        row[f"p{one.percent:g}_se"] = one.figure.standard_error
    return row


def _fan_headline(options: Appraised, known: Sequence[Row]) -> str:
    if not known:
        return "The cash that each option would take is not known yet"
    names = {item.option.code: item.option.short_name for item in options.others}
    peak = max(known, key=lambda row: float(row["p95"] or 0.0))
    if float(peak["p95"] or 0.0) <= 0:
        return "In 95 draws of 100 no option would ever have taken more cash than business as usual"
    return (
        f"The most cash taken by the end of any year would be {show.money(peak['p50'])} at the median and "
        f"{show.money(peak['p95'])} at the 95th percentile, with {names[str(peak['option'])]} by "
        f"{show.financial_year(peak['year'])}"
    )
