"""Comments in plain values, for the pages of what they are about and for their own list."""

from collections.abc import Collection, Iterable
from typing import Any

from wayforward.findings import Findings, show
from wayforward.pages.comments.subjects import marking_of, subject_of
from wayforward.pages.marking import in_words
from wayforward.pages.people import actor_of
from wayforward.pages.withheld import barred
from wayforward.people.permissions import COMMERCIAL, may, names_of
from wayforward.records.base import strictest
from wayforward.records.models import Comment, Event

CHALLENGE = "challenge"
OPEN, ANSWERED, CLOSED = "Open", "Answered", "Closed"
WAITS = "Waits for an answer"  # an open challenge
ORDER = (WAITS, OPEN, ANSWERED, CLOSED)


def seen_by(user: Any, findings: Findings, about: Collection[str] | None = None) -> list[Comment]:
    """The comments that a person may see: all, or those about some things; what waits first, then the newest."""
    rows = [row for row in findings.case.rows(Comment) if about is None or row.about in about]
    if rows and barred(user, findings):
        rows = [row for row in rows if in_words(findings.case, [marking_of(findings, row)]) != COMMERCIAL]
    newest = sorted(rows, key=lambda row: (str(row.raised or ""), row.code), reverse=True)
    return sorted(newest, key=lambda row: ORDER.index(state(row)))


def state(comment: Comment) -> str:
    """Where a comment stands, in a word or two."""
    if comment.closed:
        return CLOSED
    if comment.answer:
        return ANSWERED
    return WAITS if comment.comment_kind == CHALLENGE else OPEN


def plain(findings: Findings, comment: Comment) -> dict[str, Any]:
    """A comment with what it is about."""
    about = subject_of(findings, comment)
    return {
        "code": comment.code,
        "kind": comment.comment_kind,
        "about": comment.about,
        "about_kind": about.kind,
        "title": about.title,
        "address": about.address,
        "text": comment.text,
        "raised_by": comment.raised_by,
        "raised": _day(comment.raised),
        "owner": comment.owner,
        "answer": comment.answer,
        "answered_by": comment.answered_by,
        "answered": _day(comment.answered),
        "closed": _day(comment.closed),
        "state": state(comment),
    }


def _day(day: Any) -> str:
    return show.day(day.isoformat()) if day else ""


def beside(user: Any, findings: Findings, about: str) -> dict[str, Any]:
    """What the page of a thing shows of the comments on it."""
    some = seen_by(user, findings, {about})
    return {
        "about": about,
        "comments": [plain(findings, one) for one in some],
        "open": sum(not one.closed for one in some),
        "marking": strictest_of(findings, [*markings(findings, some), _subjects_own(findings, about)]),
        "may_comment": may(user, "comment", findings.case.exercise),
        **allowed(user, findings, some),
    }


def strictest_of(findings: Findings, some: Iterable[str]) -> str:
    """The strictest of some markings and the exercise's own, as it is stored."""
    return strictest([findings.case.exercise.handling, *filter(None, some)])


def _subjects_own(findings: Findings, about: str) -> str:
    """On a comment's own page: the marking of what that comment is about."""
    itself = findings.case.get(about)
    return marking_of(findings, itself) if isinstance(itself, Comment) else ""


def allowed(user: Any, findings: Findings, some: Iterable[Comment]) -> dict[str, list[str]]:
    """The codes of the comments that a person may answer, and of those that they may close."""
    exercise = findings.case.exercise
    waiting = [one for one in some if not one.closed]
    if not waiting:
        return {"answer": [], "close": []}
    raised = raised_by_me(user, exercise)
    return {
        "answer": [one.code for one in waiting if may_answer(user, exercise, one)],
        "close": [one.code for one in waiting if may_close(user, exercise, one, raised)],
    }


def markings(findings: Findings, some: Iterable[Comment]) -> list[str]:
    """The markings of what a page with these comments shows."""
    return [marking_of(findings, one) for one in some]


def raised_by_me(user: Any, exercise: Any) -> set[str]:
    """The codes of the comments that a person raised: the log knows who, the comment itself names a role alone."""
    first = Event.objects.filter(
        exercise=exercise, actor=actor_of(user), record__startswith="comment:", record_version=1
    )
    return {record.partition(":")[2] for record in first.values_list("record", flat=True)}


def is_owner(user: Any, exercise: Any, comment: Comment) -> bool:
    """Whether it is theirs to answer: the comment names their part, or them as the exercise calls them."""
    return comment.owner.strip().casefold() in names_of(user, exercise)


def may_answer(user: Any, exercise: Any, comment: Comment) -> bool:
    """Those who make the analysis answer, and whoever the comment was given to."""
    if comment.closed:
        return False
    return may(user, "answer", exercise) or (
        may(user, "comment", exercise) and is_owner(user, exercise, comment)
    )


def may_close(user: Any, exercise: Any, comment: Comment, raised: Collection[str]) -> bool:
    """Who raised it closes it, or the director; a challenge only once it is answered."""
    if comment.closed or state(comment) == WAITS:
        return False
    return may(user, "close comments", exercise) or comment.code in raised


def counts(user: Any, findings: Findings) -> dict[str, int]:
    """For home and the plan: how many comments are open, challenges wait for an answer, and are this person's."""
    some = [one for one in seen_by(user, findings) if not one.closed]
    exercise = findings.case.exercise
    return {
        "open": len(some),
        "challenges": sum(one.comment_kind == CHALLENGE for one in some),
        "yours": sum(not one.answer and is_owner(user, exercise, one) for one in some),
    }
