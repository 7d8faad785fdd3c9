"""Where harm falls: incidents by area and by type, weighed by each scheme of harm that the case names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wayforward.demand.models import CRIME_TYPES, Area, HarmScheme, IncidentCount, IncidentSet
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar, Used
from wayforward.findings.provenance import given, used
from wayforward.methods import comparison, shares
from wayforward.methods import harm as method
from wayforward.records.models import Citation, Evidence

TITLES = dict(CRIME_TYPES)
READS = (Area, HarmScheme, IncidentSet, IncidentCount, Citation, Evidence)
Weights = Mapping[str, method.Weight | None]


@dataclass(frozen=True)
class Scheme:
    """A scheme of harm with its weights by type; no weights where the edition has no such table."""

    record: HarmScheme
    weights: Weights
    table: str
    fault: str = ""

    @property
    def column(self) -> str:
        return f"harm_{self.record.code}"

    @property
    def share_column(self) -> str:
        return f"share_{self.record.code}"

    @property
    def unit(self) -> str:
        return self.record.unit or "harm"

    @property
    def weighs(self) -> bool:
        """Whether one type weighs more than another: a plain count does not."""
        return len({weight.weight for weight in self.weights.values() if weight}) > 1


def _schemes(case: Reading) -> list[Scheme]:
    return [_scheme(case, record) for record in case.rows(HarmScheme)]


def _scheme(case: Reading, record: HarmScheme) -> Scheme:
    """The weights of a scheme, by the parameter of the edition or by the name of its table."""
    named = next((t for t in case.edition.tables.values() if t.name == record.table), None)
    try:
        table = named or case.edition.get(record.table)
    except LookupError as error:
        return Scheme(record, {}, record.table, str(error))
    types = table.values.get("types")
    if not isinstance(types, Mapping):
        return Scheme(record, {}, table.name, f"the table {table.name} has no weights by type of incident")
    weights = {
        title: method.Weight(*(table.number(f"types/{title}/{end}") for end in ("weight", "low", "high")))
        for title in TITLES.values()
        if title in types
    }
    return Scheme(record, weights, table.name)


def _main(schemes: Sequence[Scheme]) -> Scheme | None:
    """The scheme that sentences speak of: the first that weighs."""
    return next((scheme for scheme in schemes if scheme.weighs), None)


def _by_type(counts: Iterable[IncidentCount]) -> dict[str, float | None]:
    """Counts added up by the published name of their type."""
    found: defaultdict[str, float] = defaultdict(float)
    for row in counts:
        found[TITLES[row.crime_type]] += row.count
    return dict(found)


def _likely(counts: Iterable[IncidentCount], scheme: Scheme) -> float | None:
    """The harm of some incidents; None where no type among them has a weight."""
    answer = method.harm(_by_type(counts), scheme.weights)
    return answer.likely if any(row.likely is not None for row in answer.rows) else None


def _share(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """Each value's share of the sum of those that are known."""
    found = shares.by_class(list(values.values()), list(values))
    return {one.label: one.share if values[one.label] is not None else None for one in found}


@finding(
    "demand.harm",
    title="Incidents and harm by area",
    question="Where do incidents fall, and where does harm?",
    method="harm",
    unit="incidents",
    reads=READS,
)
def harm(case: Reading) -> Result:
    """By incident set and area: incidents, harm by every scheme, shares, and incidents per 1,000 people."""
    schemes = _schemes(case)
    rows: list[Row] = []
    for incident_set in case.rows(IncidentSet):
        rows += _set_rows(case, incident_set, schemes)
    return Result(
        headline=_harm_headline(rows, _main(schemes)),
        columns=(
            Column("area", "Area", refers="area"),
            Column("name", "Name"),
            Column(
                "incident_set", "Incident set", refers="incident_set", detail=len(case.rows(IncidentSet)) < 2
            ),
            Column("incidents", "Incidents", "incidents"),
            *(Column(s.column, f"Harm: {s.record.name}", s.unit) for s in schemes),
            Column("share_count", "Share of incidents", "fraction"),
            *(Column(s.share_column, f"Share of harm: {s.record.name}", "fraction") for s in schemes),
            Column("per_1000", "Incidents per 1,000 people", "per 1,000"),
        ),
        rows=tuple(rows),
        value_column="incidents",
        used=_used(case) + given(case.rows(Area), "population"),
        parameters=_parameters(schemes),
        warnings=(*_outside(case), *_unweighted(case, schemes), *_stand_ins(case)),
        waiting=_waiting(case, schemes),
    )


