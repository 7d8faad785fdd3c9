"""Alignment: which capability serves which priority, and what serves nothing."""

from collections.abc import Sequence

from wayforward.alignment.models import Capability, Investment, InvestmentOutcome, Priority, Strength
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.findings.provenance import used
from wayforward.methods import alignment as method
from wayforward.methods.totals import total
from wayforward.scope.models import ModernisationOutcome

READS = (Priority, Capability, Strength)


def aligned(case: Reading) -> method.Alignment:
    """Priorities and capabilities set against each other. What serves what does not depend on the weights."""
    return method.align(
        {one.code: float(one.weight or 0) for one in case.rows(Priority)},
        [one.code for one in case.rows(Capability)],
        _strengths(case),
    )


def _strengths(case: Reading) -> dict[tuple[str, str], float | None]:
    return {
        (one.priority.code, one.capability.code): None if one.strength is None else float(one.strength)
        for one in case.rows(Strength)
    }


def _lacking(case: Reading) -> tuple[str, ...]:
    tables = (
        (case.rows(Priority), "the priorities of the organisation"),
        (case.rows(Capability), "the capabilities that it needs"),
        (case.rows(Strength), "how strongly capabilities serve priorities"),
    )
    return tuple(words for rows, words in tables if not rows)


@finding(
    "alignment.matrix",
    title="How strongly each capability serves each priority",
    question="Which capabilities serve which priorities, and which serve none?",
    method="alignment",
    unit="strength",
    reads=READS,
)
def matrix(case: Reading) -> Result:
    """Every pair of priority and capability: 9 strong, 3 moderate, 1 weak, 0 where no link was given."""
    lacking = _lacking(case)
    strengths = _strengths(case)
    rows = [
        {
            "priority": priority.code,
            "capability": capability.code,
            "strength": strengths.get((priority.code, capability.code), 0.0),
        }
        for priority in case.rows(Priority)
        for capability in case.rows(Capability)
    ]
    idle = () if lacking else aligned(case).idle_capabilities
    names = [one.name for one in case.rows(Capability) if one.code in idle]
    return Result(
        headline=_matrix_headline(case, names, bool(lacking)),
        columns=(
            Column("priority", "Priority", refers="priority"),
            Column("capability", "Capability", refers="capability"),
            Column("strength", "Strength, 0 to 9", "strength"),
        ),
        rows=() if lacking else tuple(rows),
        value_column="strength",
        pivot=("capability", "priority", "strength"),
        used=used(case.rows(Strength), "strength"),
        warnings=(f"No priority is served by {show.some(names)}",) if names else (),
        waiting=lacking,
    )


def _matrix_headline(case: Reading, idle: Sequence[str], unknown: bool) -> str:
    if unknown:
        return "Which capability serves which priority is not known yet"
    links = [value for value in _strengths(case).values() if value]
    strong = sum(value == 9 for value in links)
    end = (
        f"{show.some(idle)} serve{'s' if len(idle) == 1 else ''} no priority" if idle else "each serves some"
    )
    return f"{strong} of {len(links)} links of capabilities with priorities are strong, and {end}"


@finding(
    "alignment.priorities",
    title="Priorities by weight, and whether anything serves them",
    question="Which priorities does nothing serve?",
    method="alignment",
    unit="weight",
    reads=READS,
)
def priorities(case: Reading) -> Result:
    """Each priority with the sum of strengths that serve it; an orphan is served by no capability."""
    records = {one.code: one for one in case.rows(Priority)}
    judged = bool(case.rows(Strength))
    found = aligned(case)
    rows = [
        {
            "priority": row.priority,
            "name": records[row.priority].name,
            "weight": _float(records[row.priority].weight),
            "served": row.strength if judged else None,
            "capabilities": len(row.served_by) if judged else None,
            "orphan": row.priority in found.unserved_priorities if judged else None,
        }
        for row in found.priorities
    ]
    rows.sort(key=lambda row: -float(row["weight"] or 0))
    unweighted = [one.name for one in records.values() if one.weight is None]
    return Result(
        headline=_priorities_headline(rows),
        columns=(
            Column("priority", "Priority", refers="priority"),
            Column("name", "Name"),
            Column("weight", "Weight", "weight"),
            Column("served", "Sum of strengths", "strength"),
            Column("capabilities", "Capabilities that serve it", "capabilities"),
            Column("orphan", "Served by none", "yes or no"),
        ),
        rows=tuple(rows),
        value_column="weight",
        used=(
            *used([one for one in records.values() if one.weight is not None], "weight"),
            *used(case.rows(Strength), "strength"),
        ),
        waiting=_lacking(case) + ((f"the weight of {show.some(unweighted)}",) if unweighted else ()),
    )


