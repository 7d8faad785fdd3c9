"""Scope: the services, what core, support and ICT mean, the outcomes wanted and the ratings."""

from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Number,
    Reference,
    ShortText,
    YesNo,
)

CATEGORIES = [("core", "Core"), ("support", "Support"), ("ict", "ICT and information")]
RATINGS = [("high", "High"), ("medium", "Medium"), ("low", "Low")]
DIMENSIONS = [("criticality", "Criticality"), ("benefit", "Benefit opportunity")]
POWERS = [
    ("constable", "Constable"),
    ("designated staff", "Designated staff"),
    ("designated contractor", "Designated contractor"),
    ("none", "No powers exercised"),
]
# Who employs people or tasks them: the words of the rule of direction and control.
PARTIES = [
    ("force", "The force"),
    ("other force", "Another force"),
    ("public body", "Another public body"),
    ("contractor", "A contractor"),
    ("joint", "The force jointly with others"),
]


class Definition(Record):
    """The agreed wording of core, support or ICT, with who agreed it and when."""

    stem = "definitions"

    term = Choice("Term", choices=CATEGORIES, required=True)
    wording = LongText("Wording", required=True)
    edition = ShortText("Version of the wording", max_length=20)
    agreed_by = ShortText("Agreed by", help_text="A role.")
    agreed_on = Day("Agreed on")


class Service(Record):
    """A service of the organisation: what it costs, who does it, under which powers."""

    stem = "services"

    name = ShortText("Service", required=True)
    parent = Reference("self", "Part of")
    yearly_cost = Money("Yearly cost", help_text="In the prices of the exercise's price year.")
    people = Number("People", unit="full-time equivalents", least=0)
    yearly_demand = Number("Yearly demand", least=0)
    demand_unit = ShortText("Demand counted in", max_length=60)
    powers_by = Choice("Powers exercised by", choices=POWERS)
    powers = ShortText("Powers exercised", help_text="Which, in words.")
    employer = Choice("Who employs", choices=PARTIES)
    tasked_by = Choice("Who tasks and supervises day to day", choices=PARTIES)
    information = YesNo("An ICT or information service")
    supports = Reference("self", "Supports which core service")
    statutory_basis = ShortText("Statutory basis")
    agreed_category = Choice("Agreed category", choices=CATEGORIES)
    agreed_by = ShortText("Agreed by", help_text="A role.")
    agreed_on = Day("Agreed on")
    agreed_reason = LongText("Reason", help_text="Needed where it differs from what is proposed.")
    baseline_days = Number("Days to baseline", unit="days", least=0)


class ModernisationOutcome(Record):
    """A named outcome that change should bring, in one area of scope or one service."""

    stem = "modernisation_outcomes"

    name = ShortText("Outcome", required=True)
    area = Choice("Area", choices=CATEGORIES, required=True)
    service = Reference(Service, "Service")
    indicator = ShortText("Indicator")


class Indicator(Record):
    """A measured fact about a service that its ratings can lean on."""

    stem = "indicators"

    service = Reference(Service, "Service", required=True)
    name = ShortText("Indicator", required=True)
    value = Number("Value")
    unit = ShortText("Unit", max_length=60)
    period = ShortText("Period", max_length=60)


class Rating(Record):
    """One rater's High, Medium or Low for one service on one dimension."""

    stem = "ratings"

    service = Reference(Service, "Service", required=True)
    dimension = Choice("Dimension", choices=DIMENSIONS, required=True)
    rater = ShortText("Rater", required=True, max_length=60, help_text="A role, never a name.")
    rating = Choice("Rating", choices=RATINGS, required=True)
    reason = LongText("Reason")

    @property
    def label(self) -> str:
        return f"{self.dimension} by {self.rater}"
