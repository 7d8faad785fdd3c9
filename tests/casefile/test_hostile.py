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
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
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


def workbook_parts(
    rows: str, before: str = "", *, name: str = "options", ahead: str = "", after: str = ""
) -> dict[str, str]:
    """The least that makes a workbook with one sheet. `ahead` and `after` stand in it beside its rows."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{before}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/a.xml"/></Relationships>',
        "xl/worksheets/a.xml": f'{before}<worksheet xmlns="{MAIN}">{ahead}<sheetData>{rows}</sheetData>'
        f"{after}</worksheet>",
    }


def row_of(number: int, *texts: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'


def far_cell() -> str:
    return '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'


def entities() -> str:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>'


def from_outside(path: Path) -> Path:
    """A cell whose text would be a file of this machine."""
    outside = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'
    return hostile(path, workbook_parts(row_of(1, "code", "&a9;"), outside))


def lying(path: Path) -> Path:
    """A zip whose directory says that a part of 160 MB is small."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in workbook_parts(" " * 160_000_000).items():
            archive.writestr(name, text)
        for part in archive.filelist:
            part.file_size = min(part.file_size, 1_000)
    return path


def twice(path: Path) -> Path:
    """Two parts of one name: programs differ in which they read."""
    hostile(path, workbook_parts(row_of(1, "code")))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/A.xml", "<worksheet/>")
    return path


def shared(count: str, text: str, many: int) -> dict[str, str]:
    """A sheet that names one shared text in each of many rows, of a table that says how many texts it holds."""
    parts = workbook_parts("".join('<row><c t="s"><v>0</v></c></row>' for _ in range(many)))
    relation = f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f"{relation}</Relationships>"
    )
    table = f'<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}"><si><t>{text}</t></si></sst>'
    return parts | {"xl/sharedStrings.xml": table}


BOOKS: dict[str, Callable[[Path], object]] = {
    "no zip": lambda path: path.write_bytes(b"code,name\n"),
    "empty": lambda path: path.write_bytes(b""),
    "old": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),
    "a zip of something else": lambda path: hostile(path, {"letter.txt": "hello"}),
    "bomb": lambda path: hostile(path, workbook_parts(" " * 160_000_000)),
    "tight": lambda path: hostile(path, workbook_parts(" " * 20_000_000)),
    "far cell": lambda path: hostile(path, workbook_parts(far_cell())),
    "entities": lambda path: hostile(path, workbook_parts(row_of(1, "code", "&a9;"), entities())),
    "entity from outside": from_outside,
    "lying directory": lying,
    "a part twice": twice,
    "shared text": lambda path: hostile(path, shared("1", "ha" * 15_000, 4_000)),
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


