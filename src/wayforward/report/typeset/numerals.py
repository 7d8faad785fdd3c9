"""The rule that nobody types a figure into the narrative, and its short list of exceptions.

A figure in the report is a finding, quoted by key, so that it can't go stale. These may be typed:

- dates: 23 January 2013, 23 to 25 January 2013, January 2013, 23 January, 2013-01-23;
- times of day: 09:30, 9.30am, 5pm;
- financial years: 2012-13, 2012/13, 2012-2013; years alone: 2016, the 1990s (1900 to 2099);
- places in this report and points of a scale, after their word: section 4, tables 1 and 2,
  annex B.2, figure 3, objective 2, stage 3, phase 1, option 4, level 2, levels 1 to 5, grade 6;
- codes that join letters and digits: SVC-012, A4, P50, ISO 27001, BS 7799, PRINCE2;
- the emergency and other numbers that the police answer: 999 call, 101 calls;
- in footnotes, where sources are named: p. 12, pp. 12-14, para 3.4, no. 7, vol. 2, c. 13, Cm 7012,
  HC 123, HMIC 2012.

Figures in words go stale alike where they are money or shares: forty-five million pounds, twenty
per cent, three million, half a million, ten thousand pounds. Other words for numbers pass: two
years, nine weeks, four kinds, one, half, a dozen, ten thousand people, a hundred days. So do the
marks of a numbered list, link addresses and footnote marks, which are not text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ALLOWED = (
    "quote a finding or a record, such as [](finding:KEY), or write a date, a year, a financial "
    "year (2012-13), a section, level or grade after its word, or a code"
)

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_TO = r"(?:\s*[-\u2013]\s*|\s+(?:to|and|or)\s+|,\s+)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_PLACE = r"(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2})*"
_PLACE_WORD = (
    r"(?:sections?|annex(?:es)?|appendix|appendices|tables?|figures?|paragraphs?|parts?|chapters?|"
    r"objectives?|stages?|phases?|gates?|steps?|options?|questions?|workstreams?|work packages?|"
    r"levels?|grades?|tiers?|priorit(?:y|ies)|pieces?|editions?|versions?|schedules?|articles?)"
)
# Not part of a longer number or amount on either side: £2012, 2,012, 2013.5 and 2012% are figures.
_BEFORE = r"(?<![\w£$€.,/\u2212+-])(?<!£ )"
_AFTER = r"(?![\w%£/])(?![.,:]\d)(?!\s*(?:%|per\s?cent|million|billion|thousand|[mbk]n?\b))"
_SPAN = rf"{_BEFORE}{{}}{_AFTER}"

_EXCEPTIONS = tuple(
    re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    for pattern, ignore_case in (
        (_SPAN.format(rf"{_DAY}(?:{_TO}{_DAY})*\s+{_MONTH}(?:\s+{_YEAR})?"), False),
        (_SPAN.format(rf"{_YEAR}-\d\d-\d\d"), False),
        (rf"{_BEFORE}(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:am|pm)\b", True),
        (_SPAN.format(r"(?:[01]\d|2[0-3]):[0-5]\d"), False),
        (_SPAN.format(rf"{_YEAR}\s*[-/\u2013]\s*(?:(?:19|20)?\d\d)"), False),
        (_SPAN.format(rf"{_YEAR}(?:s|’s|'s)?"), False),
        (rf"\b{_PLACE_WORD}\s+{_PLACE}(?:{_TO}{_PLACE})*{_AFTER}", True),
        (r"\b(?:ISO|IEC|BS|EN|PAS|RFC)(?:/IEC)?[ -]\d+(?:[-:]\d+)*\b", False),
        (r"\b(?:999|101|111|112) (?:calls?|callers?|call handl\w+|lines?|numbers?)\b", False),
        (rf"\b(?!(?:GBP|USD|EUR)\d)[A-Za-z]+(?:[-/][A-Za-z]+)*-?\d+[A-Za-z]?(?:-\d+)*{_AFTER}", False),
    )
)
_IN_FOOTNOTES = re.compile(
    r"\b(?:pp?|paras?|nos?|vol|c|ch|art|s|ss|Cm|Cmnd|CP|HC|HL|HMIC|SI)\.?\s?"
    r"(?:\d{4}/)?\d+(?:\.\d+)*(?:\s*[-\u2013,]\s*\d+(?:\.\d+)*)*",
)
_DIGIT = re.compile(r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u218b]")
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER = "(?:" + "|".join(sorted((_ONES + " " + _TENS).split(), key=len, reverse=True)) + ")"
_LARGE = r"(?:hundred|thousand|million|billion|trillion)"
_GAP = r"(?:\s+and\s+|\s+|-|\u2010|\u2011)"
# A cardinal number in words: one or more of its words, "a" or "half a" before a large one.
_CARDINAL = rf"(?:{_NUMBER}|(?:half\s+)?an?\s+{_LARGE}|{_LARGE})(?:{_GAP}(?:{_NUMBER}|{_LARGE}|point))*"
_OF_MONEY = r"(?:pounds?|pence|sterling|per\s?cent|percent|percentage\s+points?|%)"
_IN_WORDS = re.compile(
    rf"\b(?:{_CARDINAL}\s+{_OF_MONEY}|(?:{_NUMBER}|(?:half\s+)?an?)(?:{_GAP}(?:{_NUMBER}|{_LARGE}|point))*"
    rf"{_GAP}(?:million|billion|trillion))(?!\w)",
    re.IGNORECASE,
)
_AROUND = ".,;:()[]\"'\u201c\u201d\u2018\u2019"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Typed:
    """A figure typed by hand: where it begins in the text, and the word as it stands."""

    start: int
    word: str


def typed(text: str, footnote: bool = False) -> tuple[Typed, ...]:
    """Find the figures that are on no list of exceptions, in digits or in words, in reading order."""
    left = text
    for pattern in _EXCEPTIONS:
        left = pattern.sub(_blank, left)
    if footnote:
        left = _IN_FOOTNOTES.sub(_blank, left)
    found: list[Typed] = []
    for word in _WORD.finditer(text):
        if _DIGIT.search(left, word.start(), word.end()):
            found.append(Typed(word.start(), word.group().strip(_AROUND)))
    found += [Typed(match.start(), match.group()) for match in _IN_WORDS.finditer(text)]
    return tuple(sorted(found, key=lambda one: one.start))


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match.group())
