"""The cut-off: which of the ranked services the team has the days to baseline."""

import math
from itertools import accumulate

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Used
from wayforward.findings.provenance import used
from wayforward.methods import cutoff as method
from wayforward.methods import ratings
from wayforward.methods.cutoff import Candidate, CutOff
from wayforward.methods.ranking import rank
from wayforward.scope.findings.ratings import settled
from wayforward.scope.models import Service
from wayforward.scope.services import leaves

RULE = "down the ranking to the first service that does not fit"


@finding(
    "scope.cutoff",
    title="Services ranked, and where the team's days run out",
    question="Which services can be baselined in the days that there are?",
    method="cutoff",
    unit="services",
    reads=(Service,),
    needs=("scope.ratings",),
)
def cutoff(case: Reading) -> Result:
    """Services by criticality x benefit opportunity, cut where the team's days to baseline run out."""
    services = {service.code: service for service in leaves(case.rows(Service))}
    candidates = _candidates(case, services)
    days = case.exercise.team_days
    capacity = None if days is None else float(days)
    cut = method.strict(candidates, math.inf if capacity is None else capacity)
    rows = _rows(services, candidates, cut, known=capacity is not None)
    return Result(
        headline=_headline(cut, capacity),
        value=None if capacity is None or not (cut.chosen or cut.left_out) else len(cut.chosen),
        columns=(
            Column("rank", "Rank", "rank"),
            Column("service", "Service", refers="service"),
            Column("name", "Name"),
            Column("score", "Score, 1 to 9", "score"),
            Column("days", "Days to baseline", "days"),
            Column("cumulative", "Days so far", "days"),
            Column("inside", "Inside the cut", "yes or no"),
        ),
        rows=tuple(rows),
        value_column="rank",
        used=(
            *used([s for s in services.values() if s.baseline_days is not None], "baseline_days"),
            *((Used("exercise", ("team_days",)),) if capacity is not None else ()),
        ),
        parameters={"team_days": capacity, "rule": RULE},
        warnings=_warnings(services, candidates, cut, capacity),
        waiting=_waiting(services, candidates, capacity),
    )


def _candidates(case: Reading, services: dict[str, Service]) -> list[Candidate]:
    found = []
    for code, (criticality, benefit) in settled(case).items():
        days = services[code].baseline_days
        score = ratings.score(criticality, benefit)
        found.append(Candidate(code, score, None if days is None else float(days)))
    return found


def _rows(
    services: dict[str, Service], candidates: list[Candidate], cut: CutOff, known: bool
) -> list[dict[str, str | float | bool | None]]:
    by_code = {one.code: one for one in candidates}
    order = [*cut.chosen, *cut.left_out]
    ranks = {one.code: one.rank for one in rank({code: by_code[code].score for code in order})}
    so_far = dict(zip(order, accumulate(by_code[code].days or 0.0 for code in order), strict=True))
    return [
        {
            "rank": ranks.get(code),
            "service": code,
            "name": services[code].name,
            "score": by_code[code].score,
            "days": by_code[code].days,
            "cumulative": so_far.get(code),
            "inside": code in cut.chosen if known and code in so_far else None,
        }
        for code in [*order, *cut.unknown]
    ]


def _warnings(
    services: dict[str, Service], candidates: list[Candidate], cut: CutOff, capacity: float | None
) -> tuple[str, ...]:
    if capacity is None:
        return ()
    found = []
    if cut.tied:
        names = [services[code].name for code in cut.tied]
        found.append(
            f"The line runs through equal scores ({show.some(names)}): fewer days went first, "
            "and people may choose otherwise"
        )
    more = [code for code in method.fill(candidates, capacity).chosen if code not in cut.chosen]
    if more:
        names = [services[code].name for code in more]
        found.append(f"The {show.number(cut.days_left)} days left would still cover {show.some(names)}")
    return tuple(found)


def _waiting(
    services: dict[str, Service], candidates: list[Candidate], capacity: float | None
) -> tuple[str, ...]:
    lacking = [] if capacity is not None else ["the team's days for baselining"]
    if not services:
        return (*lacking, "the services of the organisation, rated")
    for words, codes in (
        ("both ratings settled for", [one.code for one in candidates if one.score is None]),
        ("the days to baseline", [one.code for one in candidates if one.days is None]),
    ):
        if codes:
            lacking.append(f"{words} {show.some([services[code].name for code in codes])}")
    return tuple(lacking)


def _headline(cut: CutOff, capacity: float | None) -> str:
    ranked = len(cut.chosen) + len(cut.left_out)
    if not ranked:
        return "No service can be ranked yet"
    if capacity is None:
        return f"Where the cut falls among {show.count(ranked, 'ranked service')} is not known yet"
    if not cut.left_out:
        return f"The team's {show.number(capacity)} days cover every ranked service ({ranked})"
    return (
        f"The team's {show.number(capacity)} days cover {len(cut.chosen)} of "
        f"{show.count(ranked, 'ranked service')}"
    )
