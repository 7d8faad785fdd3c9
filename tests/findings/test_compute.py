"""The framework of findings: what may be read, what makes a finding stale, where its evidence comes from."""

import dataclasses
import json
from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import CostLine
from wayforward.findings import Finding, Findings, Result, UnknownFinding, compute, registered
from wayforward.findings.compute import Reading, UndeclaredRead
from wayforward.findings.finding import plain_value
from wayforward.findings.provenance import used
from wayforward.findings.registry import declared
from wayforward.options.models import Option
from wayforward.records.base import record_models
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(UnknownFinding, match=r"appraisal\.npsv"):
        Findings(usual_town().case(), keep=False)["appraisal.npvs"]


def test_a_table_not_declared_cannot_be_read() -> None:
    plan = dataclasses.replace(declared("appraisal.npsv"), reads=(Option,), needs=())
    reading = Reading(Findings(usual_town().case(), keep=False), plan)
    reading.rows(Option)
    with pytest.raises(UndeclaredRead, match="cost_lines"):
        reading.rows(CostLine)
    with pytest.raises(UndeclaredRead, match=r"finance\.headroom"):
        reading.need("finance.headroom")


@pytest.mark.parametrize("key", list(registered()))
def test_every_finding_says_something_about_an_empty_exercise(key: str) -> None:
    town = usual_town()
    finding = Findings(Case(town.exercise, {}), keep=False)[key]
    assert finding.headline
    assert not finding.headline.endswith(".")
    assert finding.title
    assert finding.question.endswith("?")
    numbers = [v for row in finding.rows for v in row.values() if isinstance(v, float)]
    assert 0.0 not in numbers, "nought stands for what is not known"


@pytest.mark.parametrize("key", list(registered()))
def test_every_finding_has_a_method_note_or_is_a_listing(key: str) -> None:
    from pathlib import Path

    method = declared(key).method
    notes = Path(__file__).parents[2] / "docs" / "methods"
    assert method == "listing" or (notes / f"{method}.md").exists()


def test_only_what_depends_on_a_change_goes_stale() -> None:
    town = usual_town()
    before = {k: Findings(town.case(), keep=False).fingerprint(declared(k)) for k in registered()}
    town.tables[CostLine][0].name = "another name"
    after = {k: Findings(town.case(), keep=False).fingerprint(declared(k)) for k in registered()}
    stale = {key for key in before if before[key] != after[key]}

    def depends(key: str) -> bool:
        return CostLine in declared(key).reads or any(depends(need) for need in declared(key).needs)

    assert stale == {key for key in registered() if depends(key)}
    assert "appraisal.npsv" in stale
    assert "scope.category" not in stale


def test_a_changed_citation_makes_stale_what_reads_its_table() -> None:
    town = usual_town()
    town.cite(town.tables[CostLine][0], town.strong)
    before = {k: Findings(town.case(), keep=False).fingerprint(declared(k)) for k in registered()}
    town.tables[Citation][0].reason = "another reason"
    cited = _stale(town, before)
    town.tables[Citation][0].reason = ""
    town.strong.grade = 5  # the evidence that it names
    graded = _stale(town, before)
    town.strong.grade = 2
    town.weak.grade = 5  # evidence that nothing cites
    assert cited == {key for key in registered() if _needed(key) & {CostLine, Citation}}
    assert graded == {key for key in registered() if _needed(key) & {CostLine, Evidence}}
    assert _stale(town, before) == {key for key in registered() if Evidence in _needed(key)}
    assert "appraisal.npsv" in cited & graded
    assert "scope.category" not in cited | graded


def _stale(town: Town, before: dict[str, str]) -> set[str]:
    found = Findings(town.case(), keep=False)
    return {key for key in before if before[key] != found.fingerprint(declared(key))}


def test_a_citation_of_the_exercise_is_everybodys() -> None:
    town = usual_town()
    before = {k: Findings(town.case(), keep=False).fingerprint(declared(k)) for k in registered()}
    town.cite(town.exercise, town.strong, "budget")
    assert _stale(town, before) == set(registered())


