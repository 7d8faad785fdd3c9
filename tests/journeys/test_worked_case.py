"""The worked case from folder to report, as `make demo` and a reader go through it."""

import re
from pathlib import Path

import pytest

from tests.weak import without_grade_6
from wayforward.casefile import load, write_folder, write_workbook
from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.records.case import Case
from wayforward.records.models import Evidence
from wayforward.report.compose import lacking, sections
from wayforward.report.produce import produce

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


@pytest.fixture
def case() -> Case:
    return load(CASE)


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path: Path) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }


def text_of(path: Path) -> str:
    """The words of an HTML report."""
    return re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))


def test_the_case_is_stored_as_exported(case: Case, tmp_path: Path) -> None:
    write_folder(case, tmp_path / "again")
    stored = {p.relative_to(CASE).as_posix(): p.read_bytes() for p in CASE.rglob("*") if p.is_file()}
    written = {
        p.relative_to(tmp_path / "again").as_posix(): p.read_bytes()
        for p in (tmp_path / "again").rglob("*")
        if p.is_file()
    }
    assert sorted(stored) == sorted(written)
    assert [name for name in stored if stored[name] != written[name]] == []


def test_workbook_and_back(case: Case, tmp_path: Path) -> None:
    write_workbook(case, tmp_path / "one.xlsx")
    write_workbook(load(tmp_path / "one.xlsx"), tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_size_that_the_case_promises(case: Case) -> None:
    counts = {model.stem: len(case.rows(model)) for model in case.models()}
    assert counts["services"] >= 40
    assert counts["systems"] >= 25
    assert counts["priorities"] >= 12
    assert counts["capabilities"] >= 20
    assert counts["practices"] + counts["collaborations"] >= 15
    assert counts["options"] == 7
    assert counts["cost_lines"] + counts["benefit_lines"] >= 70
    assert counts["information_requests"] >= 20
    assert counts["sections"] == 9


def test_three_formats_the_same_bytes_twice(case: Case, tmp_path: Path, settings) -> None:
    first = produce(Findings(case, keep=False), tmp_path / "one", ["html", "docx", "pdf"])
    settings.CACHES["default"]["LOCATION"] = str(tmp_path / "another-cache")
    second = produce(Findings(load(CASE), keep=False), tmp_path / "two", ["html", "docx", "pdf"])
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name


def test_sections_stand_in_the_order_of_the_terms(case: Case, tmp_path: Path) -> None:
    # Section 4 of the terms of reference lists them in this order.
    asked = [
        "Ambition",
        "Strategic",
        "Financial",
        "Background",
        "Scope",
        "Capability",
        "Engagement",
        "Options",
        "Governance",
    ]
    titles = [section.title for section in sections(Findings(case))]
    assert [word in title for word, title in zip(asked, titles, strict=True)] == [True] * 9
    (page,) = produce(Findings(case), tmp_path, ["html"])
    text = text_of(page)
    places = [text.rindex(title) for title in titles]
    assert all(place > 0 for place in places)


def test_nothing_is_called_best_while_the_evidence_is_weak(case: Case, tmp_path: Path) -> None:
    findings = Findings(case)
    assert findings["appraisal.order"].value == "not ranked"
    (page,) = produce(findings, tmp_path, ["html"])
    # 'Best practice' is the terms' own word, 'preferred way forward' a verdict on the longlist's choices.
    text = re.sub(r"best practice|preferred way forward|or preferred", "", text_of(page), flags=re.IGNORECASE)
    assert re.findall(r"\b(?:is|are|ranks?) (?:the )?(?:best|preferred|first)\b", text) == []


def test_without_its_weakest_evidence_the_report_still_builds(case: Case, tmp_path: Path) -> None:
    weakened = without_grade_6(case)
    assert not any(item.grade == 6 for item in weakened.rows(Evidence))
    findings = Findings(weakened)
    assert findings["appraisal.order"].value == "not ranked"
    assert all(row["rank"] is None for row in findings["appraisal.order"].rows)
    assert all(row["npsv"] is None for row in findings["appraisal.npsv"].rows)
    paths = produce(findings, tmp_path, ["html", "docx", "pdf"])
    assert all(path.stat().st_size > 10_000 for path in paths)
    waiting = [section.title for section in sections(findings) if not lacking(findings, section)]
    assert waiting == [], "every section says what it waits for"
    assert "Waiting for" in text_of(paths[0])


def test_no_nought_stands_for_an_unknown(case: Case) -> None:
    """Once the evidence is gone no amount of money, no share and no years read nought: they read not known."""
    findings = Findings(without_grade_6(case))
    for finding in findings.all():
        figures = [
            c.name for c in finding.columns if c.unit in ("GBP", "fraction", "years", "months", "ratio")
        ]
        for row in finding.rows:
            noughts = [name for name in figures if row.get(name) == 0 and not isinstance(row.get(name), bool)]
            assert noughts == [], f"{finding.key}: {row}"


def test_an_unknown_key_fails_the_report_with_section_and_line(case: Case, tmp_path: Path) -> None:
    from wayforward.report.compose import ReportFaults

    section = next(s for s in case.rows(Section) if s.code == "OPT")
    section.body = "One line.\n\nIt is worth [](finding:appraisal.npvs).\n\nAnd costs £12m."
    with pytest.raises(ReportFaults) as caught:
        produce(Findings(case), tmp_path, ["html"])
    first, second = str(caught.value).splitlines()
    assert first.startswith("sections/OPT.md, line 3: found")
    assert "appraisal.npsv" in first
    assert second.startswith("sections/OPT.md, line 5: found")
    assert not list(tmp_path.glob("options-report*"))


def test_hindsight_is_used_nowhere_but_as_a_declared_stand_in(case: Case) -> None:
    for record in case.rows(Evidence):
        if record.covers_to and record.covers_to > case.exercise.knowledge_date and not record.stand_in:
            used = [
                c for c in case.by_reference.values() if getattr(c, "evidence", None) is record and c.used
            ]
            assert used == [], record.code
