"""Keeping comments: each is raised, answered and closed by a save of its own, under the number of the person."""

import copy
from typing import Any

from django.db import transaction

from wayforward.findings import Findings
from wayforward.pages.comments.shown import CHALLENGE
from wayforward.pages.comments.subjects import Subject
from wayforward.pages.people import actor_of
from wayforward.pages.register.codes import next_code
from wayforward.people.permissions import role_of
from wayforward.records.models import Comment
from wayforward.records.save import Sent, lock, save

RAISED, ANSWERED, CLOSED = "raised", "answered", "closed"


def raise_comment(
    findings: Findings, user: Any, about: Subject, entered: dict[str, str], submission: Sent
) -> Comment:
    """A new comment or challenge, marked as what it is about. Raises AlreadyReceived."""
    exercise = findings.case.exercise
    comment = Comment(
        exercise=exercise,
        about=about.about,
        comment_kind=entered["kind"],
        text=entered["text"],
        owner=entered["owner"],
        raised_by=role_of(user, exercise),
        raised=findings.today,
        marking=about.marking,
    )
    with transaction.atomic():
        lock(exercise)
        comment.code = next_code(exercise, Comment)
        save(comment, 0, actor_of(user), RAISED, submission)
    return comment


def answer_comment(
    findings: Findings, user: Any, comment: Comment, text: str, version: int, submission: Sent
) -> None:
    """The answer to a comment. Raises ChangedMeanwhile and AlreadyReceived."""
    answered = copy.copy(comment)
    answered.answer = text
    answered.answered_by = role_of(user, findings.case.exercise)
    answered.answered = findings.today
    save(answered, version, actor_of(user), ANSWERED, submission)


def close_comment(findings: Findings, user: Any, comment: Comment, version: int, submission: Sent) -> None:
    """Close a comment. Raises ChangedMeanwhile and AlreadyReceived; ValueError for a challenge without answer."""
    if comment.comment_kind == CHALLENGE and not comment.answer:
        raise ValueError("a challenge can't be closed before it is answered")
    closed = copy.copy(comment)
    closed.closed = findings.today
    save(closed, version, actor_of(user), CLOSED, submission)
