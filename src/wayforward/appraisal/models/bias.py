"""Optimism bias: what estimates are raised by, risk area by risk area, and what has been done against it."""

from wayforward.options.models import Option, OptionRisk
from wayforward.records.base import Record
from wayforward.records.fields import Choice, Fraction, LongText, Reference, ShortText

PROJECT_TYPES = [
    ("non-standard-buildings", "Non-standard buildings"),
    ("standard-buildings", "Standard buildings"),
    ("non-standard-civil-engineering", "Non-standard civil engineering"),
    ("standard-civil-engineering", "Standard civil engineering"),
    ("equipment-and-development", "Equipment and development"),
    ("outsourcing", "Outsourcing"),
]


class OptimismBias(Record):
    """A project whose costs are raised for optimism bias, between the bounds of the edition for its type."""

    stem = "optimism_bias"

    name = ShortText("Project", required=True)
    option = Reference(Option, "Option", help_text="Blank: lines of any option may name it.")
    below_lower = LongText("Why below the lower bound", help_text="The evidence for it. Blank: never below.")


class BiasShare(Record):
    """A type of work within a project, with its share of the project's capital cost."""

    stem = "bias_shares"

    bias = Reference(OptimismBias, "Project", required=True)
    project_type = Choice("Type of work", choices=PROJECT_TYPES, required=True)
    share = Fraction("Share of capital cost", required=True)

    @property
    def label(self) -> str:
        return self.project_type


class BiasArea(Record):
    """A risk area that the uplift stands for, how far it is mitigated, and by what."""

    stem = "bias_areas"

    bias = Reference(OptimismBias, "Project", required=True)
    name = ShortText("Risk area", required=True)
    contribution = Fraction("Contribution", required=True, help_text="Of the upper bound.")
    mitigation = Fraction("Mitigated", help_text="0 not at all, 1 wholly. Cite the evidence for it.")
    mitigated_by = LongText("By what")
    cost_line = Reference(
        "appraisal.CostLine", "Cost line of the mitigation", help_text="Blank: it costs nothing extra."
    )
    risk = Reference(OptionRisk, "The risk it stands for", help_text="Where the register holds it too.")
