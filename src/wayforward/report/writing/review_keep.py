"""Giving sections out for peer review, and keeping what reviewers return."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from wayforward.exercise.models import PeerReview, Section
from wayforward.findings import Findings
from wayforward.pages.people import actor_of
from wayforward.pages.register.codes import next_code
from wayforward.records.save import AlreadyReceived, Change, Sent, lock, save, save_all

GIVEN_OUT, RETURNED = "given out for review", "reviewed"
MOST_ROUNDS = 99
NUMBER = re.compile(r"\d+\Z")


class NoMoreRounds(Exception):
    """There have been as many rounds as a review can count."""


def give_out(
    findings: Findings,
    user: Any,
    sections: Sequence[str],
    reviewers: Sequence[str],
    due: date,
    submission: Sent,
) -> None:
    """A new round: each section for each reviewer. Sending it again changes nothing. Raises NoMoreRounds."""
    exercise = findings.case.exercise
    with transaction.atomic():
        lock(exercise)
        chosen = Section._default_manager.filter(exercise=exercise, code__in=sections).order_by("number")
        rounds = PeerReview._default_manager.filter(exercise=exercise).values_list("round", flat=True)
        number = max(rounds, default=0) + 1
        if number > MOST_ROUNDS:
            raise NoMoreRounds
        rows = [
            PeerReview(
                exercise=exercise,
                round=number,
                section=section,
                reviewer=reviewer,
                asked=findings.today,
                due=due,
                marking=section.marking,
            )
            for section in chosen
            for reviewer in reviewers
        ]
        for row, code in zip(rows, _codes(exercise, len(rows)), strict=True):
            row.code = code
        try:
            save_all([Change(row, 0) for row in rows], actor_of(user), GIVEN_OUT, submission)
        except AlreadyReceived:
            return


def _codes(exercise: Any, many: int) -> list[str]:
    """As many codes as are wanted, one after the other; the register's next is above all that there are."""
    first = next_code(exercise, PeerReview)
    digits = NUMBER.search(first)
    assert digits is not None  # a next code ends in its number
    stem, width = first[: digits.start()], len(digits[0])
    return [f"{stem}{int(digits[0]) + place:0{width}d}" for place in range(many)]


def keep_return(
    findings: Findings, user: Any, review: PeerReview, verdict: str, note: str, version: int, submission: Sent
) -> None:
    """What a reviewer says of a section. Raises ChangedMeanwhile."""
    review.verdict, review.note, review.returned = verdict, note, findings.today
    try:
        save(review, version, actor_of(user), RETURNED, submission)
    except AlreadyReceived:
        return
