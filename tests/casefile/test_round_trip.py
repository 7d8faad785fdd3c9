"""Export, import, export: the same bytes, as a folder and as a workbook, and from one to the other."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayforward.casefile import load, write_folder, write_workbook
from wayforward.records.base import Record, Versioned, columns, model_of, record_models
from wayforward.records.case import Case, references
from wayforward.records.faults import Faults
from wayforward.records.fields import (
    Choice,
    CodeField,
    Day,
    LongText,
    Number,
    Pairs,
    Profile,
    RecordRef,
    Reference,
    Whole,
    YearField,
    YesNo,
    write_year,
)
from wayforward.records.fields.words import CONTROL
from wayforward.records.rows import cells

# Texts that a file, a spreadsheet or XML could mistake for something else.
AWKWARD = ["=1+1", "'=x", "''-", "'", "@a", "+44", "-", "\ttab", 'say "x", y', " lead", "tail ", "_x0041_"]
AWKWARD += [
    "<b>&amp;",
    "é",
    "\u2028",
    "\U0001f600",
    "1e5",
    "2012-12",
    "TRUE",
    "#REF!",
    " ",
    "https://a.example",
]
code = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,8}", fullmatch=True)
amount = st.integers(0, 10**11).map(lambda pence: f"{pence / 100:.2f}")


def words(most: int, *, lines: bool) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\r" if lines else "\r\n")
    free = st.text(letters, min_size=1, max_size=min(most, 40))
    awkward = st.sampled_from([*AWKWARD, *(["a\nb", "\n", "=1\n"] if lines else [])])
    return (free | awkward).filter(lambda text: len(text) <= most and not CONTROL.search(text))


def cell(field: Any, known: dict[type[Versioned], list[str]]) -> st.SearchStrategy[str]:
    """Texts that a field reads; the codes that are there for a reference."""
    if isinstance(field, Reference):
        values = st.sampled_from(known[field.table]) if known.get(field.table) else st.just("")
    elif isinstance(field, RecordRef):
        named = [f"{model.kind()}:{c}" for model, codes in known.items() for c in codes]
        values = st.sampled_from(["exercise", *named])
    elif isinstance(field, Choice):
        values = st.sampled_from(list(field.words()))
    elif isinstance(field, YearField):
        values = st.integers(1000, 2999).map(write_year)
    elif isinstance(field, Whole):
        least = -(2**31) + 1 if field.least is None else field.least
        values = st.integers(least, field.most or 2**31 - 1).map(str)
    elif isinstance(field, Number):
        low = max(-(10**9), field.least if field.least is not None else -(10**9))
        high = min(10**9, field.most if field.most is not None else 10**9)
        values = st.decimals(low, high, places=min(field.decimal_places, 4)).map(lambda d: f"{d:f}")
    elif isinstance(field, Day):
        values = st.dates().map(lambda day: day.isoformat())
    elif isinstance(field, YesNo):
        values = st.sampled_from(["yes", "no"])
    elif isinstance(field, Profile):
        years = st.dictionaries(st.integers(1990, 2060), amount, min_size=1, max_size=6)
        values = years.map(lambda by: "; ".join(f"{write_year(y)}: {a}" for y, a in by.items()))
    elif isinstance(field, Pairs):
        pairs = st.dictionaries(st.integers(-99, 99), st.integers(0, 100), min_size=1, max_size=4)
        values = pairs.map(lambda by: "; ".join(f"{first}: {second}" for first, second in by.items()))
    else:
        most = min(field.max_length or 300, 300)
        values = words(most, lines=isinstance(field, LongText))
        return values.filter(lambda text: not text.isspace()) if field.required else values | st.just("")
    return values if field.required else values | st.just("")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A few tables of a few rows each, with the tables that these must point to."""
    wanted = set(draw(st.lists(st.sampled_from(record_models()), max_size=4)))
    todo = list(wanted)
    while todo:
        needs = {f.table for f in references(todo.pop()) if f.required} - wanted
        wanted |= needs
        todo += needs
    models = [model for model in record_models() if model in wanted]
    unique = st.lists(code, min_size=1, max_size=3, unique_by=str.casefold)
    known: dict[type[Versioned], list[str]] = {model: draw(unique) for model in models}
    exercise = made(draw, model_of("exercise"), draw(code), known)
    tables: dict[type[Record], list[Record]] = {m: [] for m in record_models()}
    for model in models:
        tables[model] = [made(draw, model, c, known, exercise=exercise) for c in known[model]]
    rows = {(type(row), row.code): row for table in tables.values() for row in table}
    for row in rows.values():
        for field in references(type(row)):
            setattr(row, field.name, rows.get((field.table, row.pointing[field.name])))
    return Case(exercise, tables)


def made(draw: st.DrawFn, model: Any, name: str, known: Any, **more: Any) -> Any:
    texts = {f.name: draw(cell(f, known)) for f in columns(model) if not isinstance(f, CodeField)}
    fields = {f.name: f for f in columns(model)}
    pointing = {n for n in texts if isinstance(fields[n], Reference)}
    values = {n: fields[n].read_cell(text) for n, text in texts.items() if n not in pointing}
    row = model(code=name, **values, **more)
    row.pointing = {n: texts[n] for n in pointing}
    return row


