"""Cases of a few rows, for findings whose arithmetic fits in a comment."""

from datetime import date
from typing import Any

from wayforward.exercise.models import Exercise
from wayforward.findings import Finding, Findings
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence

TERMS: dict[str, Any] = {
    "starts": date(2012, 11, 26),
    "report_due": date(2013, 1, 23),
    "signoff_due": date(2013, 1, 25),
    "status_date": date(2012, 12, 20),
    "knowledge_date": date(2013, 1, 25),
    "edition": "green-book-2003",
    "seed": 1,
    "price_year": 2012,
    "first_year": 2013,
    "years": 3,
    "handling": "official",
}


def find(key: str, *rows: Any, **terms: Any) -> Finding:
    """The finding of that key for an exercise that holds these rows alone."""
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Findings(Case(Exercise(code="TOWN", **(TERMS | terms)), tables), keep=False)[key]


def cited(record: str, field: str, grade: int = 2, code: str = "1", **more: Any) -> list[Any]:
    """Evidence and the citation that ties a field to it; other cells of the citation by name."""
    about = {name: more.pop(name) for name in ("covers_to", "stand_in", "title") if name in more}
    evidence = Evidence(code=f"E{code}", grade=grade, **({"title": f"Source {code}"} | about))
    citation = Citation(
        code=f"C{code}", record=record, field=field, evidence=evidence, **({"used": True} | more)
    )
    return [evidence, citation]
