"""Alignment: priorities, capabilities, how strongly each serves each, and investments."""

from wayforward.records.base import Record
from wayforward.records.fields import LongText, Money, Number, Reference, ShortText, Whole
from wayforward.scope.models import ModernisationOutcome


class Priority(Record):
    """Something the organisation wants to achieve, with its weight among the others."""

    stem = "priorities"

    name = ShortText("Priority", required=True)
    outcome = LongText("Outcome wanted")
    weight = Number("Weight", least=0, help_text="Relative importance; any scale.")
    source = ShortText("Where it is set out")


class Capability(Record):
    """Something the organisation must be able to do, now or after the change."""

    stem = "capabilities"

    name = ShortText("Capability", required=True)
    detail = LongText("What it means")


class Strength(Record):
    """How strongly a capability serves a priority: 1 weakly, 3 moderately, 9 strongly."""

    stem = "strengths"

    priority = Reference(Priority, "Priority", required=True)
    capability = Reference(Capability, "Capability", required=True)
    strength = Whole("Strength", required=True, most=9)
    reason = LongText("Reason")

    @property
    def label(self) -> str:
        return f"strength {self.strength}"


class Investment(Record):
    """Money that somebody proposes to spend on a capability."""

    stem = "investments"

    name = ShortText("Investment", required=True)
    capability = Reference(Capability, "Capability it builds")
    cost = Money("Cost", help_text="In the prices of the exercise's price year.")
    proposer = ShortText("Proposed by", help_text="A role.")


class InvestmentOutcome(Record):
    """A named outcome that an investment claims to bring."""

    stem = "investment_outcomes"

    investment = Reference(Investment, "Investment", required=True)
    outcome = Reference(ModernisationOutcome, "Outcome", required=True)
    claim = LongText("What is claimed")
