"""Every kind of cell: what is written is read back, what is read is written, and the rest is refused in words."""

import sys
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.records import fields
from wayforward.records.fields.words import CONTROL

CHOICES = [("high", "High"), ("low", "Low")]
FIELDS: dict[str, Any] = {
    "short": fields.ShortText("A"),
    "long": fields.LongText("A"),
    "code": fields.CodeField("A"),
    "record": fields.RecordRef("A"),
    "choice": fields.Choice("A", choices=CHOICES),
    "number": fields.Number("A"),
    "six": fields.Number("A", decimal_places=6),
    "money": fields.Money("A", least=None),
    "fraction": fields.Fraction("A", least=-1),
    "whole": fields.Whole("A", least=None),
    "level": fields.Level("A"),
    "year": fields.YearField("A"),
    "day": fields.Day("A"),
    "yes": fields.YesNo("A"),
    "profile": fields.Profile("A"),
}

pounds = st.decimals(-(10**11), 10**11, places=2)
text = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), max_size=40)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "short": text,
    "long": text,
    "code": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", fullmatch=True),
    "record": st.from_regex(r"[a-z]{1,9}:[A-Z0-9][A-Z0-9-]{0,9}", fullmatch=True) | st.just("exercise"),
    "choice": st.sampled_from(["high", "low", ""]),
    "number": st.none() | st.decimals(-(10**10), 10**10, places=4),
    "six": st.none() | st.decimals(-(10**8), 10**8, places=6),
    "money": st.none() | pounds,
    "fraction": st.none() | st.decimals(-1, 1, places=6),
    "whole": st.none() | st.integers(-(2**31) + 1, 2**31 - 1),
    "level": st.none() | st.integers(1, 5),
    "year": st.none() | st.integers(1000, 2999),
    "day": st.none() | st.dates(),
    "yes": st.none() | st.booleans(),
    "profile": st.none()
    | st.dictionaries(st.integers(1990, 2060), pounds.map(abs), min_size=1).map(
        lambda by: {fields.write_year(year): FIELDS["money"].write_cell(by[year]) for year in sorted(by)}
    ),
}


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
def test_what_is_written_is_read_back(name: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[name])
    cell = FIELDS[name].write_cell(value)
    assert FIELDS[name].read_cell(cell) == value
    assert FIELDS[name].write_cell(FIELDS[name].read_cell(cell)) == cell


# A field, a cell, and its value as anybody would read it.
READ = [
    ("money", "1250000.50", Decimal("1250000.5")),
    ("money", "007", Decimal(7)),
    ("whole", "2147483647", 2147483647),
    ("year", "1999-00", 1999),
    ("day", "2012-12-20", date(2012, 12, 20)),
    ("yes", "no", False),
    ("yes", "", None),
    ("short", "", ""),
    ("long", "a\r\nb\rc", "a\nb\nc"),
    ("profile", "2013-14 to 2014-15: 5; 2016-17: 2.50", {"2013-14": "5", "2014-15": "5", "2016-17": "2.5"}),
]


@pytest.mark.parametrize(("name", "cell", "value"), READ)
def test_read(name: str, cell: str, value: object) -> None:
    assert FIELDS[name].read_cell(cell) == value


# A field, a value, and the one way in which it is written.
WRITTEN = [
    ("number", Decimal("10.5000"), "10.5"),
    ("number", Decimal("100"), "100"),
    ("number", Decimal("1E+3"), "1000"),
    ("number", Decimal("-0.00"), "0"),
    ("money", 2500, "2500"),
    ("year", 2009, "2009-10"),
    ("yes", True, "yes"),
    ("profile", {"2014-15": "5", "2013-14": "5"}, "2013-14 to 2014-15: 5"),
    ("profile", {"2013-14": "5", "2015-16": "5"}, "2013-14: 5; 2015-16: 5"),
]


@pytest.mark.parametrize(("name", "value", "cell"), WRITTEN)
def test_written(name: str, value: object, cell: str) -> None:
    assert FIELDS[name].write_cell(value) == cell


