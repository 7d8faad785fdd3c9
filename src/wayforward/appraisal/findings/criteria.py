"""What matters beside money: the criteria with their anchors, and how each option does on them."""

from wayforward.appraisal.findings.basis import OPTION
from wayforward.appraisal.weighing import NEEDS, WEIGHED_READS, Weighing, number
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.findings.provenance import given

CRITERION = Column("criterion", "Criterion", refers="criterion")
ANCHORS = ("worst", "best", "points", "quotes", "independent")


def rests_on(weighing: Weighing) -> tuple[Used, ...]:
    """The anchors and the scores."""
    rows = [level.record for level in weighing.levels.values() if level.record]
    return given([one.criterion for one in weighing.measured], *ANCHORS) + given(rows, "score", "low", "high")


@finding(
    "appraisal.criteria",
    title="Criteria beside money, and how each option does on them",
    question="What matters beside money, between which anchors, and where does each option stand?",
    method="value_functions",
    reads=WEIGHED_READS,
    needs=NEEDS,
)
def criteria(case: Reading) -> Result:
    """Each option on each criterion, in its unit with its range, and the value 0 to 100 between the anchors."""
    weighing = Weighing.of(case)
    rows: list[Row] = []
    for one in weighing.measured:
        criterion = one.criterion
        for option in weighing.options:
            level = weighing.levels[option.code, criterion.code]
            rows.append(
                {
                    "criterion": criterion.code,
                    "option": option.code,
                    "low": level.low,
                    "score": level.likely,
                    "high": level.high,
                    "unit": criterion.unit,
                    "value": level.value,
                    "value_low": level.value_low,
                    "value_high": level.value_high,
                    "worst": number(criterion.worst),
                    "worst_means": criterion.worst_means,
                    "best": number(criterion.best),
                    "best_means": criterion.best_means,
                    "independent": criterion.independent,
                }
            )
    return Result(
        headline=_headline(weighing),
        columns=_columns(),
        rows=tuple(rows),
        value_column="value",
        pivot=("option", "criterion", "value") if rows else None,
        used=rests_on(weighing),
        warnings=_warnings(weighing),
        waiting=tuple(
            dict.fromkeys(
                [
                    *weighing.unanchored,
                    *(level.lacking for level in weighing.levels.values() if level.lacking),
                ]
            )
        ),
    )


def _columns() -> tuple[Column, ...]:
    return (
        CRITERION,
        OPTION,
        Column("low", "Low", "number"),
        Column("score", "Score", "number"),
        Column("high", "High", "number"),
        Column("unit", "Unit"),
        Column("value", "Value, 0 to 100", "points", apart=True),
        Column("value_low", "Value at low", "points", detail=True),
        Column("value_high", "Value at high", "points", detail=True),
        Column("worst", "Worst (0)", "number"),
        Column("worst_means", "What the worst is like"),
        Column("best", "Best (100)", "number"),
        Column("best_means", "What the best is like"),
        Column("independent", "Weighed alone", "yes or no"),
    )


def _headline(weighing: Weighing) -> str:
    if not weighing.measured:
        return "No criterion beside money is stated yet"
    said = show.count(len(weighing.measured), "criterion", "criteria")
    bare = len(weighing.measured) - len(weighing.anchored)
    if bare:
        return f"{bare} of {said} cannot be weighed yet: no range is stated for it to matter over"
    known = [level for level in weighing.levels.values() if level.value is not None]
    if len(known) < len(weighing.levels):
        return f"The options are scored on {said} in {len(known)} of {len(weighing.levels)} places"
    return f"Every option is scored on {said} between stated anchors"


def _warnings(weighing: Weighing) -> tuple[str, ...]:
    names = [one.criterion.name for one in weighing.measured if one.criterion.independent is not True]
    if not names:
        return ()
    return (
        "Adding values holds only where what a level is worth does not hang on other criteria; "
        f"that is not confirmed for {show.listed(names)}.",
    )
