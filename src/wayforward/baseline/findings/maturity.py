"""Maturity: the level of each dimension against its target, and of each service or function as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median_low

from wayforward.baseline.models import SUBJECTS, Assessment, MaturityDimension, MaturityModel
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Used
from wayforward.findings.provenance import used
from wayforward.methods import maturity as method
from wayforward.scope.models import Service

READS = (MaturityModel, MaturityDimension, Assessment, Service)
TITLES = dict(SUBJECTS)
COMBINED = "the median of the assessors, the lower of the two in the middle where they are even in number"
SERVICE = Column("service", "Service", refers="service")


@dataclass(frozen=True)
class Unit:
    """One thing assessed with one model: a service, or a function as a whole (`service` is None)."""

    model: MaturityModel
    service: Service | None
    dimensions: tuple[MaturityDimension, ...]
    assessments: tuple[Assessment, ...]

    @property
    def name(self) -> str:
        return self.service.name if self.service is not None else TITLES[self.model.subject]

    @property
    def code(self) -> str:
        """The service's code; '' for a function, which has none."""
        return self.service.code if self.service is not None else ""

    def given(self, dimension: MaturityDimension) -> list[Assessment]:
        return [one for one in self.assessments if one.dimension.code == dimension.code]

    def levels(self) -> dict[str, float | None]:
        """The level of each dimension: the lower median of its assessors, None where nobody gave one."""
        return {d.code: _middle(one.level for one in self.given(d)) for d in self.dimensions}

    def targets(self) -> dict[str, float | None]:
        return {d.code: _middle(one.target for one in self.given(d)) for d in self.dimensions}


def _middle(levels: Iterable[int | None]) -> float | None:
    given = [level for level in levels if level is not None]
    return float(median_low(given)) if given else None


def units(case: Reading) -> list[Unit]:
    """What has been assessed, functions first; a function that nobody has assessed is there all the same."""
    order = ("information", "change", "services")
    found = []
    for model in sorted(case.rows(MaturityModel), key=lambda m: (order.index(m.subject), m.code)):
        dimensions = tuple(d for d in case.rows(MaturityDimension) if d.model.code == model.code)
        own = [a for a in case.rows(Assessment) if a.dimension.model.code == model.code]
        services = {a.service.code: a.service for a in own if a.service is not None}
        if model.subject != "services" or any(a.service is None for a in own):
            whole = tuple(a for a in own if a.service is None)
            found.append(Unit(model, None, dimensions, whole))
        for code in sorted(services):
            of_service = tuple(a for a in own if a.service is not None and a.service.code == code)
            found.append(Unit(model, services[code], dimensions, of_service))
    return found


def _used(case: Reading) -> tuple[Used, ...]:
    found = case.rows(Assessment)
    return (
        *used([one for one in found if one.level is not None], "level"),
        *used([one for one in found if one.target is not None], "target"),
    )


@finding(
    "baseline.maturity",
    title="Maturity by dimension",
    question="How mature is each service and function today, dimension by dimension, and where should it be?",
    method="maturity",
    unit="level",
    reads=READS,
)
def maturity(case: Reading) -> Result:
    """Level, target and gap of each dimension; several assessors are put together by their lower median."""
    found = units(case)
    rows = [row for unit in found for row in _rows(unit)]
    apart = [row for row in rows if row["lowest"] is not None and row["lowest"] != row["highest"]]
    return Result(
        headline=_headline(rows),
        columns=(
            Column("subject", "About", "words"),
            SERVICE,
            Column("dimension", "Dimension", refers="maturity_dimension"),
            Column("name", "Name"),
            Column("level", "Level", "level"),
            Column("target", "Target", "level"),
            Column("gap", "Gap", "levels"),
            Column("assessors", "Assessors", "assessors"),
            Column("lowest", "Lowest given", "level"),
            Column("highest", "Highest given", "level"),
        ),
        rows=tuple(rows),
        value_column="level",
        used=_used(case),
        parameters={"several_assessors": COMBINED},
        warnings=(
            (f"Assessors differ on {show.count(len(apart), 'level')}; the range is shown beside each",)
            if apart
            else ()
        ),
        waiting=_waiting(case, found),
    )


