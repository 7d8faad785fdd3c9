"""What is killed, and what is looked at afterwards: each task by a process of its own, with the settings of one home.

See kills.py, which begins them.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID, uuid4

from benchmarks.kills import FORMATS, SEED, SMALL

SIGNED_ONCE = UUID(int=SEED)


def prepare() -> dict[str, object]:
    """A home with an exercise that lacks nothing but the signature, and the reports as they are when nobody kills."""
    from django.conf import settings
    from tests.report.signing.ready import Town

    from wayforward.casefile import load
    from wayforward.findings import Findings
    from wayforward.report.produce import make
    from wayforward.web.home import prepare_database

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    prepare_database()
    town = Town()
    town.make_ready()
    for name, findings in (("out", Findings(load(SMALL))), ("reports", town.findings)):
        make(findings, settings.HOME / "peace" / name, FORMATS, lambda done, of, what: None)
    return {}


def _begin() -> None:
    """Say that all is ready, and wait for the word."""
    print("begun", flush=True)
    input()


def save_on() -> None:
    """Save records until killed; each is told before, with the form's number, and after, once it is kept."""
    from wayforward.exercise.models import Exercise
    from wayforward.records.base import record_models
    from wayforward.records.save import save

    exercise = Exercise.objects.get(code="TOWN")
    tables = [model._default_manager.filter(exercise=exercise) for model in record_models()]
    records = [row for table in tables for row in table]
    _begin()
    while True:
        for record in records:
            key, seen = uuid4(), record.version
            record.marking = "official" if record.marking != "official" else ""
            print("trying", record.reference, seen, key, flush=True)
            save(record, seen, "person 1", "changed", key)
            print("saved", record.reference, record.version, key, flush=True)


def ask_worker() -> None:
    """Ask the worker for the report."""
    from wayforward.exercise.models import Exercise
    from wayforward.pages.opened import as_it_stands
    from wayforward.report.long_work import ask_for_report

    findings = as_it_stands(Exercise.objects.get(code="TOWN"))
    _begin()
    print("asked", ask_for_report(findings, "html", "person 1").pk, flush=True)


def sign_it() -> None:
    """Sign the report, and say so once it is signed."""
    from wayforward.exercise.models import Exercise
    from wayforward.report.signing.sign import sign

    exercise = Exercise.objects.get(code="TOWN")
    _begin()
    print("signed", sign(exercise, "person 1", {}, SIGNED_ONCE).number, flush=True)


def look(act: str, said: list[str]) -> dict[str, object]:
    """What is wrong after a kill, and after the same is tried again."""
    from wayforward.exercise.models import Exercise
    from wayforward.report.signing.verify import verify

    wrong = list(
        {"import": imported_whole, "save": saves_kept, "job": made_whole, "sign": signed_whole}.get(
            act, _nothing
        )(said)
    )
    for exercise in Exercise.objects.all():
        wrong += [f"{exercise.code}: {words}" for words in verify(exercise).wrong]
    return {"wrong": wrong}


def _nothing(said: list[str]) -> Iterator[str]:
    yield from ()  # files alone were made


def imported_whole(said: list[str]) -> Iterator[str]:
    from django.conf import settings

    from wayforward.casefile import load
    from wayforward.exercise.models import Exercise
    from wayforward.records.models import Event
    from wayforward.records.save import save_case

    case = load(settings.HOME / "case")
    records = 1 + sum(len(case.rows(model)) for model in case.models())
    events = Event.objects.filter(exercise__code="KILLED").count()
    there = Exercise.objects.filter(code="KILLED").exists()
    if events != (records if there else 0):
        yield f"the import left {events} events of {records}"
    if not there:
        if any(line.endswith("records.") for line in said):
            yield "an import that was acknowledged is not there"
        save_case(case, "operator")


def saves_kept(said: list[str]) -> Iterator[str]:
    from wayforward.exercise.models import Exercise
    from wayforward.records.base import kinds
    from wayforward.records.models import Event, Submission
    from wayforward.records.save import AlreadyReceived, save

    exercise = Exercise.objects.get(code="TOWN")
    lines = [line.split() for line in said]
    for _, reference, version, key in (words for words in lines if words[0] == "saved"):
        found = Event.objects.filter(exercise=exercise, record=reference, record_version=int(version)).count()
        if found != 1 or not Submission.objects.filter(key=key).exists():
            yield f"version {version} of {reference} was acknowledged and has {found} events"
    if not lines:
        return
    _, reference, version, key = next(words for words in reversed(lines) if words[0] == "trying")
    kind, _, code = reference.partition(":")
    record = kinds()[kind]._default_manager.get(exercise=exercise, code=code)
    seen = int(version)
    with suppress(AlreadyReceived):  # it was kept, and only the answer was lost
        save(record, seen, "person 1", "changed", UUID(key))
    found = Event.objects.filter(exercise=exercise, record=reference, record_version__gt=seen).count()
    if found != 1:
        yield f"{reference} was saved {found} times by one form"


def made_whole(said: list[str]) -> Iterator[str]:
    from wayforward.exercise.models import Exercise
    from wayforward.jobs.models import Job
    from wayforward.pages.opened import as_it_stands
    from wayforward.report.long_work import kept_file

    states = list(Job.objects.filter(kind="report").values_list("state", flat=True))
    if states != ["done"] and (states or said):
        yield f"a report was asked for once, and the jobs are {states}"
    if states and not kept_file(as_it_stands(Exercise.objects.get(code="TOWN")), "html").exists():
        yield "the job is done, and there is no report"


def signed_whole(said: list[str]) -> Iterator[str]:
    from wayforward.exercise.models import Exercise
    from wayforward.records.save import AlreadyReceived
    from wayforward.report.models import SignedVersion
    from wayforward.report.signing.sign import sign

    exercise = Exercise.objects.get(code="TOWN")
    before = SignedVersion.objects.count()
    if before not in (0, 2):
        yield f"{before} of the two files of a signed version are there"
    if before == 0 and any(line.startswith("signed") for line in said):
        yield "a signature that was acknowledged is not there"
    try:
        sign(exercise, "person 1", {}, SIGNED_ONCE)
        if before:
            yield "one form signed twice"
    except AlreadyReceived:
        if not before:
            yield "a signature was received, and nothing is signed"
    if (after := SignedVersion.objects.count()) != 2:
        yield f"signed again, {after} files are there"


if __name__ == "__main__":
    import django

    os.umask(0o077)
    django.setup()
    task, *rest = sys.argv[1:]
    if task == "prepare":
        print(json.dumps(prepare()))
    elif task == "look":
        print(json.dumps(look(rest[0], rest[1:])))
    else:
        {"save": save_on, "job": ask_worker, "sign": sign_it}[task]()
