"""Choices: success factors, the longlist with how each choice meets them, and the vehicles for change."""

from wayforward.records.base import Record
from wayforward.records.fields import Choice, LongText, Reference, ShortText
from wayforward.scope.models import CATEGORIES

LONGLIST_DIMENSIONS = [
    ("scope", "Scope"),
    ("solution", "Solution"),
    ("delivery", "Delivery"),
    ("implementation", "Implementation"),
    ("funding", "Funding"),
]
VERDICTS = [
    ("preferred way forward", "Preferred way forward"),
    ("carried forward", "Carried forward"),
    ("discounted", "Discounted"),
]
IMPERATIVES = [
    ("strategic", "Strategic"),
    ("operational", "Operational"),
    ("financial", "Financial"),
]
MEETS = [("meets", "Meets it"), ("partly", "Meets it in part"), ("fails", "Does not meet it")]
APPETITES = [("strong", "Strong"), ("some", "Some"), ("none", "None")]


class SuccessFactor(Record):
    """A critical success factor: what any option must do to be worth a further look."""

    stem = "success_factors"

    name = ShortText("Factor", required=True)
    test = LongText("How it is tested")
    imperative = Choice(
        "Imperative",
        choices=IMPERATIVES,
        help_text="Of which kind, where an option that fails it is not ranked.",
    )


class LonglistChoice(Record):
    """One choice in one dimension of the longlist, and what became of it."""

    stem = "longlist_choices"

    dimension = Choice("Dimension", choices=LONGLIST_DIMENSIONS, required=True)
    name = ShortText("Choice", required=True)
    verdict = Choice("Verdict", choices=VERDICTS)
    reason = LongText("Reason")


class ChoiceFactor(Record):
    """How well a choice of the longlist meets a success factor: a cell of the filter."""

    stem = "choice_factors"

    choice = Reference(LonglistChoice, "Choice", required=True)
    factor = Reference(SuccessFactor, "Factor", required=True)
    meets = Choice("Meets", choices=MEETS)
    reason = LongText("Reason")

    @property
    def label(self) -> str:
        return self.factor.name


class ChoiceConflict(Record):
    """Two choices of the longlist that can't stand in one option, and why."""

    stem = "choice_conflicts"

    first = Reference(LonglistChoice, "Choice", required=True)
    second = Reference(LonglistChoice, "Other choice", required=True)
    reason = LongText("Why not together", required=True)


class DeliveryVehicle(Record):
    """A way of delivering change, and how it suits one area of scope."""

    stem = "delivery_vehicles"
    changed_by = "rate"

    name = ShortText("Vehicle", required=True)
    area = Choice("Area of scope", choices=CATEGORIES, required=True)
    detail = LongText("How it would work there")
    verdict = Choice("Verdict", choices=VERDICTS)
    reason = LongText("Reason")


class MarketView(Record):
    """How willing suppliers of one sort are to take part in a vehicle, and how that is known."""

    stem = "market_views"

    vehicle = Reference(DeliveryVehicle, "Vehicle", required=True)
    supplier = ShortText("Suppliers", required=True, help_text="Of which sort; never a single firm's offer.")
    appetite = Choice("Appetite", choices=APPETITES)
    basis = LongText("How it is known")

    @property
    def label(self) -> str:
        return self.supplier
