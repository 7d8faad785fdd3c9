"""Two people, one record: what each changed, side by side, and which of the two is to stand, field by field."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse

from wayforward.findings import show
from wayforward.pages.people import called
from wayforward.pages.register.entries import PREFIX, Fault, asked_of, canonical, read, stored
from wayforward.pages.register.place import Place, new_submission, record_at, shown, version_of
from wayforward.records.base import Versioned
from wayforward.records.models import Event
from wayforward.records.save import ChangedMeanwhile

KEEP = "keep-"
THEIRS, YOURS = "theirs", "yours"
MEANWHILE = 409
BLANK = "nothing"


@dataclass(frozen=True)
class Clash:
    """A field in which the record as stored and the entries differ: what it was, and who changed it."""

    name: str
    label: str
    was: str | None
    theirs: str
    yours: str
    said: str = ""

    @property
    def words(self) -> str:
        """Who changed it, in words."""
        if self.was is not None and self.yours == self.was:
            return "Only they changed it"
        if self.was is not None and self.theirs == self.was:
            return "Only you changed it"
        return "You both changed it"

    @property
    def keeps(self) -> str:
        """What is chosen: what was said, else the side that alone changed it, else nothing."""
        if self.said in (THEIRS, YOURS):
            return self.said
        return {"Only they changed it": THEIRS, "Only you changed it": YOURS}.get(self.words, "")


@dataclass(frozen=True)
class Settled:
    """The entries once each difference is decided; until then the page that asks."""

    texts: dict[str, str]
    page: HttpResponse | None = None


def page(
    place: Place, record: Versioned, seen: int, submission: str, texts: Mapping[str, str]
) -> HttpResponse:
    """Both versions side by side. Entries that could not be read stand as they were typed."""
    return _page(place, record, seen, submission, texts, _clashes(place, record, seen, texts))


def meanwhile(
    place: Place,
    code: str,
    changed: ChangedMeanwhile,
    seen: int,
    submission: str,
    texts: Mapping[str, str],
) -> HttpResponse:
    """The page after a save that came too late: the record, or evidence that it rests on, was changed."""
    now = place.anew()
    if is_gone(now, code):
        return gone_page(now, code, texts)
    return page(now, record_at(now, code), seen, submission, texts)


def settled(place: Place, record: Versioned, seen: int, texts: Mapping[str, str]) -> Settled:
    """The entries with the side that was chosen of each difference."""
    post = place.request.POST
    began = version_of(post.get("began", ""))
    submission = post.get("submission", "")
    clashes = _clashes(place, record, began, texts)
    if seen != record.version:
        return Settled({}, _page(place, record, began, submission, texts, clashes))
    clashes = [_with(one, post.get(f"{KEEP}{one.name}", "")) for one in clashes]
    faults = [
        Fault(f"{KEEP}{one.name}", f"{one.label}: choose which of the two is to stand")
        for one in clashes
        if one.said not in (THEIRS, YOURS)
    ]
    if faults:
        return Settled({}, _page(place, record, began, submission, texts, clashes, faults))
    now = stored(record)
    chosen = {one.name: now[one.name] for one in clashes if one.said == THEIRS}
    return Settled({**texts, **chosen})


def _with(one: Clash, said: str) -> Clash:
    return Clash(one.name, one.label, one.was, one.theirs, one.yours, said)


def _clashes(place: Place, record: Versioned, seen: int, texts: Mapping[str, str]) -> list[Clash]:
    fields = asked_of(type(record))
    yours = canonical(fields, read(place, fields, texts), texts)
    theirs = stored(record)
    was = _as_it_was(place, record.reference, seen)
    return [
        Clash(one.name, str(one.verbose_name), was.get(one.name), theirs[one.name], yours[one.name])
        for one in fields
        if theirs[one.name] != yours[one.name]
    ]


def _as_it_was(place: Place, reference: str, version: int) -> dict[str, str]:
    """The cells of a record at a version, from the log; none where the log does not have them."""
    events = Event.objects.filter(exercise=place.exercise, record=reference, record_version=version)
    row = events.order_by("-sequence").values_list("row", flat=True).first()
    return json.loads(row) if row else {}


def _last(place: Place, reference: str) -> Event | None:
    events = Event.objects.filter(exercise=place.exercise, record=reference)
    return events.order_by("-sequence").first()


def is_gone(place: Place, code: str) -> bool:
    """Whether a record was there and has been removed."""
    if place.case.get(f"{place.model.kind()}:{code}") is not None:
        return False
    last = _last(place, f"{place.model.kind()}:{code}")
    return last is not None and last.row == ""


def _who(place: Place, event: Event | None) -> str:
    if event is None:
        return "somebody else"
    return f"{called(event.actor, place.exercise)} on {show.day(event.at.date().isoformat())}"


def _page(
    place: Place,
    record: Versioned,
    seen: int,
    submission: str,
    texts: Mapping[str, str],
    clashes: list[Clash],
    faults: list[Fault] | None = None,
) -> HttpResponse:
    data = {
        "title": "Somebody else changed this record",
        "record": record,
        "who": _who(place, _last(place, record.reference)),
        "began": seen,
        "submission": submission or new_submission(),
        "clashes": clashes,
        "keep": KEEP,
        "blank": BLANK,
        "hidden": [(f"{PREFIX}{name}", texts.get(name, "")) for name in stored(record)],
        "faults": faults or [],
        "first": "",
    }
    return shown(place, "pages/register/conflict.html", data, [record], MEANWHILE)


def gone_page(place: Place, code: str, texts: Mapping[str, str]) -> HttpResponse:
    """What was typed, for a record that somebody removed meanwhile."""
    labels = {one.name: str(one.verbose_name) for one in asked_of(place.model)}
    data = {
        "title": f"{code} was removed meanwhile",
        "who": _who(place, _last(place, f"{place.model.kind()}:{code}")),
        "typed": [(label, texts[name]) for name, label in labels.items() if texts.get(name)],
    }
    return shown(place, "pages/register/gone.html", data, status=MEANWHILE)
