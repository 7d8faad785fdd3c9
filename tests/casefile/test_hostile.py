"""What somebody means to do harm with is refused in words, in time, and opens nothing outside the folder."""

import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from wayforward.casefile import limits, load, write_workbook
from wayforward.records.faults import Fault, Faults

Told = Callable[[Path], list[Fault]]
SECONDS = 20
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def test_a_link_out_of_the_folder(folder: Path, tmp_path: Path, faults_of: Told) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("code,name\nX,secret\n")
    (folder / "gates.csv").symlink_to(secret)
    told = faults_of(folder)
    assert [(f.place, f.found) for f in told] == [("gates.csv", "a link out of the folder")]


def test_a_folder_of_narratives_that_is_a_link(folder: Path, tmp_path: Path, faults_of: Told) -> None:
    (folder / "sections").rename(tmp_path / "elsewhere")
    (folder / "sections").symlink_to(tmp_path / "elsewhere")
    assert [(f.place, f.found) for f in faults_of(folder)] == [("sections", "a link")]


def test_a_link_to_itself_and_a_pipe(folder: Path, faults_of: Told) -> None:
    (folder / "gates.csv").symlink_to("gates.csv")
    os.mkfifo(folder / "themes.csv")
    assert [f.place for f in faults_of(folder)] == ["gates.csv", "themes.csv"]


def test_a_folder_where_a_file_should_be(folder: Path, faults_of: Told) -> None:
    (folder / "gates.csv").mkdir()
    assert [(f.place, f.found) for f in faults_of(folder)] == [("gates.csv", "not a plain file")]


@pytest.mark.parametrize(
    ("limit", "value", "place"),
    [
        ("FILES", 10, "case"),
        ("FILE_BYTES", 300, "services.csv"),
        ("ALL_BYTES", 2000, "case"),
        ("ROWS", 6, "services.csv"),
    ],
)
def test_limits(
    folder: Path, faults_of: Told, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, place: str
) -> None:
    monkeypatch.setattr(limits, limit, value)
    told = [f for f in faults_of(folder) if f.place == place]
    assert f"at most {value:,}" in told[0].allowed


def test_a_cell_over_the_limit(folder: Path, faults_of: Told) -> None:
    path = folder / "lessons.csv"
    path.write_text(path.read_text().replace("Train first,", "Train first," + "x" * 30_001))
    told = faults_of(folder)
    assert [(f.row, f.column, f.found) for f in told] == [(2, "happened", "30,001 characters")]


def test_nothing_that_is_told_can_drive_a_terminal(folder: Path, faults_of: Told) -> None:
    path = folder / "lessons.csv"
    path.write_text(path.read_text().replace("option:B", "\x1b[2Joption\u202e" + "z" * 500))
    told = faults_of(folder)
    assert "\x1b" not in str(told[0])
    assert "\u202e" not in str(told[0])
    assert len(told[0].found) <= 80


def test_thousands_of_faults_are_told_in_time(folder: Path, faults_of: Told) -> None:
    rows = "".join(f"X{n},S{n},criticality,Nobody,high,,\n" for n in range(20_000))
    (folder / "ratings.csv").write_text("code,service,dimension,rater,rating,reason,marking\n" + rows)
    start = time.monotonic()
    told = faults_of(folder)
    assert len(told) == limits.FAULTS + 1
    assert "case: found more faults than are told at once" in str(told[0])
    assert time.monotonic() - start < SECONDS


def hostile(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def workbook_parts(sheet: str, before: str = "") -> dict[str, str]:
    """The least that makes a workbook with one sheet called options."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": f'{before}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="options" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/a.xml"/>'
        "</Relationships>",
        "xl/worksheets/a.xml": f'{before}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }


def far_cell() -> str:
    return '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'


def entities() -> str:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>'


BOOKS: dict[str, Callable[[Path], object]] = {
    "no zip": lambda path: path.write_bytes(b"code,name\n"),
    "empty": lambda path: path.write_bytes(b""),
    "old": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),
    "a zip of something else": lambda path: hostile(path, {"letter.txt": "hello"}),
    "bomb": lambda path: hostile(path, workbook_parts(" " * 160_000_000)),
    "tight": lambda path: hostile(path, workbook_parts(" " * 20_000_000)),
    "far cell": lambda path: hostile(path, workbook_parts(far_cell())),
    "entities": lambda path: hostile(path, workbook_parts("<row/>", entities())),
    "many parts": lambda path: hostile(path, {f"{n}.xml": "" for n in range(2_500)}),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-2000]),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:3000] + b"\0" * 3000 + path.read_bytes()[6000:]),
    "no sheet": lambda path: hostile(path, workbook_parts("") | {"xl/worksheets/a.xml": "<a"}),
}


@pytest.mark.parametrize("kind", BOOKS)
def test_a_hostile_workbook(folder: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "case.xlsx"
    write_workbook(load(folder), path)
    BOOKS[kind](path)
    start = time.monotonic()
    with pytest.raises(Faults) as told:
        load(path)
    assert time.monotonic() - start < SECONDS
    assert "case.xlsx" in {fault.place for fault in told.value.faults}


def test_a_workbook_of_one_long_text_a_million_times(tmp_path: Path, faults_of: Told) -> None:
    """A shared string is stored once and read as often as it is named."""
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("options")
        for row in range(20_000):
            for column in range(10):
                sheet.write_string(row, column, "long" * 5_000)
    start = time.monotonic()
    told = faults_of(path)
    assert time.monotonic() - start < SECONDS
    assert told[0].place == "case.xlsx"


@pytest.mark.parametrize("name", ["case.txt", "missing.xlsx", "missing"])
def test_what_is_no_case(tmp_path: Path, faults_of: Told, name: str) -> None:
    (tmp_path / "case.txt").write_text("hello")
    assert [f.allowed for f in faults_of(tmp_path / name)] == ["a case folder or a workbook (.xlsx)"]