def _priorities_headline(rows: Sequence[Row]) -> str:
    if not rows or rows[0]["orphan"] is None:
        return "Whether every priority is served is not known yet"
    orphans = [row for row in rows if row["orphan"]]
    if not orphans:
        return f"Every one of {show.count(len(rows), 'priority', 'priorities')} is served by some capability"
    weights = total({str(row["priority"]): _float(row["weight"]) for row in rows})
    own = total({str(row["priority"]): _float(row["weight"]) for row in orphans})
    share = f", {show.percent(own.known / weights.known)} of the weight" if weights.value else ""
    return (
        f"{len(orphans)} of {show.count(len(rows), 'priority', 'priorities')}{share}, "
        f"{'is' if len(orphans) == 1 else 'are'} served by no capability: "
        f"{show.some([str(row['name']) for row in orphans])}"
    )


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


@finding(
    "alignment.investments",
    title="Investments, the outcomes they name and the priorities they serve",
    question="What is each proposed investment for?",
    method="alignment",
    unit="GBP",
    prices="real",
    reads=(*READS, Investment, InvestmentOutcome, ModernisationOutcome),
)
def investments(case: Reading) -> Result:
    """Each investment with its named outcomes, and the priorities that the capability it builds serves."""
    proposed = case.rows(Investment)
    wanted = {one.code for one in case.rows(ModernisationOutcome)}
    claims: dict[str, list[str]] = {one.code: [] for one in proposed}
    for claim in case.rows(InvestmentOutcome):
        claims[claim.investment.code].append(claim.outcome.code)
    for_nothing = set(method.serving_nothing(claims, wanted))
    serves = {one.capability: one.serves for one in aligned(case).capabilities}
    rows = [
        {
            "investment": one.code,
            "name": one.name,
            "cost": _float(one.cost),
            "outcomes": "; ".join(sorted(claims[one.code])) or "none",
            "serves": _served(case, one, serves),
            "without_outcome": one.code in for_nothing,
        }
        for one in proposed
    ]
    return Result(
        headline=_investments_headline(proposed, for_nothing),
        columns=(
            Column("investment", "Investment", refers="investment"),
            Column("name", "Name"),
            Column("cost", "Cost", "GBP"),
            Column("outcomes", "Outcomes named", "words"),
            Column("serves", "Priorities served", "words"),
            Column("without_outcome", "Names no outcome", "yes or no"),
        ),
        rows=tuple(rows),
        value_column="cost",
        used=_investments_used(case),
        warnings=_investments_warnings(rows),
        waiting=_investments_waiting(case),
    )


def _served(case: Reading, one: Investment, serves: dict[str, tuple[str, ...]]) -> str | None:
    if one.capability is None or not case.rows(Strength):
        return None
    return "; ".join(serves[one.capability.code]) or "none"


def _investments_warnings(rows: Sequence[Row]) -> tuple[str, ...]:
    found = [
        f"{row['name']} names no outcome: no investment in technology goes without one"
        for row in rows
        if row["without_outcome"]
    ]
    idle = [str(row["name"]) for row in rows if row["serves"] == "none"]
    if idle:
        found.append(f"What {show.some(idle)} would build serves no priority")
    return tuple(found)


def _investments_used(case: Reading) -> tuple[Used, ...]:
    return (
        *used([one for one in case.rows(Investment) if one.cost is not None], "cost"),
        *used([one for one in case.rows(Investment) if one.capability is not None], "capability"),
        *used(case.rows(InvestmentOutcome)),
        *used(case.rows(Strength), "strength"),
    )


def _investments_waiting(case: Reading) -> tuple[str, ...]:
    proposed = case.rows(Investment)
    if not proposed:
        return ("the investments proposed, with their costs and outcomes",)
    lacking = (
        ("the cost of", [one.name for one in proposed if one.cost is None]),
        ("the capability built by", [one.name for one in proposed if one.capability is None]),
    )
    return tuple(f"{words} {show.some(names)}" for words, names in lacking if names)


def _investments_headline(proposed: Sequence[Investment], for_nothing: set[str]) -> str:
    if not proposed:
        return "No proposed investment is known yet"
    cost = total({one.code: _float(one.cost) for one in proposed})
    priced = "not all of them priced" if cost.unknown else f"{show.money(cost.value)} in all"
    what = f"{show.count(len(proposed), 'investment')} {'is' if len(proposed) == 1 else 'are'} proposed"
    if not for_nothing:
        return f"{what}, {priced}, each for a named outcome"
    return (
        f"{what}, {priced}; {len(for_nothing)} of them name{'s' if len(for_nothing) == 1 else ''} no outcome"
    )
