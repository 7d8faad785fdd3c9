"""The options side by side: the one table that a commissioner reads first."""

from wayforward.appraisal.findings.basis import OPTION, stands_on, weak, weak_and_by_analogy
from wayforward.appraisal.lines import READS, Appraised
from wayforward.findings import Column, Result, finding
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Finding, Row

NEEDS = (
    "appraisal.costs",
    "appraisal.npsv",
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
    """One row an option, gathered from the findings that it needs."""
    options = Appraised(case)
    found = {key: case.need(key) for key in NEEDS}
    rows = []
    for item in options.options:
        code = item.option.code
        worth = _row(found["appraisal.npsv"], option=code)
        cost_weak, cost_analogy = weak_and_by_analogy(case, options, item.costs)
        benefit_weak, benefit_analogy = weak_and_by_analogy(case, options, item.benefits)
        gap = _row(found["appraisal.gap"], option=code)
        rows.append(
            {
                "option": code,
                "kind": item.option.option_kind,
                "cost": _whole_cost(found["appraisal.costs"], code),
                "npsv": worth.get("npsv"),
                "npsv_low": worth.get("low"),
                "npsv_high": worth.get("high"),
                "payback": _row(found["appraisal.payback"], option=code).get("years"),
                "affordable": gap.get("affordable"),
                "gap_year": gap.get("first_year"),
                "ownership_from": _row(found["options.phases"], option=code, phase="ownership").get("starts"),
                "exposure": _row(found["options.exposure"], option=code).get("expected"),
                "fit": _row(found["options.procurement_fit"], option=code).get("fit"),
                "weak_share": weak(case, options, item).share,
                "cost_weak": cost_weak,
                "cost_analogy": cost_analogy,
                "benefit_weak": benefit_weak,
                "benefit_analogy": benefit_analogy,
                "people_effect": item.option.people_effect or None,
            }
        )
    return Result(
        headline=found["appraisal.order"].headline,
        columns=(
            OPTION,
            Column("kind", "Kind", detail=True),
            Column("cost", "Whole-life cost, present value", "GBP"),
            Column("npsv", "NPSV against business as usual, likely", "GBP", apart=True),
            Column("npsv_low", "Low", "GBP"),
            Column("npsv_high", "High", "GBP"),
            Column("payback", "Payback", "years"),
            Column("affordable", "Fits the financial plan", "yes or no"),
            Column("gap_year", "First year short", "financial year"),
            Column("ownership_from", "In full use from", "date"),
            Column("exposure", "Expected cost of risks", "GBP"),
            Column("fit", "What it does with the procurement in hand"),
            Column("weak_share", "Share of value on grades 5 and 6", "fraction"),
            Column("cost_weak", "Share of cost on grades 5 and 6", "fraction", detail=True),
            Column("cost_analogy", "Share of cost priced by analogy", "fraction", detail=True),
            Column("benefit_weak", "Share of benefit on grades 5 and 6", "fraction", detail=True),
            Column("benefit_analogy", "Share of benefit priced by analogy", "fraction", detail=True),
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


def _whole_cost(costs: Finding, option: str) -> float | None:
    """Present value over the phases; None while any phase is not known."""
    parts = [row["present"] for row in costs.where(option=option)]
    return None if not parts or None in parts else sum(float(part) for part in parts if part is not None)
