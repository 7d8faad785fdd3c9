"""Signing: the report is made with its seal, frozen with all behind it, and the log says so."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wayforward.exercise.models import ReportVersion
from wayforward.findings import Findings
from wayforward.pages.opened import one_moment
from wayforward.records.base import exercise_model
from wayforward.records.case import Case
from wayforward.records.events import START
from wayforward.records.models import Event, Submission
from wayforward.records.save import AlreadyReceived, lock, save, used_codes
from wayforward.report.models import SignedVersion
from wayforward.report.printed import keys_printed
from wayforward.report.produce import STEM, Advance, make
from wayforward.report.seal import LeftOpen, Seal
from wayforward.report.signing import bundle
from wayforward.report.signing.lacking import Lack, lacking, next_number, open_challenges
from wayforward.report.withholding import WITHHELD, AllCommercial, PublicFindings

FORMATS = ("html", "docx", "pdf")
ACTION = "signed"
STAGES = 4
SEALED = re.compile(r"Bundle ([0-9a-f]{64})\.")
SEALED_PUBLIC = re.compile(r"Public version ([0-9a-f]{64})\.")


class NotReady(Exception):
    """The report can't be signed: what it lacks."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("; ".join(lack.words for lack in lacks))
        self.lacks = list(lacks)


class MovedOn(Exception):
    """Somebody saved something while the report was being sealed: look at it again, then sign again."""


@dataclass(frozen=True)
class Moment:
    """An exercise as it stands at one event of its log."""

    findings: Findings
    hashes: tuple[str, ...]

    @property
    def head(self) -> str:
        return self.hashes[-1] if self.hashes else START


def at_this_moment(exercise: Any) -> Moment:
    """The exercise with its log, read as one."""
    with one_moment():
        log = Event.objects.filter(exercise=exercise).order_by("sequence")
        case = Case.of(exercise_model().objects.get(pk=exercise.pk))
        return Moment(Findings(case), tuple(log.values_list("hash", flat=True)))


def sign(
    exercise: Any, actor: str, accepted: Mapping[str, str], submission: UUID, advance: Advance | None = None
) -> SignedVersion:
    """Sign the report as it stands. `accepted`: the reason why each challenge that is open may stay open.

    Raises NotReady, MovedOn, AlreadyReceived and OSError.
    """
    if Submission.objects.filter(key=submission).exists():
        raise AlreadyReceived(str(submission))
    moment = at_this_moment(exercise)
    if lacks := lacking(moment.findings, list(accepted)):
        raise NotReady(lacks)
    number = next_number(exercise)
    tell = advance or (lambda done, of, what: None)
    tell(0, STAGES, "Freezing the records and the findings")
    about = _about(moment, number, accepted)
    contents = bundle.contents_of(moment.findings, about, moment.hashes)
    seal = _seal(moment, number, bundle.digest(contents), accepted)
    tell(1, STAGES, "Making the report")
    whole = bundle.archive({**contents, **reports(moment.findings, seal)})
    tell(2, STAGES, "Making the public version")
    public = _public(moment, seal, about)
    tell(3, STAGES, "Storing what is signed")
    return _keep(moment, seal, {False: whole, True: public}, actor, submission)


def _about(moment: Moment, number: str, accepted: Mapping[str, str]) -> dict[str, Any]:
    """What the bundle says of itself."""
    findings = moment.findings
    return {
        "exercise": findings.case.exercise.code,
        "number": number,
        "stands_at": findings.today.isoformat(),
        "marking": findings.case.marking,
        "events": len(moment.hashes),
        "head": moment.head,
        "printed": keys_printed(findings.case),
        "challenges_open": dict(accepted),
    }


def _seal(moment: Moment, number: str, contents: str, accepted: Mapping[str, str]) -> Seal:
    code = moment.findings.case.exercise.code
    told = left_open(moment.findings, accepted)
    return Seal(code, number, len(moment.hashes), moment.head, contents, told)


def left_open(findings: Findings, accepted: Mapping[str, str]) -> tuple[LeftOpen, ...]:
    """The open challenges that are signed with a reason."""
    return tuple(
        LeftOpen(row.code, row.about, row.text, accepted[row.code])
        for row in open_challenges(findings)
        if row.code in accepted
    )


def reports(findings: Findings, seal: Seal, formats: Sequence[str] = FORMATS) -> bundle.Files:
    """The report with its seal, in each format."""
    with tempfile.TemporaryDirectory(prefix="wayforward-sign-") as folder:
        made = make(findings, Path(folder), list(formats), _quietly, seal)
        return {f"{bundle.REPORT}{STEM}.{form}": path.read_bytes() for form, path in made.items()}


def _quietly(done: int, of: int, what: str) -> None:
    """The writers work in threads of their own, from which nothing is told: a word of progress may be stored."""


def _public(moment: Moment, seal: Seal, about: dict[str, Any]) -> bytes | None:
    """The public version; None where the exercise itself is commercial, and there can be none."""
    try:
        findings = PublicFindings(moment.findings)
    except AllCommercial:
        return None
    said = {name: about[name] for name in ("exercise", "number", "stands_at", "events", "head")}
    told = replace(seal, accepted=tuple(_public_words(findings, one) for one in seal.accepted))
    return bundle.archive({**bundle.told(said), **reports(findings, told)})


def _public_words(findings: PublicFindings, one: LeftOpen) -> LeftOpen:
    """A challenge that was open, as the public version tells it."""
    if findings.tells(f"comment:{one.code}", one.about, one.reason):
        return LeftOpen(one.code, "", WITHHELD, WITHHELD)
    return one


def _keep(
    moment: Moment, seal: Seal, made: Mapping[bool, bytes | None], actor: str, submission: UUID
) -> SignedVersion:
    """Store what was made, and the event that binds it, if nothing was saved meanwhile."""
    exercise = moment.findings.case.exercise
    bundles = {public: content for public, content in made.items() if content is not None}
    with transaction.atomic():
        lock(exercise)
        if Submission.objects.filter(key=submission).exists():
            raise AlreadyReceived(str(submission))
        last = Event.objects.filter(exercise=exercise).order_by("-sequence").first()
        if last is None or last.hash != moment.head:
            raise MovedOn
        save(_version_row(moment, seal, bundles), 0, actor, ACTION, submission)
        rows = [
            SignedVersion(
                exercise=exercise,
                number=seal.number,
                public=public,
                signed_at=timezone.now(),
                actor=actor,
                sequence=seal.events,
                head=seal.head,
                contents=seal.contents,
                sha256=bundle.sha256(content),
                bundle=content,
            )
            for public, content in bundles.items()
        ]
        for row in rows:
            row.save()
        return rows[0]


def _version_row(moment: Moment, seal: Seal, bundles: Mapping[bool, bytes]) -> ReportVersion:
    """The row of the register of versions whose event binds the bundles to the log."""
    exercise = moment.findings.case.exercise
    said = f"Signed. Sealed at event {seal.events} of the log. Bundle {bundle.sha256(bundles[False])}."
    if True in bundles:
        said += f" Public version {bundle.sha256(bundles[True])}."
    for one in seal.accepted:
        said += f" Signed with challenge {one.code} open: {one.reason}"
    return ReportVersion(
        exercise=exercise,
        code=_next_code(exercise),
        number=seal.number,
        dated=moment.findings.today,
        state="Signed",
        note=said,
    )


def _next_code(exercise: Any) -> str:
    used = used_codes(exercise, ReportVersion)
    return next(code for n in range(1, 10**6) if (code := f"VER-{n:02d}") not in used)
