"""Comparison: peers measured alike, practices seen elsewhere, and what could be shared."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.comparison.models import Collaboration, Peer, PeerMeasure, Practice
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import used
from wayforward.methods import comparison as method
from wayforward.methods.comparison import Comparison, PeerRate
from wayforward.scope.models import Service

POPULATION = "population"
# What is already a rate or a score is not divided by a population again.
AS_IT_STANDS = ("per ", "rate", "score", "index", "%", "percentage", "fraction", "share")
PER = 1000


@dataclass(frozen=True)
class Group:
    """One measure in one period, as peers gave it."""

    measure: str
    period: str
    units: tuple[str, ...]
    counts: dict[str, float | None]
    populations: dict[str, float | None]
    borrowed: tuple[tuple[str, str], ...]  # peer and period of a population of another period

    @property
    def unit(self) -> str:
        return self.units[0] if self.units else ""

    @property
    def as_it_stands(self) -> bool:
        return any(word in f"{self.measure} {self.unit} ".lower() for word in AS_IT_STANDS)

    @property
    def words(self) -> str:
        """The unit of what is compared."""
        return self.unit if self.as_it_stands else f"{self.unit or self.measure} per {PER:,} people"

    def compare(self, leave_out: dict[str, str]) -> Comparison:
        """Peers by this measure; those left out are rated too, apart, so that they can be shown unranked."""
        if self.as_it_stands:
            ones = dict.fromkeys(self.counts, 1.0)
            return method.compare(self.counts, ones, per=1, leave_out=leave_out)
        return method.compare(self.counts, self.populations, per=PER, leave_out=leave_out)


def groups(measures: Sequence[PeerMeasure]) -> list[Group]:
    """Every measure but the population, each with the populations that it is divided by."""
    people = [one for one in measures if one.measure.strip().lower() == POPULATION]
    others = [one for one in measures if one.measure.strip().lower() != POPULATION]
    found = []
    for measure, period in dict.fromkeys((one.measure, one.period) for one in others):
        own = [one for one in others if (one.measure, one.period) == (measure, period)]
        chosen = {one.peer.code: _population(people, one.peer.code, period) for one in own}
        borrowed = tuple(
            (code, one.period) for code, one in chosen.items() if one is not None and one.period != period
        )
        found.append(
            Group(
                measure,
                period,
                tuple(dict.fromkeys(one.unit for one in own if one.unit)),
                {one.peer.code: _float(one.value) for one in own},
                {code: None if one is None else _float(one.value) for code, one in chosen.items()},
                borrowed,
            )
        )
    return found


def _population(people: Sequence[PeerMeasure], peer: str, period: str) -> PeerMeasure | None:
    """The peer's population of that period; where it has only one, that one, and a warning says so."""
    own = [one for one in people if one.peer.code == peer]
    same = [one for one in own if one.period == period]
    if same:
        return same[0]
    return own[0] if len(own) == 1 else None


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


@finding(
    "comparison.peers",
    title="This organisation beside its peers",
    question="How does it compare with others, like for like?",
    method="comparison",
    reads=(Peer, PeerMeasure),
)
def peers(case: Reading) -> Result:
    """Each measure per 1,000 people (a score or rate as it stands), highest first: a pointer, no verdict."""
    by_code = {one.code: one for one in case.rows(Peer)}
    out = {one.code: one.excluded for one in by_code.values() if one.excluded.strip()}
    found = groups(case.rows(PeerMeasure))
    rows = [row for group in found for row in _rows(group, by_code, out)]
    given = [one for one in case.rows(PeerMeasure) if one.value is not None]
    return Result(
        headline=_headline(rows),
        columns=(
            Column("measure", "Measure"),
            Column("peer", "Peer", refers="peer"),
            Column("name", "Name"),
            Column("value", "Value", "number"),
            Column("unit", "Unit", "words"),
            Column("rank", "Rank, 1 is highest", "rank"),
            Column("of", "Compared", "peers"),
            Column("median", "Median of those compared", "number"),
            Column("own", "This organisation", "yes or no"),
            Column("period", "Period", "words"),
            Column("left_out", "Compared, or left out because", "words"),
        ),
        rows=tuple(rows),
        value_column="value",
        used=used(given, "value"),
        parameters={
            "per": PER,
            "taken_as_it_stands": "rates, shares, scores and indices",
        },
        warnings=_warnings(found, by_code),
        waiting=_waiting(found, by_code, rows),
    )


def _rows(group: Group, peers: dict[str, Peer], out: dict[str, str]) -> list[Row]:
    ranked = group.compare(out)
    apart = group.compare({code: "compared" for code in group.counts if code not in out})
    rows = []
    for one in (*ranked.rows, *apart.rows):
        rows.append(_row(group, one, peers[one.name], ranked, out.get(one.name)))
    return rows


def _row(group: Group, one: PeerRate, peer: Peer, ranked: Comparison, left_out: str | None) -> Row:
    return {
        "measure": group.measure,
        "peer": peer.code,
        "name": peer.name,
        "value": one.rate,
        "unit": group.words,
        "rank": None if left_out else one.rank,
        "of": ranked.compared,
        "median": ranked.median,
        "own": peer.own,
        "period": group.period or None,
        "left_out": left_out or "compared",
    }


