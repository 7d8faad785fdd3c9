"""Figures on pages that show many of them: as they were last worked out, while a thread beside works out what changed.

Only a server's processes have that thread (`begin`). In a command or a test all is worked out when it is asked for.
"""

import logging
import sys
import threading
import time
from collections import OrderedDict

from django.db import connections

from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.pages.labels import Labels
from wayforward.pages.opened import MOST_EXERCISES
from wayforward.pages.pictures import picture

LEFT_TO_OTHERS = 2  # times as long as the work took
AT_MOST = 0.05  # seconds that a page waits for figures of this moment
# The thread beside would else keep each request waiting for 5 ms whenever that comes back from the database.
SWITCHED_EVERY = 0.001  # seconds

log = logging.getLogger(__name__)
_worked_out: OrderedDict[int, Findings] = OrderedDict()  # of each exercise, the last of which all is known
_wanted: dict[int, Findings] = {}
_told = threading.Condition()
_thread: threading.Thread | None = None


def begin() -> None:
    """Let a thread of this process work out what pages ask for."""
    global _thread
    sys.setswitchinterval(SWITCHED_EVERY)
    _thread = threading.Thread(target=_work, name="figures", daemon=True)
    _thread.start()


def last_worked_out(findings: Findings) -> Findings | None:
    """Findings in which all is worked out already: these, or else those before the latest changes; None where none is.

    For what need not be of this very moment, such as which figures rest on a record.
    """
    key = findings.case.exercise.pk
    if findings.complete or (_thread is None and key not in _worked_out):
        findings.all()
        _keep(findings)
    elif key not in _worked_out:
        _ask_for(findings)
    return _worked_out.get(key)


def at_hand(findings: Findings) -> Findings:
    """Findings for a page that shows many: as they are now, or `AsLastKnown` where its reader would have to wait."""
    before = _worked_out.get(findings.case.exercise.pk)
    if before is findings:
        return findings
    if _thread is None or before is None or not _may_stand_for(before, findings):
        findings.all()
        _keep(findings)
        return findings
    _ask_for(findings)
    done = _worked_out.get(findings.case.exercise.pk) is findings
    return findings if done else AsLastKnown(findings, before)


def _ask_for(findings: Findings) -> None:
    """Let the thread work these out, and wait a little for it."""
    key = findings.case.exercise.pk
    with _told:
        _wanted[key] = findings
        _told.notify_all()
        _told.wait_for(lambda: _worked_out.get(key) is findings, AT_MOST)


class AsLastKnown(Findings):
    """The findings of a case; what follows from the latest changes is as it was before them."""

    def __init__(self, now: Findings, before: Findings) -> None:
        self.__dict__.update(now.__dict__)
        self._before = before
        self.earlier: set[str] = set()  # the keys of those that were shown as they were

    def __getitem__(self, key: str) -> Finding:
        known, found = self._before.at_hand(key), self.at_hand(key)
        if known is None:
            return super().__getitem__(key)
        if found is not None and found.fingerprint == known.fingerprint:
            return found
        # As before, even if it is known by now: a page shows figures of one moment, and their charts are drawn.
        self.earlier.add(key)
        return self._marked(known)


def earlier(findings: Findings) -> int:
    """How many of the figures that a page has taken from findings are as they were before the latest changes."""
    return len(findings.earlier) if isinstance(findings, AsLastKnown) else 0


def _may_stand_for(before: Findings, now: Findings) -> bool:
    """Whether what was found before may still be shown: all that it may name is there, and none is commercial since."""
    ours, theirs = before.case, now.case
    if ours is theirs:
        return True
    return theirs.commercial <= ours.commercial and not ours.lacking_in(theirs)


def _keep(findings: Findings) -> None:
    key = findings.case.exercise.pk
    _worked_out[key] = findings
    _worked_out.move_to_end(key)
    while len(_worked_out) > MOST_EXERCISES:
        _worked_out.popitem(last=False)


def _work() -> None:
    """Work out what is wanted, of each exercise the newest; then leave the processor to others for a while."""
    while True:
        with _told:
            _told.wait_for(lambda: _wanted)
            _, findings = _wanted.popitem()
        began = time.monotonic()
        try:
            label = Labels(findings.case)
            for one in findings.all():
                picture(one, label)  # which costs as much again
        except Exception:  # whoever opens that figure is told; the thread must not end
            log.exception("a figure could not be worked out")
        else:
            _keep(findings)
        finally:
            connections.close_all()
        with _told:
            _told.notify_all()
        time.sleep(LEFT_TO_OTHERS * (time.monotonic() - began))
