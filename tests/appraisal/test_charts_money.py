"""Charts of the money say in words what they show, and draw nothing where nothing is known."""

import pytest

from tests.appraisal.test_findings import found
from tests.appraisal.test_organisations import shared_town
from tests.appraisal.test_steps import full_town, line
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
    assert "expected risk" in scale["domain"]
    assert len(scale["range"]) == len(set(scale["range"])) == len(scale["domain"])


@pytest.mark.parametrize("key", ["steps", "organisations", "values"])
def test_nothing_known_draws_nothing(key: str) -> None:
    town = shared_town()
    line(town, BenefitLine, "B-P").amounts = None
    assert draw(found(town, f"appraisal.{key}"), label) is None
