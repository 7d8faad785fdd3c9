"""What waits for a person: what records name them for, and what rooms above have for them, such as agreeing a text."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wayforward.findings import Findings, show
from wayforward.pages.comments.shown import CHALLENGE, is_owner, seen_by
from wayforward.pages.labels import Labels
from wayforward.pages.templatetags.wayforward import record_url
from wayforward.pages.withheld import rows_for
from wayforward.people.permissions import names_of

TO_DO, CHASING = "exercise.to_do", "exercise.chasing"
NEAR = ("overdue", "due within a week", "no day set")  # what is further off can wait
AT_ONCE = "peer_review:"  # given to a person for this alone: told however far off it is due
MOST = 8


@dataclass(frozen=True)
class Waits:
    """One thing that somebody is to do: in words, where, about which record, by when."""

    words: str
    address: str
    record: str = ""
    due: str = ""  # as 2012-12-20
    overdue: bool = False


Telling = Callable[[Any, Findings], Iterable[Waits]]
TELLING: list[Telling] = []


def waits(tell: Telling) -> Telling:
    """Declare a function that may know of things that wait for a person."""
    TELLING.append(tell)
    return tell


def waiting(user: Any, findings: Findings) -> dict[str, Any]:
    """What waits for a person in plain values, and how many there are in all.

    The overdue first, then what others wait for them to agree or answer, then by day.
    """
    found = [one for tell in (_named, _to_chase, _commented, *TELLING) for one in tell(user, findings)]
    found.sort(key=lambda one: (not one.overdue, one.record != "", one.due == "", one.due))
    return {
        "waits": [
            {
                "record": one.record,
                "address": one.address,
                "words": one.words,
                "due": show.day(one.due) if one.due else "",
                "overdue": one.overdue,
            }
            for one in found[:MOST]
        ],
        "waits_in_all": len(found),
    }


def _named(user: Any, findings: Findings) -> Iterator[Waits]:
    """What records name the person for, as far as it is due soon or has no day."""
    for row in _theirs(user, findings, TO_DO, "record"):
        if row["standing"] in NEAR or str(row["record"]).startswith(AT_ONCE):
            yield _about(
                findings,
                str(row["what"]),
                str(row["record"]),
                str(row["due"] or ""),
                row["standing"] == NEAR[0],
            )


def _to_chase(user: Any, findings: Findings) -> Iterator[Waits]:
    """The requests that the person chases, and that are to be chased or done without now."""
    for row in _theirs(user, findings, CHASING, "request"):
        words = {"chase": "chase the information", "start the fallback": "do without the information"}.get(
            str(row["act"])
        )
        if words:
            due = str((row["chase"] if row["act"] == "chase" else row["fallback_from"]) or "")
            late = row["act"] == "chase" and due < findings.today.isoformat()
            yield _about(findings, words, f"information_request:{row['request']}", due, late)


def _commented(user: Any, findings: Findings) -> Iterator[Waits]:
    """Comments that were given to the person; a challenge is told of as any record that names them."""
    exercise = findings.case.exercise
    theirs = [
        one
        for one in seen_by(user, findings)
        if one.comment_kind != CHALLENGE
        and not one.closed
        and not one.answer
        and is_owner(user, exercise, one)
    ]
    if theirs:
        many = "the comment" if len(theirs) == 1 else f"the {len(theirs):,} comments"
        yield Waits(f"answer {many} given to you", f"{reverse('comments', args=[exercise.code])}?show=mine")


def _theirs(user: Any, findings: Findings, key: str, column: str) -> Iterator[dict[str, Any]]:
    """The rows of a finding that the person owns, and about records that they may see."""
    names = names_of(user, findings.case.exercise)
    for row in findings[key].rows:
        if str(row["owner"] or "").strip().casefold() in names:
            reference = str(row[column])
            record = findings.case.get(reference if ":" in reference else f"information_request:{reference}")
            if record is not None and rows_for(user, findings, [record]):
                yield dict(row)


def _about(findings: Findings, what: str, reference: str, due: str, overdue: bool) -> Waits:
    kind, _, code = reference.partition(":")
    label = Labels(findings.case)
    address = record_url(findings.case.exercise.code, reference)
    return Waits(f"{what}: {label(kind, code)}", address, reference, due, overdue)
