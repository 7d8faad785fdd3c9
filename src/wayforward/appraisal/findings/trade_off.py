"""Money against everything else: what an option is worth in pounds beside its value on the other criteria."""

import math

from wayforward.appraisal import draws
from wayforward.appraisal.findings.basis import OPTION, stands_on
from wayforward.appraisal.findings.criteria import rests_on
from wayforward.appraisal.findings.other_methods import mean_weights
from wayforward.appraisal.findings.weights import weights_rest_on
from wayforward.appraisal.lines import USUAL, Appraised
from wayforward.appraisal.weighing import MONEY, NEEDS, SIMULATED_READS, Weighing
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import simulated
from wayforward.methods.ranking import SAME
from wayforward.options.models import Option

HOW = (
    "The value beside money takes the mean of the groups' weights on the other criteria, made to sum to one. "
    "The percentiles of money are of its draws; how exact they are is told with what each option is worth."
)
Ends = tuple[float | None, float | None, float | None]
NOTHING: Ends = (None, None, None)


@finding(
    "appraisal.trade_off",
    title="Money against everything else",
    question="What would be given up in money for more of what else matters, or the other way round?",
    method="additive",
    prices="real",
    reads=SIMULATED_READS,
    needs=(*NEEDS, "appraisal.order"),
)
def trade_off(case: Reading) -> Result:
    """NPSV with its 5th and 95th percentiles beside the value of the other criteria with its range."""
    weighing = Weighing.of(case)
    may_rank = case.need("appraisal.order").value == "ranked"
    points = {option.code: (_money(case, option), _others(weighing, option)) for option in weighing.ranked}
    rows = [_row(code, *points[code]) for code in points]
    beaten = {str(row["option"]): _dominating(row, rows) for row in rows} if may_rank else {}
    place = {option.code: place for place, option in enumerate(weighing.options, start=1)}
    rows = [
        {**row, "dominated_by": beaten.get(str(row["option"])), "place": place[str(row["option"])]}
        for row in rows
    ]
    known = any(row["npsv"] is not None and row["value"] is not None for row in rows)
    names = {option.code: option.short_name for option in weighing.ranked}
    return Result(
        headline=_headline(known, may_rank, [names[code] for code, by in beaten.items() if by]),
        columns=(
            OPTION,
            Column("npsv", "NPSV, likely", "GBP", apart=True),
            Column("npsv_low", "NPSV, 5th percentile", "GBP"),
            Column("npsv_high", "NPSV, 95th percentile", "GBP"),
            Column("value", "Value beside money", "points", apart=True),
            Column("value_low", "Value at low scores", "points"),
            Column("value_high", "Value at high scores", "points"),
            Column("dominated_by", "Less than on both counts", detail=not may_rank),
            Column("place", "Place in the order of the report", "rank", detail=True),
        ),
        rows=tuple(rows),
        value_column="value",
        used=rests_on(weighing) + weights_rest_on(weighing),
        warnings=(HOW, *weighing.left_out(), *stands_on(case, Appraised.of(case))),
        waiting=(*weighing.unanchored, *weighing.unscored, *weighing.unweighed, *draws.lacking(case)),
    )


def _money(case: Reading, option: Option) -> Ends:
    worth = case.need(MONEY)
    if option.option_kind == USUAL:
        # Nothing against itself: said only where there is something to set beside it.
        return (0.0, 0.0, 0.0) if any(row["npsv"] is not None for row in worth.rows) else NOTHING
    likely = next((row["npsv"] for row in worth.rows if row["option"] == option.code), None)
    drawn = draws.ensemble(case)
    if likely is None:
        return NOTHING
    if drawn is None:
        return None, float(likely), None
    low, high = simulated.percentiles(drawn.npsv[:, drawn.options.index(option.code)], (5, 95))
    return low.figure.value, float(likely), high.figure.value


def _others(weighing: Weighing, option: Option) -> Ends:
    """The value of all criteria but money, with every score at its worse end, as scored, and at its better."""
    weights = mean_weights(weighing)
    codes = [one.criterion.code for one in weighing.anchored if not one.money]
    total = math.fsum(weights.get(code, 0.0) for code in codes)
    levels = [weighing.levels[option.code, code] for code in codes]
    if total <= 0 or any(level.value is None for level in levels):
        return NOTHING
    shares = [weights[code] / total for code in codes]
    ends = [
        sorted(level.value or 0.0 if end is None else end for end in (level.value_low, level.value_high))
        for level in levels
    ]
    low, high = (
        math.fsum(share * end[place] for share, end in zip(shares, ends, strict=True)) for place in (0, 1)
    )
    return low, math.fsum(s * (level.value or 0.0) for s, level in zip(shares, levels, strict=True)), high


def _row(code: str, money: Ends, others: Ends) -> Row:
    return {
        "option": code,
        "npsv": money[1],
        "npsv_low": money[0],
        "npsv_high": money[2],
        "value": others[1],
        "value_low": others[0],
        "value_high": others[2],
    }


def _dominating(row: Row, rows: list[Row]) -> str | None:
    """The options that are no less on both counts and more on one; None where a count is not known."""
    if any(one[name] is None for one in rows for name in ("npsv", "value")):
        return None
    found = []
    for other in rows:
        ahead = [_ahead(other, row, name) for name in ("npsv", "value")]
        if min(ahead) >= 0 and max(ahead) > 0:
            found.append(str(other["option"]))
    return ", ".join(found)


def _ahead(one: Row, other: Row, name: str) -> float:
    """By how much a count is more; the same figure computed twice is not."""
    left, right = float(one[name] or 0), float(other[name] or 0)
    return 0.0 if math.isclose(left, right, rel_tol=SAME, abs_tol=SAME) else left - right


def _headline(known: bool, may_rank: bool, beaten: list[str]) -> str:
    if not known:
        return "What would be given up in money for more of what else matters is not known yet"
    if not may_rank:
        return "No option is ranked: money and the other criteria stand side by side without an order"
    if beaten:
        verb = "is" if len(beaten) == 1 else "are each"
        return (
            f"{show.listed(beaten)} {verb} less than another option both in money and on the other criteria"
        )
    return "More of what else matters would cost money: no option is less than another on both counts"
