"""The baseline: maturity of services, of the information function and of change; the systems in use."""

from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Day,
    Level,
    LongText,
    Money,
    Reference,
    ShortText,
    Whole,
)
from wayforward.scope.models import Service

SUBJECTS = [
    ("services", "Services"),
    ("information", "The information services function"),
    ("change", "The capability to deliver change"),
]
CONFIDENCE = [("high", "High"), ("medium", "Medium"), ("low", "Low")]


class MaturityModel(Record):
    """A model of maturity: what it is about and where it comes from."""

    stem = "maturity_models"

    name = ShortText("Model", required=True)
    subject = Choice("About", choices=SUBJECTS, required=True)
    source = ShortText("Source")


class MaturityDimension(Record):
    """One thing that a maturity model looks at."""

    stem = "maturity_dimensions"

    model = Reference(MaturityModel, "Model", required=True)
    name = ShortText("Dimension", required=True)
    question = LongText("Question")


class LevelDescriptor(Record):
    """What one level of one dimension looks like."""

    stem = "level_descriptors"

    dimension = Reference(MaturityDimension, "Dimension", required=True)
    level = Level("Level", required=True)
    wording = LongText("What it looks like", required=True)

    @property
    def label(self) -> str:
        return f"level {self.level}"


class Assessment(Record):
    """The level found for one dimension, of one service or of the whole function."""

    stem = "assessments"

    dimension = Reference(MaturityDimension, "Dimension", required=True)
    service = Reference(Service, "Service", help_text="Blank: the whole function.")
    assessor = ShortText("Assessor", max_length=60, help_text="A role.")
    level = Level("Level")
    target = Level("Target")
    confidence = Choice("Confidence", choices=CONFIDENCE)
    reason = LongText("What was seen")

    @property
    def label(self) -> str:
        return f"assessment by {self.assessor}"


class System(Record):
    """A computer system in use: its cost, its supplier and how long it is supported."""

    stem = "systems"

    name = ShortText("System", required=True)
    does = LongText("What it does")
    yearly_cost = Money("Yearly cost", help_text="In the prices of the exercise's price year.")
    users = Whole("Users", unit="people")
    supplier = ShortText("Supplier", help_text="Generic where the system is made up.")
    end_of_support = Day("End of support")
    business_fit = Level("Business fit")
    technical_fit = Level("Technical fit")


class SystemService(Record):
    """A service that stands on a system."""

    stem = "system_services"

    system = Reference(System, "System", required=True)
    service = Reference(Service, "Service", required=True)
