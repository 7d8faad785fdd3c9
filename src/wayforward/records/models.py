"""Evidence, the citations that tie values to it, parameters set aside, and the log of every change."""

from django.db import models

from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Day,
    LongText,
    Number,
    RecordRef,
    Reference,
    ShortText,
    Whole,
    YesNo,
)

KINDS = [
    ("agency system", "The agency's own system"),
    ("accounts", "Audited accounts or a published budget"),
    ("official statistics", "Official statistics"),
    ("official report", "Report of an inspectorate, parliament, auditor or public body"),
    ("research", "Evaluation or research"),
    ("engagement", "What people told the exercise"),
    ("press", "Press or trade press"),
    ("template", "A template or reference model"),
    ("terms of reference", "The terms of reference"),
    ("judgement", "Judgement of a named role"),
    ("illustrative", "Illustrative: made up to show how the exercise works"),
]
BASES = [
    ("required", "Required"),
    ("planned", "Planned"),
    ("achieved", "Achieved"),
    ("estimated", "Estimated"),
]


class Evidence(Record):
    """Something a value rests on: a document, a data set, an interview, a judgement."""

    stem = "evidence"

    title = ShortText("Title", required=True)
    evidence_kind = Choice("Kind", choices=KINDS, required=True)
    where = ShortText("Reference", max_length=500, help_text="Document, page or address.")
    published = Day("Published")
    covers_to = Day(
        "Measures up to",
        help_text="The last day of what it measures, or the day of the decision it records.",
    )
    owner = ShortText("Owner", help_text="The role that can answer for it.")
    grade = Whole(
        "Confidence grade",
        least=1,
        most=6,
        help_text="1 the agency's own system to 6 uncorroborated judgement.",
    )
    stand_in = LongText(
        "Stand-in for",
        help_text="Set where later evidence stands in for what could not be had: says for what and why.",
    )
    licence = ShortText("Licence and attribution", max_length=500)

    @property
    def illustrative(self) -> bool:
        return self.evidence_kind == "illustrative"


class Citation(Record):
    """A value as one piece of evidence gives it, and whether the record uses it."""

    stem = "citations"

    record = RecordRef("Record", required=True, help_text="kind:CODE of the record, or exercise.")
    field = ShortText("Field", max_length=60, help_text="The column; blank for the whole row.")
    evidence = Reference(Evidence, "Evidence", required=True)
    value = LongText("Value as given", max_length=5000)
    measure = ShortText("Measure", help_text="What is measured, where sources may differ in it.")
    period = ShortText("Period", max_length=60)
    basis = Choice("Basis", choices=BASES)
    prices = ShortText("Prices", max_length=60)
    used = YesNo("Used", required=True)
    reason = LongText("Reason", max_length=2000, help_text="Why this value is used, or is not.")

    @property
    def label(self) -> str:
        return f"{self.record}{'/' + self.field if self.field else ''}"


class ParameterOverride(Record):
    """One value of the edition's parameters that this exercise replaces, and why."""

    stem = "parameter_overrides"

    parameter = ShortText("Parameter", required=True, help_text="Table and entry, as discount-rates/....")
    value = Number("Value", required=True, decimal_places=6)
    reason = LongText("Reason", required=True)

    @property
    def label(self) -> str:
        return self.parameter


class Attachment(Record):
    """A file that a piece of evidence consists of; the file itself is kept by its digest, outside the tables."""

    stem = "attachments"
    changed_by = "nobody"
    removed_by = "change"  # what was attached by mistake can be taken off

    evidence = Reference(Evidence, "Evidence", required=True)
    name = ShortText("File name", required=True, max_length=200)
    media_type = ShortText("Kind of file", max_length=100)
    size = Whole("Size", unit="bytes")
    sha256 = ShortText(
        "Digest", required=True, max_length=64, help_text="SHA-256 of the file, in hexadecimal."
    )


COMMENT_KINDS = [("comment", "Comment"), ("challenge", "Challenge")]


class Comment(Record):
    """What somebody says of a record, a figure or a section; a challenge asks for an answer."""

    stem = "comments"
    changed_by = "nobody"

    about = ShortText(
        "About", required=True, max_length=100, help_text="kind:CODE of a record, or finding:KEY of a figure."
    )
    comment_kind = Choice("Kind", choices=COMMENT_KINDS, required=True)
    text = LongText("What is said", required=True, max_length=5000)
    raised_by = ShortText("Raised by", help_text="A role.")
    raised = Day("Raised")
    owner = ShortText("Owner", help_text="The role that is to answer.")
    answer = LongText("Answer", max_length=5000)
    answered_by = ShortText("Answered by", help_text="A role.")
    answered = Day("Answered")
    closed = Day("Closed")


class Submission(models.Model):
    """A form that was received: a browser that sends it again, having heard nothing, changes nothing twice."""

    exercise = models.ForeignKey("exercise.Exercise", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True)
    digest = models.CharField(
        max_length=64, blank=True
    )  # of what it said; blank where it said nothing but itself
    sequence = models.PositiveBigIntegerField()  # of the last event that it led to
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class Event(models.Model):
    """One change of one record, chained to the change before it. Rows are only ever added."""

    exercise = models.ForeignKey("exercise.Exercise", on_delete=models.CASCADE, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    record = models.CharField(max_length=100)
    record_version = models.PositiveIntegerField()
    row = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["exercise", "sequence"], name="event_sequence_once"),)
        indexes = (models.Index(fields=["exercise", "record", "sequence"], name="event_of_record"),)
        ordering = ("exercise", "sequence")

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.record}"
