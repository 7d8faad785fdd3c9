"""The public version: what is commercial is withheld, with every figure that rests on it, and each place says so."""

import copy
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.findings.named import commercial_names, telling
from wayforward.records.base import Record
from wayforward.records.case import COMMERCIAL, Case

WITHHELD = "Withheld: commercial"
PUBLIC_NOTICE = (
    "Public version: what is commercial, and every figure that rests on it, is withheld, "
    "and each place says so."
)


class AllCommercial(Exception):
    """The exercise itself is marked commercial: nothing of it can be public."""


class PublicCase(Case):
    """A case without its commercial rows, that knows how many of each table are left out."""

    def __init__(self, case: Case) -> None:
        if case.exercise.handling == COMMERCIAL:
            raise AllCommercial
        tables: dict[type[Record], Sequence[Record]] = {}
        self.left_out: Counter[type[Record]] = Counter()
        self.withheld: set[str] = set()
        for model in case.models():
            hidden = telling(case, model)
            self.withheld |= {f"{model.kind()}:{code}" for code in hidden}
            if model is Section:  # it keeps its place and its title
                tables[model] = [_wordless(row) if row.code in hidden else row for row in case.rows(model)]
            else:
                tables[model] = [row for row in case.rows(model) if row.code not in hidden]
                self.left_out[model] = len(hidden)
        super().__init__(case.exercise, tables)


def _wordless(section: Record) -> Record:
    shown = copy.copy(section)
    for name in ("body", "marking"):
        setattr(shown, name, "")
    return shown


class PublicFindings(Findings):
    """The findings of a whole case, of which those that rest on anything commercial are withheld."""

    def __init__(self, whole: Findings) -> None:
        super().__init__(PublicCase(whole.case), whole.edition.name, keep=False)
        self.edition = whole.edition
        self._whole = whole

    def __getitem__(self, key: str) -> Finding:
        if key not in self._found:
            finding = self._whole[key]
            hidden = rests_on_commercial(self._whole.case, finding)
            self._found[key] = _blank(finding) if hidden else finding
        return self._found[key]

    def tells(self, record: str, about: str, words: str) -> bool:
        """Whether a record, what it is about (kind:CODE or finding:KEY), or some words tell what is withheld."""
        kind, _, key = about.partition(":")
        hidden = kind == "finding" and key in self and withheld(self[key])
        names = commercial_names(self._whole.case)
        return hidden or any(is_withheld(self.case, one) for one in (record, about)) or names.said_in([words])


def rests_on_commercial(case: Case, finding: Finding) -> bool:
    """Whether any input of a finding is commercial, or any evidence behind it."""
    if finding.marking == COMMERCIAL:
        return True
    behind = (case.get(f"evidence:{item.code}") for item in finding.evidence)
    return any(item is not None and getattr(item, "marking", "") == COMMERCIAL for item in behind)


def _blank(finding: Finding) -> Finding:
    """What may be said of a finding that is withheld: what it is called, and that it is withheld."""
    return replace(
        finding,
        headline=WITHHELD,
        value=None,
        columns=(),
        pivot=None,
        rows=(),
        parameters={name: finding.parameters[name] for name in ("edition",)},
        inputs=(),
        assumptions=(),
        evidence=(),
        grade=None,
        warnings=(),
        waiting=(),
        marking="",
    )


def withheld(finding: Finding) -> bool:
    """Whether a finding is shown as withheld."""
    return finding.headline == WITHHELD


def left_out(case: Case, model: type[Record]) -> int:
    """How many rows of a table a reader of this case is not shown."""
    return case.left_out[model] if isinstance(case, PublicCase) else 0


def is_withheld(case: Case, record: str) -> bool:
    """Whether a record, by its reference, is withheld from a reader of this case."""
    return isinstance(case, PublicCase) and record in case.withheld
