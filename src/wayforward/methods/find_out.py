"""What to find out next: questions by what an answer is worth, less what it costs, in the time left.

worth = EVPPI x the share of the uncertainty that the answer would take away; net worth = worth -
cost. Only a question that can be answered in time, and whose worth is told apart from nought and
exceeds its cost, is ranked. Source: value of information as in Raiffa and Schlaifer, Applied
Statistical Decision Theory, 1961; the proportional share is this software's convention.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from wayforward.methods.ranking import rank


class Verdict(Enum):
    """Whether a question should be asked, or the first reason why not."""

    ASK = "worth finding out"
    NOTHING = "nothing is gained: the answer would not change the choice"
    COSTS_MORE = "costs more to find out than it is worth"
    TOO_LATE = "can't be found out in the time left"
    NOT_KNOWN = "not known: an estimate is missing"


@dataclass(frozen=True)
class Question:
    """What is not known, what knowing it would be worth and what finding out would take.

    evppi is in pounds, None where not known; told_apart is False where it is not different from
    nought. learnt is the share of the uncertainty that the answer takes away (1 = all). days run
    until the answer, in the days that the time left is counted in (working days, in the findings);
    pounds are what it costs in all.
    """

    code: str
    evppi: float | None
    told_apart: bool
    learnt: float | None
    days: float | None
    pounds: float | None


@dataclass(frozen=True)
class Found:
    """A question with its worth and net worth in pounds, whether it fits, its verdict and its rank."""

    code: str
    worth: float | None
    net: float | None
    in_time: bool | None
    verdict: Verdict
    rank: int | None
    tied: bool


def ranked(questions: Sequence[Question], days_left: float | None) -> tuple[Found, ...]:
    """Return questions in the order to ask them, greatest net worth first.

    days_left is counted as the days of the questions are: all working days, or all calendar days.
    Those not worth asking come last, unranked, by verdict and code. Raises ValueError where a code
    is used twice, a share is outside 0 to 1, or a worth, days or pounds are below 0.
    """
    twice = [code for code, times in Counter(q.code for q in questions).items() if times > 1]
    if twice:
        raise ValueError(f"{twice[0]} is asked twice; give each question once")
    for question in questions:
        _check(question)
    given = {q.code: q for q in questions}
    verdicts = {code: _verdict(q, days_left) for code, q in given.items()}
    asked = rank({code: _net(given[code]) for code in given if verdicts[code] is Verdict.ASK})
    rows = [_found(given[row.code], verdicts, days_left, row.rank, row.tied) for row in asked]
    order = list(Verdict)
    rest = sorted((order.index(v), code) for code, v in verdicts.items() if v is not Verdict.ASK)
    return (*rows, *(_found(given[code], verdicts, days_left, None, False) for _, code in rest))


def _found(
    question: Question, verdicts: dict[str, Verdict], days_left: float | None, place: int | None, tied: bool
) -> Found:
    return Found(
        question.code,
        _worth(question),
        _net(question),
        _in_time(question, days_left),
        verdicts[question.code],
        place,
        tied,
    )


def _verdict(question: Question, days_left: float | None) -> Verdict:
    worth, net = _worth(question), _net(question)
    # What is worth nothing needs no cost; what comes too late needs no worth.
    if worth == 0 or (worth is not None and not question.told_apart):
        return Verdict.NOTHING
    if _in_time(question, days_left) is False:
        return Verdict.TOO_LATE
    if net is None or _in_time(question, days_left) is None:
        return Verdict.NOT_KNOWN
    return Verdict.ASK if net > 0 else Verdict.COSTS_MORE


def _worth(question: Question) -> float | None:
    if question.evppi is None or question.learnt is None:
        # Nothing is nothing, however much of it is learnt.
        return 0.0 if question.evppi == 0 or question.learnt == 0 else None
    return question.evppi * question.learnt


def _net(question: Question) -> float | None:
    worth = _worth(question)
    return None if worth is None or question.pounds is None else worth - question.pounds


def _in_time(question: Question, days_left: float | None) -> bool | None:
    return None if question.days is None or days_left is None else question.days <= days_left


def _check(question: Question) -> None:
    if question.learnt is not None and not 0 <= question.learnt <= 1:
        raise ValueError(
            f"{question.code}: the share learnt, {question.learnt:g}, is outside 0 to 1; write 80% as 0.8"
        )
    for what, amount in (("worth", question.evppi), ("days", question.days), ("pounds", question.pounds)):
        if amount is not None and not 0 <= amount < float("inf"):
            raise ValueError(
                f"{question.code}: {what} of {amount:g} can't be; give 0 or more, or None if not known"
            )
