"""The rule on typed figures: each case is read off the list in the module's own words."""

import pytest

from wayforward.report.typeset.numerals import typed

ALLOWED = [
    "put to the board on 23 January 2013 and again on 1st March",
    "from 23 to 25 January 2013",
    "in January 2013, or 2013-01-23",
    "the briefing at 09:30, ending 5pm",
    "savings from 2012-13 to 2016-17, and 2015/16",
    "since 2008, in the 1990s and in 2010, 2011 and 2012.",
    "see section 4, sections 4.1 and 4.2, annex B.2, Figure 3 and tables 1 to 3",
    "objective 2, stage 3, phase 1, option 4",
    "at level 2, levels 1 to 5, grade 6, grades 5 and 6",
    "SVC-012 and CL-004, A4, P50, PRINCE2, ISO 27001 and BS 7799",
    "a 999 call and 101 calls",
    "one, half, a dozen and twenty-two",
    "two years, nine weeks, four kinds, one in three",
    "the first hundred days, ten thousand people, hundreds of lines",
    "per cent of plan, pound for pound, the same pound twice, millions of calls",
]
REFUSED = [
    ("it costs £3.2m", "£3.2m"),
    ("it costs £ 2013 now", "2013"),
    ("some 63% of it", "63%"),
    ("some 63 per cent of it", "63"),
    ("some 63 per cent", "63"),
    ("2,012 officers", "2,012"),
    ("2013.5 hours", "2013.5"),
    ("2000 million", "2000"),
    ("1850 officers", "1850"),
    ("101 services", "101"),
    ("about ½ of it", "½"),
    ("٣ systems", "٣"),
    ("GBP300", "GBP300"),
    ("falls by 3.", "3"),
    ("level 2.5m", "2.5m"),
    ("section 4% of", "4%"),
    ("p. 12 of the plan", "12"),
    ("-5 points", "-5"),
    ("It costs forty-five million pounds, a third less", "forty-five million pounds"),
    ("Twenty per cent of it", "Twenty per cent"),
    ("some two-thirds, or sixty-six percent", "sixty-six percent"),
    ("three million", "three million"),
    ("half a million calls", "half a million"),
    ("one hundred and twenty thousand pounds", "one hundred and twenty thousand pounds"),
    ("three point five billion", "three point five billion"),
    ("a hundred pounds", "a hundred pounds"),
]


@pytest.mark.parametrize("text", ALLOWED)
def test_exceptions_pass(text: str) -> None:
    assert typed(text) == ()


@pytest.mark.parametrize(("text", "word"), REFUSED)
def test_figures_are_found(text: str, word: str) -> None:
    assert [one.word for one in typed(text)] == [word]


def test_figures_in_digits_and_in_words_come_in_reading_order() -> None:
    assert [one.word for one in typed("ten per cent of £3m, or two million")] == [
        *("ten per cent", "£3m", "two million")
    ]


def test_place_is_where_the_word_begins() -> None:
    (one,) = typed("See section 4: it costs £3.2m.")
    assert "See section 4: it costs £3.2m."[one.start :].startswith("£3.2m")


@pytest.mark.parametrize("text", ["Plan, p. 12, pp. 12-14", "Cm 7012, para 3.4", "HMIC 2012, c. 13"])
def test_footnotes_may_name_pages(text: str) -> None:
    assert typed(text, footnote=True) == ()


def test_footnotes_may_not_hold_figures() -> None:
    assert [one.word for one in typed("costs £4m, p. 3", footnote=True)] == ["£4m"]
