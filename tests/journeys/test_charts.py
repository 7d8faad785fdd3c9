"""Every chart, drawn from the worked case whole and without its weakest evidence."""

from pathlib import Path

import pytest

from tests.weak import without_grade_6
from wayforward.casefile import load
from wayforward.findings import Findings
from wayforward.pages import charts
from wayforward.pages.drawing import svg_of
from wayforward.pages.labels import Labels

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


@pytest.mark.parametrize("weakened", [False, True], ids=["whole", "without grade 6"])
def test_every_chart_is_drawn_or_says_nothing(weakened: bool) -> None:
    case = without_grade_6(load(CASE)) if weakened else load(CASE)
    findings, label = Findings(case, keep=False), Labels(case)
    drawn = 0
    for key in sorted(charts.drawn()):
        drawing = charts.draw(findings[key], label)
        if drawing is None:
            continue
        drawn += 1
        drawing.chart.to_dict(validate=True)  # Altair's own check, which drawing leaves out
        picture = svg_of(charts.specification(drawing))
        assert "<svg" in picture, key
        assert "NaN" not in picture, key
        assert "undefined" not in picture, key
        assert drawing.alt != findings[key].headline, key
        assert len(drawing.alt) > 40, key
    assert drawn >= (5 if weakened else 20)
