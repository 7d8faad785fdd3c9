"""A small case made up by hand for the findings of scope, baseline, alignment and comparison."""

import re
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import Any

import pytest

from wayforward.alignment.models import Capability, Investment, InvestmentOutcome, Priority, Strength
from wayforward.baseline.models import Assessment, MaturityDimension, MaturityModel, System, SystemService
from wayforward.comparison.models import Collaboration, Peer, PeerMeasure, Practice
from wayforward.exercise.models import Exercise
from wayforward.findings import Finding, Findings, registered
from wayforward.findings.compute import Reading
from wayforward.findings.registry import declared
from wayforward.pages import charts
from wayforward.pages.drawing import svg_of
from wayforward.records.base import Record
from wayforward.records.case import Case
from wayforward.scope.models import ModernisationOutcome, Rating, Service


def exercise(**changed: Any) -> Exercise:
    """Nine weeks from 26 November 2012, figures as at 20 December, ten years from 2013-14."""
    given: dict[str, Any] = {
        "code": "MADE-1",
        "title": "Made up",
        "organisation": "Midshire",
        "purpose": "To try the findings",
        "sponsor": "Commissioner",
        "starts": date(2012, 11, 26),
        "report_due": date(2013, 1, 23),
        "signoff_due": date(2013, 1, 25),
        "status_date": date(2012, 12, 20),
        "team_days": 7,
        "edition": "green-book-2003",
        "seed": 1,
        "price_year": 2012,
        "first_year": 2013,
        "years": 10,
        "handling": "not protectively marked",
    }
    return Exercise(**{**given, **changed})


