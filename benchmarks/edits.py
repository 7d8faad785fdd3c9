"""Many people change the same records at once, across every register: none of their changes may be lost.

Each is a process of its own that reads a record, changes its marking, and saves it against the version that it read;
told that somebody was quicker, it reads anew. Afterwards the versions, the log and the chain must tell of every change.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PEOPLE = 8
EDITS = 5_000
CASE = Path(__file__).parents[1] / "cases" / "west-midlands-2012"
MARKINGS = ("not protectively marked", "official", "official-sensitive", "")


@dataclass(frozen=True)
class Outcome:
    """What came of it: changes acknowledged, tries told that somebody was quicker, and what is wrong (nothing)."""

    registers: int
    acknowledged: int
    refused: int
    seconds: float
    wrong: list[str]


def run() -> Iterator[str]:
    """5,000 changes by 8 people on SQLite, and on PostgreSQL where there is a server for tests."""
    servers = {"SQLite": "", "PostgreSQL": os.environ.get("WAYFORWARD_TEST_POSTGRES", "")}
    for name, url in servers.items():
        if name == "PostgreSQL" and not url:
            yield "PostgreSQL: no server (WAYFORWARD_TEST_POSTGRES)"
            continue
        with tempfile.TemporaryDirectory() as home:
            found = prove(Path(home), url, PEOPLE, EDITS)
        yield (
            f"{name}: {found.acknowledged:,} changes of {found.registers} registers by {PEOPLE} people in "
            f"{found.seconds:.1f} s; {found.refused:,} told that somebody was quicker; "
            f"{'none lost' if not found.wrong else 'WRONG: ' + '; '.join(found.wrong[:3])}"
        )


def prove(home: Path, database: str, people: int, edits: int, case: Path = CASE) -> Outcome:
    """Let people change a case in a database of its own (`database`; SQLite in `home` where blank)."""
    told = os.environ | {"WAYFORWARD_HOME": str(home), "DATABASE_URL": database}
    code = _call(told, "begin", str(case))["code"]
    started = time.perf_counter()
    share = -(-edits // people)
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.edits", "edit", code, str(share), str(person)],
            env=told,
            stdout=subprocess.PIPE,
            text=True,
        )
        for person in range(people)
    ]
    answers = [json.loads(worker.communicate()[0]) for worker in workers]
    seconds = time.perf_counter() - started
    acknowledged: Counter[str] = Counter()
    for one in answers:
        acknowledged.update(one["acknowledged"])
    (home / "acknowledged.json").write_text(json.dumps(acknowledged))
    looked = _call(told, "look", code, str(home / "acknowledged.json"))
    return Outcome(
        looked["registers"],
        sum(acknowledged.values()),
        sum(one["refused"] for one in answers),
        seconds,
        looked["wrong"],
    )


def _call(environment: dict[str, str], *words: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.edits", *words],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def begin(case: str) -> dict[str, object]:
    """Store a case, under a code that is free, with a row in every register."""
    from benchmarks.filled import fill_every_register
    from wayforward.casefile import load
    from wayforward.exercise.models import Exercise
    from wayforward.records.save import save_case
    from wayforward.web.home import prepare_database

    prepare_database()
    loaded = load(Path(case))
    taken = Exercise.objects.count()
    loaded.exercise.code = f"EDITS-{taken + 1}"
    save_case(loaded, "operator")
    fill_every_register(loaded.exercise)
    return {"code": loaded.exercise.code}


def edit(code: str, edits: int, person: int) -> dict[str, object]:
    """Change records, a different register each time and few records of each, so that people meet."""
    from wayforward.exercise.models import Exercise
    from wayforward.records.base import record_models
    from wayforward.records.save import ChangedMeanwhile, save

    exercise = Exercise.objects.get(code=code)
    chance = random.Random(person)
    acknowledged: Counter[str] = Counter()
    refused = 0
    models = record_models()
    start = person // 2 * len(models) // 2  # two people begin with the same register, so that they meet
    for turn in range(edits):
        rows = (
            models[(start + turn) % len(models)]._default_manager.filter(exercise=exercise).order_by("code")
        )
        few = [row.pk for row in rows[:2]]
        which = chance.choice(few)
        while True:
            record = rows.get(pk=which)
            seen = record.version
            record.marking = chance.choice([m for m in MARKINGS if m != record.marking])
            try:
                save(record, seen, f"person {person}")
            except ChangedMeanwhile:
                refused += 1
                continue
            acknowledged[record.reference] += 1
            break
    return {"acknowledged": acknowledged, "refused": refused}


def look(code: str, acknowledged: str) -> dict[str, object]:
    """Whether every change acknowledged is in the record's version, in the log and in the chain."""
    from wayforward.exercise.models import Exercise
    from wayforward.records.base import record_models
    from wayforward.records.events import event_hash
    from wayforward.records.models import Event
    from wayforward.records.rows import canonical

    exercise = Exercise.objects.get(code=code)
    said = json.loads(Path(acknowledged).read_text())
    last: dict[str, Event] = {}
    wrong: list[str] = []
    previous = ""
    for event in Event.objects.filter(exercise=exercise).order_by("sequence").iterator():
        before = last.get(event.record)
        if before is not None and event.record_version != before.record_version + 1:
            wrong.append(f"version {event.record_version} of {event.record} after {before.record_version}")
        if event.hash != event_hash(event) or (previous and event.previous_hash != previous):
            wrong.append(f"the chain is broken at {event.sequence}")
        previous = event.hash
        last[event.record] = event
    for model in record_models():
        for row in model._default_manager.filter(exercise=exercise):
            if row.version != 1 + said.get(row.reference, 0):
                wrong.append(
                    f"{row.reference} has version {row.version}, acknowledged {said.get(row.reference, 0)}"
                )
            if canonical(row) != last[row.reference].row:
                wrong.append(f"{row.reference} is not as its last event says")
    return {"registers": len({reference.partition(":")[0] for reference in said}), "wrong": wrong}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayforward.web.settings")
    django.setup()
    task, *rest = sys.argv[1:]
    if task == "begin":
        result = begin(rest[0])
    elif task == "edit":
        result = edit(rest[0], int(rest[1]), int(rest[2]))
    else:
        result = look(rest[0], rest[1])
    print(json.dumps(result))
