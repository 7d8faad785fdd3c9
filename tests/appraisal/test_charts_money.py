"""Charts of the money say in words what they show, and draw nothing where nothing is known."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appraisal.test_findings import found
from tests.appraisal.test_organisations import shared_town
from tests.appraisal.test_steps import full_town, line
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.charts import _apart
from wayforward.appraisal.models import BenefitLine
from wayforward.pages.charts import draw, specification
from wayforward.pages.drawing import svg_of


def label(kind: str, code: str) -> str:
    return code


@pytest.mark.parametrize(
    ("town", "key", "words"),
    [
        (full_town, "steps", "down to its net present social value: A £4"),  # 260 x 3.80 - 625 + 90 = £454
        (shared_town, "organisations", "none lies below nought"),
        (shared_town, "values", "the longest is fiscal, not cash-releasing for A, £380"),
    ],
)
def test_a_chart_and_its_words(town, key: str, words: str) -> None:
    drawing = draw(found(town(), f"appraisal.{key}"), label)
    assert drawing is not None
    assert words in drawing.alt
    assert svg_of(specification(drawing)).startswith("<svg")


def test_the_cost_chart_has_a_shade_for_risks() -> None:
    drawing = draw(found(full_town(), "appraisal.costs"), label)
    assert drawing is not None
    scale = specification(drawing)["layer"][0]["encoding"]["color"]["scale"]
    assert "Expected risk" in scale["domain"]
    assert len(scale["range"]) == len(set(scale["range"])) == len(scale["domain"])


@pytest.mark.parametrize("key", ["steps", "organisations", "values"])
def test_nothing_known_draws_nothing(key: str) -> None:
    town = shared_town()
    line(town, BenefitLine, "B-P").amounts = None
    assert draw(found(town, f"appraisal.{key}"), label) is None


def two_options() -> Town:
    """The shared town with B beside A: only cash for the town itself."""
    town = shared_town()
    b = town.option("B", 3)
    town.cost("C-B", b, f"{EVERY_YEAR}: 900")
    town.benefit("B-B", b, f"{EVERY_YEAR}: 50", "cash-releasing")
    return town


def words(town: Town, key: str) -> list[str]:
    drawing = draw(found(town, f"appraisal.{key}"), label)
    assert drawing is not None
    return re.findall(r">([^<>]+)</text>", svg_of(specification(drawing)))


@pytest.mark.parametrize(
    ("key", "bars_without_a_line"),
    [
        ("benefits", 2),  # B: not non-cash-releasing, not societal
        ("organisations", 2),  # B: not the partner, not those not stated
        ("values", 2),  # B: fiscal value that is no cash, social value
    ],
)
def test_where_an_option_has_no_line_the_chart_says_so(key: str, bars_without_a_line: int) -> None:
    told = words(two_options(), key)
    assert told.count("no line") == bars_without_a_line
    assert "not known" not in told


def test_a_benefit_that_is_not_known_is_not_one_without_a_line() -> None:
    town = two_options()
    line(town, BenefitLine, "B-P").amounts = None
    told = words(town, "benefits")
    assert (told.count("not known"), told.count("no line")) == (1, 2)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=8), st.floats(0.1, 20))
def test_labels_stand_apart_in_order_and_about_what_they_name(places: list[float], step: float) -> None:
    moved = _apart(places, step)
    assert sum(moved) == pytest.approx(sum(places), abs=1e-6)
    order = sorted(range(len(places)), key=lambda i: places[i])
    gaps = [moved[after] - moved[before] for before, after in pairwise(order)]
    assert all(gap >= step - 1e-9 for gap in gaps)


def test_labels_with_room_stay_where_they_belong() -> None:
    assert _apart([3.0, -1.0, 10.0], 2.0) == [3.0, -1.0, 10.0]
    assert _apart([5.0, 5.0], 2.0) == [4.0, 6.0]
