"""A plain model of the register: rows, and a list of what was done.

It knows nothing of the product's code but the names of columns: what an entry is read as, what is refused and why is
written down here by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

AT = "/exercises/TOWN/records"
KIND = {"services": "service", "indicators": "indicator"}
Cells = dict[str, str]
Said = tuple[str, dict[str, Any]]  # where a form was sent, and its entries as they would be stored
FORMS_OWN = {"submission", "version", "began", "step"}  # no answer of whoever fills it in
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


@dataclass(frozen=True)
class Deed:
    """A line of the model's history: a record as it was after somebody did something to it (None: gone)."""

    record: str
    version: int
    cells: Cells | None
    actor: str
    action: str
    day: date


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

    @property
    def address(self) -> str:
        """Where it is sent."""
        code = code_of(self.record) if self.seen else ""
        parts = {
            "new": "_new",
            "several": "_several",
            "remove": f"{code}/remove",
            "past": f"{code}/history/{self.began}/put-back",
        }
        return f"{AT}/{self.stem}/{parts.get(self.kind, f'{code}/edit')}"


@dataclass
class Plain:
    """The register as a dict and a list."""

    rows: dict[str, Cells] = field(default_factory=dict)
    history: list[Deed] = field(default_factory=list)
    received: dict[str, Said] = field(default_factory=dict)

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

    # What is to come of a form that is sent

    def expected(self, form: Form) -> Expected:
        """The status of the answer, why, and what is stored then."""
        said = self.said(form)
        if self.received.get(text_of(form.data["submission"]), said) != said:
            return 409, "sent otherwise", {}
        asked = {"new": self._new, "edit": self._edit, "settle": self._settle}
        asked |= {"remove": self._remove, "several": self._several, "past": self._past}
        return asked[form.kind](form)

    def said(self, form: Form) -> Said:
        """What tells a form from another with its key: blank entries are none, however they were typed is one."""
        entries = {
            name: [typed(one) for one in (given if isinstance(given, list) else [given]) if one]
            for name, given in form.data.items()
            if name not in FORMS_OWN
        }
        if form.kind in ("new", "edit", "settle"):
            for name, text in self.read(form.data).items():
                entries[f"f-{name}"] = [text if text is not None else text_of(form.data[f"f-{name}"])]
        return form.address, {name: given for name, given in entries.items() if any(given)}

    def _received(self, form: Form) -> bool:
        return text_of(form.data["submission"]) in self.received

    def clashes(self, form: Form, data: Mapping[str, Any]) -> dict[str, str]:
        """What was entered otherwise than is stored, as it would be stored, or as it was typed where it can't be."""
        now = self.rows[form.record]
        yours = {
            name: text if text is not None else text_of(data[f"f-{name}"])
            for name, text in self.read(data).items()
        }
        return {name: text for name, text in yours.items() if text != now[name]}

    def read(self, data: Mapping[str, Any]) -> dict[str, str | None]:
        names = [name[2:] for name in data if name[:2] == "f-" and name != "f-code"]
        return {name: self.as_read(name, text_of(data[f"f-{name}"])) for name in names}

    def as_read(self, name: str, text: str) -> str | None:
        if name in NAMES_A_SERVICE:
            if not text:
                return "" if name in MAY_BE_BLANK else None
            return text if f"service:{text}" in self.rows else None
        return READ.get(name, {}).get(text, text)

    def _new(self, form: Form) -> Expected:
        code = text_of(form.data["f-code"]).strip()
        record = f"{KIND[form.stem]}:{code}"
        if self._received(form) and record in self.rows:
            return 302, "sent twice", {}
        if record.casefold() in {one.casefold() for one in self.ever(form.stem)}:
            return 400, "an old code refused", {}
        read = self.read(form.data)
        if None in read.values() or " " in code:
            return 400, "told of faults", {}
        if form.data["step"] == "check":
            return 200, "answers shown", {}
        return 302, "added", {record: {"code": code, **known(read)}}

    def _edit(self, form: Form) -> Expected:
        if early := self._too_late(form):
            return early
        return self._judged(form, self.read(form.data))

    def _settle(self, form: Form) -> Expected:
        if early := self._too_late(form):
            return early
        sides = {name: text_of(form.data.get(f"keep-{name}", "")) for name in self.clashes(form, form.data)}
        if "" in sides.values():
            return 409, "not said", {}
        now = self.rows[form.record]
        theirs = {name: now[name] for name, side in sides.items() if side == "theirs"}
        return self._judged(form, {**self.read(form.data), **theirs})

    def _too_late(self, form: Form) -> Expected | None:
        if self._received(form):
            return 302, "sent twice", {}
        if form.record not in self.rows:
            return 409, "removed meanwhile", {}
        if form.seen[form.record] != self.version(form.record):
            return 409, "changed meanwhile", {}
        return None

    def _judged(self, form: Form, read: Mapping[str, str | None]) -> Expected:
        if None in read.values():
            return 400, "told of faults", {}
        record, settling = form.record, form.kind == "settle"
        row = {**self.rows[record], **known(read)}
        if row == self.rows[record]:
            return (
                (302, "settled with nothing left to change", {})
                if settling
                else (200, "nothing to change", {})
            )
        if self.in_a_ring({record: row}):
            return 400, "told of faults", {}
        changes: dict[str, Cells | None] = {record: row}
        for name in self.resting(record, row):
            said = "" if settling else form.data.get(f"c-{code_of(name)}", "")
            if said not in ("gives", "left") or (said == "gives" and not row["yearly_cost"]):
                return (400 if form.data["step"] == "save" else 200), "evidence asked about", {}
            new = (
                {"value": row["yearly_cost"]} if said == "gives" else {"used": "no", "reason": "Counted anew"}
            )
            changes[name] = {**self.rows[name], **new}
        if form.data["step"] == "check":
            return 200, "answers shown", {}
        return 302, "settled" if settling else "evidence follows" if len(changes) > 1 else "changed", changes

    def _remove(self, form: Form) -> Expected:
        record, cited = form.record, self.cited(form.record)
        if self._received(form):
            return 302, "sent twice", {}
        if record not in self.rows:
            return 404, "not there", {}
        if form.seen[record] != self.version(record):
            return 409, "changed meanwhile", {}
        if self.naming(record) - set(cited):
            return 400, "named", {}
        return 302, "removed", dict.fromkeys([*cited, record])

    def _several(self, form: Form) -> Expected:
        if self._received(form):
            return 302, "sent twice", {}
        rows = self.rows
        if any(one not in rows or form.seen[one] != self.version(one) for one in form.seen):
            return 409, "one of several changed meanwhile", {}
        [name] = form.data["field"]
        text = self.as_read(name, text_of(form.data[f"f-{name}"]))
        if text is None:
            return 400, "told of faults", {}
        changes: dict[str, Cells | None] = {
            one: {**rows[one], name: text} for one in sorted(form.seen) if rows[one][name] != text
        }
        if self.in_a_ring(changes) or any(self.resting(o, r) for o, r in changes.items() if r):
            return 400, "told of faults", {}
        if form.data["step"] == "check":
            return 200, "answers shown", {}
        return 302, "changed together" if changes else "nothing to change", changes

    def _past(self, form: Form) -> Expected:
        model, record = self, form.record
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


def typed(text: str) -> str:
    """As a browser sends it, and a stored line end as it is read again."""
    return text.replace("\r\n", "\n")


def code_of(record: str) -> str:
    return record.partition(":")[2]


def stem_of(record: str) -> str:
    return next(stem for stem, kind in KIND.items() if kind == record.partition(":")[0])


def text_of(entry: Any) -> str:
    return typed(entry[0] if isinstance(entry, list) else entry)


def known(read: Mapping[str, str | None]) -> Cells:
    return {name: text for name, text in read.items() if text is not None}
