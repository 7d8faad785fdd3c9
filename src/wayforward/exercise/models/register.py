"""What the exercise keeps watch over: risks, assumptions, issues, decisions, interests, documents, versions."""

from wayforward.records.base import Record
from wayforward.records.fields import Choice, Day, LongText, RecordRef, ShortText, YesNo

HML = [("high", "High"), ("medium", "Medium"), ("low", "Low")]


class Risk(Record):
    """A risk to the exercise itself (a risk of an option is an option risk)."""

    stem = "risks"

    name = ShortText("Risk", required=True)
    likelihood = Choice("Likelihood", choices=HML)
    impact = Choice("Impact", choices=HML)
    response = LongText("Response")
    owner = ShortText("Owner", help_text="A role.")
    review = Day("Review by")


class Assumption(Record):
    """What the exercise takes to be so without having shown it."""

    stem = "assumptions"

    name = ShortText("Assumption", required=True)
    if_wrong = LongText("If it is wrong")
    owner = ShortText("Owner", help_text="A role.")
    review = Day("Review by")


class Issue(Record):
    """Something that has gone wrong, or is in the way, now."""

    stem = "issues"

    name = ShortText("Issue", required=True)
    action = LongText("Action")
    owner = ShortText("Owner", help_text="A role.")
    raised = Day("Raised")
    review = Day("Review by")
    closed = Day("Closed")


class Dependency(Record):
    """What the exercise needs others to do."""

    stem = "dependencies"

    name = ShortText("Dependency", required=True)
    on_whom = ShortText("On whom", help_text="A role or body.")
    owner = ShortText("Owner", help_text="The role that sees to it.")
    needed_by = Day("Needed by")
    review = Day("Review by")
    met = YesNo("Met")


class Constraint(Record):
    """A limit that the exercise can't move."""

    stem = "constraints"

    name = ShortText("Constraint", required=True)
    effect = LongText("Effect on the work")


class Decision(Record):
    """A decision taken, by whom, when and why."""

    stem = "decisions"

    name = ShortText("Decision", required=True)
    decided_by = ShortText("Decided by", required=True, help_text="A role or body.")
    decided_on = Day("Decided on", required=True)
    reason = LongText("Reason")


class DeclaredInterest(Record):
    """An interest that somebody declared, what it bears on, and what is done about it."""

    stem = "declared_interests"
    changed_by = "interests"

    holder = ShortText("Holder", required=True, help_text="A role or body.")
    interest = LongText("Interest", required=True)
    bears_on = ShortText("Bears on")
    handling = LongText("Handling", help_text="What the holder may not do.")
    declared = Day("Declared")
    ended = Day(
        "Ended", help_text="Blank while it lasts: its holder rates, weights and opens nothing commercial."
    )

    @property
    def label(self) -> str:
        return self.holder


class SourceDocument(Record):
    """A document that the exercise draws on."""

    stem = "source_documents"

    title = ShortText("Document", required=True)
    source = ShortText("Source", help_text="A role or body.")
    dated = Day("Dated")
    about = RecordRef("About")


class ReportVersion(Record):
    """A version of the report: its number, its day, its state and what changed."""

    stem = "report_versions"

    number = ShortText("Version", required=True, max_length=20)
    dated = Day("Dated", required=True)
    state = ShortText("State", required=True, max_length=60)
    note = LongText("What changed")

    @property
    def label(self) -> str:
        return f"{self.number} ({self.state})"
