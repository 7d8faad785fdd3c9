"""Appraisal: the cost and benefit lines of each option."""

from wayforward.options.models import PHASES, Option
from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    LongText,
    Number,
    Profile,
    Reference,
    ShortText,
    YesNo,
)
from wayforward.scope.models import ModernisationOutcome, Service

CLASSES = [
    ("analogy", "By analogy"),
    ("built up", "Built up"),
    ("quoted", "Quoted by a supplier"),
]
COST_KINDS = [("capital", "Capital"), ("revenue", "Revenue")]
BENEFIT_KINDS = [
    ("cash-releasing", "Cash-releasing"),
    ("non-cash-releasing", "Non-cash-releasing"),
    ("societal", "Societal"),
    ("unmonetised", "Unmonetised"),
]


class Line(Record):
    """What a cost line and a benefit line have in common."""

    option = Reference(Option, "Option", required=True)
    name = ShortText("Line", required=True)
    amounts = Profile("Yearly amounts", help_text="Real, in the prices of the exercise's price base.")
    low = Number("Low", least=0, help_text="Multiplier of the likely profile.")
    high = Number("High", least=0, help_text="Multiplier of the likely profile.")
    phase = Choice("Phase it moves with", choices=PHASES)
    organisation = ShortText("Organisation", help_text="Who pays, or who gains.")
    estimate_class = Choice("Estimate class", choices=CLASSES)
    quotes = ShortText("Quoted finding", help_text="A finding's key in place of amounts.")

    class Meta(Record.Meta):
        abstract = True


class CostLine(Line):
    """A cost of an option over the years, whole: business as usual has its own lines."""

    stem = "cost_lines"

    cost_kind = Choice("Kind", choices=COST_KINDS, required=True)
    cost_phase = Choice("Phase of cost", choices=PHASES, required=True)
    cash = YesNo("Paid in cash", required=True, help_text="No where existing people's time is used.")


class BenefitLine(Line):
    """A benefit of an option over the years."""

    stem = "benefit_lines"

    benefit_kind = Choice("Kind", choices=BENEFIT_KINDS, required=True)
    service = Reference(Service, "Service")
    outcome = Reference(ModernisationOutcome, "Outcome")
    beneficiary = ShortText("Beneficiary", help_text="Who is better off.")
    in_plan = YesNo("Already in the financial plan", required=True)
    effect = LongText("Effect in words", help_text="For what has no price.")
