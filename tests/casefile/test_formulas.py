"""Cells with formulas: a result that was kept is read; one that was not, or is an error, is refused by its cell."""

from pathlib import Path

import pytest
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from tests.casefile.streaming import compared
from tests.casefile.test_hostile import hostile, row_of, workbook_parts
from wayforward.casefile import limits, load
from wayforward.casefile.stream_in import Upload, read_stream
from wayforward.casefile.workbook_child import Cells, column_of, letters
from wayforward.records.faults import Faults

SMALL = Path(__file__).parent / "small_case"
UNKEPT = "a formula whose result was not kept"


def brought(tmp_path: Path, cells: str, prefix: str = "") -> Upload:
    """A sheet of services whose second row, S1, is made of these cells after its code."""
    heads = row_of(1, "code", "name", "people", "yearly_cost", "yearly_demand")
    code = '<c r="A2" t="inlineStr"><is><t>S1</t></is></c>'
    parts = workbook_parts(f'{heads}<row r="2">{code}{cells}</row>', name="services")
    if prefix:
        sheet = parts["xl/worksheets/a.xml"].replace("</", f"</{prefix}:").replace("<", f"<{prefix}:")
        sheet = sheet.replace(f"<{prefix}:/{prefix}:", f"</{prefix}:").replace("xmlns=", f"xmlns:{prefix}=")
        parts["xl/worksheets/a.xml"] = sheet
    return read_stream("a.xlsx", hostile(tmp_path / "a.xlsx", parts).read_bytes())


def test_a_result_that_was_kept_is_read(tmp_path: Path) -> None:
    """A text, a blank text, a number and a formula shared with another cell: the values are those within <v>."""
    upload = brought(
        tmp_path,
        '<c r="B2" t="str"><f>A1&amp;"x"</f><v>Lending</v></c>'
        '<c r="C2"><f>4*2</f><v>8</v></c>'
        '<c r="D2"><f t="shared" si="0"/><v>310000.5</v></c>'
        '<c r="E2" t="str"><f>""</f><v></v></c>',
    )
    (row,) = upload.tables[0].rows
    assert row.cells == {"name": "Lending", "people": "8", "yearly_cost": "310000.5", "yearly_demand": ""}
    assert (row.faults, upload.faults) == ({}, [])


@pytest.mark.parametrize("kept", ["", "<v></v>", "<v/>"])
@pytest.mark.parametrize("prefix", ["", "x"])
def test_a_result_that_was_not_kept_is_never_taken_for_blank(tmp_path: Path, kept: str, prefix: str) -> None:
    """S1 costs 310,000 in the small case: the cell is refused by its place, and the value would stay."""
    cell = f'<c r="D2"><f>SUM(A1:A9)</f>{kept}</c>'
    (one,) = compared(load(SMALL), brought(tmp_path, cell, prefix))
    told = {c.column: (c.place, c.mark, c.stored, *c.fault) for c in one.cells}
    place, mark, stored, found, allowed = told["yearly_cost"]
    assert (place, mark, stored, found) == ("D2", "refused", "310000", UNKEPT)
    assert "open the file in Excel or LibreOffice and save it" in allowed


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?"])
def test_a_result_that_is_an_error_is_told_by_its_cell(tmp_path: Path, error: str) -> None:
    upload = brought(tmp_path, f'<c r="C2" t="e"><f>1/0</f><v>{error}</v></c>')
    assert upload.tables[0].rows[0].faults["people"][0] == f"{error}, an error of the spreadsheet"


def test_an_error_that_the_reader_does_not_know_is_told_by_its_cell_too(tmp_path: Path) -> None:
    with pytest.raises(Faults) as told:
        brought(tmp_path, '<c r="C2" t="e"><f>A1:A3</f><v>#SPILL!</v></c>')
    assert [(f.place, f.row, f.column, f.found) for f in told.value.faults] == [
        ("services", 2, "C", "#SPILL!, an error of the spreadsheet")
    ]


def test_a_cell_that_does_not_say_where_it_is_comes_after_the_one_before(tmp_path: Path) -> None:
    rows = row_of(1, "code", "name") + "<row><c t='inlineStr'><is><t>S1</t></is></c><c><f>A1</f></c></row>"
    path = hostile(tmp_path / "a.xlsx", workbook_parts(rows, name="services"))
    (row,) = read_stream("a.xlsx", path.read_bytes()).tables[0].rows
    assert row.faults["name"][0] == UNKEPT


def test_thousands_of_such_cells_are_each_refused_or_all_of_the_file(tmp_path: Path) -> None:
    """More than are told: then nothing of the file is read, and no cell of it as blank."""
    heads = row_of(1, "code", "name", "people")
    some = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>S{n}</t></is></c><c r="B{n}"><f>A1</f></c></row>'
        for n in range(2, 302)
    )
    path = hostile(tmp_path / "a.xlsx", workbook_parts(heads + some, name="services"))
    rows = read_stream("a.xlsx", path.read_bytes()).tables[0].rows
    assert [row.faults["name"][0] for row in rows] == [UNKEPT] * 300
    many = "".join(f'<row r="{n}"><c r="B{n}"><f>A1</f></c></row>' for n in range(2, limits.FAULTS + 10))
    path = hostile(tmp_path / "b.xlsx", workbook_parts(heads + row_of(2, "S1") + many, name="services"))
    with pytest.raises(Faults, match="faults or more"):
        read_stream("b.xlsx", path.read_bytes())


def test_a_whole_case_is_refused_by_the_cell(tmp_path: Path) -> None:
    rows = row_of(1, "code", "name") + '<row r="2"><c r="A2"><f>A9</f></c><c r="B2"><f>A9</f><v/></c></row>'
    path = hostile(tmp_path / "case.xlsx", workbook_parts(rows))
    with pytest.raises(Faults) as told:
        load(path)
    assert {(f.place, f.row, f.column) for f in told.value.faults if f.found == UNKEPT} == {
        ("options", 2, "code"),
        ("options", 2, "name"),
    }


@pytest.mark.parametrize("at", [0, 25, 26, 51, 52, 701, 702, 16_383])
def test_columns_are_called_as_a_spreadsheet_calls_them(at: int) -> None:
    """XlsxWriter names them independently."""
    assert letters(at) == xl_col_to_name(at)
    assert column_of(xl_rowcol_to_cell(6, at)) == at


def test_a_sheet_that_is_not_well_formed_is_not_looked_through_in_part() -> None:
    from xml.parsers.expat import ExpatError

    with pytest.raises(ExpatError):
        Cells(b"<worksheet><row><c><f>1</f></c>")
