"""The charts of the exercise, the engagement, demand and the options, drawn from few rows and from many."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from tests.exercise.small import find
from wayforward.casefile import load
from wayforward.demand.models import Area, HarmScheme, IncidentCount, IncidentSet
from wayforward.engagement.models import Engagement, Theme
from wayforward.exercise.models import InformationRequest, Milestone, WorkPackage, Workstream
from wayforward.findings import Findings
from wayforward.options.models import Option, OptionPhase, OptionRisk, TimeCritical
from wayforward.pages import charts
from wayforward.pages.labels import Labels

WORKED = Path(__file__).parents[2] / "cases" / "west-midlands-2012"
KEYS = [
    *("exercise.plan", "exercise.information", "engagement.themes", "demand.harm", "demand.harm_by_type"),
    *("exercise.critical_path", "exercise.forecast", "exercise.capacity"),
    *("options.phases", "options.exposure", "options.risks", "options.time_critical"),
]

OPTION = Option(code="A", name="Alone", short_name="Alone", option_kind="option", order=1)
STAFF = Engagement(code="E", name="Survey", audience="staff", answered=100)
MONTH = IncidentSet(code="I", name="January")
NORTH = Area(code="N", name="North", outside=False)
NUISANCE = IncidentCount(
    code="C", incident_set=MONTH, area=NORTH, crime_type="anti-social-behaviour", count=3
)
# Little is known in each: no figure, no date, a group too small to show, a type without a weight.
STREAM = Workstream(code="W", name="Direction")
DAY = date(2012, 12, 24)
ONLY = WorkPackage(
    code="P", name="Only", workstream=STREAM, owner="Lead", starts=DAY, ends=DAY, state="not started"
)
EFFORT = WorkPackage(
    code="P",
    name="Only",
    workstream=STREAM,
    owner="Lead",
    starts=DAY,
    ends=DAY,
    state="not started",
    team_effort=Decimal(1),
)
FEW: dict[str, list[Any]] = {
    "exercise.critical_path": [STREAM, ONLY],
    "exercise.forecast": [STREAM, ONLY],
    "exercise.capacity": [STREAM, EFFORT],  # and no calendar
    "exercise.plan": [Milestone(code="M", name="Only", due=date(2013, 1, 2))],
    "exercise.information": [InformationRequest(code="R", name="Budget")],
    "engagement.themes": [STAFF, Theme(code="T", engagement=STAFF, name="Few", people=3)],
    "demand.harm": [MONTH, NORTH, NUISANCE],
    "demand.harm_by_type": [MONTH, NORTH, NUISANCE, HarmScheme(code="H", name="Days", table="harm")],
    "options.phases": [OPTION, OptionPhase(code="P", option=OPTION, phase="ownership")],
    "options.exposure": [OPTION],
    "options.risks": [OPTION, OptionRisk(code="R", option=OPTION, name="Late", probability=Decimal("0.1"))],
    "options.time_critical": [TimeCritical(code="T", name="Some day")],
}


@pytest.fixture(scope="module")
def worked() -> Findings:
    return Findings(load(WORKED), keep=False)


@pytest.mark.parametrize("key", KEYS)
def test_a_chart_of_the_worked_case_tells_its_story_in_a_sentence(key: str, worked: Findings) -> None:
    drawing = charts.draw(worked[key], Labels(worked.case))
    assert drawing is not None
    assert 15 <= len(drawing.alt.split()) <= 60
    assert drawing.alt.endswith(".")
    assert drawing.alt != worked[key].headline
    assert "None" not in drawing.alt


# A phase without a date and a risk without a price have no place on their axes.
NOTHING_TO_DRAW = ("options.phases", "options.risks")


@pytest.mark.parametrize("key", KEYS)
def test_a_chart_can_be_drawn_where_little_is_known(key: str) -> None:
    drawing = charts.draw(find(key, *FEW[key]), lambda kind, code: code)
    if key in NOTHING_TO_DRAW:
        assert drawing is None
        return
    assert drawing is not None
    assert "None" not in drawing.alt
    assert vl_convert.vegalite_to_svg(charts.specification(drawing)).startswith("<svg")


def test_a_group_too_small_to_show_is_nowhere_in_its_chart() -> None:
    drawing = charts.draw(find("engagement.themes", *FEW["engagement.themes"]), lambda kind, code: code)
    assert drawing is not None
    drawn = json.dumps(drawing.chart.to_dict())
    assert '"people": null' in drawn
    assert '"people": 3' not in drawn
    assert "fewer than 10" in drawn


def test_two_shares_of_a_type_are_each_named_and_do_not_read_as_a_range(worked: Findings) -> None:
    drawing = charts.draw(worked["demand.harm_by_type"], Labels(worked.case))
    assert drawing is not None
    words = [value["text"] for value in drawing.chart.to_dict()["layer"][1]["data"]["values"]]
    assert len(words) == len({row["crime_type"] for row in worked["demand.harm_by_type"].rows})
    assert all("% of incidents, " in text and text.endswith((" of harm", "no weight")) for text in words)
