"""Two people at one register, through the web, against a plain model of it: rows, and a list of what was done.

The model knows nothing of the product's code but the names of columns: what an entry is read as, what is refused and
why is written down here by hand. After each step the database, the log, the case in memory and the past agree with it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.pages.register.filling import entries
from tests.workbench import person, store_small_case
from wayforward.pages.opened import as_it_stands
from wayforward.pages.past.as_at import as_at
from wayforward.records import events, history
from wayforward.records.case import Case, references
from wayforward.records.models import Event, Submission
from wayforward.records.rows import canonical, cells

AT = "/exercises/TOWN/records"
BEGAN = datetime(2012, 12, 3, 9, tzinfo=UTC)
KIND = {"services": "service", "indicators": "indicator"}
Cells = dict[str, str]
Expected = tuple[int, str, dict[str, Cells | None]]  # the status, why, and what is stored then (None: gone)

# What is typed, and what is stored of it; None: it is refused. What stands here no more is stored as it was typed.
READ: dict[str, dict[str, str | None]] = {
    "name": {"Desk": "Desk", "=1+1 <b>é</b>": "=1+1 <b>é</b>", " At night ": " At night "}
    | {"": None, "  ": None, "two\nlines": None, "x" * 301: None},
    "powers": {"": "", "By-laws": "By-laws", "To “stop”": "To “stop”", "tab\x07": None},
    "agreed_reason": {"": "", "One\n\ntwo\n": "One\n\ntwo\n", "\nLater": "\nLater", "a\u200bb": None},
    "yearly_cost": {"": "", " 1200.50 ": "1200.5", "-0": "0", "999999999999.99": "999999999999.99"}
    | {"-1": None, "1,000": None, "nan": None, "0.001": None},
    "people": {"": "", "4.0": "4", "0.0001": "0.0001", "-4": None, "many": None},
    "marking": {"": "", "official": "official", "commercial": "commercial", "secret": None},
    "value": {"": "", "-3.10": "-3.1", "1e3": None, "2.00001": None},
    "unit": {"": "", "days": "days", "u" * 61: None},
}
NAMES_A_SERVICE = {"parent", "service"}
MAY_BE_BLANK = {"parent"}
ASKED = {
    "services": ["name", "parent", "yearly_cost", "people", "powers", "agreed_reason", "marking"],
    "indicators": ["name", "service", "value", "unit", "marking"],
}
HAPPENED = {
    "added", "an old code refused", "changed", "told of faults", "nothing to change", "sent twice",
    "changed meanwhile", "removed meanwhile", "settled", "settled with nothing left to change", "not said",
    "removed", "named", "changed together", "one of several changed meanwhile", "put back", "taken away",
    "brought back", "could not be put back", "evidence asked about", "evidence follows",
}  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """A line of the model's history: a record as it was after somebody did something to it (None: gone)."""

    record: str
    version: int
    cells: Cells | None
    actor: str
    action: str
    day: date


@dataclass
class Plain:
    """The register as a dict and a list."""

    rows: dict[str, Cells] = field(default_factory=dict)
    history: list[Deed] = field(default_factory=list)
    received: set[str] = field(default_factory=set)

    def version(self, record: str) -> int:
        return max((one.version for one in self.history if one.record == record), default=0)

    def at_version(self, record: str, version: int) -> Cells | None:
        return next(o.cells for o in self.history if (o.record, o.version) == (record, version))

    def of(self, stem: str) -> list[str]:
        return sorted(name for name in self.rows if name.startswith(f"{KIND[stem]}:"))

    def ever(self, stem: str) -> list[str]:
        kind = f"{KIND[stem]}:"
        return sorted({one.record for one in self.history if one.record.startswith(kind)})

    def naming(self, record: str) -> set[str]:
        """Who names a service; a citation says so in full, and others by its code in a column for services."""
        code = record.partition(":")[2]
        found = set()
        for name, row in self.rows.items():
            columns = {"service", "parent", "supports"} & row.keys()
            named = name != record and record.startswith("service:") and any(row[c] == code for c in columns)
            if named or record in row.values():
                found.add(name)
        return found

    def cited(self, record: str) -> list[str]:
        return sorted(n for n in self.rows if n.startswith("citation:") and self.rows[n]["record"] == record)

    def resting(self, record: str, row: Cells) -> list[str]:
        """The citations in use that would give another cost than the record has."""
        return [
            name
            for name in self.cited(record)
            if self.rows[name]["used"] == "yes" and self.rows[name]["value"] != row["yearly_cost"]
        ]

    def in_a_ring(self, changed: Mapping[str, Cells | None]) -> bool:
        """Whether some service would be under itself: take away those that lead nowhere until none is left."""
        rows = {**self.rows, **changed}
        up = {
            name: {f"service:{row[c]}" for c in ("parent", "supports") if row[c]}
            for name, row in rows.items()
            if name.startswith("service:") and row
        }
        while free := [name for name, above in up.items() if not above & up.keys()]:
            for name in free:
                del up[name]
        return bool(up)


