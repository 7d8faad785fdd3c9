"""Rules of engagement: no more answers than people asked, and each answer of a question once."""

from collections.abc import Iterator

from wayforward.engagement.models import Engagement, EngagementResult, ThemeAnswer
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once


@check
def no_more_answered_than_invited(case: Case) -> Iterator[Wrong]:
    for row in case.rows(Engagement):
        if row.invited is not None and row.answered is not None and row.answered > row.invited:
            allowed = f"at most {row.invited:,} (invited), or invited left blank where anyone could answer"
            yield Wrong(row, "answered", str(row.answered), allowed)


@check
def an_answer_is_counted_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(EngagementResult), "engagement", "question", "answer")
    yield from once(case.rows(ThemeAnswer), "theme", "option")
