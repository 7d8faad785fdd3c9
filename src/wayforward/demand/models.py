"""Demand: areas, schemes of harm, and counts of incidents (the rows stay in the incident store)."""

from wayforward.records.base import Record
from wayforward.records.fields import Choice, LongText, Reference, ShortText, Whole, YesNo

CRIME_TYPES = [
    ("anti-social-behaviour", "Anti-social behaviour"),
    ("bicycle-theft", "Bicycle theft"),
    ("burglary", "Burglary"),
    ("criminal-damage-arson", "Criminal damage and arson"),
    ("drugs", "Drugs"),
    ("other-crime", "Other crime"),
    ("other-theft", "Other theft"),
    ("possession-of-weapons", "Possession of weapons"),
    ("public-order", "Public order"),
    ("robbery", "Robbery"),
    ("shoplifting", "Shoplifting"),
    ("theft-from-the-person", "Theft from the person"),
    ("vehicle-crime", "Vehicle crime"),
    ("violent-crime", "Violence and sexual offences"),
]


class Area(Record):
    """A place that incidents are counted for."""

    stem = "areas"

    name = ShortText("Area", required=True)
    population = Whole("Population", unit="people")
    outside = YesNo("Outside the organisation's area", required=True)


class HarmScheme(Record):
    """A way of weighing one kind of incident against another: a named table of the parameters."""

    stem = "harm_schemes"

    name = ShortText("Scheme", required=True)
    table = ShortText("Table of the parameters", required=True, max_length=60)
    unit = ShortText("Unit of harm", max_length=60)
    note = LongText("What to know before using it")


class IncidentSet(Record):
    """A set of incidents that was read: which, for when, from whom, and what it stands in for."""

    stem = "incident_sets"

    name = ShortText("Set", required=True)
    month = ShortText("Month", max_length=7, help_text="As 2014-01.")
    rows = Whole("Rows read")
    source = ShortText("Source and licence", max_length=500)
    note = LongText("What to know before using it")


class IncidentCount(Record):
    """How many incidents of one type were counted in one area."""

    stem = "incident_counts"

    incident_set = Reference(IncidentSet, "Incident set", required=True)
    area = Reference(Area, "Area", required=True)
    crime_type = Choice("Type", choices=CRIME_TYPES, required=True)
    count = Whole("Count", required=True, unit="incidents")

    @property
    def label(self) -> str:
        return self.crime_type