ODD: dict[str, dict[str, str]] = {
    "nothing odd": {},
    "a million columns": {"ahead": '<dimension ref="A1:XFD1048576"/>'},
    "all columns styled": {
        "ahead": f"<cols>{'<col min=_1_ max=_16384_ width=_9_/>' * 20_000}</cols>".replace("_", '"')
    },
    "a million validations": {
        "after": "<dataValidations>"
        + '<dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation>'
        * 40_000
        + "</dataValidations>"
    },
    "merged": {
        "after": f"<mergeCells>{'<mergeCell ref=_A1:XFD1048576_/>' * 40_000}</mergeCells>".replace("_", '"')
    },
    "half a million elements deep": {"after": "<a>" * 500_000 + "</a>" * 500_000},
    "a link to elsewhere": {
        "after": '<hyperlinks><hyperlink ref="A2" r:id="r9" xmlns:r="' + RELATIONS + '"/></hyperlinks>'
    },
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_odd_beside_the_cells_is_passed_over(tmp_path: Path, kind: str) -> None:
    """A sheet that says it is larger than it is, or is full of what is no cell, is read as the two rows that it has."""
    from wayforward.casefile.stream_in import read_stream

    rows = row_of(1, "code", "name") + row_of(2, "S1", "Lending")
    path = hostile(tmp_path / "a.xlsx", workbook_parts(rows, name="services", **ODD[kind]))
    start = time.monotonic()
    (table,) = read_stream("a.xlsx", path.read_bytes()).tables
    assert time.monotonic() - start < SECONDS
    assert [(row.code, row.cells) for row in table.rows] == [("S1", {"name": "Lending"})]


def test_a_link_to_another_workbook_is_never_followed(tmp_path: Path) -> None:
    """The result that was kept is read; the other workbook, here a file of this machine, is not opened."""
    from wayforward.casefile.stream_in import read_stream

    secret = tmp_path / "secret.xlsx"
    os.mkfifo(secret)  # whoever opens it waits for ever
    rows = row_of(1, "code", "name") + (
        '<row r="2"><c t="inlineStr"><is><t>S1</t></is></c><c t="str"><f>[1]Sheet1!$A$1</f><v>Kept</v></c></row>'
    )
    parts = workbook_parts(rows, name="services")
    parts["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}"/>'
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" TargetMode="External" '
        f'Type="{RELATIONS}/externalLinkPath" Target="file://{secret}"/></Relationships>'
    )
    (table,) = read_stream("a.xlsx", hostile(tmp_path / "a.xlsx", parts).read_bytes()).tables
    assert [(row.code, row.cells) for row in table.rows] == [("S1", {"name": "Kept"})]


def test_a_table_of_texts_that_says_it_holds_four_thousand_million(tmp_path: Path) -> None:
    """It is read or refused, in time: what it says of itself is not believed."""
    from wayforward.casefile.stream_in import read_stream

    path = hostile(tmp_path / "a.xlsx", shared("4294967295", "code", 2))
    start = time.monotonic()
    with pytest.raises(Faults) as told:
        read_stream("a.xlsx", path.read_bytes())
    assert time.monotonic() - start < SECONDS
    assert {fault.place for fault in told.value.faults} <= {"a.xlsx", "options"}


CSVS: dict[str, tuple[Callable[[], str], str]] = {
    "one line": (lambda: "code,name\n" + "x" * 19_000_000, "a line of over 2,000,000 characters"),
    "a cell": (lambda: "code,name\nS1," + "x" * 200_000, "a cell of over 131,072 characters"),
    "a row": (lambda: "code,name\nS1" + ",ab" * 300_000, "a row of 300,001 cells"),
    "heads": (lambda: ",".join(f"c{n}" for n in range(100_000)), "a row of 100,000 cells"),
    "lines": (lambda: "code,name\n" + "\n" * 15_000_000, "more than 1,048,576 lines"),
    "quotes": (lambda: "code,name\n" + '"' * 1_000_001, "a cell of over 131,072 characters"),
    "too large": (lambda: "x" * 25_000_000, "more than 20,000,000 bytes"),
}


@pytest.mark.parametrize("kind", CSVS)
def test_a_hostile_csv(kind: str) -> None:
    from wayforward.casefile.stream_in import read_stream

    content, words = CSVS[kind]
    start = time.monotonic()
    with pytest.raises(Faults, match=words):
        read_stream("services.csv", content().encode())
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("way", ["utf-16", "utf-16-le", "utf-32"])
def test_a_csv_in_other_letters(way: str) -> None:
    from wayforward.casefile.stream_in import read_stream

    with pytest.raises(Faults, match="UTF-8"):
        read_stream("services.csv", "code,name\nS1,Lénding\n".encode(way))


def test_control_characters_in_a_csv_are_refused_by_cell() -> None:
    from wayforward.casefile.stream_in import read_stream

    text = "code,name\nS\x001,Lending\nS2,Len\x00ding\nS3,War\x1bdens\n"
    (table,) = read_stream("services.csv", text.encode()).tables
    assert [set(row.faults) for row in table.rows] == [{"code"}, {"name"}, {"name"}]


def test_blank_cells_at_the_end_of_a_row_are_nothing() -> None:
    """Excel writes them by the thousand where a format reaches to the last column."""
    from wayforward.casefile.stream_in import read_stream

    text = "".join(f"{row}{',' * 16_000}\n" for row in ("code,name", "S1,Lending"))
    (table,) = read_stream("services.csv", text.encode()).tables
    assert [(row.code, row.cells) for row in table.rows] == [("S1", {"name": "Lending"})]


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
