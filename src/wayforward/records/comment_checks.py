"""Rules of comments: what one is about is there while it is open, and it is answered before it is closed."""

import re
from collections.abc import Iterator

from wayforward.records.base import kinds
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check
from wayforward.records.models import Comment

FIGURE = re.compile(r"finding:[a-z]+\.[a-z_]+\Z")
ALLOWED = "kind:CODE of a record of this case, exercise, or finding:KEY of a figure"


@check
def comment_is_about_something(case: Case) -> Iterator[Wrong]:
    """What an open comment is about must be there; a closed one may outlive it."""
    for comment in case.rows(Comment):
        kind = comment.about.partition(":")[0]
        if FIGURE.match(comment.about):
            continue
        if kind not in kinds() or (comment.closed is None and case.get(comment.about) is None):
            yield Wrong(comment, "about", comment.about, ALLOWED)


@check
def comment_takes_its_course(case: Case) -> Iterator[Wrong]:
    """Raised, answered, closed, in that order; a challenge is not closed unanswered."""
    for comment in case.rows(Comment):
        if comment.comment_kind == "challenge" and comment.closed and not comment.answer:
            yield Wrong(comment, "answer", "nothing", "an answer, before a challenge is closed")
        if comment.answer and comment.answered is None:
            yield Wrong(comment, "answered", "nothing", "the day of the answer")
        if comment.answered and not comment.answer:
            yield Wrong(comment, "answer", "nothing", "the answer that was given, or no day of it")
        for first, last in (("raised", "answered"), ("raised", "closed"), ("answered", "closed")):
            before, after = getattr(comment, first), getattr(comment, last)
            if before and after and after < before:
                yield Wrong(comment, last, str(after), f"{before} ({first}) or later")
