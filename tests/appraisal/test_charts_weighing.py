"""The charts of what matters beside money, drawn from a made-up town: what a reader is told and what is drawn."""

import pytest

from tests.appraisal.weighed_town import money_town
from wayforward.findings import Findings
from wayforward.pages import charts
from wayforward.pages.drawing import svg_of
from wayforward.pages.labels import Labels


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("appraisal.acceptability", "2 panels of bars"),
        ("appraisal.weights", "each of 2 criteria, on the line of its interval, in 1 panel"),
    ],
)
def test_a_chart_is_drawn_and_told(key: str, told: str) -> None:
    case = money_town().case()
    drawing = charts.draw(Findings(case, keep=False)[key], Labels(case))
    assert drawing is not None
    assert told in drawing.alt
    drawing.chart.to_dict(validate=True)  # Altair's own check
    picture = svg_of(charts.specification(drawing))
    assert "NaN" not in picture
    assert "undefined" not in picture
    assert "Group G" in picture
