"""Tables as people read them: units in heads, no false ties, nothing said twice. Expected texts are by hand."""

import dataclasses

import pytest

from tests.appraisal.town import usual_town
from wayforward.findings import Column, Finding, Findings
from wayforward.pages.present import grid


def finding(columns: tuple[Column, ...], rows: list[dict], pivot=None) -> Finding:
    made = Findings(usual_town().case(), keep=False)["appraisal.costs"]
    return dataclasses.replace(made, columns=columns, rows=tuple(rows), pivot=pivot)


def label(kind: str, code: str) -> str:
    return {"A": "Alpha", "B": "Beta"}.get(code, code)


def texts(shown) -> list[list[str]]:
    return [[cell.text for cell in row] for row in shown.rows]


def test_millions_stand_in_the_head() -> None:
    shown = grid(
        finding((Column("x", "Cost", "GBP"),), [{"x": 12_345_678.0}, {"x": -400_000.0}, {"x": None}]), label
    )
    assert [(h.title, h.unit, h.numeric) for h in shown.heads] == [("Cost", "£ million", True)]
    assert texts(shown) == [["12.3"], ["−0.4"], ["not known"]]


def test_small_amounts_stay_in_pounds() -> None:
    shown = grid(finding((Column("x", "Cost", "GBP"),), [{"x": 98_000.0}]), label)
    assert (shown.heads[0].unit, texts(shown)) == ("£", [["98,000"]])


def test_no_false_tie() -> None:
    # 31.46 and 31.49 million both round to 31.5: two decimals tell them apart.
    columns = (Column("x", "Worth", "GBP", apart=True),)
    shown = grid(finding(columns, [{"x": 31_460_000.0}, {"x": 31_490_000.0}, {"x": -2_000_000.0}]), label)
    assert texts(shown) == [["31.46"], ["31.49"], ["−2.00"]]


def test_a_name_is_not_said_twice() -> None:
    columns = (Column("option", "Option", refers="option"), Column("name", "Name"), Column("note", "Note"))
    rows = [{"option": "A", "name": "Alpha", "note": ""}, {"option": "B", "name": "Beta", "note": ""}]
    shown = grid(finding(columns, rows), label)
    assert [h.title for h in shown.heads] == ["Option"]
    assert shown.rows[0][0].reference == "option:A"


def test_details_are_for_programs() -> None:
    columns = (Column("x", "Shown"), Column("y", "Hidden", detail=True))
    assert [h.title for h in grid(finding(columns, [{"x": "1", "y": "2"}]), label).heads] == ["Shown"]


def test_a_pivot_has_a_column_a_year() -> None:
    columns = (
        Column("option", "Option", refers="option"),
        Column("year", "Year", "financial year"),
        Column("x", "Cost", "GBP"),
    )
    rows = [{"option": o, "year": y, "x": 1e6 * y} for o in "AB" for y in (2013, 2014)][:-1]
    shown = grid(finding(columns, rows, ("option", "year", "x")), label)
    assert [h.title for h in shown.heads] == ["Option", "2013-14", "2014-15"]
    assert texts(shown) == [["Alpha", "2,013.0", "2,014.0"], ["Beta", "2,013.0", "–"]]


def test_the_years_of_a_pivot_stand_in_order() -> None:
    columns = (Column("name", "Name"), Column("year", "Year", "financial year"), Column("x", "Cost", "GBP"))
    rows = [{"name": "a", "year": y, "x": 1.0} for y in (2013, 2022, 2012)]
    heads = grid(finding(columns, rows, ("name", "year", "x")), label).heads
    assert [h.title for h in heads] == ["Name", "2012-13", "2013-14", "2022-23"]


def test_the_words_of_a_pivot_stand_as_they_come() -> None:
    columns = (Column("name", "Name"), Column("level", "Level", "words"), Column("x", "Services", "services"))
    rows = [{"name": "a", "level": level, "x": 1} for level in ("high", "medium", "low")]
    heads = grid(finding(columns, rows, ("name", "level", "x")), label).heads
    assert [h.title for h in heads] == ["Name", "High", "Medium", "Low"]


def test_none_is_not_not_known() -> None:
    columns = (
        Column("name", "Name"),
        Column("x", "Payback", "years"),
        Column("y", "Worth", "GBP", apart=True),
    )
    rows = [
        {"name": "a", "x": "", "y": ""},
        {"name": "b", "x": None, "y": None},
        {"name": "", "x": 3.5, "y": 2e6},
    ]
    assert texts(grid(finding(columns, rows), label)) == [
        ["a", "none", "none"],
        ["b", "not known", "not known"],
        ["", "3.5", "2.0"],
    ]


@pytest.mark.parametrize(
    ("title", "unit", "said"),
    [
        ("Lines", "lines", ""),
        ("Weight", "weight", ""),
        ("Raters", "raters", ""),
        ("Score, 1 to 9", "score", ""),
        ("Working days left", "days", ""),
        ("Gap", "levels", "levels"),
        ("Largest gap of a dimension", "levels", "levels"),
        ("Level by the weakest dimension", "levels", ""),
        ("Incidents per 1,000", "per 1,000", ""),
        ("Payback", "years", "years"),
        ("Value", "number", ""),
        ("Baseline", "unit of the row", ""),
    ],
)
def test_a_head_says_nothing_twice(title: str, unit: str, said: str) -> None:
    (head,) = grid(finding((Column("x", title, unit),), [{"x": 1}]), label).heads
    assert (head.title, head.unit) == (title, said)


def test_halves_are_rounded_up() -> None:
    # 350,000 is 0.35 million: 0.4. 31.25 and 31.35 million are 31.3 and 31.4, which needs no more decimals.
    rows = [{"x": 350_000.0}, {"x": 1_250_000.0}, {"x": -1_250_000.0}]
    assert texts(grid(finding((Column("x", "Cost", "GBP"),), rows), label)) == [["0.4"], ["1.3"], ["−1.3"]]
    columns = (Column("x", "Worth", "GBP", apart=True),)
    shown = grid(finding(columns, [{"x": 31_250_000.0}, {"x": 31_350_000.0}]), label)
    assert texts(shown) == [["31.3"], ["31.4"]]
    # 31.25 and 31.30 would both read 31.3: two decimals.
    shown = grid(finding(columns, [{"x": 31_250_000.0}, {"x": 31_300_000.0}]), label)
    assert texts(shown) == [["31.25"], ["31.30"]]