@dataclass(frozen=True)
class Form:
    """A page that somebody has open: whose, which form, of which records at which versions, and what it would send."""

    who: str
    kind: str
    stem: str
    seen: dict[str, int]
    data: dict[str, Any]
    began: int = 0

    @property
    def record(self) -> str:
        return next(iter(self.seen))


def typed(text: str) -> str:
    """As a browser sends it, and a stored line end as it is read again."""
    return text.replace("\r\n", "\n")


PEOPLE = st.sampled_from(["director", "analyst"])
STEMS = st.sampled_from(["services", "services", "indicators"])
NUMBERS = st.integers(0, 30)
# By the place of a field: the place of what is typed among what is read, or (more rarely) among what is refused.
EDITS = st.dictionaries(
    st.integers(0, 6), st.tuples(NUMBERS, st.sampled_from([1, 1, 1, 1, 1, 0])), max_size=3
)
STEPS = st.sampled_from(["check", "save", "save"])
SIDES = st.one_of(st.none(), st.sampled_from([-1, 0, 7, 2]))
SAID = st.sampled_from(["", "gives", "left"])
# Most forms that are opened are sent at once; the others stay open meanwhile.
THEN = st.one_of(st.tuples(EDITS, STEPS, SAID), st.tuples(EDITS, STEPS, SAID), st.none())


