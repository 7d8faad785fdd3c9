"""The charts of the choices, of people and of leaving: what they show where much is known, little, or nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import vl_convert

from tests.exercise.small import find
from wayforward.options.models import (
    BreakPoint,
    ChoiceFactor,
    LonglistChoice,
    Option,
    OptionPeople,
    SuccessFactor,
)
from wayforward.pages import charts

ALONE = Option(code="A", name="Alone", short_name="Alone", option_kind="option", order=1)
FIT = SuccessFactor(code="F1", name="Fit")
CAPACITY = SuccessFactor(code="F2", name="Supplier capacity and capability")
NARROW = LonglistChoice(code="S1", dimension="scope", name="Narrow", verdict="carried forward", reason="x")
LOAN = LonglistChoice(code="L1", dimension="funding", name="Loan")
KNOWN: dict[str, list[Any]] = {
    "options.filter": [
        *(FIT, CAPACITY, NARROW, LOAN),
        ChoiceFactor(code="1", choice=NARROW, factor=FIT, meets="meets"),
        ChoiceFactor(code="2", choice=NARROW, factor=CAPACITY, meets="fails", reason="None bid"),
    ],
    "options.people": [
        ALONE,
        OptionPeople(code="1", option=ALONE, employer="force", before=Decimal(200), after=Decimal("150.5")),
        OptionPeople(code="2", option=ALONE, employer="contractor", before=Decimal(0), after=Decimal(40)),
        OptionPeople(code="3", option=ALONE, employer="joint", before=Decimal(5)),
    ],
    "options.break_points": [
        ALONE,
        BreakPoint(code="1", option=ALONE, name="First", falls=date(2014, 4, 1), exit_cost=Decimal(500_000)),
        BreakPoint(code="2", option=ALONE, name="Second", falls=date(2016, 4, 1), notice_months=Decimal(6)),
        BreakPoint(code="3", option=ALONE, name="Third"),
    ],
}
NOTHING: dict[str, list[Any]] = {
    "options.filter": [FIT, NARROW],
    "options.people": [ALONE, OptionPeople(code="1", option=ALONE, employer="force", after=Decimal(5))],
    "options.break_points": [ALONE, BreakPoint(code="1", option=ALONE, name="Some day")],
}


def drawing(key: str, rows: list[Any]) -> charts.Drawing | None:
    return charts.draw(find(key, *rows), lambda kind, code: f"{kind} {code}")


def texts(drawn: charts.Drawing) -> set[str]:
    """The words that stand in the picture."""
    import re

    svg = vl_convert.vegalite_to_svg(charts.specification(drawn))
    return set(re.findall(r">([^<>]+)</text>", svg))


def known(key: str) -> charts.Drawing:
    drawn = drawing(key, KNOWN[key])
    assert drawn is not None
    return drawn


@pytest.mark.parametrize("key", KNOWN)
def test_a_chart_tells_its_story_in_a_sentence(key: str) -> None:
    alt = known(key).alt
    assert alt.endswith(".")
    assert 15 <= len(alt.split()) <= 60
    assert "None" not in alt


@pytest.mark.parametrize("key", NOTHING)
def test_nothing_is_drawn_where_nothing_is_known(key: str) -> None:
    assert drawing(key, NOTHING[key]) is None


def test_the_filter_says_every_cell_in_words() -> None:
    """Two choices by two factors: one met, one failed, two not judged; one choice not decided."""
    drawn = known("options.filter")
    assert {"Scope", "Funding", "meets", "fails", "?", "Carried forward", "Not decided"} <= texts(drawn)
    assert {"Supplier", "capacity and", "capability"} <= texts(drawn)  # a long head is broken into lines
    assert "in 1 of 4 cells the choice fails the factor, and 2 are not judged" in drawn.alt


def test_people_show_the_change_and_both_figures() -> None:
    """150.5 - 200 = -49.5; 40 - 0 = 40; the third is not known and says so."""
    drawn = known("options.people")
    assert {"−49.5", "+40", "200 to 150.5", "0 to 40"} <= texts(drawn)
    assert "not known" in drawn.alt


def test_people_of_one_employer_and_vehicle_stay_apart() -> None:
    """Twice the force alone: by note where there is one, by number where there is none."""
    rows: list[Any] = [
        OptionPeople(
            code=str(n), option=ALONE, employer="force", before=Decimal(n), after=Decimal(9), note=note
        )
        for n, note in enumerate(["Typing.", "", ""])
    ]
    drawn = drawing("options.people", [ALONE, *rows])
    assert drawn is not None
    words = texts(drawn)
    assert {"option A: the force (Typing)", "option A: the force", "option A: the force (2)"} <= words
    assert {"+9", "+8", "+7", "0 to 9", "1 to 9", "2 to 9"} <= words


def test_a_loss_has_room_for_its_figure() -> None:
    """400 fewer and 100 more: the axis reaches a fifth of that span beyond either."""
    rows: list[Any] = [
        OptionPeople(code="1", option=ALONE, employer="force", before=Decimal(500), after=Decimal(100)),
        OptionPeople(code="2", option=ALONE, employer="joint", before=Decimal(0), after=Decimal(100)),
    ]
    drawn = drawing("options.people", [ALONE, *rows])
    assert drawn is not None
    scale = charts.specification(drawn)["layer"][0]["encoding"]["x"]["scale"]
    assert scale["domain"] == [-500, 200]


def test_a_break_point_without_a_cost_says_so() -> None:
    drawn = known("options.break_points")
    assert {"£500,000", "cost not known"} <= texts(drawn)
    assert drawn.alt.startswith("A time axis with 2 break points")
