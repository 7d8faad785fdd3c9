"""Findings of demand, with the weights of the edition's own tables multiplied by hand.

West Midlands mix of 2017/18, days an offence: robbery 365, shoplifting 1, bicycle theft 2; anti-social behaviour
has none. Plain counts weigh 1.
"""

from typing import Any

import pytest

from tests.exercise.small import cited, find
from wayforward.demand.models import Area, HarmScheme, IncidentCount, IncidentSet

MONTH = IncidentSet(code="INC", name="January 2014", month="2014-01")
NORTH = Area(code="N", name="North", population=2000, outside=False)
SOUTH = Area(code="S", name="South", outside=False)
BEYOND = Area(code="X", name="Beyond", outside=True)
DAYS = HarmScheme(code="H1", name="Days", table="harm", unit="days")
PLAIN = HarmScheme(code="H2", name="Plain count", table="harm-counts", unit="incidents")
BASE = (MONTH, NORTH, SOUTH, BEYOND, DAYS, PLAIN)


def counts(*given: tuple[Area, str, int], of: IncidentSet = MONTH) -> list[IncidentCount]:
    return [
        IncidentCount(code=f"{of.code}{n}", incident_set=of, area=area, crime_type=kind, count=count)
        for n, (area, kind, count) in enumerate(given)
    ]


COUNTS = counts(
    (NORTH, "robbery", 2),
    (NORTH, "shoplifting", 10),
    (NORTH, "anti-social-behaviour", 8),
    (SOUTH, "bicycle-theft", 5),
    (BEYOND, "robbery", 100),
)


def test_harm_by_area() -> None:
    # North: 20 incidents, 2 x 365 + 10 x 1 = 740 days. South: 5 incidents, 5 x 2 = 10 days.
    # Shares: 20 of 25, 740 of 750. North has 20 incidents for 2,000 people: 10 per 1,000.
    finding = find("demand.harm", *BASE, *COUNTS)
    north, south = finding.rows
    assert (north["area"], north["incidents"], north["harm_H1"], north["harm_H2"]) == ("N", 20, 740, 20)
    assert (south["incidents"], south["harm_H1"]) == (5, 10)
    assert (north["share_count"], south["share_count"]) == (0.8, 0.2)
    assert north["share_H1"] == pytest.approx(740 / 750)
    assert (north["per_1000"], south["per_1000"]) == (10, None)
    assert finding.headline == "North has 80% of incidents and 99% of harm"
    assert "the population of South" in finding.waiting


def test_an_area_outside_is_named_and_enters_no_total() -> None:
    finding = find("demand.harm", *BASE, *COUNTS)
    assert "X" not in [row["area"] for row in finding.rows]
    assert any("Beyond (100)" in warning for warning in finding.warnings)


def test_a_type_without_a_weight_is_named_and_is_no_nought() -> None:
    finding = find("demand.harm", *BASE, *COUNTS)
    assert any("no weight to anti-social behaviour (8 incidents)" in warning for warning in finding.warnings)
    only = find("demand.harm", *BASE, *counts((NORTH, "anti-social-behaviour", 8)))
    assert (only.rows[0]["incidents"], only.rows[0]["harm_H1"], only.rows[0]["harm_H2"]) == (8, None, 8)


def test_a_scheme_may_name_its_table_and_a_wrong_name_is_waited_for() -> None:
    named = HarmScheme(code="H1", name="Days", table="harm-police-uk-west-midlands-2017-18", unit="days")
    assert find("demand.harm", MONTH, NORTH, named, *COUNTS).rows[0]["harm_H1"] == 740
    wrong = HarmScheme(code="H1", name="Days", table="harm-of-elsewhere")
    finding = find("demand.harm", MONTH, NORTH, wrong, *COUNTS)
    assert finding.rows[0]["harm_H1"] is None
    assert any("harm-of-elsewhere" in lack for lack in finding.waiting)


def test_what_the_evidence_stands_in_for_is_said() -> None:
    stand_in = cited("incident_set:INC", "", stand_in="incidents of 2012")
    unused = cited("harm_scheme:H1", "", code="2", stand_in="another mix", used=False)
    warnings = find("demand.harm", *BASE, *COUNTS, *stand_in, *unused).warnings
    assert "January 2014: stands in for incidents of 2012" in warnings
    assert not any("another mix" in warning for warning in warnings)


def test_sets_of_incidents_are_not_added() -> None:
    later = IncidentSet(code="INC2", name="February 2014", month="2014-02")
    finding = find("demand.harm", *BASE, later, *COUNTS, *counts((NORTH, "robbery", 1), of=later))
    assert [(r["incident_set"], r["area"], r["incidents"]) for r in finding.rows] == [
        ("INC", "N", 20),
        ("INC", "S", 5),
        ("INC2", "N", 1),
    ]


def test_harm_by_type() -> None:
    # 25 incidents, 750 days: robbery 2 and 730; shoplifting 10 and 10; bicycle theft 5 and 10; no weight for 8.
    finding = find("demand.harm_by_type", *BASE, *COUNTS)
    rows = {row["crime_type"]: row for row in finding.rows}
    assert list(rows) == ["Robbery", "Bicycle theft", "Shoplifting", "Anti-social behaviour"]
    assert (rows["Robbery"]["count"], rows["Robbery"]["harm"]) == (2, 730)
    assert rows["Robbery"]["share_count"] == 0.08
    assert rows["Robbery"]["share_harm"] == pytest.approx(730 / 750)
    assert rows["Anti-social behaviour"]["harm"] is None
    assert rows["Anti-social behaviour"]["share_harm"] is None
    assert rows["Anti-social behaviour"]["share_count"] == 0.32
    assert {row["scheme"] for row in finding.rows} == {"H1"}  # a plain count weighs nothing
    assert finding.headline == "Robbery: 8% of incidents and 97% of harm"


def test_the_range_of_a_weight_is_the_range_of_its_harm() -> None:
    # Burglary in the edition: 250.567307692 days, from 223.808823529 to 255.099375244.
    row = find("demand.harm_by_type", *BASE, *counts((NORTH, "burglary", 10))).rows[0]
    assert (row["low"], row["harm"], row["high"]) == pytest.approx(
        (2238.08823529, 2505.67307692, 2550.99375244)
    )


@pytest.mark.parametrize("key", ["demand.harm", "demand.harm_by_type"])
def test_an_empty_exercise_waits_and_shows_nothing(key: str) -> None:
    finding: Any = find(key)
    assert finding.rows == ()
    assert "counts of incidents by area and type" in finding.waiting
    assert "a scheme of harm to weigh them by" in finding.waiting