def _set_rows(case: Reading, incident_set: IncidentSet, schemes: Sequence[Scheme]) -> list[Row]:
    inside: defaultdict[str, list[IncidentCount]] = defaultdict(list)
    for row in _inside(case, incident_set):
        inside[row.area.code].append(row)
    areas = [area for area in case.rows(Area) if area.code in inside]
    incidents: dict[str, float | None] = {a.code: sum(row.count for row in inside[a.code]) for a in areas}
    share = _share(incidents)
    weighed = {s.record.code: {a.code: _likely(inside[a.code], s) for a in areas} for s in schemes}
    weighed_share = {code: _share(values) for code, values in weighed.items()}
    people = {a.code: float(a.population) if a.population else None for a in areas}
    rates = {row.name: row.rate for row in comparison.compare(incidents, people).rows}
    rows: list[Row] = []
    for area in areas:
        cells: dict[str, Scalar] = {
            "area": area.code,
            "name": area.name,
            "incident_set": incident_set.code,
            "incidents": incidents[area.code],
            "share_count": share[area.code],
            "per_1000": rates[area.code],
        }
        for scheme in schemes:
            cells[scheme.column] = weighed[scheme.record.code][area.code]
            cells[scheme.share_column] = weighed_share[scheme.record.code][area.code]
        rows.append(cells)
    return rows


def _inside(case: Reading, incident_set: IncidentSet | None = None) -> list[IncidentCount]:
    """The counts of areas that are the organisation's own, of one set or of all."""
    return [
        row
        for row in case.rows(IncidentCount)
        if not row.area.outside and (incident_set is None or row.incident_set.code == incident_set.code)
    ]


def _harm_headline(rows: Sequence[Row], main: Scheme | None) -> str:
    if not rows:
        return "Where incidents fall is not known yet"
    of_one = [row for row in rows if row["incident_set"] == rows[0]["incident_set"]]
    most = max(of_one, key=lambda row: float(row["incidents"] or 0))
    told = f"{most['name']} has {show.percent(most['share_count'])} of incidents"
    if main is None or most[main.share_column] is None:
        return told
    return f"{told} and {show.percent(most[main.share_column])} of harm"


def _used(case: Reading) -> tuple[Used, ...]:
    return used(case.rows(IncidentCount), "count")


def _parameters(schemes: Sequence[Scheme]) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {f"scheme_{s.record.code}": s.table for s in schemes}
    main = _main(schemes)
    return {**found, "main_scheme": main.record.code} if main else found


def _outside(case: Reading) -> tuple[str, ...]:
    """The areas that no total holds, because they are not the organisation's own."""
    left_out: defaultdict[str, int] = defaultdict(int)
    for row in case.rows(IncidentCount):
        if row.area.outside:
            left_out[row.area.name] += row.count
    if not left_out:
        return ()
    told = show.listed([f"{name} ({count:,})" for name, count in left_out.items()])
    return (f"Left out of every figure, as outside the organisation's area: {told}.",)


def _unweighted(case: Reading, schemes: Sequence[Scheme]) -> tuple[str, ...]:
    """The types that a scheme gives no weight, with how many incidents its harm leaves out."""
    counts = _by_type(_inside(case))
    found = []
    for scheme in schemes:
        bare = [name for name in method.harm(counts, scheme.weights).unweighted if scheme.weights]
        if bare:
            told = show.listed([f"{name.lower()} ({counts[name]:,.0f} incidents)" for name in bare])
            found.append(f"{scheme.record.name} gives no weight to {told}: its harm leaves them out.")
    return tuple(found)


