"""What the final sign-off still lacks: each in a sentence, with the page where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wayforward.exercise.models import (
    Assumption,
    AssuranceStatement,
    Decision,
    DecisionNotice,
    InformationRequest,
    SourceDocument,
)
from wayforward.findings import Findings
from wayforward.pages.labels import Labels
from wayforward.people.independence import why_no_assurer
from wayforward.records.base import Record, Versioned
from wayforward.records.checks import run_checks
from wayforward.records.models import Citation, Comment, Event, Evidence
from wayforward.report.compose import ReportFaults, compose
from wayforward.report.models import SignedVersion
from wayforward.report.signing.steps import AGREED, Standing
from wayforward.report.signing.subjects import BY_KEY, SUBJECTS, changed_since

# A final sign-off shows what the analysis assumes, what was decided, and where its data came from.
REGISTERS: tuple[tuple[type[Record], str], ...] = (
    (Assumption, "The register of assumptions is empty."),
    (Decision, "The register of decisions is empty."),
    (Evidence, "The data log is not complete: no evidence is listed."),
    (Citation, "The data log is not complete: no value cites its evidence."),
    (InformationRequest, "The data log is not complete: no request for information is listed."),
    (SourceDocument, "The data log is not complete: no source document is listed."),
)
MOST_TOLD = 5


@dataclass(frozen=True)
class Lack:
    """Something that keeps the report from being signed, and the address where it is put right."""

    words: str
    address: str


def lacking(findings: Findings, accepted: Sequence[str] = ()) -> list[Lack]:
    """Everything that the final sign-off lacks. `accepted` are the open challenges that are signed with a reason."""
    return [
        *_of_the_day(findings),
        *_registers(findings),
        *_agreements(findings),
        *_assurance(findings),
        *_challenges(findings, accepted),
        *_faults(findings),
    ]


def next_number(exercise: Any) -> str:
    """What the next signed version is called."""
    return f"{SignedVersion.objects.filter(exercise=exercise, public=False).count() + 1}.0"


def _of_the_day(findings: Findings) -> Iterator[Lack]:
    exercise = findings.case.exercise
    if exercise.status_date is None:
        words = "The figures stand at today, which moves on: set the status date on which the report stands."
        yield Lack(words, _record(findings, exercise))
    last = SignedVersion.objects.filter(exercise=exercise, public=False).order_by("-sequence").first()
    if last is not None and not changed_since(findings.case, BY_KEY["report"], last.sequence):
        yield Lack(
            f"Nothing has changed since version {last.number} was signed.",
            reverse("signed-versions", args=[exercise.code]),
        )


def _registers(findings: Findings) -> Iterator[Lack]:
    for model, words in REGISTERS:
        if not findings.case.rows(model):
            yield Lack(words, reverse("register", args=[findings.case.exercise.code, model.stem]))


def _agreements(findings: Findings) -> Iterator[Lack]:
    code = findings.case.exercise.code
    for subject in SUBJECTS:
        standing = Standing(findings.case, subject)
        if not standing.agreed:
            yield Lack(f"{subject.title}: {standing.words}", reverse("agreement", args=[code, subject.key]))
    standing = Standing(findings.case, BY_KEY["report"])
    decided = standing.step("commissioner").approval
    notices = findings.case.rows(DecisionNotice)
    number = next_number(findings.case.exercise)
    if decided and decided.outcome in AGREED and not any(one.text_version == number for one in notices):
        yield Lack(f"There is no decision notice on version {number}.", reverse("decide", args=[code]))


def _assurance(findings: Findings) -> Iterator[Lack]:
    case, exercise = findings.case, findings.case.exercise
    address = reverse("assure", args=[exercise.code])
    number = next_number(exercise)
    given = [one for one in case.rows(AssuranceStatement) if one.text_version == number]
    if not given:
        yield Lack(f"There is no assurance statement, with its risk rating, on version {number}.", address)
        return
    last = max(given, key=lambda one: (len(one.code), one.code))
    event = Event.objects.filter(exercise=exercise, record=last.reference).order_by("-sequence").first()
    person = event.actor.removeprefix("person ") if event else ""
    if person.isdecimal() and (why := why_no_assurer(int(person), exercise)):
        yield Lack(f"The assurance statement {last.code} does not count. {why}", address)
    if event and (changes := changed_since(case, BY_KEY["report"], event.sequence)):
        told = "; ".join(str(one) for one in changes[:MOST_TOLD])
        yield Lack(f"The report has changed since it was assured: {told}.", address)


def open_challenges(findings: Findings) -> list[Comment]:
    """The challenges that nobody has closed."""
    rows = findings.case.rows(Comment)
    return [row for row in rows if row.comment_kind == "challenge" and row.closed is None]


def _challenges(findings: Findings, accepted: Sequence[str]) -> Iterator[Lack]:
    for one in open_challenges(findings):
        if one.code not in accepted:
            words = f"Challenge {one.code} on {one.about} is open: close it, or sign with a reason why it may stay."
            yield Lack(words, _record(findings, one))


def _faults(findings: Findings) -> Iterator[Lack]:
    for wrong in run_checks(findings.case):
        words = f"{wrong.record.reference}, {wrong.field}: found {wrong.found}; allowed: {wrong.allowed}."
        yield Lack(words, _record(findings, wrong.record))
    try:
        compose(findings, Labels(findings.case), {})
    except ReportFaults as faults:
        for fault in faults.faults:
            address = reverse("record", args=[findings.case.exercise.code, "sections", fault.section])
            yield Lack(f"{fault}.", address)


def _record(findings: Findings, record: Versioned) -> str:
    return reverse("record", args=[findings.case.exercise.code, record.stem, record.code])
