"""Options: success factors, the longlist, vehicles, the options themselves, their phases and risks."""

from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Day,
    Fraction,
    LongText,
    Money,
    Number,
    RecordRef,
    Reference,
    ShortText,
    Whole,
    YesNo,
)
from wayforward.scope.models import CATEGORIES, PARTIES, POWERS, Service

OPTION_KINDS = [
    ("business as usual", "Business as usual"),
    ("do minimum", "Do minimum"),
    ("option", "Option"),
]
PHASES = [
    ("start-up", "Start-up"),
    ("design and build", "Design and build"),
    ("implementation", "Implementation"),
    ("ownership", "Ownership"),
]
LONGLIST_DIMENSIONS = [
    ("scope", "Scope"),
    ("solution", "Solution"),
    ("delivery", "Delivery"),
    ("implementation", "Implementation"),
    ("funding", "Funding"),
]
VERDICTS = [
    ("preferred way forward", "Preferred way forward"),
    ("carried forward", "Carried forward"),
    ("discounted", "Discounted"),
]
PROCUREMENT_FITS = [
    ("continues", "Continues it as advertised"),
    ("narrows", "Narrows it"),
    ("calls off a framework", "Calls off a named framework"),
    ("starts afresh", "Starts afresh"),
    ("needs none", "Needs none"),
]


class SuccessFactor(Record):
    """A critical success factor: what any option must do to be worth a further look."""

    stem = "success_factors"

    name = ShortText("Factor", required=True)
    test = LongText("How it is tested")


class Option(Record):
    """A way forward that the report compares with business as usual."""

    stem = "options"

    name = ShortText("Option", required=True)
    short_name = ShortText("Short name", required=True, max_length=40)
    option_kind = Choice("Kind", choices=OPTION_KINDS, required=True)
    order = Whole("Order", required=True, least=1, help_text="The same everywhere in the report.")
    summary = LongText("What it is")
    people_effect = LongText("What it means for people")


class LonglistChoice(Record):
    """One choice in one dimension of the longlist, and what became of it."""

    stem = "longlist_choices"

    dimension = Choice("Dimension", choices=LONGLIST_DIMENSIONS, required=True)
    name = ShortText("Choice", required=True)
    verdict = Choice("Verdict", choices=VERDICTS)
    reason = LongText("Reason")


class DeliveryVehicle(Record):
    """A way of delivering change, and how it suits one area of scope."""

    stem = "delivery_vehicles"

    name = ShortText("Vehicle", required=True)
    area = Choice("Area of scope", choices=CATEGORIES, required=True)
    detail = LongText("How it would work there")
    verdict = Choice("Verdict", choices=VERDICTS)
    reason = LongText("Reason")


class FactorVerdict(Record):
    """Whether an option passes a critical success factor, and why."""

    stem = "factor_verdicts"

    option = Reference(Option, "Option", required=True)
    factor = Reference(SuccessFactor, "Factor", required=True)
    passes = YesNo("Passes")
    reason = LongText("Reason")

    @property
    def label(self) -> str:
        return self.factor.name


class OptionService(Record):
    """What an option would change in who employs, tasks and acts in one service."""

    stem = "option_services"

    option = Reference(Option, "Option", required=True)
    service = Reference(Service, "Service", required=True)
    vehicle = Reference(DeliveryVehicle, "Vehicle")
    change = LongText("What changes", required=True)
    employer = Choice("Who would employ", choices=PARTIES)
    tasked_by = Choice("Who would task and supervise", choices=PARTIES)
    powers_by = Choice("Powers exercised by", choices=POWERS)
    outcome = Reference("scope.ModernisationOutcome", "Outcome it serves")

    @property
    def label(self) -> str:
        return self.change


class OptionPhase(Record):
    """One of the four phases of an option: when it starts and how long it lasts."""

    stem = "option_phases"

    option = Reference(Option, "Option", required=True)
    phase = Choice("Phase", choices=PHASES, required=True)
    starts = Day("Starts")
    months = Whole("Duration", unit="months", most=1200)
    delay_months = Whole("Delay against the plan", unit="months", most=240)

    @property
    def label(self) -> str:
        return self.phase


class OptionRisk(Record):
    """A risk of an option: how likely, what it would cost in pounds and weeks, what is done."""

    stem = "option_risks"

    option = Reference(Option, "Option", required=True)
    name = ShortText("Risk", required=True)
    probability = Fraction("Probability")
    impact = Money("Impact", help_text="In the prices of the exercise's price year.")
    impact_weeks = Number("Impact", unit="weeks", least=0)
    mitigation = LongText("Mitigation")
    owner = ShortText("Owner", help_text="A role.")


class ProcurementFit(Record):
    """What an option would do with a procurement in hand."""

    stem = "procurement_fits"

    option = Reference(Option, "Option", required=True)
    procurement = Reference("exercise.Procurement", "Procurement", required=True)
    fit = Choice("Fit", choices=PROCUREMENT_FITS)
    months_to_award = Number("Time to award", unit="months", least=0)
    note = LongText("Note")

    @property
    def label(self) -> str:
        return self.fit


class TimeCritical(Record):
    """Something that can't wait, by when, and what happens if it does."""

    stem = "time_critical"

    name = ShortText("What", required=True)
    due = Day("By")
    why = LongText("Why")
    if_late = LongText("If it is late")
    about = RecordRef("About")