def _warnings(found: Sequence[Group], peers: dict[str, Peer]) -> tuple[str, ...]:
    """Where units differ, and where a count is divided by the population of another period."""
    apart: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for group in found:
        for code, period in () if group.as_it_stands else group.borrowed:
            measures, names = apart.setdefault((group.period, period), ({}, {}))
            measures[group.measure] = None
            names[peers[code].name] = None
    mixed = tuple(
        f"{group.measure} is given in more than one unit: {show.listed(list(group.units))}"
        for group in found
        if len(group.units) > 1
    )
    return mixed + tuple(
        f"{show.listed(list(measures))} of {own or 'no stated period'} set against the population of "
        f"{period or 'no stated period'} for {show.some(list(names))}"
        for (own, period), (measures, names) in apart.items()
    )


def _waiting(found: Sequence[Group], peers: dict[str, Peer], rows: Sequence[Row]) -> tuple[str, ...]:
    if not found:
        return ("peers, with their measures and populations",)
    lacking = []
    if not any(one.own for one in peers.values()):
        lacking.append("which of the peers is this organisation itself")
    for group in found:
        own = [row for row in rows if (row["measure"], row["period"] or "") == (group.measure, group.period)]
        names = [str(row["name"]) for row in own if row["value"] is None]
        if names:
            what = group.measure if group.as_it_stands else f"{group.measure}, or the population,"
            lacking.append(f"{what} of {show.some(names)}")
    return tuple(lacking)


def _headline(rows: Sequence[Row]) -> str:
    own = [row for row in rows if row["own"] and row["rank"] is not None]
    if not own:
        return "How the organisation compares with its peers is not known yet"
    places = [f"{_ordinal(row['rank'])} of {row['of']} by {row['measure']}" for row in own]
    return f"{own[0]['name']} is {show.listed(places[:4])}, counted from the highest"


def _ordinal(rank: object) -> str:
    number = int(str(rank))
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


@finding(
    "comparison.practices",
    title="Practices seen elsewhere, and how good the evidence for them is",
    question="What works elsewhere, and how sure is that?",
    method="listing",
    reads=(Practice, Service),
)
def practices(case: Reading) -> Result:
    """Practices by strength of evidence, strongest first."""
    order = ("strong", "moderate", "weak", "none")
    found = sorted(case.rows(Practice), key=lambda one: (order.index(one.strength), one.code))
    rows = [
        {
            "practice": one.code,
            "name": one.name,
            "seen_at": one.seen_at or None,
            "strength": one.strength,
            "effect": one.effect or None,
            "service": one.service.code if one.service is not None else None,
            "other_sector": one.other_sector,
        }
        for one in found
    ]
    return Result(
        headline=_practices_headline(found),
        columns=(
            Column("practice", "Practice", refers="practice"),
            Column("name", "Name"),
            Column("seen_at", "Seen at", "words"),
            Column("strength", "Evidence", "words"),
            Column("effect", "Effect claimed", "words"),
            Column("service", "Service it would change", refers="service"),
            Column("other_sector", "From another sector", "yes or no"),
        ),
        rows=tuple(rows),
        value_column="strength",
        used=used([one for one in found if one.effect], "effect") + used(found, "strength"),
        waiting=() if found else ("practices seen elsewhere",),
    )


def _practices_headline(found: Sequence[Practice]) -> str:
    if not found:
        return "No practice from elsewhere is known yet"
    held = Counter(one.strength for one in found)
    return (
        f"Of {show.count(len(found), 'practice')} seen elsewhere, evidence is strong for "
        f"{held['strong'] or 'none'}, moderate for {held['moderate'] or 'none'}, "
        f"and weak or lacking for {held['weak'] + held['none'] or 'none'}"
    )


@finding(
    "comparison.collaborations",
    title="What could be shared with others",
    question="With whom could services, systems or purchases be shared?",
    method="listing",
    reads=(Collaboration, Service),
)
def collaborations(case: Reading) -> Result:
    """Every opportunity to share, with what it offers and what stands in the way."""
    found = case.rows(Collaboration)
    rows = [
        {
            "collaboration": one.code,
            "name": one.name,
            "partners": one.partners or None,
            "offer": one.offer or None,
            "obstacles": one.obstacles or None,
            "service": one.service.code if one.service is not None else None,
        }
        for one in found
    ]
    blocked = sum(bool(one.obstacles) for one in found)
    lacking = [one.name for one in found if not one.partners]
    many = show.count(len(found), "opportunity", "opportunities")
    return Result(
        headline=f"{many} to share, {blocked or 'none'} with a known obstacle"
        if found
        else "No opportunity to share is known yet",
        columns=(
            Column("collaboration", "Opportunity", refers="collaboration"),
            Column("name", "Name"),
            Column("partners", "Partners", "words"),
            Column("offer", "What it would offer", "words"),
            Column("obstacles", "What stands in the way", "words"),
            Column("service", "Service", refers="service"),
        ),
        rows=tuple(rows),
        value_column="name",
        used=used([one for one in found if one.offer], "offer"),
        waiting=(f"the partners for {show.some(lacking)}",)
        if lacking
        else (() if found else ("opportunities to share a service, a system or a purchase",)),
    )
