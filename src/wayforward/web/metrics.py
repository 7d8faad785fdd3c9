"""How the workbench fares, in the text form that Prometheus reads.

Each server process counts by itself and keeps its counts in a small file; whoever is asked adds them up.
"""

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare

from wayforward.jobs.models import STATES, Job
from wayforward.pages.answer import read_only
from wayforward.records.models import Event
from wayforward.web.home import database_files
from wayforward.web.logs import route

PATH = "/metrics"
SCHEME = "bearer "
KEPT_EVERY = 1.0  # seconds
COUNTED_FOR = 3600.0  # seconds after a process last kept its counts
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)  # seconds that a request took at most
# A web server in front sends one of these, whether or not the settings say that it is there.
SENT_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")

# (what, route, status or upper bound) -> how many, or how many seconds.
Counts = Counter[tuple[str, str, str]]


class Tally:
    """The counts of this process; without a folder they are kept nowhere else, as in a command or a test."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._counts: Counts = Counter()
        self._kept_at = float("-inf")

    def add(self, name: str, status: int, seconds: float) -> None:
        """One more request."""
        within = next((f"{bound:g}" for bound in BOUNDS if seconds <= bound), "+Inf")
        with self._lock:
            self._counts["requests", name, str(status)] += 1
            self._counts["within", name, within] += 1
            self._counts["seconds", name, ""] += seconds  # type: ignore[assignment]  # a Counter of seconds

    def counts(self) -> Counts:
        """As they stand."""
        with self._lock:
            return Counter(self._counts)

    def keep(self, every: float = 0.0) -> None:
        """Write the counts to the file of this process, unless that was done less than `every` seconds ago.

        A disk that is full costs the counts, never the answer that somebody waits for.
        """
        folder = self._folder
        if folder is None or time.monotonic() - self._kept_at < every:
            return
        if not self._writing.acquire(blocking=False):
            return
        try:
            self._kept_at = time.monotonic()
            path = _file(folder)
            fresh = path.with_suffix(".new")
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh.write_text(json.dumps([[*key, value] for key, value in self.counts().items()]))
            fresh.replace(path)
        except OSError:
            pass
        finally:
            self._writing.release()


_tally = Tally()


def counted(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Count each request by the name of its address, and how long it took until its answer began."""

    def count(request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = answer(request)
        name = route(request, response) or "none"
        _tally.add(name, response.status_code, time.perf_counter() - begun)
        _tally.keep(KEPT_EVERY)
        return response

    return count


@read_only
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures; for whoever may not see them there is no such page."""
    if not (_has_the_token(request) or _from_this_machine(request)):
        raise Http404
    text = "".join(f"{line}\n" for line in lines())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def before_the_host_is_checked(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer whoever shows a token by any name of the host, and before it is taken for the token of a person.

    Without one the name counts: else a page of a stranger, open in a browser on this machine, could read the figures.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        shown = request.path_info == PATH and "Authorization" in request.headers
        return metrics(request) if shown else answer(request)

    return answered


def lines() -> Iterator[str]:
    """Every figure, each kind under what it is."""
    found = [_tally.counts(), *kept(_folder())]
    total: Counts = Counter()
    for one in found:
        total.update(one)
    yield from _head("requests_total", "counter", "Requests answered, by name of the address and status.")
    for (what, name, status), number in sorted(total.items()):
        if what == "requests":
            yield _line("requests_total", number, route=name, status=status)
    yield from _histogram(total)
    yield from _head("processes", "gauge", "Server processes whose requests are counted here.")
    yield _line("processes", len(found))
    yield from _of_the_database()


def kept(folder: Path) -> list[Counts]:
    """The counts of the other processes; files that nobody renewed for an hour are deleted."""
    found = []
    for path in sorted(folder.glob("*.json")):
        with suppress(OSError, ValueError, TypeError):  # gone meanwhile, or not ours
            if time.time() - path.stat().st_mtime > COUNTED_FOR:
                path.unlink()
            elif path != _file(folder):
                rows = json.loads(path.read_text())
                found.append(Counter({(str(a), str(b), str(c)): 0 + number for a, b, c, number in rows}))
    return found


def _histogram(total: Counts) -> Iterator[str]:
    kind = "request_seconds"
    yield from _head(kind, "histogram", "Seconds until an answer began, by name of the address.")
    for name in sorted({name for what, name, _ in total if what == "within"}):
        so_far = 0
        for bound in (*(f"{bound:g}" for bound in BOUNDS), "+Inf"):
            so_far += total["within", name, bound]
            yield _line(f"{kind}_bucket", so_far, route=name, le=bound)
        yield _line(f"{kind}_sum", round(total["seconds", name, ""], 6), route=name)
        yield _line(f"{kind}_count", so_far, route=name)


def _of_the_database() -> Iterator[str]:
    """What the database tells; that it does not answer, where it does not, and none of its figures."""
    try:
        jobs = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
        events, size = Event.objects.count(), _size()
    except DatabaseError:
        jobs, events, size = None, None, None
    yield from _head("database_up", "gauge", "1 where the database answers.")
    yield _line("database_up", int(jobs is not None))
    if jobs is not None and events is not None:
        yield from _head("jobs", "gauge", "Pieces of long work, by state.")
        for state, _ in STATES:
            yield _line("jobs", jobs.get(state, 0), state=state)
        yield from _head("events", "gauge", "Changes in the log of all exercises.")
        yield _line("events", events)
    if size is not None:
        yield from _head("database_bytes", "gauge", "Size of the database.")
        yield _line("database_bytes", size)


def _size() -> int | None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    with suppress(OSError):  # a log that was taken in meanwhile
        return sum(path.stat().st_size for path in database_files()) or None
    return None


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP wayforward_{name} {words}"
    yield f"# TYPE wayforward_{name} {kind}"


def _line(name: str, value: float, **labels: str) -> str:
    told = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"wayforward_{name}{f'{{{told}}}' if told else ''} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _has_the_token(request: HttpRequest) -> bool:
    shown: str = request.headers.get("Authorization", "")
    right: str = settings.METRICS_TOKEN
    given = shown[: len(SCHEME)].lower() == SCHEME
    return bool(right) and given and constant_time_compare(shown[len(SCHEME) :].strip(), right)


def _from_this_machine(request: HttpRequest) -> bool:
    """Whether it was asked here, by nobody who is passed on from elsewhere."""
    if settings.BEHIND_PROXY or settings.HAS_PROXY or any(name in request.headers for name in SENT_ON):
        return False
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


def _folder() -> Path:
    home: Path = settings.HOME
    return home / "metrics"


def _file(folder: Path) -> Path:
    return folder / f"{os.getpid()}.json"


def begin() -> None:
    """A server process begins: it counts from nought, and keeps its counts for the others."""
    global _tally
    _tally = Tally(_folder())


def end() -> None:
    """It ends: its last counts are kept."""
    _tally.keep()
