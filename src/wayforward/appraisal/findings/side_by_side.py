"""The options side by side: the one table that a commissioner reads first."""

from wayforward.appraisal.findings.basis import OPTION, standings, stands_on
from wayforward.appraisal.lines import READS, Appraised
from wayforward.findings import Column, Result, finding
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Finding, Row

NEEDS = (
    "appraisal.costs",
    "appraisal.npsv",
    "appraisal.annual",
    "appraisal.payback",
    "appraisal.gap",
    "appraisal.order",
    "options.phases",
    "options.exposure",
    "options.procurement_fit",
)


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
    """One row an option, gathered from the findings that it needs. Business as usual has no worth against itself."""
    options = Appraised.of(case)
    found = {key: case.need(key) for key in NEEDS}
    rows = []
    for item in options.options:
        code = item.option.code
        worth = _row(found["appraisal.npsv"], option=code)
        cost, benefit = standings(case, options, item)
        gap = _row(found["appraisal.gap"], option=code)
        rows.append(
            {
                "option": code,
                "kind": item.option.option_kind,
                "cost": _whole(found["appraisal.costs"], code, "present"),
                "cost_low": _whole(found["appraisal.costs"], code, "low"),
                "cost_high": _whole(found["appraisal.costs"], code, "high"),
                "npsv": worth.get("npsv", ""),
                "npsv_low": worth.get("low", ""),
                "npsv_high": worth.get("high", ""),
                "annual": _row(found["appraisal.annual"], option=code).get("npsv"),
                "payback": _row(found["appraisal.payback"], option=code).get("years", ""),
                "affordable": gap.get("affordable"),
                "gap_year": gap.get("first_year"),
                "ownership_from": _row(found["options.phases"], option=code, phase="ownership").get("starts"),
                "exposure": _row(found["options.exposure"], option=code).get("expected"),
                "fit": _row(found["options.procurement_fit"], option=code).get("fit"),
                "barred": _row(found["appraisal.order"], option=code).get("barred", ""),
                "cost_weak": cost.weak,
                "cost_analogy": cost.by_analogy,
                "benefit_weak": benefit.weak,
                "benefit_analogy": benefit.by_analogy,
                "people_effect": item.option.people_effect or None,
            }
        )
    return Result(
        headline=found["appraisal.order"].headline,
        columns=(
            OPTION,
            Column("kind", "Kind", detail=True),
            Column("cost", "Whole-life cost, present value, likely", "GBP"),
            Column("cost_low", "Low", "GBP"),
            Column("cost_high", "High", "GBP"),
            Column("npsv", "NPSV against business as usual, likely", "GBP", apart=True),
            Column("npsv_low", "Low", "GBP"),
            Column("npsv_high", "High", "GBP"),
            Column("annual", "NPSV spread evenly, a year", "GBP"),
            Column("payback", "Payback", "years"),
            Column("affordable", "Fits the financial plan", "yes or no"),
            Column("gap_year", "First year short", "financial year"),
            Column("ownership_from", "In full use from", "date"),
            Column("exposure", "Expected cost of risks", "GBP"),
            Column("fit", "What it does with the procurement in hand"),
            Column("barred", "Imperative it fails", detail=not any(row["barred"] for row in rows)),
            Column("cost_weak", "Share of cost on grades 5 and 6", "fraction"),
            Column("cost_analogy", "Share of cost priced by analogy", "fraction"),
            Column("benefit_weak", "Share of benefit on grades 5 and 6", "fraction"),
            Column("benefit_analogy", "Share of benefit priced by analogy", "fraction"),
            Column("people_effect", "What it means for people"),
        ),
        rows=tuple(rows),
        value_column="npsv",
        waiting=tuple(dict.fromkeys(words for one in found.values() for words in one.waiting)),
        warnings=(*found["appraisal.npsv"].warnings[:2], *stands_on(case, options)),
    )


def _row(finding: Finding, **criteria: str) -> Row:
    """The one row of a finding for an option; an empty row where it has none."""
    return next(iter(finding.where(**criteria)), {})


def _whole(costs: Finding, option: str, column: str) -> float | None:
    """A figure summed over the phases and risks; None while any phase is not known."""
    parts = [row[column] for row in costs.where(option=option)]
    return None if not parts or None in parts else sum(float(part) for part in parts if part is not None)