@contextmanager
def without_rules() -> Iterator[Path]:
    """A made case keeps no rule of any stage: only cells and references are read here."""
    place = Path(tempfile.mkdtemp())
    try:
        with patch("wayforward.casefile.reading.CHECKS", []):
            yield place
    finally:
        shutil.rmtree(place)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def content(case: Case) -> dict[str, dict[str, str]]:
    rows = [row for model in case.models() for row in case.rows(model)]
    return {row.reference: cells(row) for row in [case.exercise, *rows]}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(cases())
def test_folder(case: Case) -> None:
    with without_rules() as place:
        write_folder(case, place / "a")
        loaded = load(place / "a")
        write_folder(loaded, place / "b")
        assert content(loaded) == content(case)
        assert files(place / "a") == files(place / "b")


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(cases())
def test_workbook(case: Case) -> None:
    with without_rules() as place:
        write_workbook(case, place / "a.xlsx")
        loaded = load(place / "a.xlsx")
        write_workbook(loaded, place / "b.xlsx")
        write_folder(case, place / "from case")
        write_folder(loaded, place / "from workbook")
        assert content(loaded) == content(case)
        assert (place / "a.xlsx").read_bytes() == (place / "b.xlsx").read_bytes()
        assert files(place / "from case") == files(place / "from workbook")


def test_the_small_case_is_stored_as_exported(folder: Path, tmp_path: Path) -> None:
    write_folder(load(folder), tmp_path / "again")
    assert files(tmp_path / "again") == files(folder)


def test_a_workbook_of_the_small_case_gives_the_folder_again(folder: Path, tmp_path: Path) -> None:
    write_workbook(load(folder), tmp_path / "case.xlsx")
    write_folder(load(tmp_path / "case.xlsx"), tmp_path / "again")
    assert files(tmp_path / "again") == files(folder)


def test_what_excel_and_windows_add_is_taken_off(folder: Path, tmp_path: Path) -> None:
    """A byte order mark, CR LF at the end of lines, and rows of nothing but commas."""
    for path in folder.rglob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode() + b",,\r\n\r\n")
    narrative = folder / "sections" / "INT.md"
    narrative.write_bytes(narrative.read_bytes().replace(b"\n", b"\r\n"))
    write_folder(load(folder), tmp_path / "again")
    shipped = Path(__file__).parent / "small_case"
    assert files(tmp_path / "again") == files(shipped)


def test_columns_in_any_order(folder: Path, tmp_path: Path) -> None:
    (folder / "capabilities.csv").write_text("name,marking,detail,code\nLend without a desk,,,K1\n")
    write_folder(load(folder), tmp_path / "again")
    assert (tmp_path / "again" / "capabilities.csv").read_text() == (
        "code,name,detail,marking\nK1,Lend without a desk,,\n"
    )


def test_a_folder_is_brought_up_to_date(folder: Path) -> None:
    """Tables and narratives that hold nothing now go; what is not of the case stays."""
    case = load(folder)
    (folder / "README.md").write_text("mine")
    (folder / "notes.txt").write_text("mine")
    (folder / "time_critical.csv").write_text("code\nold\n")
    (folder / "sections" / "OLD.md").write_text("old")
    write_folder(case, folder)
    left = set(files(folder))
    assert {"README.md", "notes.txt", "sections/INT.md"} <= left
    assert not {"time_critical.csv", "sections/OLD.md"} & left
    assert not [name for name in left if name.endswith(".new")]


def test_another_folder_is_not_written_into(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(Faults, match="a folder of other things"):
        write_folder(load(folder), other)
    assert files(other) == {"letter.txt": b"mine"}


def test_a_workbook_refuses_a_narrative_that_no_cell_holds(folder: Path, tmp_path: Path) -> None:
    case = load(folder)
    section = next(row for model in case.models() for row in case.rows(model) if row.code == "INT")
    section.body = "é" * 30_001  # type: ignore[attr-defined]
    with pytest.raises(Faults, match="sections, row 2, body: found 30,001 characters"):
        write_workbook(case, tmp_path / "case.xlsx")
    assert not (tmp_path / "case.xlsx").exists()


def test_numbers_and_days_are_real_cells(folder: Path, tmp_path: Path) -> None:
    from datetime import date

    from python_calamine import CalamineWorkbook

    write_workbook(load(folder), tmp_path / "case.xlsx")
    workbook = CalamineWorkbook.from_path(tmp_path / "case.xlsx")
    head, first, *_ = workbook.get_sheet_by_name("services").to_python()
    row = dict(zip(head, first, strict=True))
    assert (row["yearly_cost"], row["people"]) == (310000, 9.5)
    assert row["agreed_on"] == date(2012, 9, 20)
    year = workbook.get_sheet_by_name("inflation").to_python()[1][1]
    assert year == "2013-14"  # text: a spreadsheet would make a month of some years
    assert workbook.sheet_names[:2] == ["guide", "exercise"]


def test_no_text_is_a_formula_in_a_file(folder: Path, tmp_path: Path) -> None:
    case = load(folder)
    option = next(row for model in case.models() for row in case.rows(model) if row.code == "B")
    option.name = '=HYPERLINK("http://a.example")'  # type: ignore[attr-defined]
    write_folder(case, tmp_path / "out")
    assert '"\'=HYPERLINK(""http://a.example"")"' in (tmp_path / "out" / "options.csv").read_text()
    assert (tmp_path / "out" / "inflation.csv").read_text().splitlines()[1] == "IN1,2013-14,-0.005,A guess,"
