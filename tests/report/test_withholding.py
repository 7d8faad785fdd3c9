"""The public version in each of its formats: a report that quotes every table and finding tells nothing commercial."""

import io
from pathlib import Path
from typing import Any

import pytest
from benchmarks.filled import fill_every_register
from pypdf import PdfReader

from tests.hostile.placed import take_away_what_breaks_a_rule
from tests.pages.walked import Marked, marked_rows, names_in
from tests.workbench import store_small_case
from wayforward.exercise.models import Section
from wayforward.findings import Findings, registered
from wayforward.pages import pictures
from wayforward.pages.opened import as_it_stands
from wayforward.records.base import record_models
from wayforward.records.case import Case
from wayforward.records.models import Comment
from wayforward.records.save import Change, save_all
from wayforward.report.produce import make
from wayforward.report.seal import LeftOpen, Seal
from wayforward.report.signing.sign import _public_words
from wayforward.report.withholding import WITHHELD, PublicFindings

pytestmark = pytest.mark.django_db
GROUPS = 3  # of tables marked at once
ALL = ("html", "docx", "pdf")
WRITTEN = "Their tender was the dearest of them all."  # in a section; a numeral there must be quoted
SEAL = Seal("TOWN", "1.0", 12, "ab" * 32, "cd" * 32)


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chart is drawn elsewhere: a figure that is withheld has none, and its table stands beside it."""
    monkeypatch.setattr(pictures, "pictures", lambda findings, label: dict[str, Any]())
    monkeypatch.setattr("wayforward.report.produce.pictures", lambda findings, label: [*findings] and {})


@pytest.fixture
def named() -> Marked:
    """A row in each table, under a made-up name, and a section that quotes every table and every finding."""
    exercise = store_small_case()
    fill_every_register(exercise)
    take_away_what_breaks_a_rule(exercise)
    rows = marked_rows(Case.of(exercise))
    for row in rows.values():
        if isinstance(row, Section):
            row.body = WRITTEN
    save_all([Change(row, row.version) for row in rows.values()], "operator")
    section = Section.objects.filter(exercise=exercise).exclude(
        code__in=[row.code for row in rows.values() if isinstance(row, Section)]
    )[0]
    tables = [model.stem for model in record_models() if model is not Section]
    keys = [
        key for key in registered() if key.replace(".", "_") not in tables
    ]  # one of each name has a place
    quotes = [f"![](records:{stem})" for stem in tables] + [f"![](finding:{key})" for key in keys]
    section.body = "\n\n".join(quotes)
    save_all([Change(section, section.version)], "operator")
    return rows


def told(findings: Findings, to: Path, *formats: str) -> dict[str, set[str]]:
    """The numbers of the made-up names in the report, by format."""
    made = make(findings, to, formats, lambda done, of, what: None, SEAL)
    texts = {form: _readable(form, path.read_bytes()) for form, path in made.items()}
    said = {"118"} if WRITTEN.encode() in texts.get("html", b"") else set[str]()  # the number of sections
    return {form: names_in(text) | said for form, text in texts.items()}


def _readable(form: str, content: bytes) -> bytes:
    if form != "pdf":
        return content
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()


def mark(rows: Marked, marking: str) -> Findings:
    for row in rows.values():
        row.marking = marking
    save_all([Change(row, row.version) for row in rows.values()], "operator")
    return as_it_stands(next(iter(rows.values())).exercise)


def test_the_public_version_says_no_name(named: Marked, tmp_path: Path, quick: None) -> None:
    found: dict[str, set[str]] = {}
    for group in range(GROUPS):
        rows = dict(list(named.items())[group::GROUPS])
        findings = PublicFindings(mark(rows, "commercial"))
        formats = ALL if group == 0 else ("html",)
        found |= {
            f"{form} {group}": numbers & set(rows)
            for form, numbers in told(findings, tmp_path / str(group), *formats).items()
        }
        mark(rows, "")
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_that_the_whole_report_says_them(named: Marked, tmp_path: Path, quick: None) -> None:
    """So the test above can fail: with nothing withheld most names stand in every format."""
    rows = dict(list(named.items())[::GROUPS])
    findings = mark(rows, "commercial")
    for form, numbers in told(findings, tmp_path, *ALL).items():
        assert len(numbers & set(rows)) > 0.6 * len(rows), form
    section = {number: row for number, row in named.items() if isinstance(row, Section)}
    assert set(section) == {"118"}
    assert "118" in told(mark(section, "commercial"), tmp_path, "html")["html"]


@pytest.mark.parametrize(
    ("about", "reason", "hidden"),
    [
        ("cost_line:CL1", "Priced again next year", False),
        ("cost_line:CL2", "Priced again next year", True),
        ("finding:appraisal.npsv", "Priced again next year", True),
        ("finding:exercise.days_left", "Priced again next year", False),
        ("cost_line:CL1", "Secret machines are priced again next year", True),
    ],
)
def test_a_challenge_left_open_is_told_as_far_as_it_may_be(about: str, reason: str, hidden: bool) -> None:
    from wayforward.appraisal.models import CostLine

    exercise = store_small_case()
    line = CostLine.objects.get(exercise=exercise, code="CL2")
    line.name, line.marking = "Secret machines", "commercial"
    comment = Comment(
        exercise=exercise, code="COM-9", about=about, comment_kind="challenge", text="Is it so much?"
    )
    save_all([Change(line, line.version), Change(comment, 0)], "operator")
    findings = PublicFindings(as_it_stands(exercise))
    one = _public_words(findings, LeftOpen("COM-9", about, comment.text, reason))
    assert (one.text == one.reason == WITHHELD) is hidden
    assert one.code == "COM-9"
