"""The whole report of the worked case as a person runs it: first, and again with nothing changed.

The goals: under 10 seconds first, under 2 seconds again, on two cores.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

CASE = Path(__file__).parents[1] / "cases" / "west-midlands-2012"
RUNS = 3


def run() -> Iterator[str]:
    """Seconds of the whole process, median of three, with an empty cache and with a full one."""
    first, again = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            first.append(_once(Path(folder)))
            again.append(_once(Path(folder)))
    yield f"first {median(first):.2f} s (goal 10), again {median(again):.2f} s (goal 2)"


def _once(folder: Path) -> float:
    command = [Path(sys.executable).with_name("wayforward"), "report", CASE, "--to", folder / "out"]
    environment = {**os.environ, "WAYFORWARD_HOME": str(folder / "home")}
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun
