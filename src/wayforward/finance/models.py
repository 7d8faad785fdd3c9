"""The financial plan in cash, and the inflation that turns real prices into cash."""

from wayforward.records.base import Record
from wayforward.records.fields import Choice, Fraction, LongText, Money, ShortText, YearField

PLAN_KINDS = [
    ("budget", "Budget"),
    ("grant", "Grant"),
    ("precept", "Precept"),
    ("other income", "Other income"),
    ("reserves", "Use of reserves"),
    ("capital", "Capital"),
    ("savings required", "Savings required"),
    ("savings planned", "Savings planned"),
    ("savings achieved", "Savings achieved"),
    ("gap", "Gap"),
]


class PlanLine(Record):
    """A line of the financial plan: one heading in one financial year, in cash."""

    stem = "plan_lines"

    plan_kind = Choice("Kind", choices=PLAN_KINDS, required=True)
    name = ShortText("Heading", required=True)
    year = YearField("Year", required=True)
    amount = Money("Amount", least=None, help_text="In cash of that year.")
    note = LongText("Note")


class Inflation(Record):
    """How much prices rise from the year before, as the exercise assumes."""

    stem = "inflation"

    year = YearField("Year", required=True)
    rate = Fraction("Rise on the year before", least=-0.5, most=1)
    basis = ShortText("Basis")

    @property
    def label(self) -> str:
        return f"inflation to {self.year}-{(self.year + 1) % 100:02d}"
