"""A line past the last year appraised: by hand on the town, four years from 2013-14."""

from tests.appraisal.town import EVERY_YEAR, usual_town
from wayforward.findings import Findings
from wayforward.options.models import Option


def test_what_a_lag_moves_past_the_last_year_is_told() -> None:
    """100 a year for four years, a year late: 300 stays, 100 falls past 2016-17."""
    town = usual_town()
    a = next(row for row in town.tables[Option] if row.code == "A")
    town.benefit("B-LATE", a, f"{EVERY_YEAR}: 100", "societal", lag_months=12)
    costs = Findings(town.case(), keep=False)["appraisal.costs"]
    assert any("£100 of B-LATE (A) past the last year" in words for words in costs.warnings), costs.warnings
