"""How it came to this: events, the procurement in hand, lessons, drivers, objectives, the ambition."""

from wayforward.records.base import Record
from wayforward.records.fields import (
    Day,
    LongText,
    Money,
    Number,
    RecordRef,
    Reference,
    ShortText,
)


class BackgroundEvent(Record):
    """Something that happened and led to this exercise."""

    stem = "background_events"

    happened = Day("When", required=True)
    name = ShortText("What", required=True)
    detail = LongText("Detail")


class Procurement(Record):
    """The procurement in hand, against which options are tested."""

    stem = "procurements"

    name = ShortText("Procurement", required=True)
    notice = ShortText("Notice")
    scope = LongText("Scope as advertised")
    value_low = Money("Value from")
    value_high = Money("Value to")
    term_years = Number("Term", unit="years", least=0)
    authorities = ShortText("Authorities")
    stage = ShortText("Stage reached")
    bidders = LongText("Bidders", help_text="Numbers and groups, as published.")
    spend = Money("Spent so far")
    legal_regime = ShortText("Legal regime")


class Lesson(Record):
    """What an earlier programme showed, and the option or risk that it bears on."""

    stem = "lessons"

    source = ShortText("Source", required=True)
    name = ShortText("Lesson", required=True)
    happened = LongText("What happened")
    bears_on = RecordRef("Bears on", help_text="An option or a risk.")


class Driver(Record):
    """A reason why things can't stay as they are."""

    stem = "drivers"

    name = ShortText("Driver", required=True)
    detail = LongText("Detail")


class TestableObjective(Record):
    """An objective of the change that can be seen to be met or not."""

    __test__ = False  # pytest would take the name for a test class
    stem = "testable_objectives"

    driver = Reference(Driver, "Driver")
    name = ShortText("Objective", required=True)
    measure = ShortText("Measure")
    baseline = Number("Baseline")
    target = Number("Target")
    unit = ShortText("Unit", max_length=60)
    due = Day("By")


class AmbitionTheme(Record):
    """A theme of the ambition, with what would show that it is reached."""

    stem = "ambition_themes"

    name = ShortText("Theme", required=True)
    detail = LongText("What is wanted")
    indicator = ShortText("Indicator")
    baseline = Number("Baseline")
    target = Number("Target")
    unit = ShortText("Unit", max_length=60)
