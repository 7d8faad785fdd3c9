"""A finding's rows as a table for a page, and its one value in large type."""

from dataclasses import replace

import pytest

from wayforward.findings.finding import Column, Finding, Row, Scalar
from wayforward.pages.present import on_screen, value_text


def found(
    columns: tuple[Column, ...], rows: tuple[Row, ...], value: Scalar = None, unit: str = ""
) -> Finding:
    return Finding(
        key="test.found",
        title="",
        question="",
        headline="",
        unit=unit,
        value=value,
        value_column="",
        pivot=None,
        columns=columns,
        rows=rows,
        price_base="",
        method="listing",
        parameters={},
        seed=0,
        inputs=(),
        assumptions=(),
        evidence=(),
        grade=None,
        marking="official",
        warnings=(),
        waiting=(),
        fingerprint="",
    )


def label(kind: str, code: str) -> str:
    return f"the {kind} {code}"


OPTION = Column("option", "Option", refers="option")
COSTS = tuple(Column(f"cost_{n}", f"Cost {n}", "GBP") for n in range(9))
ROWS = tuple({"option": code, **{c.name: 2_500_000.0 for c in COSTS}} for code in ("A", "B"))


def test_few_records_with_many_columns_stand_across() -> None:
    shown = on_screen(found((OPTION, *COSTS), ROWS), label)
    assert shown.across
    assert [head.title for head in shown.heads] == ["", "the option A", "the option B"]
    assert [cell.text for cell in shown.rows[0]] == ["Cost 0, £ million", "2.5", "2.5"]
    assert len(shown.rows) == 9


@pytest.mark.parametrize(("columns", "records"), [(3, 2), (9, 1), (9, 9)])
def test_other_tables_stay_as_they_are(columns: int, records: int) -> None:
    one = found((OPTION, *COSTS[:columns]), ROWS[:1] * records)
    assert not on_screen(one, label).across


def test_numbers_know_that_they_stand_under_a_head_of_numbers() -> None:
    shown = on_screen(found((OPTION, COSTS[0]), ROWS), label)
    assert [numeric for _, numeric in shown.lines[0]] == [False, True]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (34, "days", "34 days"),
        (1_250_000.0, "GBP", "£1.3m"),  # half a tenth goes up, as everywhere
        (0.25, "fraction", "25%"),
        ("2013-01-23", "date", "23 January 2013"),
        (None, "days", ""),
    ],
)
def test_a_value_stands_with_its_unit(value: Scalar, unit: str, text: str) -> None:
    assert value_text(replace(found((), ()), value=value, unit=unit)) == text
