"""Columns, type sizes and notes of tables."""

import pytest

from tests.report.typeset.sample import annex_table, options_table
from wayforward.report.typeset.document import Cell, Column, Table
from wayforward.report.typeset.layout import (
    PADDING_POINTS,
    PAGE_POINTS,
    SetTable,
    Slack,
    breakable,
    ems,
    lay_out,
    letter,
)


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


def test_a_long_head_over_short_cells_is_no_tower_of_single_words() -> None:
    head = "Share of draws in which its worth is highest"
    long = "What becomes of a service, of whom it is asked, and by when. " * 6
    laid = lay_out(table(Column("Name"), Column(head), rows=((long, "9"),)))
    room = laid.columns[1].share * PAGE_POINTS - PADDING_POINTS
    assert ems(head) * laid.points / room < 3.5  # lines, where its nine words could take as many


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


def words_fit(laid: SetTable, wider: float = 1.0) -> list[str]:
    """The words of a table that would not fit their columns in a face so much wider."""
    found = []
    for place, column in enumerate(laid.columns):
        room = column.share * PAGE_POINTS - laid.padding
        texts = [column.title, column.unit, *(row[place].text for row in laid.rows)]
        words = " ".join(texts).replace("\u200b", " ").split(" ")
        found += [word for word in words if ems(word) * laid.points * wider > room + 0.5]
    return found


def test_a_long_word_in_a_head_breaks_rather_than_print_over_its_neighbours() -> None:
    heads = [Column("Option"), Column("Partnershipwithoutaspaceofanykindinitsname"), *[Column("Other")] * 5]
    laid = lay_out(table(*heads, rows=(("a",) * 7,)))
    assert "\u200b" in laid.columns[1].title
    assert words_fit(laid) == []


def test_words_shorter_than_that_break_where_columns_are_too_many() -> None:
    heads = [Column(f"Neighbourhood{place}") for place in range(12)]
    assert words_fit(lay_out(table(*heads, rows=(("a",) * 12,)))) == []


def test_words_fit_a_face_an_eighth_wider_where_room_is_left_for_it() -> None:
    # Seven columns as the options table has them; Arial is about an eighth wider than Source Sans.
    for one in (options_table(), annex_table(10)):
        assert words_fit(lay_out(one, slack=Slack(1.14, 1.3)), 1.12) == []


def test_a_width_of_its_own_never_makes_a_column_narrower_than_its_words() -> None:
    laid = lay_out(table(Column("Illustrative", width=0.1), Column("B", width=9), rows=(("x", "y"),)))
    assert words_fit(laid) == []


def test_columns_of_figures_of_one_unit_are_told_it_once() -> None:
    years = tuple(Column(f"201{year}-1{year + 1}", "£ million", "right") for year in range(4))
    laid = lay_out(table(Column("Heading"), *years, rows=(("Pay", "1", "2", "3", "4"),)))
    assert laid.unit == "£ million"
    assert [column.unit for column in laid.columns] == [""] * 5
    laid = lay_out(table(Column("Heading"), *years[:3], rows=(("Pay", "1", "2", "3"),)))
    assert (laid.unit, laid.columns[1].unit) == ("", "£ million")


def test_a_plan_of_eleven_years_is_not_set_below_seven_points() -> None:
    years = tuple(Column(f"20{year}-{year + 1}", "£ million", "right") for year in range(12, 23))
    rows = (("Premises, transport, supplies and services", *["441.8"] * 11),)
    assert lay_out(table(Column("Heading"), *years, rows=rows)).points >= 7
