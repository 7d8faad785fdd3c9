"""Options: what is compared, and what each would change in services, over which phases and at what risk."""

from wayforward.options.models.choices import DeliveryVehicle, LonglistChoice
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
    YearField,
)
from wayforward.scope.models import PARTIES, POWERS, Service

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
COUNTED_IN = [
    ("the register", "The register: probability times impact"),
    ("the uplift", "The uplift for optimism bias"),
    ("a range", "The range of a line"),
]


class Option(Record):
    """A way forward that the report compares with business as usual."""

    stem = "options"

    name = ShortText("Option", required=True)
    short_name = ShortText("Short name", required=True, max_length=40)
    option_kind = Choice("Kind", choices=OPTION_KINDS, required=True)
    order = Whole("Order", required=True, least=1, help_text="The same everywhere in the report.")
    summary = LongText("What it is")
    people_effect = LongText("What it means for people")


class OptionChoice(Record):
    """A choice of the longlist that an option is made of; its lines and its evidence go with it."""

    stem = "option_choices"

    option = Reference(Option, "Option", required=True)
    choice = Reference(LonglistChoice, "Choice", required=True)

    @property
    def label(self) -> str:
        return self.choice.name


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
    year = YearField(
        "Year", help_text="When it would cost what it costs. Blank: in no sum of an option's worth."
    )
    counted_in = Choice(
        "Counted in", choices=COUNTED_IN, help_text="Blank: the register. Once, and once only."
    )


class BreakPoint(Record):
    """A day on which an option may be stopped, the notice that takes and what stopping costs."""

    stem = "break_points"

    option = Reference(Option, "Option", required=True)
    name = ShortText("Break point", required=True)
    falls = Day("Falls on")
    notice_months = Number("Notice", unit="months", least=0)
    exit_cost = Money("Cost of leaving", help_text="In the prices of the exercise's price base.")
    what_stops = LongText("What stops and what stays")
    known_by_then = LongText("What will be known by then")


class TimeCritical(Record):
    """Something that can't wait, by when, and what happens if it does."""

    stem = "time_critical"

    name = ShortText("What", required=True)
    due = Day("By")
    why = LongText("Why")
    if_late = LongText("If it is late")
    about = RecordRef("About")
