"""Agreeing: peer review, approvals and advice, assurance, and the decision with its notice."""

from wayforward.exercise.models.register import HML
from wayforward.exercise.models.terms import Section
from wayforward.records.base import Record
from wayforward.records.fields import Choice, Day, LongText, Reference, ShortText, Whole

SUBJECTS = [
    ("terms", "Terms of reference"),
    ("definitions", "Definitions"),
    ("scope", "Scope"),
    ("cut-off", "Cut-off"),
    ("report", "Report"),
]
STEPS = [
    ("lead", "Workstream lead"),
    ("director", "Director"),
    ("analysis", "Approver of the analysis"),
    ("finance-force", "Advice of the force's chief finance officer"),
    ("finance-commissioner", "Advice of the commissioner's chief finance officer"),
    ("legal", "Legal and procurement advice"),
    ("chief", "Chief constable"),
    ("commissioner", "Commissioner"),
]
OUTCOMES = [
    ("approved", "Approved"),
    ("conditions", "Approved with conditions"),
    ("part", "Approved in part"),
    ("deferred", "Deferred"),
    ("refused", "Refused"),
]
VERDICTS = [
    ("ready", "Ready"),
    ("changes", "Ready once changed"),
    ("not ready", "Not ready"),
]


class PeerReview(Record):
    """A section given to a peer reviewer in one round, and what the reviewer says of it."""

    stem = "peer_reviews"
    changed_by = "nobody"

    round = Whole("Round", required=True, least=1, most=99)
    section = Reference(Section, "Section", required=True)
    reviewer = ShortText("Reviewer", required=True, help_text="A role or body.")
    asked = Day("Asked")
    due = Day("Due")
    returned = Day("Returned")
    verdict = Choice("Verdict", choices=VERDICTS)
    note = LongText("What the reviewer says")

    @property
    def label(self) -> str:
        return f"{self.section.title}, round {self.round}"


class Approval(Record):
    """One step of agreeing a subject: who, with which outcome, on which text of it."""

    stem = "approvals"
    changed_by = "nobody"

    subject = Choice("Subject", choices=SUBJECTS, required=True)
    text_version = ShortText("Version", required=True, max_length=20, help_text="Of the subject, as 1.0.")
    step = Choice("Step", choices=STEPS, required=True)
    outcome = Choice("Outcome", choices=OUTCOMES, required=True)
    given_by = ShortText("Given by", required=True, help_text="A role.")
    given = Day("Given on", required=True)
    conditions = LongText("Conditions or advice", max_length=5000)
    reason = LongText("Reason", max_length=5000)
    digest = ShortText("Digest of what was agreed", max_length=64)


class DecisionNotice(Record):
    """The commissioner's decision on a version of the report, as it is published."""

    stem = "decision_notices"
    changed_by = "nobody"

    text_version = ShortText("Version of the report", required=True, max_length=20)
    outcome = Choice("Decision", choices=OUTCOMES, required=True)
    decided_by = ShortText("Decided by", required=True, help_text="A role.")
    decided = Day("Decided on", required=True)
    decision = LongText("What is decided", required=True, max_length=5000)
    reasons = LongText("Reasons", required=True, max_length=5000)
    conditions = LongText("Conditions", max_length=5000)
    financial = LongText("Financial implications", required=True, max_length=5000)
    legal = LongText("Legal implications", required=True, max_length=5000)
    equality = LongText("Equality implications", required=True, max_length=5000)


class AssuranceStatement(Record):
    """What an assurer who did not make the analysis says of it, with the risk of relying on it."""

    stem = "assurance_statements"
    changed_by = "nobody"

    text_version = ShortText("Version of the report", required=True, max_length=20)
    assurer = ShortText("Assurer", required=True, help_text="A role.")
    given = Day("Given on", required=True)
    risk = Choice("Risk rating", choices=HML, required=True, help_text="Of deciding on this analysis.")
    statement = LongText("Statement", required=True, max_length=5000)
    limits = LongText("Limits", max_length=5000, help_text="What was not looked at.")
