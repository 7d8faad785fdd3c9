"""What to find out next: the worth of an answer by hand on a town with one risk."""

from datetime import date
from decimal import Decimal

import pytest

from tests.appraisal.drawn_town import (
    FOUR_YEARS,
    found,
    line,
    normal_town,
    option,
    plain_town,
    together,
    varies,
)
from tests.appraisal.test_robustness import risky_town
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.models import Enquiry
from wayforward.options.models import FactorVerdict, SuccessFactor


def asks(town: Town, code: str, about: str, **fields: object) -> None:
    given = {"days": Decimal(5), "cost": Decimal(10), "ask": "Head of finance", "due": date(2013, 1, 10)}
    town.add(Enquiry, code, about=about, name=f"What of {code}?", **(given | fields))


def worth_of_knowing() -> float:
    """A is worth 70 a year, less 1,000 at even odds; B 10 a year. Knowing, A is chosen half the time, else B."""
    good, bad, safe = 70 * FOUR_YEARS, 70 * FOUR_YEARS - 1000, 10 * FOUR_YEARS
    return (good + safe) / 2 - max((good + bad) / 2, safe, 0)


def test_one_risk_is_worth_knowing_what_knowing_everything_is_worth() -> None:
    town = risky_town()
    asks(town, "E1", "option_risk:R1")
    finding = found(town, "find_out")
    (row,) = finding.rows
    error = row["worth_se"]
    assert abs(row["worth"] - worth_of_knowing()) <= 3 * max(error, 1.0)
    assert finding.value == pytest.approx(row["worth"], abs=3 * error)
    assert row["net"] == pytest.approx(row["worth"] - 10)
    assert (row["rank"], row["in_time"], row["what"]) == (1, True, "Fails")
    assert finding.headline.startswith("'What of E1?' is worth asking first: up to £")
    assert "standard error £" in finding.headline


def test_knowing_everything_is_worth_at_least_each_answer_and_none_less_than_nothing() -> None:
    town = risky_town()
    for code in ("C-A", "B-A", "C-B"):
        line(town, code).low, line(town, code).high = Decimal("0.2"), Decimal(3)
    for number, about in enumerate(("option_risk:R1", "cost_line:C-A", "benefit_line:B-A", "cost_line:C-B")):
        asks(town, f"E{number}", about)
    finding = found(town, "find_out")
    assert len(finding.rows) == 4
    assert all(0 <= row["worth"] <= finding.value for row in finding.rows)


def test_part_of_an_answer_is_worth_its_part_and_one_too_late_or_dear_is_not_ranked() -> None:
    town = risky_town()
    asks(town, "E1", "option_risk:R1", learns=Decimal("0.5"))
    asks(town, "E2", "option_risk:R1", days=Decimal(400))
    asks(town, "E3", "option_risk:R1", cost=Decimal(9000))
    asks(town, "E4", "option_risk:R1", cost=None)
    rows = {row["enquiry"]: row for row in found(town, "find_out").rows}
    assert rows["E1"]["worth"] == pytest.approx(rows["E2"]["worth"] / 2)
    assert rows["E1"]["worth_se"] == pytest.approx(rows["E2"]["worth_se"] / 2)
    assert [rows[code]["rank"] for code in ("E1", "E2", "E3", "E4")] == [1, "", "", ""]
    assert rows["E2"]["in_time"] is False
    assert rows["E3"]["verdict"] == "costs more to find out than it is worth"
    assert rows["E4"]["net"] is None


def test_what_nobody_has_been_asked_about_is_listed_after() -> None:
    town = risky_town()
    row = line(town, "C-B")  # B may cost far more than it brings, or less
    row.low, row.high, row.distribution = Decimal("0.5"), Decimal(3), "uniform"
    asks(town, "E1", "option_risk:R1")
    first, second = found(town, "find_out").rows
    assert (second["what"], second["verdict"], second["rank"]) == ("C-B", "nobody has been asked", "")
    assert second["worth"] > 0
    assert second["days"] is second["cost"] is None
    assert first["enquiry"] == "E1"


def test_an_answer_that_could_change_nothing_is_worth_nothing() -> None:
    town = plain_town()
    line(town, "C-A").low, line(town, "C-A").high = Decimal("0.9"), Decimal("1.1")
    asks(town, "E1", "cost_line:C-A")
    asks(town, "E2", "cost_line:C-BAU")  # it does not vary
    finding = found(town, "find_out")
    assert [(row["worth"], row["apart"], row["rank"]) for row in finding.rows] == [(0, False, "")] * 2
    assert (finding.value, finding.headline) == (0, "Nothing that could be found out would change the choice")
    assert "a range for what E2 would settle: it does not vary" in finding.waiting


def test_an_option_that_fails_an_imperative_is_no_choice() -> None:
    town = risky_town()
    factor = town.add(SuccessFactor, "F1", name="Lawful", imperative="operational")
    town.add(FactorVerdict, "V1", option=option(town, "A"), factor=factor, passes=False)
    asks(town, "E1", "option_risk:R1")
    assert found(town, "find_out").value == 0  # only B and business as usual are left, and neither varies


def test_an_enquiry_about_an_uncertainty_and_one_correlated_with_it() -> None:
    town = risky_town("0")
    line(town, "B-B").amounts = dict.fromkeys(line(town, "B-B").amounts, "25")  # about what A is worth
    varies(town, "U1", "benefit_line:B-A", "take_up", "uniform", low=0, high=1)
    line(town, "C-A").low, line(town, "C-A").high = Decimal("0.5"), Decimal("2.5")
    asks(town, "E1", "uncertainty:U1")
    asks(town, "E2", "benefit_line:B-A")  # nothing but its take-up varies
    alone = {row["enquiry"]: row["worth"] for row in found(town, "find_out").rows}
    assert alone["E1"] == alone["E2"] > 0
    together(town, "K1", "uncertainty:U1", "cost_line:C-A", "-0.9")
    told = {row["enquiry"]: row["worth"] for row in found(town, "find_out").rows}
    assert told["E1"] > alone["E1"]  # it now tells of the cost as well


def test_no_enquiry_an_empty_case_and_an_unknown() -> None:
    finding = found(risky_town(), "find_out")
    assert "no question has been put yet" in finding.headline
    assert "an enquiry: whom to ask, in how many days and at what cost" in finding.waiting
    assert found(Town(), "find_out").rows == ()
    town = normal_town()
    asks(town, "E1", "benefit_line:B-A")
    town.cost("C-2", option(town, "A"), f"{EVERY_YEAR}: 1").amounts = None
    finding = found(town, "find_out")
    assert (finding.value, finding.rows) == (None, ())
    assert finding.headline == "What would be worth finding out is not known yet"
