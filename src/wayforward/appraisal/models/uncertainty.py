"""What is not certain beside the lines themselves, what moves together, and what could be found out."""

from wayforward.appraisal.models.lines import DISTRIBUTIONS
from wayforward.options.models import Option
from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Day,
    Fraction,
    LongText,
    Money,
    Number,
    Pairs,
    RecordRef,
    Reference,
    ShortText,
    Whole,
)

MEASURES = [
    ("npsv", "Net present social value"),
    ("cost", "Net cost, present value"),
    ("benefits", "Benefits, present value"),
    ("largest gap", "Largest gap in one year, cash"),
    ("delay", "Months late into ownership"),
]
SIDES = [("at least", "At least"), ("at most", "At most")]


class Uncertainty(Record):
    """How far a duration or an effect may vary; a line's own amounts vary by the line's low and high."""

    stem = "uncertainties"

    about = RecordRef("About", required=True, help_text="An option phase or a benefit line, as kind:CODE.")
    field = ShortText("Field", required=True, max_length=60, help_text="Such as delay_months or take_up.")
    name = ShortText("What varies", required=True)
    distribution = Choice("Distribution", choices=DISTRIBUTIONS, required=True)
    low = Number("Low")
    likely = Number("Likely", help_text="Blank: the value of the field.")
    high = Number("High")
    outcomes = Pairs("Outcomes", help_text="Of a discrete distribution: value and probability of each.")
    note = LongText("Note")


class Correlation(Record):
    """Two things that vary together, by rank correlation."""

    stem = "correlations"

    first = RecordRef("First", required=True, help_text="A line or an uncertainty, as kind:CODE.")
    second = RecordRef("Second", required=True)
    rank_correlation = Number("Rank correlation", least=-1, most=1, required=True)
    reason = LongText("Reason")


class Threshold(Record):
    """A limit that an option must keep to count as good enough."""

    stem = "thresholds"

    name = ShortText("Limit", required=True)
    measure = Choice("Measure", choices=MEASURES, required=True)
    side = Choice("Side", choices=SIDES, required=True)
    value = Number("Value", required=True, decimal_places=2)


class FailureCondition(Record):
    """The description of when an option misses a limit that a person chose on the way from wide to narrow."""

    stem = "failure_conditions"

    option = Reference(Option, "Option", required=True)
    threshold = Reference(Threshold, "Limit", required=True)
    step = Whole("Step chosen", required=True, help_text="Of the peeling trajectory; 0 restricts nothing.")
    chosen_by = ShortText("Chosen by", help_text="A role.")
    reason = LongText("Reason")

    @property
    def label(self) -> str:
        return f"{self.option.short_name} against {self.threshold.name}"


class Enquiry(Record):
    """Something that could be found out: of whom, in how many days, at what cost, by when."""

    stem = "enquiries"

    about = RecordRef("About", required=True, help_text="The line or the uncertainty it would settle.")
    name = ShortText("Question", required=True)
    ask = ShortText("Whom to ask", help_text="A role.")
    days = Number("Working days", least=0)
    cost = Money("Cost")
    due = Day("Needed by")
    learns = Fraction("Share that it would settle", help_text="Blank: all of it.")
