"""Rules of engagement. The second of two rows that say the same is told."""

from typing import Any

from wayforward.engagement import checks
from wayforward.engagement.models import Engagement, EngagementResult, Theme, ThemeAnswer
from wayforward.exercise.models import Exercise
from wayforward.options.models import Option
from wayforward.records.case import Case


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def test_no_more_answered_than_invited() -> None:
    rows = [
        Engagement(code="E1", invited=10, answered=10),
        Engagement(code="E2", invited=10, answered=11),
        Engagement(code="E3", invited=None, answered=11),
    ]
    assert told(checks.no_more_answered_than_invited(case(*rows))) == [("E2", "answered")]


def test_an_answer_is_counted_once() -> None:
    e, t, o = Engagement(code="E"), Theme(code="T"), Option(code="O")
    rows = [EngagementResult(code=f"R{n}", engagement=e, question="Why", answer="So") for n in range(2)]
    answers = [ThemeAnswer(code=f"A{n}", theme=t, option=o) for n in range(2)]
    wrong = told(checks.an_answer_is_counted_once(case(*rows, *answers)))
    assert wrong == [("R1", "answer"), ("A1", "option")]