def case_of(*rows: Record, **changed: Any) -> Case:
    """A case of these rows; `changed` are fields of its exercise."""
    tables: dict[type[Record], list[Record]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(exercise(**changed), tables)


def found(case: Case, key: str) -> Finding:
    return Findings(case, keep=False)[key]


def of_stage(stage: str) -> list[str]:
    return [key for key in registered() if key.startswith(f"{stage}.")]


def services() -> dict[str, Service]:
    """A heading and five services: only the five count."""
    force = {"employer": "force", "tasked_by": "force"}
    plain = {**force, "powers_by": "none", "information": False}
    heading = Service(code="S1", name="Policing", yearly_cost=999_000_000, people=9999)
    response = Service(
        code="S2", name="Response", parent=heading, yearly_cost=300_000, people=10, baseline_days=4,
        agreed_category="core", powers_by="constable", information=False, **force,
    )  # fmt: skip
    return {
        "S1": heading,
        "S2": response,
        "S3": Service(
            code="S3", name="Forensics", parent=heading, yearly_cost=100_000, people=4, baseline_days=3,
            agreed_category="support", supports=response, **plain,
        ),
        "S4": Service(
            code="S4", name="Payroll", yearly_cost=50_000, people=2.5, baseline_days=5,
            agreed_category="support", **plain,
        ),
        "S5": Service(
            code="S5", name="Desktop", powers_by="none", employer="force", tasked_by="joint", information=True
        ),
        "S6": Service(
            code="S6", name="Custody", yearly_cost=50_000, people=6, baseline_days=2, agreed_category="core",
            **force,
        ),
    }  # fmt: skip


RATED = {
    ("S1", "criticality"): "H",  # of a heading: not used
    ("S2", "criticality"): "HHM",
    ("S2", "benefit"): "H",
    ("S3", "criticality"): "M",
    ("S3", "benefit"): "LH",
    ("S4", "criticality"): "LLH",
    ("S4", "benefit"): "M",
    ("S5", "criticality"): "H",
    ("S6", "criticality"): "H",
    ("S6", "benefit"): "M",
}


def ratings(of: dict[str, Service], rated: dict[tuple[str, str], str] | None = None) -> list[Rating]:
    words = {"H": "high", "M": "medium", "L": "low"}
    rows: list[Rating] = []
    for (service, dimension), letters in (rated or RATED).items():
        for place, letter in enumerate(letters):
            rows.append(
                Rating(
                    code=f"R{len(rows):03}",
                    service=of[service],
                    dimension=dimension,
                    rater=f"rater {place}",
                    rating=words[letter],
                )
            )
    return rows


def baseline(of: dict[str, Service]) -> list[Record]:
    about = MaturityModel(code="M1", name="Function", subject="information")
    each = MaturityModel(code="M2", name="Service", subject="services")
    dimensions = {
        code: MaturityDimension(code=code, model=model, name=name)
        for code, model, name in (
            ("D1", about, "Direction"),
            ("D2", about, "Running"),
            ("D3", each, "Method"),
            ("D4", each, "Skills"),
        )
    }
    seen: tuple[tuple[str, str | None, int | None, int | None], ...] = (
        ("D1", None, 2, 4),
        ("D1", None, 4, 4),
        ("D2", None, None, 3),
        ("D3", "S2", 1, 3),
        ("D3", "S2", 3, 3),
        ("D3", "S2", 2, 3),
        ("D4", "S2", 3, 3),
    )
    assessments = [
        Assessment(
            code=f"A{place}",
            dimension=dimensions[dimension],
            service=of[service] if service else None,
            assessor=f"assessor {place}",
            level=level,
            target=target,
        )
        for place, (dimension, service, level, target) in enumerate(seen)
    ]
    return [about, each, *dimensions.values(), *assessments, *systems(of)]


def systems(of: dict[str, Service]) -> list[Record]:
    ends: tuple[tuple[str, date | None, str], ...] = (
        ("Y1", date(2012, 6, 30), "S2"),
        ("Y2", date(2014, 4, 8), "S2 S3"),
        ("Y3", date(2023, 4, 1), "S1"),
        ("Y4", None, "S4"),
        ("Y5", date(2014, 12, 31), ""),
        ("Y6", date(2012, 12, 20), "S5"),
    )
    rows: list[Record] = []
    for code, end, on in ends:
        system = System(code=code, name=f"System {code[1]}", end_of_support=end, yearly_cost=10_000)
        rows.append(system)
        rows += [SystemService(code=f"{code}-{s}", system=system, service=of[s]) for s in on.split()]
    return rows


def alignment(of: dict[str, Service]) -> list[Record]:
    first = Priority(code="P1", name="Safer homes", weight=3)
    second = Priority(code="P2", name="Trust", weight=1)
    mobile, wall = Capability(code="C1", name="Mobile"), Capability(code="C2", name="Wall")
    outcome = ModernisationOutcome(code="O1", name="Hours freed", area="core", service=of["S2"])
    tablets = Investment(code="I1", name="Tablets", capability=mobile, cost=100_000)
    return [
        first,
        second,
        mobile,
        wall,
        Strength(code="T1", priority=first, capability=mobile, strength=9),
        outcome,
        tablets,
        Investment(code="I2", name="Screens", capability=wall),
        InvestmentOutcome(code="IO1", investment=tablets, outcome=outcome),
    ]


def comparison(of: dict[str, Service]) -> list[Record]:
    peers = {
        "W": Peer(code="W", name="Midshire", own=True),
        "M": Peer(code="M", name="Aberwen", own=False),
        "X": Peer(code="X", name="Capital", own=False, excluded="capital duties"),
        "U": Peer(code="U", name="Unpeopled", own=False),
    }
    given = (
        ("W", "Population", 1_000_000, "people", "mid-2011"),
        ("M", "Population", 500_000, "people", "2012"),
        ("M", "Population", 450_000, "people", "2001"),
        ("X", "Population", 2_000_000, "people", "2012"),
        ("W", "Officers", 3_000, "officers", "2012"),
        ("M", "Officers", 2_000, "officers", "2012"),
        ("X", "Officers", 10_000, "officers", "2012"),
        ("U", "Officers", 500, "officers", "2012"),
        ("W", "Severity score", 12, "", "2012"),
        ("M", "Severity score", 10, "", "2012"),
    )
    measures = [
        PeerMeasure(code=f"N{n}", peer=peers[peer], measure=measure, value=value, unit=unit, period=period)
        for n, (peer, measure, value, unit, period) in enumerate(given)
    ]
    return [
        *peers.values(),
        *measures,
        Practice(
            code="B1", name="Body cameras", strength="weak", service=of["S2"], effect="Fewer complaints"
        ),
        Practice(code="B2", name="Hot spots", strength="strong", seen_at="Elsewhere"),
        Collaboration(code="L1", name="Shared payroll", partners="The county", service=of["S4"]),
        Collaboration(code="L2", name="Air support", obstacles="Response at the edges"),
    ]


def everything() -> Case:
    """Every table that the four stages read."""
    of = services()
    return case_of(*of.values(), *ratings(of), *baseline(of), *alignment(of), *comparison(of))


def guarded(case: Case, key: str, patch: pytest.MonkeyPatch) -> None:
    """Compute a finding on its declared tables alone, while any field read of another kind of record fails."""
    plan = declared(key)
    whole = Findings(case, keep=False)
    expected = plan.compute(Reading(whole, plan))
    declared_only = Case(case.exercise, {model: case.rows(model) for model in plan.reads})
    alone = Findings(declared_only, keep=False)
    alone._found.update({need: whole[need] for need in plan.needs})
    for model in case.models():
        if model not in plan.reads:
            patch.setattr(model, "__getattribute__", _refusing(model, key))
    assert plan.compute(Reading(alone, plan)) == expected
    kinds = {model.kind() for model in plan.reads} | {"exercise"}
    assert {item.reference.partition(":")[0] for item in expected.used} <= kinds


def _refusing(model: type[Record], key: str) -> Any:
    fields = {field.name for field in model._meta.concrete_fields}

    def get(record: Record, name: str) -> Any:
        assert name not in fields, f"{key} reads {name} of {model.stem}, which it does not declare"
        return object.__getattribute__(record, name)

    return get


def nothing_known(finding: Finding) -> None:
    """Where nothing has been recorded, a finding waits: no value, no number in a row, words that say so."""
    assert finding.value is None
    assert finding.waiting
    assert all(not isinstance(value, int | float) for row in finding.rows for value in row.values())
    assert "known" in finding.headline or " yet" in finding.headline or "No " in finding.headline


def drawings(stage: str, case: Case) -> dict[str, charts.Drawing]:
    """Every chart of a stage, drawn from a case."""
    import_module(f"wayforward.{stage}.charts")
    findings = Findings(case, keep=False)
    keys = sorted(key for key in charts.drawn() if key.startswith(f"{stage}."))
    drawn = {key: charts.draw(findings[key], lambda kind, code: _label(case, kind, code)) for key in keys}
    return {key: drawing for key, drawing in drawn.items() if drawing is not None}


def _label(case: Case, kind: str, code: str) -> str:
    record = case.get(f"{kind}:{code}")
    return record.label if record else code


def well_drawn(drawing: charts.Drawing, says: Sequence[str]) -> None:
    """A chart becomes a picture that holds the given words, and has a sentence for those who can't see it."""
    picture = svg_of(charts.specification(drawing))
    assert [word for word in says if word not in picture] == []
    assert 15 <= len(drawing.alt.split()) <= 60
    assert re.findall(r"\b(?:NaN|undefined|null|Infinity)\b", picture) == []
