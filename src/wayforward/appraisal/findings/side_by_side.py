"""The options side by side: the one table that a commissioner reads first."""

from dataclasses import dataclass, replace

from wayforward.appraisal.findings.basis import OPTION, corrected, in_no_sum, risked, standings, stands_on
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.findings import Column, Result, finding
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Finding, Row, Scalar

COSTS = "appraisal.costs"


@dataclass(frozen=True)
class Taken:
    """A column that holds a figure of another finding: `none` where that finding has no row for the option."""

    column: Column
    key: str
    name: str
    none: Scalar = None
    phase: str = ""


# Business as usual has no worth against itself.
TAKEN = (
    Taken(
        Column("npsv", "NPSV against business as usual, likely", "GBP", apart=True),
        "appraisal.npsv",
        "npsv",
        "",
    ),
    Taken(Column("npsv_low", "Low", "GBP"), "appraisal.npsv", "low", ""),
    Taken(Column("npsv_high", "High", "GBP"), "appraisal.npsv", "high", ""),
    Taken(Column("annual", "NPSV spread evenly, a year", "GBP"), "appraisal.annual", "npsv"),
    Taken(Column("payback", "Payback", "years"), "appraisal.payback", "years", ""),
    Taken(Column("affordable", "Fits the financial plan", "yes or no"), "appraisal.gap", "affordable"),
    Taken(Column("gap_year", "First year short", "financial year"), "appraisal.gap", "first_year"),
    Taken(
        Column("ownership_from", "In full use from", "date"), "options.phases", "starts", phase="ownership"
    ),
    Taken(Column("exposure", "Expected cost of risks", "GBP"), "options.exposure", "expected"),
    Taken(Column("fit", "What it does with the procurement in hand"), "options.procurement_fit", "fit"),
    Taken(Column("barred", "Imperative it fails"), "appraisal.order", "barred", ""),
)
NEEDS = tuple(dict.fromkeys((COSTS, *(one.key for one in TAKEN))))


@finding(
    "appraisal.side_by_side",
    title="The options side by side",
    question="How do the options compare, on the same terms?",
    method="npsv",
    prices="real",
    reads=READS,
    needs=NEEDS,
)
def side_by_side(case: Reading) -> Result:
    """One row an option, gathered from the findings that it needs, with what its figures stand on."""
    options = Appraised.of(case)
    found = {key: case.need(key) for key in NEEDS}
    rows = [_row(case, options, item, found) for item in options.options]
    return Result(
        headline=found["appraisal.order"].headline,
        columns=(
            OPTION,
            Column("kind", "Kind", detail=True),
            Column("cost", "Whole-life cost, present value, likely", "GBP"),
            Column("cost_low", "Low", "GBP"),
            Column("cost_high", "High", "GBP"),
            *(_shown(one.column, rows) for one in TAKEN),
            Column("cost_weak", "Share of cost on grades 5 and 6", "fraction"),
            Column("cost_analogy", "Share of cost priced by analogy", "fraction"),
            Column("benefit_weak", "Share of benefit on grades 5 and 6", "fraction"),
            Column("benefit_analogy", "Share of benefit priced by analogy", "fraction"),
            Column("people_effect", "What it means for people"),
        ),
        rows=tuple(rows),
        value_column="npsv",
        waiting=tuple(dict.fromkeys(words for one in found.values() for words in one.waiting)),
        warnings=(corrected(options), risked(options), *in_no_sum(options), *stands_on(case, options)),
    )


def _row(case: Reading, options: Appraised, item: OptionLines, found: dict[str, Finding]) -> Row:
    code = item.option.code
    cost, benefit = standings(case, options, item)
    return {
        "option": code,
        "kind": item.option.option_kind,
        "cost": _whole(found[COSTS], code, "present"),
        "cost_low": _whole(found[COSTS], code, "low"),
        "cost_high": _whole(found[COSTS], code, "high"),
        **{one.column.name: _taken(found[one.key], code, one) for one in TAKEN},
        "cost_weak": cost.weak,
        "cost_analogy": cost.by_analogy,
        "benefit_weak": benefit.weak,
        "benefit_analogy": benefit.by_analogy,
        "people_effect": item.option.people_effect or None,
    }


def _taken(finding: Finding, option: str, one: Taken) -> Scalar:
    """A figure of the one row of a finding for an option."""
    own = {"option": option, "phase": one.phase} if one.phase else {"option": option}
    return next(iter(finding.where(**own)), {}).get(one.name, one.none)


def _shown(column: Column, rows: list[Row]) -> Column:
    """The column, left out of tables where no option fails an imperative."""
    return replace(column, detail=column.name == "barred" and not any(row["barred"] for row in rows))


def _whole(costs: Finding, option: str, column: str) -> float | None:
    """A figure summed over the phases and risks; None while any phase is not known."""
    parts = [row[column] for row in costs.where(option=option)]
    return None if not parts or None in parts else sum(float(part) for part in parts if part is not None)
