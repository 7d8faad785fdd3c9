"""The charts of what matters beside money, drawn from a made-up town: what a reader is told and what is drawn."""

import re
from typing import Any

import pytest

from tests.appraisal.weighed_town import found, group, money_town, on_good_evidence
from wayforward.appraisal.charts_weighing import _shade
from wayforward.appraisal.models import Criterion, CriterionScore, StakeholderGroup
from wayforward.findings import Findings
from wayforward.pages import charts
from wayforward.pages.drawing import svg_of
from wayforward.pages.labels import Labels


def drawn(town: Any, key: str) -> charts.Drawing:
    case = town.case()
    drawing = charts.draw(Findings(case, keep=False)[key], Labels(case))
    assert drawing is not None
    return drawing


def texts(drawing: charts.Drawing) -> list[str]:
    """The words that stand in the picture."""
    return re.findall(r">([^<>]+)</text>", svg_of(charts.specification(drawing)))


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("appraisal.acceptability", "2 panels of bars"),
        ("appraisal.weights", "each of 2 criteria, on the line of its interval, in 1 panel"),
        ("appraisal.weighed", "1 panel of bars, one bar an option, made of 2 parts, one a criterion"),
    ],
)
def test_a_chart_is_drawn_and_told(key: str, told: str) -> None:
    drawing = drawn(money_town(), key)
    assert told in drawing.alt
    drawing.chart.to_dict(validate=True)  # Altair's own check
    picture = svg_of(charts.specification(drawing))
    assert "NaN" not in picture
    assert "undefined" not in picture
    assert "Group G" in picture


def test_the_parts_of_a_value_stand_in_its_bar_and_the_total_at_its_end() -> None:
    """Weights 2/3 and 1/3. Business as usual: 50 and 100 give 33.3 + 33.3; A: 82.0 and 50 give 54.7 + 16.7."""
    drawing = drawn(on_good_evidence(money_town()), "appraisal.weighed")
    words = texts(drawing)
    assert [words.count(part) for part in ("33", "55", "17")] == [2, 1, 1]
    assert {"66.7", "71.3", "worth", "trust"} <= set(words)
    assert drawing.alt.endswith("By the weights of Group G: BAU 66.7 and A 71.3.")


def test_a_value_that_is_not_known_has_no_part() -> None:
    town = money_town()
    town.tables[CriterionScore][0].score = None
    words = texts(drawn(town, "appraisal.weighed"))
    assert "not known" in words
    assert "33" not in words


@pytest.mark.parametrize("key", ["appraisal.acceptability", "appraisal.weights", "appraisal.weighed"])
def test_groups_of_one_name_have_a_panel_each(key: str) -> None:
    town = money_town()
    worth, trust = town.tables[Criterion]
    group(town, "H", [(worth, (20,)), (trust, (100,))])
    for one in town.tables[StakeholderGroup]:
        one.name = "Staff"
    words = texts(drawn(town, key))
    assert {"Staff (G)", "Staff (H)"} <= set(words)


@pytest.mark.parametrize("key", ["appraisal.acceptability", "appraisal.weights", "appraisal.weighed"])
def test_nothing_known_draws_nothing(key: str) -> None:
    town = money_town()
    for one in town.tables[CriterionScore]:
        one.score = None
    town.tables[Criterion][0].worst = None
    town.tables[Criterion][1].worst = None
    assert charts.draw(found(town, key), Labels(town.case())) is None


@pytest.mark.parametrize("of", [2, 5, 6, 9])
def test_every_part_has_a_shade_of_its_own_from_dark_to_light(of: int) -> None:
    shades = [_shade(place, of)[0] for place in range(of)]
    assert (shades[0], shades[-1]) == (charts.SHADES[-1], charts.SHADES[0])
    light = [sum(bytes.fromhex(shade[1:])) for shade in shades]
    assert light == sorted(set(light))
