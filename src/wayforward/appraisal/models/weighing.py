"""More than money: criteria with their anchors, how options score, how each group weighs them, and who disagreed."""

from wayforward.options.models import Option
from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Day,
    LongText,
    Number,
    Pairs,
    RecordRef,
    Reference,
    ShortText,
    Whole,
    YesNo,
)
from wayforward.scope.models import ModernisationOutcome

GROUP_KINDS = [
    ("commissioner", "Commissioner"),
    ("chief officers", "Chief officers"),
    ("staff", "Staff"),
    ("public", "Public"),
    ("partners", "Partners"),
]


class Criterion(Record):
    """Something that matters beside money, measured between two anchors: the worse scores 0, the better 100."""

    stem = "criteria"
    changed_by = "weigh"

    name = ShortText("Criterion", required=True)
    order = Whole("Order", required=True, least=1)
    unit = ShortText("Unit", max_length=60)
    worst = Number("Worst", help_text="The anchor that scores 0.")
    worst_means = LongText("What the worst is like")
    best = Number("Best", help_text="The anchor that scores 100.")
    best_means = LongText("What the best is like")
    points = Pairs(
        "Points between", help_text="Values between the anchors with their score. Blank: a straight line."
    )
    quotes = ShortText("Quoted finding", help_text="appraisal.npsv for money. Blank: scored by judgement.")
    outcome = Reference(ModernisationOutcome, "Outcome", help_text="That it measures, if one.")
    independent = YesNo(
        "Weighed alone",
        help_text="Yes where nobody's preference on it hangs on how an option does elsewhere.",
    )


class CriterionScore(Record):
    """How an option does on a criterion, in the criterion's own unit, with its range."""

    stem = "criterion_scores"
    changed_by = "weigh"

    option = Reference(Option, "Option", required=True)
    criterion = Reference(Criterion, "Criterion", required=True)
    score = Number("Score")
    low = Number("Low")
    high = Number("High")
    reason = LongText("Reason")

    @property
    def label(self) -> str:
        return self.criterion.name


class StakeholderGroup(Record):
    """A group that weighed the criteria: when it met, and who chaired it."""

    stem = "stakeholder_groups"

    name = ShortText("Group", required=True)
    group_kind = Choice("Of", choices=GROUP_KINDS, required=True)
    met = Day("Met on")
    people = Whole("People")
    chair = ShortText("Chair", help_text="A role.")
    chair_independent = YesNo(
        "Chair independent", help_text="Of those who made and who gain from the options."
    )
    note = LongText("Note")


class SwingWeight(Record):
    """What moving one criterion from worst to best is worth to a group; the greatest swing is 100."""

    stem = "swing_weights"
    changed_by = "weigh"

    group = Reference(StakeholderGroup, "Group", required=True)
    criterion = Reference(Criterion, "Criterion", required=True)
    points = Number("Points", least=0, most=100)
    low = Number("Low", least=0, most=100)
    high = Number("High", least=0, most=100)

    @property
    def label(self) -> str:
        return f"{self.criterion.name}, by {self.group.name}"


class Dissent(Record):
    """A disagreement that a group could not settle, kept as it was said."""

    stem = "dissents"

    group = Reference(StakeholderGroup, "Group", required=True)
    about = RecordRef("About", help_text="A criterion, a score or a weight.")
    text = LongText("What was said", required=True)
    said_by = ShortText("By", help_text="A role.")
