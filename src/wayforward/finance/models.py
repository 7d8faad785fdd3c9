"""The financial plan in cash, inflation, people who leave, and the incomes by which a pound is weighed."""

from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Fraction,
    LongText,
    Money,
    Number,
    ShortText,
    YearField,
    write_year,
)

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
POST_KINDS = [("officer", "Police officers"), ("staff", "Police staff")]


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
        return f"inflation to {write_year(self.year)}"


class Turnover(Record):
    """How many people of one kind leave of themselves in a financial year, and what it costs to release one more."""

    stem = "turnover"

    post_kind = Choice("People", choices=POST_KINDS, required=True)
    year = YearField("Year", required=True)
    leaving = Number("Leaving", unit="full-time equivalents", least=0)
    exit_cost = Money(
        "Cost of releasing one post", help_text="Redundancy and pension; officers can't be released."
    )

    @property
    def label(self) -> str:
        return f"{self.post_kind} leaving in {write_year(self.year)}"


class IncomeGroup(Record):
    """People of one level of income, whose gain or loss is weighed by it."""

    stem = "income_groups"

    name = ShortText("Group", required=True)
    income = Money("Income of the group", help_text="Equivalised, a year.")
    median = Money("Median income", help_text="Equivalised, a year, of everybody.")
