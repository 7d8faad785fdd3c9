"""Peer review in plain values, and who may return one."""

from typing import Any

from wayforward.exercise.models import PeerReview, Section
from wayforward.findings import Findings, show
from wayforward.people.models import ROLES
from wayforward.people.permissions import MAKERS, may, names_of

REVIEWER = dict(ROLES)["reviewer"]
# Those who make the analysis review nothing of it; a guest and the operator say nothing of it.
CAN_REVIEW = [words for value, words in ROLES if value not in (*MAKERS, "guest", "operator")]
NOT_BACK, LATE = "Not returned", "Late"


def in_order(findings: Findings) -> list[PeerReview]:
    """The reviews, the latest round first, by section within it."""
    rows = findings.case.rows(PeerReview)
    return sorted(rows, key=lambda row: (-row.round, row.section.number, row.code))


def plain(findings: Findings, review: PeerReview) -> dict[str, Any]:
    """A review: of what, by whom, and where it stands."""
    return {
        "code": review.code,
        "round": review.round,
        "section": review.section.code,
        "title": f"{review.section.number}. {review.section.title}",
        "reviewer": review.reviewer,
        "due": _day(review.due),
        "returned": _day(review.returned),
        "state": state(findings, review),
        "verdict": review.get_verdict_display() if review.verdict else "",
        "note": review.note,
    }


def state(findings: Findings, review: PeerReview) -> str:
    """Where a review stands: its verdict, or that it is not back or late."""
    if review.returned:
        return review.get_verdict_display() if review.verdict else "Returned"
    return LATE if review.due and review.due < findings.today else NOT_BACK


def _day(day: Any) -> str:
    return show.day(day.isoformat()) if day else ""


def of_section(findings: Findings, section: Section) -> list[dict[str, Any]]:
    """The reviews of a section in the last round that it was in."""
    rows = [row for row in in_order(findings) if row.section.code == section.code]
    return [plain(findings, row) for row in rows if row.round == rows[0].round]


def may_return(user: Any, exercise: Any, review: PeerReview) -> bool:
    """Whoever it was given to; the peer reviewer too where it was given to a body that signs in as no part."""
    given = review.reviewer.strip().casefold()
    parts = {words.casefold() for _, words in ROLES}
    if may(user, "review", exercise):
        return given == REVIEWER.casefold() or given not in parts
    return may(user, "comment", exercise) and given in names_of(user, exercise)
