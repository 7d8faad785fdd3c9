"""Financial years, April to March: stored as the first year, written 2012-13.

Source: the United Kingdom public sector's accounting year.
"""

import re
from datetime import date

APRIL = 4


def financial_year(day: date) -> int:
    """Return the first calendar year of the financial year that a day falls in."""
    return day.year if day.month >= APRIL else day.year - 1


def label(year: int) -> str:
    """Return a financial year as written: 2012 gives 2012-13."""
    return f"{year}-{(year + 1) % 100:02d}"


def parse(text: str) -> int:
    """Return the first year of a financial year written 2012-13, 2012/13 or 2012.

    Raises ValueError where the text is none of these or its two years do not follow each other.
    """
    match = re.fullmatch(r"([0-9]{4})(?:[-/]([0-9]{2}))?", text.strip())
    if match is None or (match[2] is not None and int(match[2]) != (int(match[1]) + 1) % 100):
        raise ValueError(f"{text!r} is not a financial year; write it as 2012-13")
    return int(match[1])