class Register(RuleBasedStateMachine):
    """What two people may do, in any order."""

    forms = Bundle("forms")
    settling = Bundle("settling")
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

    # What forms are opened

    @rule(target=forms, who=PEOPLE, stem=STEMS, then=THEN)
    def opens_a_new_one(self, who: str, stem: str, then: Any) -> Any:
        page = self.hands[who].get(f"{AT}/{stem}/_new")
        data = entries(page)
        code = data["f-code"][0]
        assert f"{KIND[stem]}:{code}" not in self.model.ever(stem), "a code is never used again"
        return self._then(Form(who, "new", stem, {}, data), then)

    @rule(target=forms, who=PEOPLE, stem=STEMS, which=NUMBERS, then=THEN)
    def opens_one(self, who: str, stem: str, which: int, then: Any) -> Any:
        there = self.model.of(stem)
        return self._then(self._opened(who, stem, there[which % len(there)]), then) if there else multiple()

    def _opened(self, who: str, stem: str, record: str) -> Form:
        page = self.hands[who].get(f"{AT}/{stem}/{_code(record)}/edit")
        data, row = entries(page), self.model.rows[record]
        assert data["version"] == [str(self.model.version(record))]
        assert {n: typed(t[0]) for n, t in data.items() if n[:2] == "f-"} == {
            f"f-{name}": text for name, text in row.items() if name != "code"
        }
        return Form(who, "edit", stem, {record: self.model.version(record)}, data)

    @rule(target=forms, who=PEOPLE, stem=STEMS, which=NUMBERS, then=THEN)
    def opens_to_remove(self, who: str, stem: str, which: int, then: Any) -> Any:
        there = self.model.of(stem)
        if not there:
            return multiple()
        free = [one for one in there if not self.model.naming(one)]
        record = (free or there)[which // 3 % len(free or there)] if which % 3 else there[which % len(there)]
        page = self.hands[who].get(f"{AT}/{stem}/{_code(record)}/remove")
        version = self.model.version(record)
        data = entries(page)
        hindered = self.model.naming(record) - set(self.model.cited(record))
        assert ("submission" in data) is not bool(hindered), "the page has no button where it would not do"
        data = data or {"version": [str(version)], "submission": [str(uuid4())]}
        return self._then(Form(who, "remove", stem, {record: version}, data), then)

    @rule(
        target=forms,
        who=PEOPLE,
        stem=STEMS,
        some=st.sets(NUMBERS, min_size=1, max_size=3),
        which=NUMBERS,
        then=THEN,
    )
    def opens_several(self, who: str, stem: str, some: set[int], which: int, then: Any) -> Any:
        there = self.model.of(stem)
        if not there:
            return multiple()
        chosen = sorted({there[one % len(there)] for one in some})
        name = ASKED[stem][which % len(ASKED[stem])]
        query = {"row": [_code(one) for one in chosen], "field": name}
        data = entries(self.hands[who].get(f"{AT}/{stem}/_several", query))
        assert data["row"] == [f"{_code(one)}:{self.model.version(one)}" for one in chosen]
        return self._then(
            Form(who, "several", stem, {one: self.model.version(one) for one in chosen}, data), then
        )

    @rule(target=forms, who=PEOPLE, stem=STEMS, which=NUMBERS, back=NUMBERS, then=THEN)
    def opens_its_past(self, who: str, stem: str, which: int, back: int, then: Any) -> Any:
        ever = self.model.ever(stem)
        some = [one for one in ever if self.model.version(one) > 1] or ever
        if not some:
            return multiple()
        return self._then(self._opened_past(who, stem, some[which % len(some)], back), then)

    @precondition(lambda self: self._gone())
    @rule(target=forms, who=PEOPLE, which=NUMBERS, then=THEN)
    def opens_what_is_gone(self, who: str, which: int, then: Any) -> Any:
        record = self._gone()[which % len(self._gone())]
        return self._then(self._opened_past(who, _stem(record), record, self.model.version(record) - 1), then)

    def _opened_past(self, who: str, stem: str, record: str, back: int) -> Form:
        version = self.model.version(record)
        chosen = back % version + 1
        page = self.hands[who].get(f"{AT}/{stem}/{_code(record)}/history/{chosen}/put-back")
        data = entries(page) or {"version": [str(version)], "submission": [str(uuid4())]}
        assert data["version"] == [str(version)]
        return Form(who, "past", stem, {record: version}, data, chosen)

    def _gone(self) -> list[str]:
        return sorted({o.record for o in self.model.history if o.record not in self.model.rows})

    # What is sent

    @rule(target=forms, form=forms, edits=EDITS, step=STEPS, said=SAID)
    def sends(self, form: Form, edits: Any, step: str, said: str) -> Any:
        return _kept(self._filled_and_sent(form, edits, step, said))

    def _then(self, form: Form, then: Any) -> Form:
        """What was opened is sent at once, or left open; what came of sending it, where that is a form."""
        return (then and self._filled_and_sent(form, *then)) or form

    def _filled_and_sent(self, form: Form, edits: Any, step: str, said: str) -> Form | None:
        data = {**form.data, "step": "settle" if form.kind == "settle" else step}
        if form.kind in ("new", "edit", "several"):
            data |= self._filled(form, edits)
        if said:
            data |= {"c-C1": said, "why-C1": "Counted anew"}
        return self._send(Form(form.who, form.kind, form.stem, form.seen, data, form.began))

    @rule(target=forms, who=PEOPLE, which=NUMBERS)
    def sends_an_old_code(self, who: str, which: int) -> Any:
        old = self._gone() or self.model.ever("services")
        record = old[which % len(old)]
        form = self.opens_a_new_one(who, _stem(record), None)
        code = _code(record) if which % 2 else _code(record).lower()
        data = {**form.data, "step": "save", "f-name": "Again", "f-code": code}
        return _kept(self._send(Form(who, "new", form.stem, {}, data)))

    @rule(target=forms, who=PEOPLE, which=NUMBERS, said=SAID)
    def sends_a_cost_that_is_cited(self, who: str, which: int, said: str) -> Any:
        form = self._opened(who, "services", "service:S1")
        data = {**form.data, "step": "save", "f-yearly_cost": self._typed("yearly_cost", which, True)}
        data |= {"c-C1": said, "why-C1": "Counted anew"}
        return _kept(self._send(Form(who, "edit", "services", form.seen, data)))

    @rule(target=settling, which=NUMBERS, ours=EDITS, theirs=EDITS, goes=st.booleans(), sides=SIDES)
    def two_at_once(self, which: int, ours: Any, theirs: Any, goes: bool, sides: int | None) -> Any:
        """One opens a record, and the other too; the other saves first, or removes it; then the one chooses."""
        there = self.model.of("services") + self.model.of("indicators")
        record = there[-1 - which % len(there)]
        stem = _stem(record)
        first, second = (self._opened(who, stem, record) for who in ("analyst", "director"))
        if goes and not self.model.naming(record):
            self._send(
                Form("director", "remove", stem, second.seen, {**second.data, "submission": str(uuid4())})
            )
        else:
            data = {**second.data, "step": "save", **self._filled(second, {**theirs, 0: (which, 1)})}
            self._send(Form("director", "edit", stem, second.seen, data))
        data = {**first.data, "step": "save", **self._filled(first, {1: (which, 1), **ours})}
        told = self._send(Form("analyst", "edit", stem, first.seen, data))
        if told and told.kind == "settle" and sides is not None:
            return _kept(self._settled(told, sides))
        return _kept(told)

    @rule(target=settling, form=settling, sides=st.integers(-1, 7))
    def settles(self, form: Form, sides: int) -> Any:
        return _kept(self._settled(form, sides)) if form.kind == "settle" else multiple()

    def _settled(self, form: Form, sides: int) -> Form | None:
        """All theirs (0), all ours (7), some of each, or as the page has it (-1)."""
        data = {**form.data, "step": "settle"}
        if sides >= 0 and form.record in self.model.rows:
            data |= {
                f"keep-{name}": ["yours" if sides >> (n % 3) & 1 else "theirs"]
                for n, name in enumerate(self._clashes(form, data))
            }
        return self._send(Form(form.who, "settle", form.stem, form.seen, data, form.began))

    @rule(target=forms, form=settling, edits=EDITS)
    def goes_on_from_what_was_asked(self, form: Form, edits: Any) -> Any:
        """The page of answers that follows on a choice, where evidence gives another value: it is saved from there."""
        if form.kind != "edit":
            return multiple()
        data = {**form.data, "step": "save", "c-C1": "gives"}
        return _kept(self._send(Form(form.who, "edit", form.stem, form.seen, data)))

    @precondition(lambda self: self.sent)
    @rule(which=NUMBERS)
    def sends_again(self, which: int) -> None:
        before = len(self.model.history)
        self._send(self.sent[which % len(self.sent)])
        assert len(self.model.history) == before
        self.happened["sent twice"] += 1

    @rule()
    def a_night_passes(self) -> None:
        self.now += timedelta(days=1)

    @rule(one=NUMBERS, other=NUMBERS, which=NUMBERS)
    def looks_back(self, one: int, other: int, which: int) -> None:
        """Any moment, any two moments, any record and any day are in the log as the model has them."""
        total, done = len(self.model.history), self.model.history
        first, last = sorted((total - one % 9, total - other % 9))
        before, after = self._states(first), self._states(last)
        assert _as_told(history.states(self.exercise, last)) == after
        told = {
            o.reference: (o.before.cells, o.after.cells)
            for o in history.differences(self.exercise, first, last)
        }
        was = {name: (before.get(name, (None, 0))[0], cells_) for name, (cells_, _) in after.items()}
        assert told == {name: pair for name, pair in was.items() if pair[0] != pair[1]}
        record = done[total - 1 - which % total].record
        steps = history.steps(self.exercise, record)
        assert [(s.did.actor, s.did.action, s.after.version, s.after.cells) for s in steps] == [
            (o.actor, o.action, o.version, o.cells) for o in done if o.record == record
        ]
        day = done[total - 1 - which % total].day
        upto = sum(o.day <= day for o in done)
        assert history.last_of(self.exercise, day) == upto
        past = as_at(self.exercise, day)
        assert past is not None
        assert not past.misfits
        there = {n: v for n, v in self._states(upto).items() if v[0] is not None}
        assert {row.reference: (cells(row), row.version) for row in _rows(past.case)} == there

    # What the model says of what is sent

    def _filled(self, form: Form, edits: Mapping[int, tuple[int, int]]) -> dict[str, str]:
        asked = [form.data["field"][0]] if form.kind == "several" else ASKED[form.stem]
        if form.kind == "several":
            edits = edits or {0: (0, 1)}
        if form.kind == "new":
            edits = {0: (0, 1), 1: (0, 1), **edits}
        return {
            f"f-{name}": self._typed(name, which, bool(good))
            for place, (which, good) in sorted(edits.items())
            for name in [asked[place % len(asked)]]
        }

    def _typed(self, name: str, which: int, good: bool) -> str:
        if name in NAMES_A_SERVICE:
            codes = [_code(one) for one in self.model.of("services")]
            some = [*codes, ""] if good else ["NONE", codes[0].lower()]
        else:
            some = [text for text, stored in READ[name].items() if (stored is not None) is good]
        return some[which % len(some)]

    def _read(self, data: Mapping[str, Any]) -> dict[str, str | None]:
        names = [name[2:] for name in data if name[:2] == "f-" and name != "f-code"]
        return {name: self._as_read(name, _one(data[f"f-{name}"])) for name in names}

    def _as_read(self, name: str, text: str) -> str | None:
        if name in NAMES_A_SERVICE:
            if not text:
                return "" if name in MAY_BE_BLANK else None
            return text if f"service:{text}" in self.model.rows else None
        return READ.get(name, {}).get(text, text)

    def _send(self, form: Form) -> Form | None:
        """Send a form; the answer and what it changes are as the model says. Gives what is open then."""
        asked = {"new": self._new, "edit": self._edit, "settle": self._settle}
        asked |= {"remove": self._remove, "several": self._several, "past": self._past}
        status, why, changes = asked[form.kind](form)
        address = {
            "new": f"{form.stem}/_new",
            "several": f"{form.stem}/_several",
            "remove": f"{form.stem}/{_code(form.record)}/remove" if form.seen else "",
            "past": f"{form.stem}/{_code(form.record)}/history/{form.began}/put-back" if form.seen else "",
        }.get(form.kind) or f"{form.stem}/{_code(form.record)}/edit"
        self.unseen = True
        answer = self.hands[form.who].post(f"{AT}/{address}", form.data)
        assert answer.status_code == status, (why, form, answer.status_code, answer.content.decode()[:3000])
        if changes:
            self._done(form, why, changes)
        self.happened[why] += 1
        return self._shown(form, answer, why)

    def _done(self, form: Form, why: str, changes: dict[str, Cells | None]) -> None:
        actor = f"person {self.hands[form.who].session['_auth_user_id']}"
        action = {
            "added": "added", "removed": "removed", "changed together": "changed with others",
            "put back": "undone", "taken away": "undone", "brought back": "undone",
        }.get(why, "changed")  # fmt: skip
        for record, row in changes.items():
            version = self.model.version(record) + 1
            self.model.history.append(Deed(record, version, row, actor, action, self.now.date()))
            if row is None:
                del self.model.rows[record]
            else:
                self.model.rows[record] = row
        self.model.received.add(_one(form.data["submission"]))
        self.sent.append(form)

    def _shown(self, form: Form, answer: Any, why: str) -> Form | None:
        """What the answer to a form has open: its answers to check, itself again, or two versions to choose from."""
        data = entries(answer) if answer.status_code != 302 else {}
        if form.kind not in ("new", "edit", "settle", "several") or "submission" not in data:
            return None
        if form.kind in ("new", "several"):
            return Form(form.who, form.kind, form.stem, form.seen, data)
        version = self.model.version(form.record)
        seen = {form.record: version}
        if "began" not in data:
            return Form(form.who, "edit", form.stem, seen, data)
        again = Form(form.who, "settle", form.stem, seen, data, form.began or form.seen[form.record])
        self._chosen_as_it_should_be(form, again, why == "not said")
        return again

    def _chosen_as_it_should_be(self, form: Form, page: Form, said: bool) -> None:
        """Where one of the two alone changed a field, their side is chosen; where both did, neither."""
        was, now = self.model.at_version(page.record, page.began), self.model.rows[page.record]
        assert was is not None
        for name, yours in self._clashes(page, page.data).items():
            side = {was[name]: "yours", yours: "theirs"}.get(now[name] if yours != was[name] else yours)
            if said:
                side = _one(form.data.get(f"keep-{name}", "")) or side
            assert page.data.get(f"keep-{name}") == ([side] if side else None), name

    def _clashes(self, form: Form, data: Mapping[str, Any]) -> dict[str, str]:
        """What was entered otherwise than is stored, as it would be stored, or as it was typed where it can't be."""
        now = self.model.rows[form.record]
        yours = {
            name: text if text is not None else _one(data[f"f-{name}"])
            for name, text in self._read(data).items()
        }
        return {name: text for name, text in yours.items() if text != now[name]}

    def _new(self, form: Form) -> Expected:
        code = _one(form.data["f-code"]).strip()
        record = f"{KIND[form.stem]}:{code}"
        if self._received(form) and record in self.model.rows:
            return 302, "sent twice", {}
        if record.casefold() in {one.casefold() for one in self.model.ever(form.stem)}:
            return 400, "an old code refused", {}
        read = self._read(form.data)
        if None in read.values() or " " in code:
            return 400, "told of faults", {}
        if form.data["step"] == "check":
            return 200, "answers shown", {}
        return 302, "added", {record: {"code": code, **_sure(read)}}

    def _edit(self, form: Form) -> Expected:
        if early := self._too_late(form):
            return early
        return self._judged(form, self._read(form.data))

    def _settle(self, form: Form) -> Expected:
        if early := self._too_late(form):
            return early
        sides = {name: _one(form.data.get(f"keep-{name}", "")) for name in self._clashes(form, form.data)}
        if "" in sides.values():
            return 409, "not said", {}
        now = self.model.rows[form.record]
        theirs = {name: now[name] for name, side in sides.items() if side == "theirs"}
        return self._judged(form, {**self._read(form.data), **theirs})

    def _too_late(self, form: Form) -> Expected | None:
        if self._received(form):
            return 302, "sent twice", {}
        if form.record not in self.model.rows:
            return 409, "removed meanwhile", {}
        if form.seen[form.record] != self.model.version(form.record):
            return 409, "changed meanwhile", {}
        return None

    def _judged(self, form: Form, read: Mapping[str, str | None]) -> Expected:
        if None in read.values():
            return 400, "told of faults", {}
        record, settling = form.record, form.kind == "settle"
        row = {**self.model.rows[record], **_sure(read)}
        if row == self.model.rows[record]:
            return (
                (302, "settled with nothing left to change", {})
                if settling
                else (200, "nothing to change", {})
            )
        if self.model.in_a_ring({record: row}):
            return 400, "told of faults", {}
        changes: dict[str, Cells | None] = {record: row}
        for name in self.model.resting(record, row):
            said = "" if settling else form.data.get(f"c-{_code(name)}", "")
            if said not in ("gives", "left") or (said == "gives" and not row["yearly_cost"]):
                return (400 if form.data["step"] == "save" else 200), "evidence asked about", {}
            new = (
                {"value": row["yearly_cost"]} if said == "gives" else {"used": "no", "reason": "Counted anew"}
            )
            changes[name] = {**self.model.rows[name], **new}
        if form.data["step"] == "check":
            return 200, "answers shown", {}
        return 302, "settled" if settling else "evidence follows" if len(changes) > 1 else "changed", changes

    def _remove(self, form: Form) -> Expected:
        record, cited = form.record, self.model.cited(form.record)
        if self._received(form):
            return 302, "sent twice", {}
        if record not in self.model.rows:
            return 404, "not there", {}
        if form.seen[record] != self.model.version(record):
            return 409, "changed meanwhile", {}
        if self.model.naming(record) - set(cited):
            return 400, "named", {}
        return 302, "removed", dict.fromkeys([*cited, record])

    def _several(self, form: Form) -> Expected:
        if self._received(form):
            return 302, "sent twice", {}
        rows = self.model.rows
        if any(one not in rows or form.seen[one] != self.model.version(one) for one in form.seen):
            return 409, "one of several changed meanwhile", {}
        [name] = form.data["field"]
        text = self._as_read(name, _one(form.data[f"f-{name}"]))
        if text is None:
            return 400, "told of faults", {}
        changes: dict[str, Cells | None] = {
            one: {**rows[one], name: text} for one in sorted(form.seen) if rows[one][name] != text
        }
        if self.model.in_a_ring(changes) or any(self.model.resting(o, r) for o, r in changes.items() if r):
            return 400, "told of faults", {}
        if form.data["step"] == "check":
            return 200, "answers shown", {}
        return 302, "changed together" if changes else "nothing to change", changes

    def _past(self, form: Form) -> Expected:
        model, record = self.model, form.record
        if self._received(form):
            return 302, "sent twice", {}
        before = [o.cells for o in model.history if o.record == record and o.version < form.began]
        wanted, now = before[-1] if before else None, model.rows.get(record)
        if wanted is None:
            hindered = bool(now and model.naming(record))
        else:
            named = {f"service:{wanted[c]}" for c in ("parent", "supports", "service") if wanted.get(c)}
            wrong = model.in_a_ring({record: wanted}) or model.resting(record, wanted)
            hindered = bool(named - model.rows.keys() or wrong)
        if hindered:
            return 409, "could not be put back", {}
        if wanted == now:
            return 200, "nothing to change", {}
        if form.seen[record] != model.version(record):
            return 409, "changed meanwhile", {}
        return (
            302,
            "taken away" if wanted is None else "put back" if now else "brought back",
            {record: wanted},
        )

    def _received(self, form: Form) -> bool:
        return _one(form.data["submission"]) in self.model.received

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
        assert {row.reference: (cells(row), row.version) for row in _rows(case)} == model
        assert Submission.objects.count() == len(self.model.received)

    def _in_memory(self, stored: Case, standing: Case) -> None:
        """Row by row, and what a row names is the row that stands in the same case."""
        told = [(row.reference, row.version, canonical(row)) for row in _rows(standing)]
        assert told == [(row.reference, row.version, canonical(row)) for row in _rows(stored)]
        for row in _rows(standing):
            for one in references(type(row)):
                other = getattr(row, one.name)
                assert other is None or other is standing.get(other.reference), row.reference


def _rows(case: Case) -> Iterator[Any]:
    yield case.exercise
    for model in case.models():
        yield from case.rows(model)


def _code(record: str) -> str:
    return record.partition(":")[2]


def _stem(record: str) -> str:
    return next(stem for stem, kind in KIND.items() if kind == record.partition(":")[0])


def _one(entry: Any) -> str:
    return typed(entry[0] if isinstance(entry, list) else entry)


def _sure(read: Mapping[str, str | None]) -> Cells:
    return {name: text for name, text in read.items() if text is not None}


def _kept(form: Form | None) -> Any:
    return multiple() if form is None else form


def _as_told(states: Mapping[str, history.State]) -> dict[str, tuple[Any, int]]:
    return {name: (state.cells, state.version) for name, state in states.items()}


def in_this_order(register: Register) -> None:
    """What chance seldom brings about."""
    both = "service:S3"
    try:
        ours, theirs = (register._opened(who, "services", both) for who in ("director", "analyst"))
        together = register.opens_several("director", "services", {0, 1, 2}, 0, None)
        register._filled_and_sent(theirs, {0: (0, 1)}, "save", "")
        told = register._filled_and_sent(ours, {0: (1, 1)}, "save", "")
        assert told is not None
        register._settled(told, -1)
        register._filled_and_sent(together, {}, "save", "")
        register._filled_and_sent(register._opened_past("director", "services", both, 1), {}, "save", "")
        register.all_is_as_the_model()
        assert register.happened.keys() >= {"not said", "one of several changed meanwhile", "put back"}
    finally:
        register.teardown()


@pytest.mark.django_db
def test_two_people_at_the_registers_do_what_the_model_does() -> None:
    from wayforward.people.models import Membership

    with mock.patch("wayforward.records.events.timezone") as clock:
        clock.now.return_value = BEGAN
        exercise = store_small_case()
    hands = {}
    for role in ("director", "analyst"):
        user = person(f"{role}@example.org")
        Membership.objects.create(exercise=exercise, user=user, role=role)
        hands[role] = Client()
        hands[role].force_login(user)
    happened: Counter[str] = Counter()
    run_state_machine_as_test(
        lambda: Register(exercise, hands, happened),
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a failure is told as it was found: to shorten it takes minutes
            report_multiple_bugs=False,
        ),
    )
    in_this_order(Register(exercise, hands, happened))
    assert happened.keys() >= HAPPENED, HAPPENED - happened.keys()