def _rows(unit: Unit) -> list[dict[str, str | float | int | None]]:
    whole = method.maturity(unit.levels(), unit.targets())
    rows = []
    for dimension, found in zip(unit.dimensions, whole.dimensions, strict=True):
        given = [one.level for one in unit.given(dimension) if one.level is not None]
        rows.append(
            {
                "subject": unit.model.subject,
                "service": unit.code,
                "dimension": dimension.code,
                "name": dimension.name,
                "level": found.level,
                "target": found.target,
                "gap": found.gap,
                "assessors": len(given),
                "lowest": min(given, default=None),
                "highest": max(given, default=None),
            }
        )
    return rows


def _waiting(case: Reading, found: list[Unit]) -> tuple[str, ...]:
    if not case.rows(MaturityDimension):
        return ("models of maturity with their dimensions",)
    lacking = []
    if not any(unit.service for unit in found):
        lacking.append("assessments of services")
    for unit in found:
        without = [d.name for d in unit.dimensions if unit.levels()[d.code] is None]
        if unit.dimensions and len(without) == len(unit.dimensions):
            lacking.append(f"the maturity of {unit.name}")
        elif without:
            lacking.append(f"the level of {show.some(without)} for {unit.name}")
    return tuple(lacking)


def _headline(rows: list[dict[str, str | float | int | None]]) -> str:
    known = [row for row in rows if row["level"] is not None]
    if not known:
        return "No level of maturity is known yet"
    short = sum(bool(row["gap"]) for row in known)
    aimed = sum(row["gap"] is not None for row in known)
    low = sum(float(row["level"] or 0) <= 2 for row in known)
    levels = show.count(len(known), "level")
    text = f"{low} of {levels} of maturity that are known are 2 or lower"
    return f"{text}, and {short} of {aimed} with a target fall short of it" if aimed else text


@finding(
    "baseline.maturity_summary",
    title="Maturity of each service and function",
    question="How mature is each as a whole, and what holds it back?",
    method="maturity",
    unit="level",
    reads=READS,
)
def maturity_summary(case: Reading) -> Result:
    """By the weakest dimension, with the mean beside it; not known while a dimension is not assessed."""
    found = units(case)
    rows = [_summary(unit) for unit in found]
    return Result(
        headline=_summary_headline(rows),
        columns=(
            Column("subject", "About", "words"),
            SERVICE,
            Column("name", "Name"),
            Column("weakest", "Level by the weakest dimension", "level"),
            Column("at_most", "At most", "level"),
            Column("weakest_in", "Weakest in", "words"),
            Column("mean", "Mean of what is known", "level"),
            Column("target", "Target by the weakest dimension", "level"),
            Column("gap", "Gap", "levels"),
            Column("largest_gap", "Largest gap of a dimension", "levels"),
        ),
        rows=tuple(rows),
        value_column="weakest",
        used=_used(case),
        parameters={"several_assessors": COMBINED},
        waiting=_waiting(case, found),
    )


def _summary(unit: Unit) -> dict[str, str | float | None]:
    names = {dimension.code: dimension.name for dimension in unit.dimensions}
    now = method.maturity(unit.levels(), unit.targets())
    aim = method.maturity(unit.targets())
    whole = method.maturity({"whole": now.level}, {"whole": aim.level}).dimensions[0]
    gaps = [one.gap for one in now.dimensions if one.gap is not None]
    return {
        "subject": unit.model.subject,
        "service": unit.code,
        "name": unit.name,
        "weakest": now.level,
        "at_most": now.at_most,
        "weakest_in": "; ".join(names[code] for code in now.weakest) or None,
        "mean": now.mean,
        "target": aim.level,
        "gap": whole.gap,
        "largest_gap": max(gaps, default=None),
    }


def _summary_headline(rows: list[dict[str, str | float | None]]) -> str:
    known = [row for row in rows if row["weakest"] is not None]
    if not known:
        return "How mature any service or function is as a whole is not known yet"
    lowest = min(float(row["weakest"] or 0) for row in known)
    at_lowest = [str(row["name"]) for row in known if row["weakest"] == lowest]
    if len(at_lowest) > 3:
        return (
            f"{len(at_lowest)} of {len(known)} that are assessed in full are at level {lowest:.0f} "
            "by their weakest dimension"
        )
    return (
        f"{show.some(at_lowest)} {'is' if len(at_lowest) == 1 else 'are'} at level {lowest:.0f} by the "
        f"weakest dimension, the lowest of {len(known)} assessed in full"
    )
