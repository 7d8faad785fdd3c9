"""The procurement in hand, contacts with bidders and the market. Dates of the law as the parameter table gives them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.exercise.small import find
from wayforward import parameters
from wayforward.exercise.models import Procurement
from wayforward.options.findings.procuring import law_on, notice_days
from wayforward.options.models import BidderContact, DeliveryVehicle, MarketView, Option, ProcurementFit

JOINT = Option(code="JV", name="Joint venture", short_name="Venture", option_kind="option", order=1)
ALONE = Option(code="INH", name="In-house", short_name="In-house", option_kind="option", order=2)
CALLS = Option(code="FRW", name="Frameworks", short_name="Frameworks", option_kind="option", order=3)
USUAL = Option(code="BAU", name="As usual", short_name="As usual", option_kind="business as usual", order=4)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Official Journal, January 2012", "2012-01-01", "2012-01-31"),
        ("3 february 2012", "2012-02-03", "2012-02-03"),
        ("Notice of 2015-02-26", "2015-02-26", "2015-02-26"),
        ("2012/S 14-022371", "2012-01-01", "2012-12-31"),
        ("June 2012, renewed May 2013", "2012-06-01", "2013-05-31"),
    ],
)
def test_the_days_that_a_notice_may_be_of(words: str, first: str, last: str) -> None:
    assert notice_days(words) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", ["", "Official Journal", "31 February 2012 or 2012-02-31", "No 123456"])
def test_words_without_a_day(words: str) -> None:
    found = notice_days(words)
    assert found is None or found == (date(2012, 1, 1), date(2012, 12, 31))  # the year alone can be read


@pytest.mark.parametrize(
    ("day", "law"),
    [
        ("2006-01-30", None),
        ("2006-01-31", "Public Contracts Regulations 2006"),
        ("2015-02-25", "Public Contracts Regulations 2006"),
        ("2015-02-26", "Public Contracts Regulations 2015"),
        ("2025-02-23", "Public Contracts Regulations 2015"),
        ("2025-02-24", "Procurement Act 2023"),
        ("2040-01-01", "Procurement Act 2023"),
    ],
)
def test_the_law_changes_on_a_day(day: str, law: str | None) -> None:
    """SI 2015/102 came into force on 26 February 2015; the Procurement Act 2023 on 24 February 2025."""
    regimes = parameters.load("green-book-2026").get("procurement-regimes")
    assert law_on((date.fromisoformat(day),) * 2, regimes) == law


def test_a_month_in_which_the_law_changed_settles_nothing() -> None:
    regimes = parameters.load("green-book-2026").get("procurement-regimes")
    assert law_on(notice_days("February 2015"), regimes) is None
    assert law_on(notice_days("March 2015"), None) is None


def hand(**more: Any) -> Procurement:
    known: dict[str, Any] = {
        "notice": "Official Journal, January 2012",
        "scope": "Most services",
        "value_low": Decimal(300),
        "value_high": Decimal(3500),
        "term_years": Decimal(7),
        "authorities": "Two forces",
        "stage": "Dialogue",
        "bidders": "Six",
        "spend": Decimal(5),
        "legal_regime": "Public Contracts Regulations 2006",
    }
    return Procurement(code="P", name="Partnering", **(known | more))


def test_a_procurement_falls_under_the_law_of_its_day() -> None:
    finding = find("options.procurement", hand())
    assert finding.rows[0]["law"] == "Public Contracts Regulations 2006"
    assert (finding.rows[0]["value_low"], finding.rows[0]["value_high"]) == (300, 3500)
    assert finding.headline == (
        "By the day of its notice the procurement in hand falls under the Public Contracts Regulations 2006"
    )
    assert finding.warnings[0].startswith(
        "The law by date is from: Public Contracts Regulations 2006 (SI 2006/5)"
    )
    assert finding.warnings[0].endswith("Its dates are to be confirmed before use.")
    assert finding.waiting == ()


def test_the_law_recorded_against_the_law_of_the_day() -> None:
    finding = find("options.procurement", hand(notice="2 March 2015"))
    assert finding.warnings[0] == (
        "Partnering is recorded under Public Contracts Regulations 2006; on the day of its notice the Public "
        "Contracts Regulations 2015 was in force."
    )


def test_what_is_not_known_of_a_procurement() -> None:
    finding = find("options.procurement", hand(notice="Somewhere", spend=None, bidders=""))
    assert (finding.rows[0]["law"], finding.rows[0]["spend"]) == (None, None)
    assert finding.headline == "Which law the procurement in hand falls under is not known yet"
    assert finding.waiting == (
        "the bidders and what has been spent of Partnering",
        "the day of the notice of Partnering, by which the law is known",
    )


def fit(code: str, option: Option, procurement: Procurement, **more: Any) -> ProcurementFit:
    return ProcurementFit(code=code, option=option, procurement=procurement, **more)


def test_every_part_of_a_fit() -> None:
    one = hand()
    finding = find(
        "options.procurement_fit",
        *(JOINT, CALLS, USUAL, one),
        fit(
            *("1", JOINT, one),
            fit="narrows",
            months_to_award=Decimal(21),
            award_cost=Decimal(900_000),
            change_risk="High",
            challenge_risk="Medium",
        ),
        fit("2", CALLS, one, fit="calls off a framework", months_to_award=Decimal(5), framework="RM353"),
        fit("3", USUAL, one, fit="needs none", months_to_award=Decimal(0)),
    )
    rows = {row["option"]: row for row in finding.rows}
    venture, calls, usual = rows["JV"], rows["FRW"], rows["BAU"]
    assert (venture["award_cost"], venture["change_risk"], venture["challenge_risk"]) == (
        900_000,
        "High",
        "Medium",
    )
    assert (venture["framework"], venture["legal_advice"]) == (
        "",
        None,
    )  # none is called off; advice is lacking
    assert (calls["framework"], calls["change_risk"], calls["award_cost"]) == ("RM353", "", None)
    assert (usual["months_to_award"], usual["award_cost"], usual["challenge_risk"]) == (0, "", "")
    assert finding.warnings == (
        "Venture would narrow what was advertised, and no legal advice on that is recorded.",
    )
    assert finding.waiting == (
        "the legal advice: Venture",
        "the cost of getting to award, the risk of challenge and the legal advice: Frameworks",
    )


def test_advice_has_a_day() -> None:
    one = hand()
    finding = find(
        "options.procurement_fit",
        *(ALONE, one),
        fit(
            *("1", ALONE, one),
            fit="starts afresh",
            months_to_award=Decimal(14),
            award_cost=Decimal(1),
            challenge_risk="Low",
            legal_advice="A new notice is safe",
        ),
    )
    assert finding.rows[0]["advised"] is None
    assert finding.waiting == ("the day of the legal advice: In-house",)


def contact(code: str, day: int, **more: Any) -> BidderContact:
    cells = {"bidder": f"Group {code}", "about": "Scope.", "procurement": hand()} | more
    return BidderContact(code=code, happened=date(2012, 6, day), **cells)


def test_contacts_and_who_was_told() -> None:
    finding = find(
        "options.contacts",
        contact("3", 20),
        contact("2", 10, told_all=False),
        contact("1", 4, told_all=True, told_on=date(2012, 6, 11)),
        contact("4", 30, told_all=True),
        hand(),
    )
    rows = [(row["contact"], row["told_all"], row["told_on"], row["days"]) for row in finding.rows]
    assert rows == [
        ("1", True, "2012-06-11", 7),
        ("2", False, "", ""),
        ("3", None, None, None),
        ("4", True, None, None),
    ]
    assert finding.value is None  # whether one was told is not known, so how many were not is not either
    assert finding.headline == "Of 4 contacts with bidders, 1 was not told to all; of 1 it is not known"
    assert finding.warnings == ("Not told to all: Scope (Group 2, 10 June 2012).",)
    assert finding.waiting == (
        "whether all were told the same after the contact with Group 3 on 20 June 2012",
        "the day on which all were told what was said at the contact with Group 4 on 30 June 2012",
    )


def test_how_many_were_not_told_is_known_once_all_are() -> None:
    told = contact("1", 4, told_all=True, told_on=date(2012, 6, 4))
    assert find("options.contacts", told, contact("2", 5, told_all=False), hand()).value == 1
    assert find("options.contacts", told, hand()).headline == (
        "No contact of 1 with bidders is known to have been kept from the others"
    )


def vehicle(code: str, area: str, verdict: str = "carried forward") -> DeliveryVehicle:
    return DeliveryVehicle(code=code, name=f"Vehicle {code}", area=area, verdict=verdict)


def test_the_market_by_vehicle() -> None:
    first, second, third = vehicle("1", "ict"), vehicle("2", "core"), vehicle("3", "support")
    gone = vehicle("4", "core", "discounted")

    def view(code: str, of: DeliveryVehicle, appetite: str, basis: str = "Market day") -> MarketView:
        return MarketView(code=code, vehicle=of, supplier=f"Sort {code}", appetite=appetite, basis=basis)

    finding = find(
        "options.market",
        *(first, second, third, gone),
        view("1", first, "strong"),
        view("2", first, "none"),
        view("3", second, "none"),
        view("4", second, "", ""),
    )
    assert [(row["vehicle"], row["supplier"], row["appetite"]) for row in finding.rows] == [
        ("2", "Sort 3", "None"),
        ("2", "Sort 4", None),
        ("1", "Sort 1", "Strong"),
        ("1", "Sort 2", "None"),
    ]
    assert finding.headline == (
        "Some suppliers show strong appetite for 1 of 2 vehicles, no supplier asked shows any for 1; "
        "of 1 vehicle taken forward it is not known"
    )
    assert finding.waiting == (
        "what suppliers think of Vehicle 3 (Support)",
        "how willing and how it is known: Sort 4, Vehicle 2 (Core)",
    )
