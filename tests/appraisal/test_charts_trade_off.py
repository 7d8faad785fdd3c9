"""The chart of money against everything else: who leads by shape and in words, and no order where none is given."""

from typing import Any

import pytest

from tests.appraisal.weighed_town import found, money_town, on_good_evidence
from wayforward.appraisal.charts_trade_off import BEATEN, EFFICIENT
from wayforward.appraisal.models import BenefitLine, CostLine, CriterionScore
from wayforward.pages.charts import OPTION_COLOURS, Drawing, draw, specification
from wayforward.pages.drawing import svg_of


def label(kind: str, code: str) -> str:
    return {"A": "Alone", "BAU": "As now"}.get(code, code)


def drawn(trust: float | None, good: bool = True) -> Drawing | None:
    """Money town: A is worth about 640 and has 5 of 10 of trust; business as usual is worth 0 and has so much."""
    town = on_good_evidence(money_town()) if good else money_town()
    town.tables[CriterionScore][0].score = trust
    return draw(found(town, "appraisal.trade_off"), label)


def points(drawing: Drawing) -> dict[str, Any]:
    """What the points are drawn from, by option."""
    layers = specification(drawing)["layer"]
    layer = next(one for one in layers if "shape" in one["encoding"])
    return {value["option"]: value for value in layer["data"]["values"]} | {"encoding": layer["encoding"]}


def test_an_option_that_is_less_on_both_has_a_shape_and_words_of_its_own() -> None:
    drawing = drawn(2)
    assert drawing is not None
    made = points(drawing)
    assert (made["As now"]["standing"], made["Alone"]["standing"]) == (BEATEN, EFFICIENT)
    scale = made["encoding"]["shape"]["scale"]
    assert len(set(scale["range"])) == len(scale["domain"]) == 2
    svg = svg_of(specification(drawing))
    assert "As now: Alone is more on both" in svg
    assert BEATEN in svg
    assert "As now: Alone is more on both, 0.0 and 20.0; Alone, 0.0 and 50.0" in drawing.alt
    drawing.chart.to_dict(validate=True)


def test_where_neither_is_less_on_both_both_lead() -> None:
    drawing = drawn(10)
    assert drawing is not None
    made = points(drawing)
    assert made["As now"]["standing"] == made["Alone"]["standing"] == EFFICIENT


def test_no_order_is_drawn_while_none_is_given() -> None:
    drawing = drawn(2, good=False)
    assert drawing is not None
    made = points(drawing)
    assert made["encoding"]["shape"]["scale"]["range"] == ["circle"]
    svg = svg_of(specification(drawing))
    assert EFFICIENT not in svg
    assert "more on both" not in svg


def test_options_keep_their_colour_whoever_takes_part() -> None:
    drawing = drawn(10)
    assert drawing is not None
    made = points(drawing)
    assert (made["As now"]["colour"], made["Alone"]["colour"]) == OPTION_COLOURS[:2]


def test_an_option_of_which_a_count_is_not_known_is_no_point_and_is_told() -> None:
    drawing = drawn(None)
    assert drawing is not None
    assert "As now" not in points(drawing)
    assert drawing.alt.endswith("of 1 option one of the two is not known.")


@pytest.mark.parametrize("model", [CostLine, BenefitLine])
def test_nothing_known_draws_nothing(model: type) -> None:
    town = money_town()
    for line in town.tables[model]:
        line.amounts = None
    assert draw(found(town, "appraisal.trade_off"), label) is None
