"""Everything is killed at a moment drawn by chance, again and again: nothing that was acknowledged may be lost, and
nothing may be half done.

Each time the server, its worker and a program in the midst of an act (an import, saves, a report, a report made by the
worker, a signature) get SIGKILL at once. The server is begun again and timed until it is healthy; then the log, the
records, the signed versions and the files are looked at, and the act is tried again as a person would.
"""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

KILLS, SEED = 50, 20_261_125
ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "casefile" / "small_case"
OPENING = "TOWN,"  # the small case's exercise begins so; the one that is imported has another code
FORMATS = ("html", "docx", "pdf")
# How long each act takes once it has begun, in seconds: a kill falls within. Measured again where one ends before it.
# A save comes last: what was agreed may not change before it is signed.
TAKES = {"import": 0.6, "report": 1.5, "job": 2.5, "sign": 1.6, "save": 1.0}
PATIENCE = 60.0
ACKNOWLEDGED = ("KILLED imported", "/", "asked", "signed", "saved")  # an answer of each act begins so
BEGIN = "import django; django.setup(); from wayforward.cli import main; import wayforward.cli.app as app"
COMMAND = f"{BEGIN}; print('begun', flush=True); input(); main()"


@dataclass
class Outcome:
    """What came of it: kills of each act, those that fell in its midst, and what is wrong (nothing)."""

    kills: Counter[str] = field(default_factory=Counter)
    midway: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    healthy: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run() -> Iterator[str]:
    """50 kills on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        found = prove(Path(folder), KILLS)
    for act in TAKES:
        yield f"{act}: {found.kills[act]} kills, {found.midway[act]} while it was under way"
    slowest, middle = max(found.healthy), sorted(found.healthy)[len(found.healthy) // 2]
    yield (
        f"healthy again after {middle:.1f} s (median), {slowest:.1f} s (slowest); "
        f"{found.acknowledged:,} changes acknowledged; "
        f"{'none lost, nothing half done' if not found.wrong else 'WRONG: ' + '; '.join(found.wrong)}"
    )


def prove(folder: Path, kills: int, seed: int = SEED) -> Outcome:
    """Kill as often as that, each act in its turn, and each round of them in a copy of the same home."""
    chance, takes, outcome = random.Random(seed), dict(TAKES), Outcome()
    ready = folder / "ready"
    ready.mkdir(mode=0o700)
    _own(_environment(ready), "prepare")
    for first in range(0, kills, len(TAKES)):
        home = folder / f"home-{first}"
        shutil.copytree(ready, home)
        told = _environment(home)
        server = _serve(told)
        try:
            for act in list(TAKES)[: kills - first]:
                _until_healthy(told, server)
                said, wrong = _kill(act, home, told, server, chance, takes, outcome)
                began = time.perf_counter()
                server = _serve(told)
                _until_healthy(told, server)
                outcome.healthy.append(time.perf_counter() - began)
                if act == "job" and not _jobs_end(home):
                    wrong.append("the job was not taken up again")
                wrong += [*_files_broken(home), *_own(told, "look", act, *said)["wrong"]]
                outcome.wrong += [f"kill {outcome.kills.total()} ({act}): {words}" for words in wrong]
        finally:
            _end(server)
        shutil.rmtree(home)
    return outcome


def _environment(home: Path) -> dict[str, str]:
    from tests.databases import environment

    return environment(home, {}) | {"WAYFORWARD_URL": f"http://127.0.0.1:{_free_port()}"}


def _own(told: dict[str, str], *words: str) -> dict[str, Any]:
    """What a task of this module answers, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.killed", *words],
        env=told,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _kill(
    act: str,
    home: Path,
    told: dict[str, str],
    server: subprocess.Popen[bytes],
    chance: random.Random,
    takes: dict[str, float],
    outcome: Outcome,
) -> tuple[list[str], list[str]]:
    """Begin an act and kill it with the server: what it had said until then, and which files are not whole."""
    program: list[str] = {
        "import": ["-c", COMMAND, "import", str(_other_case(home))],
        "report": ["-c", COMMAND, "report", str(SMALL), "--to", str(home / "out")],
    }.get(act, ["-m", "benchmarks.killed", act])
    actor = subprocess.Popen(
        [sys.executable, *program],
        env=told,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert actor.stdin is not None
    assert actor.stdout is not None
    try:
        assert actor.stdout.readline() == "begun\n"
        actor.stdin.write("go\n")
        actor.stdin.flush()
        outcome.midway[act] += _wait(act, actor, home, chance.uniform(0, takes[act]), takes)
    finally:
        _end(server)
        actor.kill()
    said = actor.communicate()[0].splitlines()
    outcome.kills[act] += 1
    outcome.acknowledged += sum(line.startswith(ACKNOWLEDGED) for line in said)
    return said, list(_files_broken(home))


def _end(server: subprocess.Popen[bytes]) -> None:
    """Kill all its processes at once."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _wait(
    act: str, actor: subprocess.Popen[str], home: Path, seconds: float, takes: dict[str, float]
) -> bool:
    """Let the act go on for so long; whether it is still under way then. One that ends earlier sets its length."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        if _ended(act, actor, home):
            takes[act] = time.perf_counter() - began
            return False
        time.sleep(0.005)
    return not _ended(act, actor, home)


def _ended(act: str, actor: subprocess.Popen[str], home: Path) -> bool:
    return _jobs(home) == ["done"] if act == "job" else actor.poll() is not None


def _jobs(home: Path) -> list[object]:
    """The state of each job that makes a report; of the worker's own accord it may do other work."""
    from tests.databases import asked

    return [state for (state,) in asked(home, {}, "SELECT state FROM jobs_job WHERE kind = 'report'")]


def _jobs_end(home: Path) -> bool:
    """Wait for what was asked for; nothing may be."""
    until = time.monotonic() + PATIENCE
    while set(_jobs(home)) - {"done"}:
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _serve(told: dict[str, str]) -> subprocess.Popen[bytes]:
    """The workbench with two server processes and a worker, all in a group of their own."""
    where = told["WAYFORWARD_URL"].removeprefix("http://")
    text = "from wayforward.cli import main; main()"
    with _said(told).open("a") as out:
        return subprocess.Popen(
            [sys.executable, "-c", text, "serve", "--workers", "2", "--bind", where],
            env=told,
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def _said(told: dict[str, str]) -> Path:
    return Path(told["WAYFORWARD_HOME"]) / "said.txt"


def _until_healthy(told: dict[str, str], server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{told['WAYFORWARD_URL']}/healthz", timeout=5) as answer:
                if answer.read() == b"ok\n":
                    return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"the workbench did not become healthy: {_said(told).read_text()[-2000:]}")


def _files_broken(home: Path) -> Iterator[str]:
    """Each report, of a command or of the worker, that is there and not the same to the byte as one made in peace."""
    for folder in (home / "out", home / "reports"):
        for path in folder.rglob("options-report.*"):
            if "fresh" not in str(path.parent) and path.read_bytes() != _made_in_peace(home, folder, path):
                yield f"{path.relative_to(home)} is not whole"


def _made_in_peace(home: Path, folder: Path, path: Path) -> bytes:
    return (home / "peace" / folder.name / path.name).read_bytes()


def _other_case(home: Path) -> Path:
    """The small case under another code, so that it can be imported beside the first."""
    other = home / "case"
    if other.exists():
        return other
    shutil.copytree(SMALL, other)
    table = other / "exercise.csv"
    table.write_text(table.read_text().replace(f"\n{OPENING}", "\nKILLED,"))
    return other
