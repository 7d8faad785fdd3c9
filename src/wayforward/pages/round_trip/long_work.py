"""A big upload in the background: read, compared with the exercise, and what was accepted of it saved."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from wayforward.casefile.settling import Place
from wayforward.casefile.stream_in import Upload, read_stream
from wayforward.findings import Findings, show
from wayforward.jobs.kinds import Refused, work
from wayforward.jobs.models import Job
from wayforward.jobs.queue import ask, cancel, latest
from wayforward.jobs.running import Running
from wayforward.pages.opened import as_it_stands
from wayforward.pages.people import PERSON
from wayforward.pages.round_trip import kept
from wayforward.pages.round_trip.compared import Compared, compared, wrong_exercise
from wayforward.pages.round_trip.told import as_csv, receipt, told
from wayforward.people.permissions import may
from wayforward.records.faults import Faults
from wayforward.records.save import (
    AlreadyReceived,
    ChangedMeanwhile,
    CodeUsed,
    Sent,
    SentOtherwise,
    StillNamed,
    save_all,
    was_received,
)

COMPARE, ACCEPT = "compare-upload", "accept-upload"
ACTION = "uploaded"
MOST_TOLD = 20
GONE = "This upload is not kept any more: it was discarded, or is over a day old. Upload the file again."
MEANWHILE = "Somebody saved a change meanwhile. This is how the upload compares now: look again, then accept."
MORE_REFUSED = (
    "With what you chose, other entries are refused, as listed below. Choose otherwise, or accept the rest."
)
NOT_YOURS = "Whoever uploaded it may not change this exercise any more."


def ask_to_compare(exercise: Any, key: UUID, actor: str) -> Job:
    """Ask for an upload to be read and compared; twice for the same is once."""
    return ask(COMPARE, exercise, {"key": str(key)}, actor, _key(COMPARE, key))


def ask_to_accept(exercise: Any, sent: Sent, seen: str, choices: Mapping[Place, str], actor: str) -> Job:
    """Ask for what an upload would change to be saved, as it was seen and decided; twice for the same is once."""
    decided = [[*place, chosen] for place, chosen in choices.items()]
    told = {"key": str(sent.key), "digest": sent.digest, "seen": seen, "choices": decided}
    return ask(ACCEPT, exercise, told, actor, _key(ACCEPT, sent.key))


def asked_for(exercise: Any, kind: str, key: UUID) -> Job | None:
    """The latest job of a kind for an upload."""
    return latest(exercise, _key(kind, key))


def end(exercise: Any, key: UUID) -> None:
    """Cancel what goes on for an upload."""
    for kind in (COMPARE, ACCEPT):
        if (job := asked_for(exercise, kind, key)) and job.is_open:
            cancel(job)


def _key(kind: str, key: UUID) -> str:
    return f"{kind}:{key}"


@work(COMPARE, lambda arguments: "An upload, compared")
def compare_upload(job: Running) -> str:
    """Read an upload and compare it with the exercise as it stands; begun again after a stop, it is compared anew."""
    user, found = _of(job)
    job.step(0, 3, "Reading the file")
    upload = found.upload() or _read(job, found)
    job.step(1, 3, "Opening the exercise")
    findings = as_it_stands(job.exercise)
    one = compared(user, findings, upload, {}, lambda words: job.step(2, 3, words))
    job.step(3, 3, "Writing down what differs")
    _keep_told(user, findings, found, upload, one, {})
    return _address(job)


@work(ACCEPT, lambda arguments: "An upload, accepted")
def accept_upload(job: Running) -> str:
    """Save what was accepted of an upload, all of it or nothing; begun again after a stop, it saves nothing twice."""
    user, found = _of(job)
    sent = Sent(found.key, job.arguments["digest"])
    if not _came(sent):
        job.step(0, 3, "Opening the exercise")
        findings, upload = as_it_stands(job.exercise), found.upload()
        if upload is None:
            raise Refused(GONE)
        choices = {(stem, code, column): chosen for stem, code, column, chosen in job.arguments["choices"]}
        one = compared(user, findings, upload, choices, lambda words: job.step(1, 3, words))
        if one.digest != job.arguments["seen"]:
            first = compared(user, findings, upload, {}) if choices else one
            words = MORE_REFUSED if first.digest == job.arguments["seen"] else MEANWHILE
            _keep_told(user, findings, found, upload, one, choices, words)
            raise Refused(words)
        found.put(kept.RECEIPT, receipt(one, upload))
        job.step(2, 3, f"Saving {show.count(one.settled.cells, 'change')}")
        try:
            save_all(one.settled.changes, job.actor, ACTION, sent)
        except (AlreadyReceived, SentOtherwise):
            pass
        except (ChangedMeanwhile, CodeUsed, StillNamed):
            now = as_it_stands(job.exercise)
            _keep_told(user, now, found, upload, compared(user, now, upload, choices), choices, MEANWHILE)
            raise Refused(MEANWHILE) from None
    kept.close(found, job.exercise)
    return _address(job)


def _came(sent: Sent) -> bool:
    """Whether an earlier try, or another sending of the form, saved it already."""
    try:
        return was_received(sent)
    except SentOtherwise:
        return True


def _of(job: Running) -> tuple[Any, kept.Kept]:
    """Who uploaded, and what. Raises Refused where they may not change the exercise any more, or it is not kept."""
    number = job.actor.removeprefix(PERSON)
    people: Any = get_user_model()._default_manager
    user = people.filter(pk=int(number) if number.isdecimal() else 0, is_active=True).first()
    if user is None or not (may(user, "see", job.exercise) and may(user, "change", job.exercise)):
        raise Refused(NOT_YOURS)
    found = kept.find(user, job.exercise, UUID(job.arguments["key"]))
    if found is None:
        raise Refused(GONE)
    return user, found


def _read(job: Running, found: kept.Kept) -> Upload:
    content = found.part(kept.FILE)
    if content is None:
        raise Refused(GONE)
    try:
        upload = read_stream(found.name, content)
    except Faults as faults:
        raise Refused(*(f"{one}." for one in faults.faults[:MOST_TOLD])) from faults
    if words := wrong_exercise(upload, job.exercise):
        raise Refused(words)
    kept.was_read(found, job.exercise, upload)
    return upload


def _keep_told(
    user: Any,
    findings: Findings,
    found: kept.Kept,
    upload: Upload,
    one: Compared,
    choices: Mapping[Place, str],
    notice: str = "",
) -> None:
    now = timezone.localtime()
    at = f"{now:%H:%M} on {show.day(now.date().isoformat())}"
    what = told(user, findings, upload, one, choices, at=at, notice=notice)
    found.put(kept.CHANGES, as_csv(user, findings, upload, one))
    found.put(kept.TOLD, what.as_json())


def _address(job: Running) -> str:
    return reverse("round-trip-uploaded", args=[job.exercise.code, job.arguments["key"]])
