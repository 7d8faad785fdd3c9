"""That after each step the database, the log and the case in memory are as the plain model has them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from unittest import mock

from django.db import transaction
from django.test import Client
from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.pages.register.plain_model import Cells, Deed, Form, Plain
from wayforward.pages.opened import as_it_stands
from wayforward.records import events
from wayforward.records.case import Case, references
from wayforward.records.models import Event, Submission
from wayforward.records.rows import canonical, cells

BEGAN = datetime(2012, 12, 3, 9, tzinfo=UTC)


class Agreeing(RuleBasedStateMachine):
    """An exercise of its own in a transaction that is rolled back, and the model that it is held against."""

    examples = count(1)

    def __init__(self, exercise: Any, hands: Mapping[str, Client], happened: Counter[str]) -> None:
        super().__init__()
        self.exercise, self.hands, self.happened = exercise, hands, happened
        self.block = transaction.atomic()
        self.block.__enter__()
        # No two moments are alike, in no two examples: a log that was rolled back is not taken for this one.
        self.now = BEGAN + timedelta(microseconds=next(self.examples))
        self.clock = mock.patch("wayforward.records.events.timezone")
        self.clock.start().now.side_effect = self._tick
        self.sent: list[Form] = []
        self.unseen = True
        self.model = Plain()
        for event in Event.objects.order_by("sequence"):
            row = json.loads(event.row)
            self.model.rows[event.record] = row
            self.model.history.append(
                Deed(event.record, event.record_version, row, event.actor, event.action, event.at.date())
            )

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _states(self, upto: int) -> dict[str, tuple[Cells | None, int]]:
        return {one.record: (one.cells, one.version) for one in self.model.history[:upto]}

    # What holds after each step

    @invariant()
    def all_is_as_the_model(self) -> None:
        logged = list(Event.objects.filter(exercise=self.exercise).order_by("sequence"))
        told = [(e.record, e.record_version, json.loads(e.row or "null"), e.actor, e.action) for e in logged]
        assert told == [(o.record, o.version, o.cells, o.actor, o.action) for o in self.model.history]
        if self.unseen:  # reading every table takes its time: once after each form that was sent
            self.unseen = False
            self._chained(logged)
            self.exercise.refresh_from_db()
            stored = Case.of(self.exercise)
            self._stored(stored)
            self._in_memory(stored, as_it_stands(self.exercise).case)

    def _chained(self, logged: list[Event]) -> None:
        previous = events.START
        for number, event in enumerate(logged, 1):
            assert (event.sequence, event.previous_hash) == (number, previous)
            assert event.hash == events.event_hash(event)
            previous = event.hash

    def _stored(self, case: Case) -> None:
        model = {name: (row, self.model.version(name)) for name, row in self.model.rows.items()}
        assert {row.reference: (cells(row), row.version) for row in rows_of(case)} == model
        assert Submission.objects.count() == len(self.model.received)

    def _in_memory(self, stored: Case, standing: Case) -> None:
        """Row by row, and what a row names is the row that stands in the same case."""
        told = [(row.reference, row.version, canonical(row)) for row in rows_of(standing)]
        assert told == [(row.reference, row.version, canonical(row)) for row in rows_of(stored)]
        for row in rows_of(standing):
            for one in references(type(row)):
                other = getattr(row, one.name)
                assert other is None or other is standing.get(other.reference), row.reference


def rows_of(case: Case) -> Iterator[Any]:
    yield case.exercise
    for model in case.models():
        yield from case.rows(model)
