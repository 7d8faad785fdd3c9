"""After the decision: who owns, who decides, at which gates, and the first hundred days."""

from wayforward.records.base import Record
from wayforward.records.fields import Day, LongText, Number, RecordRef, ShortText, Whole


class DecisionRight(Record):
    """A kind of decision, who takes it, who is asked and who is told."""

    stem = "decision_rights"

    name = ShortText("Decision", required=True)
    decides = ShortText("Decides", required=True, help_text="A role or body.")
    asked = ShortText("Asked")
    told = ShortText("Told")


class Gate(Record):
    """A point at which the programme goes on, changes or stops."""

    stem = "gates"

    name = ShortText("Gate", required=True)
    due = Day("Due")
    decides = ShortText("Decides", help_text="A role or body.")
    criteria = LongText("What must be shown")


class BenefitOwner(Record):
    """Who answers for a benefit, from which baseline, by when."""

    stem = "benefit_owners"

    name = ShortText("Benefit", required=True)
    owner = ShortText("Owner", required=True, help_text="A role.")
    bears_on = RecordRef("Outcome or line")
    baseline = Number("Baseline")
    unit = ShortText("Unit", max_length=60)
    measured_by = ShortText("Measured by")
    due = Day("Due")


class EvaluationQuestion(Record):
    """A question that the evaluation will answer, and how."""

    stem = "evaluation_questions"

    name = ShortText("Question", required=True)
    method = LongText("Method")
    owner = ShortText("Owner", help_text="A role.")
    due = Day("Due")


class FirstHundredDays(Record):
    """An action of the first hundred days after the decision."""

    stem = "first_hundred_days"

    name = ShortText("Action", required=True)
    owner = ShortText("Owner", help_text="A role.")
    from_day = Whole("From day", required=True, most=100)
    to_day = Whole("To day", required=True, most=100)
