"""One fault in a case that is otherwise whole: told once, with its file, row and column.

The places are counted by hand in tests/casefile/small_case: the header is row 1.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from wayforward.records.faults import Fault

Change = Callable[[str, int, str, str], None]
Told = Callable[[Path], list[Fault]]

# file, row, column, what is put there, and words of what is told to be allowed
CELLS = [
    ("cost_lines.csv", 2, "low", "nan", "at least 0"),
    ("cost_lines.csv", 2, "high", "inf", "a plain number"),
    ("services.csv", 2, "people", "about ten", "full-time equivalents"),
    ("services.csv", 3, "yearly_cost", "-120000", "at least 0"),
    ("cost_lines.csv", 3, "amounts", "2013-14: -60000", "yearly amounts in pounds"),
    ("services.csv", 2, "yearly_cost", "£1.2m", "an amount in pounds"),
    ("services.csv", 2, "yearly_cost", "310,000", "1250000"),
    ("inflation.csv", 3, "rate", "2%", "0.25 for 25%"),
    ("assessments.csv", 2, "level", "6", "a level from 1 to 5"),
    ("systems.csv", 2, "business_fit", "0", "a level from 1 to 5"),
    ("stages.csv", 3, "starts", "15/10/2012", "a date as 2012-12-20"),
    ("stages.csv", 3, "starts", "2012-W42-1", "a date as 2012-12-20"),
    ("inflation.csv", 2, "year", "2013-15", "a financial year"),
    ("ratings.csv", 3, "rating", "High", "one of high, medium, low"),
    ("cost_lines.csv", 3, "cash", "true", "yes or no"),
    ("options.csv", 3, "name", "", "one line of text"),
    ("options.csv", 3, "name", "   ", "one line of text"),
    ("lessons.csv", 2, "name", "Train\x00first", "one line of text"),
    ("options.csv", 2, "short_name", "a" * 41, "at most 40 characters"),
    ("options.csv", 3, "code", "A B", "a code of letters"),
    ("options.csv", 3, "order", "1", "A has these"),
    ("services.csv", 4, "code", "S2", "row 3 has this one"),
    ("services.csv", 4, "code", "s2", "row 3 has this one"),
    ("ratings.csv", 2, "service", "s1", "did you mean S1?"),
    ("ratings.csv", 2, "service", "nothing-like-it", "the code of a row of services"),
    ("ratings.csv", 2, "service", "", "the code of a row of services"),
    ("lessons.csv", 2, "bears_on", "option:Z", "kind:CODE"),
    ("lessons.csv", 2, "bears_on", "optoin:B", "did you mean option?"),
    ("lessons.csv", 2, "bears_on", "exercise:TOWN", "kind:CODE"),
    ("citations.csv", 4, "record", "option:b", "did you mean option:B?"),
    ("citations.csv", 2, "field", "yearly_costs", "did you mean yearly_cost?"),
    ("citations.csv", 2, "value", "310001", "what service:S1 has in yearly_cost (310000)"),
    ("citations.csv", 3, "used", "yes", "one used citation of service:S1/yearly_cost: C1"),
    ("citations.csv", 3, "reason", "", "why the one value is used"),
    ("citations.csv", 2, "evidence", "E3", "up to 2012-11-30"),
    ("work_packages.csv", 4, "ends", "2012-12-01", "from 2012-09-03 to 2012-11-30"),
    ("work_packages.csv", 3, "ends", "2012-09-28", "2012-10-01 (starts) or later"),
    ("work_package_order.csv", 2, "after", "P3", "an order that comes to an end"),
    ("services.csv", 3, "parent", "S3", "change one of these"),
    ("services.csv", 4, "supports", "S1", "a core service"),
    ("level_descriptors.csv", 3, "level", "1", "L1 has these"),
    ("options.csv", 2, "option_kind", "do minimum", "one row with business as usual"),
    ("options.csv", 3, "option_kind", "business as usual", "A is business as usual already"),
    ("option_services.csv", 2, "tasked_by", "contractor", "direction and control"),
    ("option_services.csv", 3, "outcome", "", "the modernisation outcome"),
    ("investment_outcomes.csv", 2, "investment", "i1", "did you mean I1?"),
    ("cost_lines.csv", 3, "quotes", "demand.harm", "never both"),
    ("benefit_lines.csv", 3, "amounts", "2014-15: 1000", "blank for an unmonetised benefit"),
    ("benefit_lines.csv", 2, "in_plan", "yes", "belongs to business as usual"),
    ("cost_lines.csv", 3, "low", "1.2", "at most 1"),
    ("cost_lines.csv", 3, "high", "1.1", "high at least 1.3"),
    ("cost_lines.csv", 3, "amounts", "2018-19: 60000", "2013-14 to 2017-18"),
    ("sections.csv", 3, "number", "1", "INT has these"),
    ("exercise.csv", 2, "edition", "green-book-1997", "green-book-2003"),
    ("exercise.csv", 2, "price_year", "1999-00", "a year from 2008"),
    ("exercise.csv", 2, "signoff_due", "2012-11-15", "2012-11-16 (report_due) or later"),
]


def test_the_case_that_is_broken_below_is_whole(folder: Path, faults_of: Told) -> None:
    assert faults_of(folder) == []


@pytest.mark.parametrize(("file", "row", "column", "text", "words"), CELLS)
def test_a_cell(
    folder: Path,
    change: Change,
    faults_of: Told,
    file: str,
    row: int,
    column: str,
    text: str,
    words: str,
) -> None:
    change(file, row, column, text)
    told = [f for f in faults_of(folder) if (f.place, f.row, f.column) == (file, row, column)]
    assert len(told) == 1
    assert words in told[0].allowed


# As above, where the fault is told in another cell: the second file, row and column.
ELSEWHERE = [
    (("services.csv", 3, "agreed_category", "support"), ("services.csv", 3, "agreed_reason")),
    (("ratings.csv", 3, "dimension", "criticality"), ("ratings.csv", 3, "rater")),
    (("services.csv", 3, "code", "S4"), ("services.csv", 4, "parent")),
    (("options.csv", 3, "code", "C"), ("lessons.csv", 2, "bears_on")),
    (("sections.csv", 2, "code", "BEG"), ("sections/INT.md", 0, "")),
    (("citations.csv", 3, "value", "three hundred"), None),
]


@pytest.mark.parametrize(("cell", "place"), ELSEWHERE)
def test_a_cell_that_makes_another_wrong(
    folder: Path,
    change: Change,
    faults_of: Told,
    cell: tuple[str, int, str, str],
    place: tuple[str, int, str] | None,
) -> None:
    change(*cell)
    told = [(f.place, f.row, f.column) for f in faults_of(folder)]
    assert told == [] if place is None else place in told


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


# file, the text that is replaced, by what, and where the fault is told: row, column, words
FILES = [
    ("options.csv", "summary", "sumary", 1, "sumary", "did you mean summary?"),
    ("options.csv", "summary", "sumary", 1, "summary", "its cells may be blank"),
    ("options.csv", ",order,", ",name,", 1, "name", "each column once"),
    ("options.csv", "code,name", "name", 1, "code", "the column code"),
    ("lessons.csv", "Train first", "Train first, then buy", 2, "marking", "one of not"),
    ("lessons.csv", "Train first", "Train, then buy, later", 2, "cell 7", "quotation marks"),
    ("lessons.csv", "Train first", '"Train" first', 2, "", "CSV"),
    ("lessons.csv", "Train first", '"Train first', 2, "", "CSV"),
    ("lessons.csv", "LE1,The next town", "\n\nLE1,", 4, "source", "one line of text"),
    ("investment_outcomes.csv", "IO1,I1", "IO1,K1", 2, "investment", "a row of investments"),
    ("exercise.csv", "TOWN,", "ONE,,,,,,,,,,,,,,,,,,,,,,\nTOWN,", 3, "code", "one row"),
]


@pytest.mark.parametrize(("file", "old", "new", "row", "column", "words"), FILES)
def test_a_file(
    folder: Path, faults_of: Told, file: str, old: str, new: str, row: int, column: str, words: str
) -> None:
    rewrite(folder / file, old, new)
    told = [f for f in faults_of(folder) if (f.place, f.row, f.column) == (file, row, column)]
    assert len(told) == 1
    assert words in told[0].allowed


def test_an_unknown_file_and_a_near_name(folder: Path, faults_of: Told) -> None:
    (folder / "services.csv").rename(folder / "service.csv")
    told = {fault.place: fault for fault in faults_of(folder)}
    assert "did you mean services.csv?" in told["service.csv"].allowed


def test_notes_beside_the_tables_are_no_fault(folder: Path, faults_of: Told) -> None:
    (folder / "README.md").write_text("About this case")
    (folder / ".hidden").write_text("")
    assert faults_of(folder) == []


def test_no_exercise(folder: Path, faults_of: Told) -> None:
    (folder / "exercise.csv").unlink()
    assert [f.place for f in faults_of(folder)] == ["exercise.csv"]


def test_an_exercise_without_a_row(folder: Path, faults_of: Told) -> None:
    path = folder / "exercise.csv"
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")
    assert [f.found for f in faults_of(folder)] == ["no row"]


def test_letters_that_are_not_utf_8(folder: Path, faults_of: Told) -> None:
    path = folder / "options.csv"
    path.write_bytes(path.read_bytes().replace(b"longer hours", "café".encode("cp1252")))
    told = faults_of(folder)
    # Nothing is told of rows elsewhere that point to options: they may well be there.
    assert [(f.place, f.row, f.found) for f in told] == [("options.csv", 3, "letters that are not UTF-8")]


def test_two_agreeing_uses_are_two_uses(folder: Path, change: Change, faults_of: Told) -> None:
    change("citations.csv", 3, "value", "310000")
    change("citations.csv", 3, "used", "yes")
    assert [(f.row, f.column) for f in faults_of(folder)] == [(3, "used")]


def test_a_stand_in_may_be_used(folder: Path, change: Change, faults_of: Told) -> None:
    change("citations.csv", 2, "evidence", "E3")
    change("evidence.csv", 4, "stand_in", "The accounts of 2011-12, which were lost")
    assert faults_of(folder) == []


def test_everything_is_told_in_one_pass(folder: Path, change: Change, faults_of: Told) -> None:
    change("services.csv", 2, "people", "many")
    change("ratings.csv", 2, "service", "S99")
    change("cost_lines.csv", 3, "quotes", "demand.harm")
    change("stages.csv", 2, "ends", "2013-10-12")
    (folder / "notes.txt").write_text("")
    places = {(f.place, f.row, f.column) for f in faults_of(folder)}
    assert places == {
        ("services.csv", 2, "people"),
        ("ratings.csv", 2, "service"),
        ("cost_lines.csv", 3, "quotes"),
        ("stages.csv", 2, "ends"),
        ("notes.txt", 0, ""),
    }


def test_a_bad_cell_hides_no_rule_and_starts_none(folder: Path, change: Change, faults_of: Told) -> None:
    """With the kind of the first option unreadable, nobody can say that business as usual is missing."""
    change("options.csv", 2, "option_kind", "busines as usual")
    assert [(f.place, f.row, f.column) for f in faults_of(folder)] == [("options.csv", 2, "option_kind")]


def test_a_workbook_names_sheet_and_row(folder: Path, tmp_path: Path, faults_of: Told) -> None:
    import xlsxwriter

    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("options")
        for column, name in enumerate(["code", "name", "short_name", "option_kind", "order"]):
            sheet.write(0, column, name)
        sheet.write_row(2, 0, ["A", "As now", "As now", "business as usual", 1.5])
        sheet.write_formula(3, 4, "=1/0", None, "#DIV/0!")
        sheet.write(3, 0, "B")
        workbook.add_worksheet("option").write(0, 0, "code")
    told = {(f.place, f.row, f.column): f.found for f in faults_of(path)}
    assert told["options", 3, "order"] == "1.5"
    assert told["options", 4, "order"] == "#DIV/0!, an error of the spreadsheet"
    assert told["options", 1, "summary"] == "no such column"
    assert told["option", 0, ""] == "a sheet that is no part of a case"
    assert told["exercise", 0, ""] == "nothing"
