"""What each option comes to by each group's weights, with the parts visible."""

from wayforward.appraisal.findings.basis import OPTION
from wayforward.appraisal.findings.criteria import CRITERION, rests_on
from wayforward.appraisal.findings.weights import GROUP, weights_rest_on
from wayforward.appraisal.weighing import NEEDS, WEIGHED_READS, Weighed, Weighing
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import additive
from wayforward.methods.additive import Additive, Table


def table_of(weighing: Weighing, weights: dict[str, float]) -> Table | None:
    """The options that take part by the criteria that are weighed; None where there is nothing to weigh."""
    if not weighing.anchored or not weighing.ranked:
        return None
    return additive.table({option.code: weighing.values(option) for option in weighing.ranked}, weights)


def weighed_by(weighing: Weighing, one: Weighed) -> Additive | None:
    """The options by a group's weights; None while the group is waited for."""
    if one.lacking:
        return None
    scored = table_of(weighing, dict(one.weights))
    return None if scored is None else additive.additive(scored)


@finding(
    "appraisal.weighed",
    title="What each option comes to by each group's weights",
    question="What is each option worth once all criteria are weighed, and what is it made of?",
    method="additive",
    unit="points",
    reads=WEIGHED_READS,
    needs=(*NEEDS, "appraisal.order"),
)
def weighed(case: Reading) -> Result:
    """The additive value of each option for each group, by criterion; equal totals share a rank."""
    weighing = Weighing.of(case)
    may_rank = case.need("appraisal.order").value == "ranked"
    found = [(one, totals) for one in weighing.groups if (totals := weighed_by(weighing, one)) is not None]
    rows = [row for one, totals in found for row in _rows(one, totals, may_rank)]
    return Result(
        headline=_headline(weighing, found, may_rank),
        columns=(
            GROUP,
            OPTION,
            CRITERION,
            Column("value", "Value, 0 to 100", "points"),
            Column("weight", "Weight", "fraction"),
            Column("part", "Part of the total", "points"),
            Column("total", "Total", "points", apart=True),
            Column("rank", "Rank", "rank", detail=not may_rank),
        ),
        rows=tuple(rows),
        value_column="total",
        used=rests_on(weighing) + weights_rest_on(weighing),
        warnings=weighing.left_out(),
        waiting=(*weighing.unanchored, *weighing.unscored, *weighing.unweighed),
    )


def _rows(one: Weighed, totals: Additive, may_rank: bool) -> list[Row]:
    ranks = {ranked.code: ranked.rank for ranked in totals.ranked} if may_rank else {}
    return [
        {
            "group": one.group.code,
            "option": option.option,
            "criterion": part.criterion,
            "value": part.value,
            "weight": part.weight,
            "part": part.worth,
            "total": option.total,
            "rank": ranks.get(option.option),
        }
        for option in totals.totals
        for part in option.parts
    ]


def _headline(weighing: Weighing, found: list[tuple[Weighed, Additive]], may_rank: bool) -> str:
    if not found:
        return "What the options come to by anybody's weights is not known yet"
    if not may_rank:
        return "No option is ranked: by weight, the figures stand as shown without an order"
    if any(one.total is None for _, totals in found for one in totals.totals):
        return "What some option comes to is not known yet"
    firsts = {tuple(one.code for one in totals.ranked if one.rank == 1) for _, totals in found}
    groups = show.count(len(found), "group")
    if len(firsts) > 1:
        return f"Which option has the highest value depends on which of {groups} weighs"
    (codes,) = firsts
    names = [option.short_name for option in weighing.ranked if option.code in codes]
    verb = "tie with" if len(codes) > 1 else "has"
    return f"{show.listed(names)} {verb} the highest value by the weights of {groups}"
