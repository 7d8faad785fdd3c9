"""End of support; expected values by hand."""

from datetime import date

import pytest

from wayforward.methods.support import Support, System, by_state, by_year, state

DESKTOP = System("SYS-1", date(2014, 4, 8), 100.0, ("S1", "S2"))
RECORDS = System("SYS-2", date(2013, 6, 30), 50.0, ("S2", "S3"))
OLD = System("SYS-3", date(2011, 12, 31), None, ("S1",))
UNKNOWN = System("SYS-4", None, 10.0, ("S9",))
SYSTEMS = (DESKTOP, RECORDS, OLD, UNKNOWN)
COSTS = {"S1": 1000.0, "S2": 200.0, "S3": 30.0}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2012, 12, 19), Support.PAST),
        (date(2012, 12, 20), Support.NEAR),
        (date(2014, 12, 20), Support.NEAR),
        (date(2014, 12, 21), Support.SUPPORTED),
        (None, Support.UNKNOWN),
    ],
)
def test_state_on_the_status_date(end: date | None, expected: Support) -> None:
    assert state(end, date(2012, 12, 20)) is expected


def test_months_end_where_the_month_does() -> None:
    """Three months after 30 November is 28 February."""
    assert state(date(2013, 2, 28), date(2012, 11, 30), 3) is Support.NEAR
    assert state(date(2013, 3, 1), date(2012, 11, 30), 3) is Support.SUPPORTED
    assert state(date(2012, 12, 31), date(2012, 10, 31), 2) is Support.NEAR


def test_a_service_on_two_systems_counts_once() -> None:
    near = by_state(SYSTEMS, COSTS, date(2012, 12, 20))[Support.NEAR]
    assert near.systems == ("SYS-1", "SYS-2")
    assert near.services == ("S1", "S2", "S3")
    assert near.service_cost.value == 1230
    assert near.system_cost.value == 150


def test_unknown_costs_are_named() -> None:
    found = by_state(SYSTEMS, COSTS, date(2012, 12, 20))
    assert found[Support.PAST].system_cost.unknown == ("SYS-3",)
    assert found[Support.UNKNOWN].service_cost.value is None
    assert found[Support.SUPPORTED].systems == ()


def test_by_financial_year() -> None:
    """June 2013 is in 2013-14 and April 2014 in 2014-15."""
    rows = by_year(SYSTEMS, COSTS, [2012, 2013, 2014])
    assert [row.ending.systems for row in rows] == [(), ("SYS-2",), ("SYS-1",)]
    assert [row.by_year_end.services for row in rows] == [
        ("S1",),
        ("S1", "S2", "S3"),
        ("S1", "S2", "S3"),
    ]
    assert [row.by_year_end.service_cost.value for row in rows] == [1000, 1230, 1230]