def test_what_a_finding_rests_on_is_of_a_table_that_it_reads() -> None:
    town = usual_town()
    line = used(town.tables[CostLine][:1])
    plan = declared("appraisal.costs")
    astray = dataclasses.replace(plan, reads=(Option,), compute=lambda case: Result("x", used=line))
    with pytest.raises(UndeclaredRead, match="cost_line:C-BAU"):
        Findings(town.case(), keep=False)._get(astray)


@pytest.mark.parametrize("key", list(registered()))
def test_money_has_a_price_base(key: str) -> None:
    town = usual_town()
    finding = Findings(Case(town.exercise, {}), keep=False)[key]
    units = {finding.unit, *(column.unit for column in finding.columns)}
    if any(unit.startswith("GBP") for unit in units):
        assert finding.price_base in ("2012-13 prices", "cash of the year")


def test_a_case_without_a_status_date_stands_at_today() -> None:
    town = usual_town()
    assert Findings(town.case(), keep=False).today == date(2012, 12, 20)
    town.exercise.status_date = None
    assert Findings(town.case(), keep=False).today == timezone.localdate()


def test_a_change_of_edition_or_seed_is_a_change_of_fingerprint() -> None:
    town = usual_town()
    plan = declared("appraisal.npsv")
    one = Findings(town.case(), keep=False).fingerprint(plan)
    assert Findings(town.case(), "green-book-2026", keep=False).fingerprint(plan) != one
    town.exercise.seed = 2
    assert Findings(town.case(), keep=False).fingerprint(plan) != one


def test_a_kept_finding_is_the_same_as_a_computed_one(settings, tmp_path) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path),
        }
    }
    town = usual_town()
    computed = Findings(town.case())["appraisal.npsv"]
    kept = Findings(town.case())["appraisal.npsv"]
    assert kept == computed
    cache.clear()


def test_json_and_back() -> None:
    finding = Findings(usual_town().case(), keep=False)["appraisal.costs"]
    assert Finding.from_json(json.dumps(finding.to_json())) == finding


def test_grade_is_the_worst_and_the_marking_the_strictest() -> None:
    town = usual_town()
    lines = town.tables[CostLine]
    town.cite(lines[0], town.strong)
    town.cite(lines[1], town.weak)
    lines[1].marking = "commercial"
    finding = Findings(town.case(), keep=False)["appraisal.costs"]
    assert finding.grade == 6
    assert finding.marking == "commercial"


def test_a_citation_not_used_supports_nothing() -> None:
    town = usual_town()
    town.cite(town.tables[CostLine][0], town.strong, used=False)
    finding = Findings(town.case(), keep=False)["appraisal.costs"]
    assert not finding.evidence
    assert "cost_line:C-BAU/amounts" in finding.assumptions


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_no_number_is_not_known(value: float) -> None:
    assert plain_value(value) is None


def test_twelve_significant_digits() -> None:
    assert plain_value(1 / 3) == 0.333333333333
    assert str(plain_value(-0.0)) == "0.0"


def test_the_code_is_in_every_fingerprint(monkeypatch) -> None:
    town = usual_town()
    plan = declared("appraisal.npsv")
    before = Findings(town.case(), keep=False).fingerprint(plan)
    monkeypatch.setattr(compute, "source_digest", lambda: "another version")
    assert Findings(town.case(), keep=False).fingerprint(plan) != before


def test_every_finding_declares_what_it_reads() -> None:
    """Each finding gives the same answer when every table that it did not declare is taken away."""
    case = usual_town().case()
    always = {Evidence, Citation}
    for key, plan in registered().items():
        needed = _needed(key)
        kept = {m: case.rows(m) for m in record_models() if m in needed | always}
        whole = Findings(case, keep=False)[key]
        part = Findings(Case(case.exercise, kept), keep=False)[key]
        assert part.rows == whole.rows, plan.key


def _needed(key: str) -> set[type]:
    plan = declared(key)
    return set(plan.reads).union(*(_needed(need) for need in plan.needs))
