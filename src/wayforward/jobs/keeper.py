"""A small process beside the server that keeps a worker running: begun again when it ends, ended with the server."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

LOOK_EVERY = 0.5  # seconds
ENDS_WITHIN = 10.0  # seconds, before it is killed
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a worker that ended is begun again
LIVED_WELL = 60.0  # seconds


def keep(work: Callable[[], None]) -> int:
    """Begin the keeper, a fork of this process, and return its number.

    The process must have no thread and no open connection yet: both would be shared.
    """
    server = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    keeper = os.fork()
    if keeper:
        return keeper
    status = 1
    try:
        _keep(work, server)
        status = 0
    finally:
        os._exit(status)


def _keep(work: Callable[[], None], server: int) -> None:
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the server, which tells us
    pause = FIRST_PAUSE
    while not told and os.getppid() == server:
        begun = time.monotonic()
        worker = _begin(work)
        while not _ended(worker):
            if told or os.getppid() != server:
                _end(worker)
                return
            time.sleep(LOOK_EVERY)
        pause = FIRST_PAUSE if time.monotonic() - begun > LIVED_WELL else min(2 * pause, LONGEST_PAUSE)
        time.sleep(pause)


def _begin(work: Callable[[], None]) -> int:
    worker = os.fork()
    if worker:
        return worker
    status = 1
    try:
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
        work()
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def _end_with(keeper: int) -> None:
    """A worker whose keeper was killed ends too: another server brings its own."""
    while os.getppid() == keeper:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


def _ended(worker: int) -> bool:
    return os.waitpid(worker, os.WNOHANG)[0] == worker


def _end(worker: int) -> None:
    os.kill(worker, signal.SIGTERM)
    until = time.monotonic() + ENDS_WITHIN
    while time.monotonic() < until:
        if _ended(worker):
            return
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
