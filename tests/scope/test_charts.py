"""The chart of the cut-off with more services than a page can show at a size that can be read."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.scope import made
from wayforward.findings.finding import Finding
from wayforward.pages import charts
from wayforward.report.typeset.figures import picture


def ranked(inside: int, of: int) -> Finding:
    """So many services of two days each, the first of them inside the line."""
    finding: Finding = made.found(made.everything(), "scope.cutoff")
    rows = tuple(
        {
            **finding.rows[0],
            "service": f"S{place}",
            "name": f"Service {place}",
            "score": 9,
            "days": 2.0,
            "cumulative": 2.0 * place,
            "inside": place <= inside,
        }
        for place in range(1, of + 1)
    )
    return replace(finding, rows=rows, parameters={**finding.parameters, "team_days": 2.0 * inside})


def drawing(finding: Finding) -> charts.Drawing:
    made_of = charts.draw(finding, lambda kind, code: f"Service {code[1:]}")
    assert made_of is not None
    return made_of


def services(of: charts.Drawing) -> set[str]:
    spec: dict[str, Any] = of.chart.to_dict()
    return set(re.findall(r'"service": "(S\d+)"', json.dumps(spec)))


@pytest.mark.parametrize(
    # All where 30 or fewer are ranked; else those inside, and 12 after them.
    ("inside", "of", "drawn"),
    [(5, 30, 30), (5, 31, 17), (13, 63, 25), (30, 35, 35)],
)
def test_services_near_the_line_are_drawn(inside: int, of: int, drawn: int) -> None:
    assert services(drawing(ranked(inside, of))) == {f"S{place}" for place in range(1, drawn + 1)}


def test_those_left_out_are_told_in_a_sentence() -> None:
    # 63 less 25 are 38, of two days each.
    told = "Not drawn: 38 services, all below the line, 76 days in all; the data list all 63."
    drawn = drawing(ranked(13, 63))
    assert told in drawn.alt
    assert told in json.dumps(drawn.chart.to_dict())
    assert "Not drawn" not in drawing(ranked(5, 30)).alt


@pytest.mark.parametrize(("inside", "of"), [(5, 30), (13, 63), (60, 63)])
def test_no_word_of_it_is_below_seven_points_on_paper(inside: int, of: int) -> None:
    import vl_convert

    svg = vl_convert.vegalite_to_svg(charts.specification(drawing(ranked(inside, of))))
    width = float(re.findall(r"[\d.]+", re.search(r'viewBox="([^"]+)"', svg).group(1))[2])  # type: ignore[union-attr]
    smallest = min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg))
    assert smallest * picture(svg, "f").width_mm / width / 25.4 * 72 >= 7
