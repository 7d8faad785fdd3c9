"""Columns, type sizes and notes of tables."""

import pytest

from tests.report.typeset.sample import annex_table, options_table
from wayforward.report.typeset.document import Cell, Column, Table
from wayforward.report.typeset.layout import PADDING_POINTS, PAGE_POINTS, breakable, ems, lay_out, letter


def table(*columns: Column, rows: tuple[tuple[str | Cell, ...], ...], **more: bool) -> Table:
    return Table("C", "t", columns, rows, **more)


@pytest.mark.parametrize("one", [options_table(), annex_table(10)], ids=["options", "annex"])
def test_no_word_is_wider_than_its_column(one: Table) -> None:
    laid = lay_out(one)
    assert sum(column.share for column in laid.columns) == pytest.approx(1, abs=0.001)
    for place, column in enumerate(laid.columns):
        room = column.share * PAGE_POINTS - PADDING_POINTS
        texts = [column.title, column.unit, *(row[place].text for row in laid.rows)]
        for word in " ".join(texts).replace("\u200b", " ").split(" "):
            assert ems(word) * laid.points <= room + 0.5, word


def test_many_columns_step_the_type_down_and_never_below_the_least() -> None:
    def points(columns: int) -> float:
        heads = tuple(Column(f"Col {place}") for place in range(columns))
        return lay_out(table(*heads, rows=(("12.3",) * columns,))).points

    sizes = [points(columns) for columns in (3, 5, 6, 7, 8, 12, 40)]
    assert sizes == [9.5, 9.5, 9.0, 8.5, 8.0, 8.0, 6.5]


def test_a_column_of_words_gets_more_room_than_one_of_figures() -> None:
    laid = lay_out(
        table(
            Column("Name"),
            Column("Value", align="right"),
            rows=(("a long description of what the row is about, over some words", "1.0"),),
        )
    )
    assert laid.columns[0].share > 3 * laid.columns[1].share


def test_own_widths_are_kept_in_proportion() -> None:
    laid = lay_out(table(Column("A", width=1), Column("B", width=3), rows=(("x", "y"),)))
    assert laid.columns[1].share / laid.columns[0].share == pytest.approx(3, rel=0.15)


def test_footnotes_are_lettered_once_a_text_in_order() -> None:
    row = (Cell("1", "second hand"), Cell("2", "estimate"), Cell("3", "second hand"))
    laid = lay_out(table(Column("A"), Column("B"), Column("C"), rows=(row,)))
    assert [cell.note for cell in laid.rows[0]] == ["a", "b", "a"]
    assert laid.notes == (("a", "second hand"), ("b", "estimate"))


def test_letters_go_on_after_z() -> None:
    assert [letter(place) for place in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def test_an_illustrative_figure_is_explained_once() -> None:
    row = (Cell("1", emphasis="illustrative"), Cell("2", emphasis="illustrative"))
    laid = lay_out(table(Column("A"), Column("B"), rows=(row,)))
    assert laid.notes == (("○", "illustrative figure"),)


def test_the_first_column_heads_its_rows_unless_told_otherwise() -> None:
    columns, rows = (Column("A"), Column("B")), (("x", "y"),)
    assert [cell.header for cell in lay_out(table(*columns, rows=rows)).rows[0]] == [True, False]
    laid = lay_out(table(*columns, rows=((Cell("x", header=False), "y"),)))
    assert not laid.rows[0][0].header


def test_a_range_holds_together_in_a_column_of_figures() -> None:
    laid = lay_out(table(Column("A"), Column("B", align="right"), rows=(("x", "1.2 (0.9 to 3)"),)))
    assert laid.rows[0][1].text == "1.2 (0.9\u00a0to\u00a03)"


def test_only_very_long_words_may_break() -> None:
    assert breakable("a short-ish hyphenated/word") == "a short-ish hyphenated/word"
    broken = breakable("https://example.org/a/long/address/of/some/kind")
    assert broken.replace("\u200b", "") == "https://example.org/a/long/address/of/some/kind"
    assert max(map(len, broken.split("\u200b"))) <= 13