REFUSED = [
    *[
        ("number", cell)
        for cell in ("nan", "inf", "-Infinity", "1e5", "1_000", "1,000", "٣", "0x1", "1.23456")
    ],
    ("number", "12345678901.23456"),  # more decimals than the field has
    ("six", "1234567890.123456"),  # 16 digits: more than a float or SQLite keeps
    *[("money", cell) for cell in ("£5", "5.001", "1.2m", "five")],
    *[("fraction", cell) for cell in ("12%", "1.1")],
    *[("whole", cell) for cell in ("1.0", "2147483648", "-2147483648", "१")],
    *[("level", cell) for cell in ("0", "6", "-1")],
    *[("year", cell) for cell in ("2012", "2012-14", "2012/13", "12-13")],
    *[("day", cell) for cell in ("2012-02-30", "20/12/2012", "2012-W01-1", "20121220", "2012-12-20T00")],
    *[("yes", cell) for cell in ("Yes", "true", "1")],
    *[("choice", cell) for cell in ("High", "medium")],
    *[("code", cell) for cell in ("-A", "A B", "é", "a" * 41, "../x")],
    *[("record", cell) for cell in ("service", "service:", ":A", "service:A/cost", "a b:C")],
    *[("short", cell) for cell in ("two\nlines", "nul\0", "esc\x1b[2J", "a" * 301, "\ufeffmark")],
    *[("long", cell) for cell in ("nul\0", "\x85", "\ufffe", "a" * 30_001)],
    *[
        ("profile", cell)
        for cell in (
            "2013-14",
            "2013-14: ",
            "2013-14: -5",
            "2013-14: 5;",
            "2013-14: 5; 2013-14: 6",
            "2014-15 to 2013-14: 5",
            "2013: 5",
            "1000-01 to 2900-01: 5",
        )
    ],
]


@pytest.mark.parametrize(("name", "cell"), REFUSED)
def test_refused(name: str, cell: str) -> None:
    with pytest.raises(fields.CellFault) as told:
        FIELDS[name].read_cell(cell)
    assert told.value.allowed == FIELDS[name].allowed()


@pytest.mark.parametrize("kind", [fields.ShortText, fields.Day, fields.Money, fields.YesNo])
def test_required(kind: Any) -> None:
    with pytest.raises(fields.CellFault, match="nothing"):
        kind("A", required=True).read_cell("")


# Marks of direction and format: nobody sees them, and they make two names look alike.
@pytest.mark.parametrize("kind", [fields.ShortText, fields.LongText])
@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\u200f", "\u2060", "\U000e0041", "\u061c"])
def test_what_nobody_sees_is_no_part_of_a_text(kind: Any, hidden: str) -> None:
    with pytest.raises(fields.CellFault, match=f"an invisible character, U\\+{ord(hidden):04X}"):
        kind("A").read_cell(f"Slow{hidden} roll-out")


def test_every_mark_of_format_is_refused_but_those_that_words_need() -> None:
    # The soft hyphen, the two joiners, and signs of Arabic, Syriac and Kaithi that are drawn around digits.
    drawn = [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]
    needed = {0xAD, 0x200C, 0x200D, *drawn}
    formats = {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"}
    assert {code for code in formats if not CONTROL.search(chr(code))} == needed & formats


def test_words_keep_their_joiners_and_their_tabs() -> None:
    for words in ("co\u00adoperate", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "a\tb"):
        assert fields.ShortText("A", required=True).read_cell(words) == words
        assert fields.LongText("A").read_cell(words) == words


@pytest.mark.parametrize(
    "blank", [" ", "\u00a0", "\u3164", "\u2800 \u2800", "\u00ad", "\u200d\u200c", "\ufe0f"]
)
def test_a_name_that_looks_blank_is_none(blank: str) -> None:
    with pytest.raises(fields.CellFault, match="nothing that can be seen"):
        fields.ShortText("A", required=True).read_cell(blank)


def test_bounds_are_said() -> None:
    assert "at least 0" in fields.Money("A").allowed()
    assert fields.Whole("A", most=100, unit="months").allowed() == (
        "a whole number of months, at least 0, at most 100"
    )
