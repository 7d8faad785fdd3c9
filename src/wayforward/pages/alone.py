"""One process and one thread at a time, by a lock on a file: gone with whoever held it, however they ended."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.2


@contextmanager
def alone(path: Path, seconds: float = 0) -> Iterator[bool]:
    """Whether the lock on a file was got within so many seconds; held until the end of the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        yield _locked(file.fileno(), time.monotonic() + seconds)


def _locked(handle: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(PAUSE)
        else:
            return True
