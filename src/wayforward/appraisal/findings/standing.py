"""What the figures rest on, and whether they are good enough to put the options in an order."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from wayforward.appraisal.findings.basis import (
    OPTION,
    Standing,
    discounting_parameters,
    grades,
    present_values,
    rests_on,
    standings,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.worth import Worth, worths
from wayforward.appraisal.lines import READS, Appraised
from wayforward.appraisal.models import Line
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import ranking, shares, switching
from wayforward.options.findings.success import barred, factors_failed
from wayforward.options.models import FactorVerdict, SuccessFactor

ORDER_READS = (*READS, SuccessFactor, FactorVerdict)
UNRANKED = (
    "No option is ranked while their evidence is weak or not known: the figures are read as they stand."
)
Labels = Callable[[Sequence[Line]], Sequence[str | int | None]]


def _by_class(case: Reading, options: Appraised, labels_of: Labels, label: str) -> list[Row]:
    """By option and side: the share of present value in each class, of the lines by which the option differs."""
    rows: list[Row] = []
    for item in options.options:
        apart = options.differing(item)
        sides: tuple[tuple[str, Sequence[Line]], ...] = (("cost", apart.costs), ("benefit", apart.benefits))
        for side, lines in sides:
            for one in shares.by_class(present_values(options, lines), labels_of(lines)):
                row = {"option": item.option.code, "side": side, label: one.label, "share": one.share}
                rows.append({**row, "lines": one.lines})
    return rows


@finding(
    "appraisal.evidence_shares",
    title="Share of cost and of benefit by evidence grade",
    question="How good is the evidence that each option's figures rest on?",
    method="shares",
    unit="fraction",
    reads=READS,
)
def evidence_shares(case: Reading) -> Result:
    """Cost and benefit apart: the share of present value on each grade; ungraded is an assumption."""
    options = Appraised.of(case)
    rows = _by_class(case, options, lambda lines: grades(case, lines), "grade")
    mostly_weak = [
        item.option.short_name
        for item in options.others
        if any(side.mostly_weak for side in standings(case, options, item))
    ]
    return Result(
        headline=_evidence_headline(options, mostly_weak),
        columns=_class_columns("grade", "Evidence grade"),
        rows=tuple(rows),
        value_column="share",
        used=rests_on(case, options),
        warnings=(WHAT_DIFFERS,),
        waiting=waits(options),
    )


WHAT_DIFFERS = (
    "Only what differs from business as usual is weighed: lines that stand unchanged in both cancel. "
    "Business as usual shows all of its lines."
)


def _class_columns(name: str, title: str) -> tuple[Column, ...]:
    return (
        OPTION,
        Column("side", "Cost or benefit"),
        Column(name, title, "words"),
        Column("share", "Share of present value", "fraction"),
        Column("lines", "Lines", "lines"),
    )


def _evidence_headline(options: Appraised, mostly_weak: list[str]) -> str:
    if not any(item.costs or item.benefits for item in options.options):
        return "There is no cost or benefit line to weigh yet"
    if len(mostly_weak) == len(options.others) > 1:
        return "The costs or benefits of every option rest mainly on weak evidence or none"
    if mostly_weak:
        return f"The costs or benefits of {show.listed(mostly_weak)} rest mainly on weak evidence or none"
    return "No option that is known rests mainly on weak evidence"


@finding(
    "appraisal.estimate_classes",
    title="Share of cost and of benefit by estimate class",
    question="How were the figures arrived at: by analogy, built up or quoted?",
    method="shares",
    unit="fraction",
    reads=READS,
)
def estimate_classes(case: Reading) -> Result:
    """By option, cost and benefit apart: the share of present value in each estimate class."""
    options = Appraised.of(case)
    rows = _by_class(
        case, options, lambda lines: [line.estimate_class or None for line in lines], "estimate_class"
    )
    lines = [line for item in options.options for line in (*item.costs, *item.benefits)]
    analogies = sum(line.estimate_class == "analogy" for line in lines)
    return Result(
        headline=(
            f"{analogies:,} of {show.count(len(lines), 'line')} are priced by analogy"
            if lines
            else "There is no cost or benefit line to weigh yet"
        ),
        columns=_class_columns("estimate_class", "Estimate class"),
        rows=tuple(rows),
        value_column="share",
        used=rests_on(case, options),
        warnings=(WHAT_DIFFERS,),
        waiting=waits(options),
    )


@finding(
    "appraisal.order",
    title="Whether the options can be put in an order, and what would change it",
    question="Which option ranks where, how sure is that, and what would change it?",
    method="switching",
    unit="",
    prices="real",
    reads=ORDER_READS,
)
def order(case: Reading) -> Result:
    """Ranks only where no option's cost or benefit rests mainly on grades 5 and 6; switching values always.

    An option that fails an imperative is not ranked, and its evidence holds up no other's rank.
    """
    options = Appraised.of(case)
    found, out = worths(options), barred(case.rows(FactorVerdict))
    able = [one for one in found if one.item.option.code not in out]
    stands = {item.option.code: standings(case, options, item) for item in options.others}
    ranks = _ranks(able, stands)
    return Result(
        headline=_order_headline(
            able,
            ranks,
            {
                one.item.option.short_name: out[one.item.option.code]
                for one in found
                if one.item.option.code in out
            },
        ),
        value="ranked" if ranks else "not ranked",
        columns=(
            OPTION,
            Column("rank", "Rank", "rank", detail=not ranks),
            Column("npsv", "NPSV, likely", "GBP", apart=True),
            Column("cost_weak", "Cost on grades 5 and 6", "fraction"),
            Column("benefit_weak", "Benefit on grades 5 and 6", "fraction"),
            Column("cost_to_zero", "Change of net cost that makes it worth nothing", "fraction"),
            Column("benefit_to_zero", "Change of benefit that makes it worth nothing", "fraction"),
            Column("overtakes", "What would change the order"),
            Column("barred", "Imperative it fails", detail=not out),
        ),
        rows=tuple(_order_row(one, found, stands[one.item.option.code], ranks, out) for one in found),
        value_column="overtakes",
        used=rests_on(case, options)
        + given([row for row in case.rows(FactorVerdict) if row.factor.imperative], "passes"),
        parameters={**discounting_parameters(case), "weak_from_grade": shares.WEAK_FROM},
        warnings=stands_on(case, options),
        waiting=waits(options),
    )


def _with_reasons(verdicts: Iterable[FactorVerdict]) -> str:
    return "; ".join(
        factors_failed([row]) + (f": {row.reason.rstrip('.')}" if row.reason else "") for row in verdicts
    )


def _order_row(
    one: Worth,
    found: list[Worth],
    stands: tuple[Standing, Standing],
    ranks: dict[str, int | None],
    barred: Mapping[str, list[FactorVerdict]],
) -> Row:
    code = one.item.option.code
    return {
        "option": code,
        "rank": "" if code in barred else ranks.get(code),
        "npsv": one.value.npsv.likely,
        "cost_weak": stands[0].weak,
        "benefit_weak": stands[1].weak,
        "cost_to_zero": _to_zero(one, cost=True),
        "benefit_to_zero": _to_zero(one, cost=False),
        "overtakes": "in no order while it fails an imperative"
        if code in barred
        else _overtakes(one, [other for other in found if other.item.option.code not in barred]),
        "barred": _with_reasons(barred.get(code, [])),
    }


def _ranks(found: list[Worth], stands: dict[str, tuple[Standing, Standing]]) -> dict[str, int | None]:
    """The rank of each option; none at all while any worth is not known or rests mainly on weak evidence."""
    scores = {one.item.option.code: one.value.npsv.likely for one in found}
    if None in scores.values() or any(side.mostly_weak for code in scores for side in stands[code]):
        return {}
    return {one.code: one.rank for one in ranking.rank(scores)}


def _to_zero(one: Worth, *, cost: bool) -> float | None:
    """The change, as a fraction of net cost or of benefit, at which the NPSV is nothing.

    None where the option costs no more than business as usual: there is no net cost to change.
    """
    value = one.value
    part = value.pv_costs.likely if cost else value.pv_benefits.likely
    if value.npsv.likely is None or part is None or part <= 0:
        return None
    return switching.switching_value(1.0, value.npsv.likely, -part if cost else part).change


def _overtakes(one: Worth, found: list[Worth]) -> str:
    """What would bring an option level with the next above it by likely NPSV."""
    own, gain = one.value.npsv.likely, one.value.pv_benefits.likely
    if own is None:
        return "not known"
    others = [w for w in found if w is not one and w.value.npsv.likely is not None]
    above = [w for w in others if (w.value.npsv.likely or 0.0) > own]
    if not others:
        return "there is no other option whose worth is known"
    level = [w.item.option.short_name for w in others if ranking.same(w.value.npsv.likely or 0.0, own)]
    if level:
        return f"level with {show.listed(level)} as it is"
    if not above:
        below = max(others, key=lambda w: w.value.npsv.likely or 0.0)
        apart = own - (below.value.npsv.likely or 0.0)
        return f"level with {below.item.option.short_name} if worth {show.money(apart)} less"
    following = min(above, key=lambda w: w.value.npsv.likely or 0.0)
    apart = (following.value.npsv.likely or 0.0) - own
    more = f"level with {following.item.option.short_name} if worth {show.money(apart)} more"
    return f"{more} ({show.percent(apart / gain)} more benefit)" if gain and gain > 0 else more


def _order_headline(
    found: list[Worth], ranks: dict[str, int | None], barred: Mapping[str, list[FactorVerdict]]
) -> str:
    """`found` are the options that no imperative bars, `barred` the others by short name."""
    told = show.listed([f"{name} fails {factors_failed(failed)}" for name, failed in barred.items()])
    if not barred:
        return _ranked_words(found, ranks)
    return f"{_ranked_words(found, ranks)}; {told}" if found else f"No option is ranked: {told}"


def _ranked_words(found: list[Worth], ranks: dict[str, int | None]) -> str:
    if not any(one.value.npsv.likely is not None for one in found):
        return "No option is ranked: what they cost or bring is not known yet"
    if not ranks:
        return "No option is ranked: too much of their value rests on weak evidence or is not known"
    first = [one for one in found if ranks[one.item.option.code] == 1]
    names = show.listed([one.item.option.short_name for one in first])
    if len(first) > 1:
        return f"{names} tie with the highest likely NPSV"
    low = first[0].value.npsv.low
    rivals = [
        one.item.option.short_name
        for one in found
        if one is not first[0] and (low is None or (one.value.npsv.high or 0.0) >= low)
    ]
    said = f"{names} has the highest likely NPSV{_ahead(first[0], found)}"
    return (
        f"{said}, but its range overlaps that of {show.listed(rivals)}"
        if rivals
        else f"{said} across its range"
    )


def _ahead(first: Worth, found: list[Worth]) -> str:
    """By how much the first is ahead of the next; nothing where it stands alone."""
    others = [one for one in found if one is not first]
    if not others:
        return ""
    following = max(others, key=lambda one: one.value.npsv.likely or 0.0)
    apart = (first.value.npsv.likely or 0.0) - (following.value.npsv.likely or 0.0)
    return f", {show.money(apart)} more than {following.item.option.short_name}"
