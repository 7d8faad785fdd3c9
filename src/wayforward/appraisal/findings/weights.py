"""How each group weighed the criteria, where groups differ, and who disagreed."""

from collections.abc import Mapping

from wayforward.appraisal.findings.criteria import ANCHORS, CRITERION
from wayforward.appraisal.models import Dissent
from wayforward.appraisal.weighing import NEEDS, WEIGHED_READS, Weighing
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.findings.provenance import given

GROUP = Column("group", "Group", refers="stakeholder_group")


def weights_rest_on(weighing: Weighing) -> tuple[Used, ...]:
    """The swing points of each group and the anchors that they are for."""
    points = [row for one in weighing.groups for row in one.records]
    anchors = given([one.criterion for one in weighing.anchored], *ANCHORS)
    return anchors + given(points, "points", "low", "high")


@finding(
    "appraisal.weights",
    title="What each group gives most weight to",
    question="What matters most to whom, and where do groups differ?",
    method="swing_weights",
    unit="fraction",
    reads=(*WEIGHED_READS, Dissent),
    needs=NEEDS,
)
def weights(case: Reading) -> Result:
    """Swing weights by group, summing to one, with the interval that the group's own ranges allow."""
    weighing = Weighing.of(case)
    rows: list[Row] = [
        {
            "group": one.group.code,
            "criterion": row.criterion.code,
            "weight": one.weights[row.criterion.code],
            "low": one.intervals[row.criterion.code].low,
            "high": one.intervals[row.criterion.code].high,
            "chair": one.group.chair,
            "independent": one.group.chair_independent,
        }
        for one in weighing.groups
        if not one.lacking
        for row in one.records
    ]
    dissents = case.rows(Dissent)
    return Result(
        headline=_headline(weighing),
        columns=(
            GROUP,
            CRITERION,
            Column("weight", "Weight", "fraction", apart=True),
            Column("low", "Low", "fraction"),
            Column("high", "High", "fraction"),
            Column("chair", "Chair"),
            Column("independent", "Chair independent", "yes or no"),
        ),
        rows=tuple(rows),
        value_column="weight",
        used=weights_rest_on(weighing)
        + given([one.group for one in weighing.groups], "chair", "chair_independent")
        + given(dissents, "text"),
        warnings=(*_chairs(weighing), *(_said(row) for row in dissents), *weighing.left_out()),
        waiting=(*weighing.unanchored, *weighing.unweighed),
    )


def furthest_apart(weighing: Weighing) -> tuple[str, float, float] | None:
    """The criterion on which weights of groups differ most, with the least and the most; None of one group."""
    weighed: list[Mapping[str, float]] = [one.weights for one in weighing.groups if not one.lacking]
    if len(weighed) < 2:
        return None
    ends = [
        (
            one.criterion.name,
            min(by[one.criterion.code] for by in weighed),
            max(by[one.criterion.code] for by in weighed),
        )
        for one in weighing.anchored
    ]
    return max(ends, key=lambda end: end[2] - end[1])


def _headline(weighing: Weighing) -> str:
    done = [one for one in weighing.groups if not one.lacking]
    if not done:
        return "No group has weighed the criteria yet"
    apart = furthest_apart(weighing)
    if apart is None:
        (one,) = done
        top = max(one.weights.values())
        names = [m.criterion.name for m in weighing.anchored if one.weights[m.criterion.code] == top]
        return f"{one.group.name} gives most weight to {show.listed(names)}"
    name, least, most = apart
    if most - least < 1e-12:
        return f"All {len(done)} groups give the criteria the same weights"
    return f"Groups differ most on {name}: its weight runs from {show.percent(least)} to {show.percent(most)}"


def _chairs(weighing: Weighing) -> tuple[str, ...]:
    told = []
    for one in weighing.groups:
        if one.group.chair_independent is False:
            told.append(
                f"The chair of {one.group.name} was not independent of those who made or gain from the options."
            )
        elif one.group.chair_independent is None:
            told.append(f"Whether the chair of {one.group.name} was independent is not known.")
    return tuple(told)


def _said(row: Dissent) -> str:
    by = f", {row.said_by}" if row.said_by else ""
    return f"Not agreed in {row.group.name} ({row.about}{by}): {row.text}"
