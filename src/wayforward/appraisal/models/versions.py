"""What if, and what was: scenarios kept by name, and the business cases as they stood."""

from wayforward.options.models import Option
from wayforward.records.base import Record
from wayforward.records.fields import Choice, Day, LongText, Number, RecordRef, Reference, ShortText

CASE_STAGES = [
    ("strategic outline", "Strategic outline case"),
    ("outline", "Outline business case"),
    ("full", "Full business case"),
]
FIGURES = [
    ("cost", "Whole-life cost, present value"),
    ("benefits", "Benefits, present value"),
    ("npsv", "Net present social value"),
    ("npsv low", "Net present social value, low"),
    ("npsv high", "Net present social value, high"),
]


class Scenario(Record):
    """A what-if that somebody kept: the record is unchanged, the figures answer as if it were."""

    stem = "scenarios"

    name = ShortText("Scenario", required=True)
    question = LongText("What if")
    edition = ShortText("Edition", max_length=60, help_text="Blank: the exercise's.")
    made_by = ShortText("Made by", help_text="A role.")
    made = Day("Made on")


class ScenarioValue(Record):
    """One thing that a scenario changes: a field's value, or for yearly amounts their multiplier."""

    stem = "scenario_values"

    scenario = Reference(Scenario, "Scenario", required=True)
    about = RecordRef(
        "About", required=True, help_text="A line, an option phase or a swing weight, as kind:CODE."
    )
    field = ShortText(
        "Field", required=True, max_length=60, help_text="Such as amounts, delay_months or points."
    )
    value = Number("Value", required=True)

    @property
    def label(self) -> str:
        return f"{self.about}/{self.field}"


class BusinessCase(Record):
    """A stage of the business case as it stood on a day: outline by outline, one case."""

    stem = "business_cases"

    case_stage = Choice("Stage", choices=CASE_STAGES, required=True)
    stood = Day("Stood on", required=True)
    edition = ShortText("Edition", max_length=60)
    note = LongText("Note")

    @property
    def label(self) -> str:
        return f"{dict(CASE_STAGES).get(self.case_stage, self.case_stage)}, {self.stood}"


class CaseFigure(Record):
    """A figure of an option as a business case gave it, and why it has moved since the one before."""

    stem = "case_figures"

    business_case = Reference(BusinessCase, "Business case", required=True)
    option = Reference(Option, "Option", required=True)
    figure = Choice("Figure", choices=FIGURES, required=True)
    value = Number("Value", decimal_places=2)
    moved = LongText("Why it moved", help_text="Since the business case before.")

    @property
    def label(self) -> str:
        return f"{self.figure} of {self.option.short_name}"
