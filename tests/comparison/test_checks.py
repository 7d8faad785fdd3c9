"""Rules of comparison. Two rows that say the same thing are told at the second."""

from typing import Any

from wayforward.comparison import checks
from wayforward.comparison.models import Peer, PeerMeasure
from wayforward.exercise.models import Exercise
from wayforward.records.case import Case


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def test_one_peer_is_this_organisation() -> None:
    rows = [Peer(code="A", own=True), Peer(code="B", own=False), Peer(code="C", own=True)]
    assert told(checks.one_peer_is_this_organisation(case(*rows))) == [("C", "own")]


def test_a_figure_of_a_peer_once() -> None:
    a = Peer(code="A")
    periods = ("2011", "2012", "2011")
    rows = [PeerMeasure(code=f"M{n}", peer=a, measure="Staff", period=p) for n, p in enumerate(periods)]
    assert told(checks.a_figure_of_a_peer_once(case(*rows))) == [("M2", "period")]
