"""Two people at one register, through the web, in any order: what they may do, and that all is as the model has it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule

from tests.pages.register.agreeing import Agreeing, rows_of
from tests.pages.register.filling import entries
from tests.pages.register.plain_model import (
    ASKED,
    AT,
    KIND,
    NAMES_A_SERVICE,
    READ,
    Cells,
    Deed,
    Form,
    Said,
    code_of,
    stem_of,
    text_of,
    typed,
)
from wayforward.pages.past.as_at import as_at
from wayforward.records import history
from wayforward.records.rows import cells

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


class Register(Agreeing):
    """What two people may do, in any order."""

    forms = Bundle("forms")
    settling = Bundle("settling")

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
        page = self.hands[who].get(f"{AT}/{stem}/{code_of(record)}/edit")
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
        page = self.hands[who].get(f"{AT}/{stem}/{code_of(record)}/remove")
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
        query = {"row": [code_of(one) for one in chosen], "field": name}
        data = entries(self.hands[who].get(f"{AT}/{stem}/_several", query))
        assert data["row"] == [f"{code_of(one)}:{self.model.version(one)}" for one in chosen]
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
        return self._then(
            self._opened_past(who, stem_of(record), record, self.model.version(record) - 1), then
        )

    def _opened_past(self, who: str, stem: str, record: str, back: int) -> Form:
        version = self.model.version(record)
        chosen = back % version + 1
        page = self.hands[who].get(f"{AT}/{stem}/{code_of(record)}/history/{chosen}/put-back")
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
        form = self.opens_a_new_one(who, stem_of(record), None)
        code = code_of(record) if which % 2 else code_of(record).lower()
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
        stem = stem_of(record)
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
                for n, name in enumerate(self.model.clashes(form, data))
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
        assert {row.reference: (cells(row), row.version) for row in rows_of(past.case)} == there

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
            codes = [code_of(one) for one in self.model.of("services")]
            some = [*codes, ""] if good else ["NONE", codes[0].lower()]
        else:
            some = [text for text, stored in READ[name].items() if (stored is not None) is good]
        return some[which % len(some)]

    def _send(self, form: Form) -> Form | None:
        """Send a form; the answer and what it changes are as the model says. Gives what is open then."""
        said = self.model.said(form)
        status, why, changes = self.model.expected(form)
        self.unseen = True
        answer = self.hands[form.who].post(form.address, form.data)
        assert answer.status_code == status, (why, form, answer.status_code, answer.content.decode()[:3000])
        if changes:
            self._done(form, why, changes, said)
        self.happened[why] += 1
        return self._shown(form, answer, why)

    def _done(self, form: Form, why: str, changes: dict[str, Cells | None], said: Said) -> None:
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
        self.model.received.setdefault(text_of(form.data["submission"]), said)
        self.sent.append(form)

    def _shown(self, form: Form, answer: Any, why: str) -> Form | None:
        """What the answer to a form has open: its answers to check, itself again, or two versions to choose from."""
        data = entries(answer) if answer.status_code != 302 else {}
        if form.kind not in ("new", "edit", "settle", "several") or "submission" not in data:
            return None
        if form.kind in ("new", "several"):
            return Form(form.who, form.kind, form.stem, form.seen, data)
        if why == "sent otherwise":
            assert text_of(data["submission"]) not in self.model.received, "a key of its own"
            assert self.model.said(Form(**{**vars(form), "data": data})) == self.model.said(form)
            return Form(form.who, form.kind, form.stem, form.seen, data, form.began)
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
        for name, yours in self.model.clashes(page, page.data).items():
            side = {was[name]: "yours", yours: "theirs"}.get(now[name] if yours != was[name] else yours)
            if said:
                side = text_of(form.data.get(f"keep-{name}", "")) or side
            assert page.data.get(f"keep-{name}") == ([side] if side else None), name


def _kept(form: Form | None) -> Any:
    return multiple() if form is None else form


def _as_told(states: Mapping[str, history.State]) -> dict[str, tuple[Any, int]]:
    return {name: (state.cells, state.version) for name, state in states.items()}
