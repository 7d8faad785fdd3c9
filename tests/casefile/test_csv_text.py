"""CSV: what is written is read back to the letter, and rows are numbered as a spreadsheet does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.casefile import csv_text

# The quotation marks, apostrophes and signs that the two rules are about come up more often than by chance.
texts = st.text() | st.text(alphabet="'=+-@\t\"\n, a")


@given(texts.filter(lambda text: "\r" not in text))
def test_neutral_and_plain_undo_each_other(text: str) -> None:
    assert csv_text.plain(csv_text.neutral(text)) == text


@given(texts)
def test_nothing_neutral_begins_a_formula(text: str) -> None:
    assert csv_text.neutral(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(st.lists(texts, min_size=2, max_size=4), max_size=5))
def test_write_and_read_undo_each_other(rows: list[list[str]]) -> None:
    kept = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    assert list(csv_text.read(csv_text.write(rows))) == kept


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "plain"),
        ("-5% of cost", "'-5% of cost"),
        ("'quoted'", "'quoted'"),
        ("'=1", "''=1"),
        ("=SUM(A1)", "'=SUM(A1)"),
    ],
)
def test_neutral(text: str, written: str) -> None:
    assert csv_text.neutral(text) == written


def test_quotation_marks_only_where_needed() -> None:
    assert csv_text.write([["a b", 'say "x"', "1,2", "two\nlines"]]) == (
        'a b,"say ""x""","1,2","two\nlines"\n'
    )


def test_a_cell_of_two_lines_is_one_row_and_blank_rows_count() -> None:
    text = 'code,name\nA,"two\nlines"\n\n,,\nB,one\n'
    assert list(csv_text.read(text)) == [(1, ["code", "name"]), (2, ["A", "two\nlines"]), (5, ["B", "one"])]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ('a,b\n1,"never closed\n', 2, "never closed"),
        ('a,b\n1,2\n3,"x"y\n', 3, "after a closing quotation mark"),
        ("a,b\n1," + "x" * 200_000, 2, "131,072 characters"),
    ],
)
def test_faults_of_quoting_name_the_row(text: str, row: int, words: str) -> None:
    with pytest.raises(csv_text.CsvFault, match=words) as told:
        list(csv_text.read(text))
    assert told.value.row == row