def _stand_ins(case: Reading) -> tuple[str, ...]:
    """What the evidence behind the incident sets and the schemes stands in for, in the words recorded."""
    named = {row.reference: row.label for row in (*case.rows(IncidentSet), *case.rows(HarmScheme))}
    found: dict[str, str] = {}
    for citation in case.rows(Citation):
        words = citation.evidence.stand_in.strip()
        if citation.used and words and citation.record in named:
            stated = words if words.lower().startswith("stands in") else f"stands in for {words}"
            found[f"{named[citation.record]}: {stated[0].lower()}{stated[1:]}"] = ""
    return tuple(found)


def _waiting(case: Reading, schemes: Sequence[Scheme]) -> tuple[str, ...]:
    lacking = [f"the weights of {s.record.name}: {s.fault}" for s in schemes if s.fault]
    if not case.rows(IncidentCount):
        lacking.append("counts of incidents by area and type")
    if not schemes:
        lacking.append("a scheme of harm to weigh them by")
    counted = {row.area.code for row in _inside(case)}
    unknown = [a.name for a in case.rows(Area) if a.code in counted and not a.population]
    if unknown:
        lacking.append(f"the population of {show.listed(unknown)}")
    return tuple(lacking)


@finding(
    "demand.harm_by_type",
    title="Incidents and harm by type",
    question="Which types of incident are many, and which do most harm?",
    method="harm",
    unit="incidents",
    reads=READS,
)
def harm_by_type(case: Reading) -> Result:
    """By type: incidents and harm with its range, and the share of each, for every scheme that weighs."""
    schemes = _schemes(case)
    weighing = [scheme for scheme in schemes if scheme.weighs]
    rows: list[Row] = []
    for incident_set in case.rows(IncidentSet):
        for scheme in weighing:
            rows += _type_rows(_inside(case, incident_set), incident_set, scheme)
    return Result(
        headline=_type_headline(rows, _main(schemes)),
        columns=(
            Column("crime_type", "Type"),
            Column(
                "incident_set", "Incident set", refers="incident_set", detail=len(case.rows(IncidentSet)) < 2
            ),
            Column("scheme", "Scheme", refers="harm_scheme", detail=len(weighing) < 2),
            Column("count", "Incidents", "incidents"),
            Column("harm", "Harm", weighing[0].unit if weighing else "harm"),
            Column("low", "Low", weighing[0].unit if weighing else "harm"),
            Column("high", "High", weighing[0].unit if weighing else "harm"),
            Column("share_count", "Share of incidents", "fraction"),
            Column("share_harm", "Share of harm", "fraction"),
        ),
        rows=tuple(rows),
        value_column="harm",
        used=_used(case),
        parameters=_parameters(schemes),
        warnings=(*_outside(case), *_unweighted(case, weighing), *_stand_ins(case)),
        waiting=tuple(lack for lack in _waiting(case, schemes) if not lack.startswith("the population"))
        + (("a scheme that weighs one type against another",) if schemes and not weighing else ()),
    )


def _type_rows(counts: Sequence[IncidentCount], incident_set: IncidentSet, scheme: Scheme) -> list[Row]:
    answer = method.harm(_by_type(counts), scheme.weights)
    of_count = _share({row.type: row.count for row in answer.rows})
    of_harm = _share({row.type: row.likely for row in answer.rows})
    rows: list[Row] = [
        {
            "crime_type": row.type,
            "incident_set": incident_set.code,
            "scheme": scheme.record.code,
            "count": row.count,
            "harm": row.likely,
            "low": row.low,
            "high": row.high,
            "share_count": of_count[row.type],
            "share_harm": of_harm[row.type],
        }
        for row in answer.rows
    ]
    return sorted(rows, key=lambda row: (-float(row["harm"] or -1), str(row["crime_type"])))


def _type_headline(rows: Sequence[Row], main: Scheme | None) -> str:
    if not rows or main is None:
        return "What kinds of incident do most harm is not known yet"
    first = rows[0]
    return (
        f"{first['crime_type']}: {show.percent(first['share_count'])} of incidents and "
        f"{show.percent(first['share_harm'])} of harm"
    )
