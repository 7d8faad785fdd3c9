"""Computing findings from a case: each once, only when asked for, and not again while nothing it reads has changed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.cache import cache
from django.utils import timezone

from wayforward import parameters
from wayforward.findings import provenance
from wayforward.findings.finding import Finding, Result, plain_rows, plain_value
from wayforward.findings.named import commercial_names, records_in, texts_of
from wayforward.findings.registry import PRICES, Declared, declared, registered
from wayforward.findings.source import source_digest
from wayforward.records.base import Record, Versioned, strictest
from wayforward.records.case import COMMERCIAL, Case
from wayforward.records.fields import write_year
from wayforward.records.models import Citation, ParameterOverride
from wayforward.records.models import Evidence as EvidenceRecord
from wayforward.records.rows import canonical, digest, digest_of

if TYPE_CHECKING:
    from wayforward.exercise.models import Exercise

R = TypeVar("R", bound=Record)
Built = TypeVar("Built")


class UndeclaredRead(RuntimeError):
    """A finding touched a table or another finding that it had not declared."""


class Reading:
    """What one finding may see of a case: the tables it declared and the findings it needs."""

    def __init__(self, findings: "Findings", plan: Declared) -> None:
        self._findings = findings
        self._plan = plan
        self.behind: set[type[Record]] = set()  # the tables behind what others worked out for it

    @property
    def exercise(self) -> "Exercise":
        """The exercise."""
        return self._findings.case.exercise

    @property
    def edition(self) -> "parameters.Edition":
        """The parameters that the case pins, with its overrides."""
        return self._findings.edition

    @property
    def today(self) -> date:
        """The day the figures stand at: the exercise's status date."""
        return self._findings.today

    @property
    def years(self) -> list[int]:
        """The financial years appraised, each by its first calendar year."""
        return list(range(self.exercise.first_year, self.exercise.first_year + self.exercise.years))

    def rows(self, model: type[R]) -> list[R]:
        """The rows of a declared table."""
        if model not in self._plan.reads:
            raise UndeclaredRead(f"{self._plan.key} reads {model.stem}, which it does not declare")
        return self._findings.case.rows(model)

    def need(self, key: str) -> Finding:
        """A finding that this one declared it needs."""
        if key not in self._plan.needs:
            raise UndeclaredRead(f"{self._plan.key} uses {key}, which it does not declare")
        self.behind |= _tables(declared(key))
        return self._findings[key]

    def shared(self, name: str, reads: Sequence[type[Record]], build: "Callable[[Reading], Built]") -> Built:
        """What several findings of one case are worked out from, built once for all of them.

        Raises UndeclaredRead where this finding does not declare all that building it reads.
        """
        lacking = [model.stem for model in reads if model not in self._plan.reads]
        if lacking:
            raise UndeclaredRead(
                f"{self._plan.key} uses {name}, which reads {', '.join(lacking)}: declare them"
            )
        if name not in self._findings.built:
            inner = Reading(self._findings, replace(self._plan, reads=tuple(reads)))
            value = build(inner)
            self._findings.built[name] = (inner.behind.union(reads), value)
        tables, found = self._findings.built[name]
        self.behind |= tables
        built: Built = found
        return built

    def supposing(self, instead: Iterable[Record], edition: str = "") -> "Reading":
        """This finding's view of the case with some rows in place of those of the same code, or by another edition.

        Nothing is stored: the case itself is unchanged.
        """
        return Reading(self._findings.supposing(instead, edition), self._plan)

    def grade(self, record: Record, *fields: str) -> int | None:
        """The worst grade of the evidence in use for a record; None where it is an assumption."""
        return self._findings.grade(record.reference, fields)


class Findings(Mapping[str, Finding]):
    """The findings of a case by key, computed when first asked for and kept by fingerprint."""

    def __init__(self, case: Case, edition: str = "", keep: bool = True) -> None:
        self.case = case
        overrides = {row.parameter: float(row.value) for row in case.rows(ParameterOverride)}
        self.edition = parameters.load(edition or case.exercise.edition, overrides)
        self._keep = keep
        self._found: dict[str, Finding] = {}
        self._locks: dict[str, Lock] = {}
        self._says: dict[str, bool] = {}  # of a finding by its fingerprint, whether it says a commercial name
        # What several findings are worked out from, by name: the tables that it reads, and itself.
        self.built: dict[str, tuple[set[type[Record]], Any]] = {}
        self._grades: dict[tuple[str, tuple[str, ...]], int | None] = {}
        self._digests: dict[type[Record], str] = {}
        # Of each table, what its rows say by their id(); the rows are held beside it, so that no other gets that id.
        self._told: dict[type[Record], dict[int, tuple[Record, str]]] = {}
        self._cited_digests: dict[str, str] = {}

    @property
    def today(self) -> date:
        """The day the case stands at: its status date, or today where it has none."""
        return self.case.exercise.status_date or timezone.localdate()

    def __iter__(self) -> Iterator[str]:
        return iter(registered())

    def __len__(self) -> int:
        return len(registered())

    def __getitem__(self, key: str) -> Finding:
        """The finding of that key; raises UnknownFinding (a LookupError)."""
        found = self._found.get(key)
        if found is None:
            # One at a time of a key: who asks meanwhile waits, and works nothing out a second time. What a finding
            # needs never needs that finding, so none waits for another that waits for it.
            with self._locks.setdefault(key, Lock()):
                found = self._found.get(key)
                if found is None:
                    found = self._found[key] = self._get(declared(key))
        return found

    def at_hand(self, key: str) -> Finding | None:
        """The finding where it is worked out already, else None."""
        return self._found.get(key)

    @property
    def complete(self) -> bool:
        """Whether every finding has been asked for already."""
        return len(self._found) == len(registered())

    def all(self) -> Iterable[Finding]:
        """Every finding, in the order of the stages."""
        return [self[key] for key in self]

    def supposing(self, instead: Iterable[Record], edition: str = "") -> "Findings":
        """The findings of the case with some rows in place of those of the same code, or by another edition.

        Nothing is stored, and this case is unchanged. What reads none of the tables changed is not worked out again.
        """
        rows = list(instead)
        other = Findings(self.case.replacing(rows), edition or self.edition.name, keep=False)
        other._take_over(self, {type(row) for row in rows})
        return other

    def moved_on(self, case: Case, touched: set[type[Versioned]]) -> "Findings":
        """The findings of the case as it stands after changes of some tables; what reads none of them is as it was."""
        other = Findings(case, keep=self._keep)
        if type(case.exercise) not in touched and other._frame == self._frame:
            other._take_over(self, touched)
        return other

    def _take_over(self, before: "Findings", touched: Collection[type[Versioned]]) -> None:
        """Keep what was worked out before from tables that were not touched."""
        tables = set(touched)
        if tables & {Citation, EvidenceRecord, ParameterOverride}:
            return
        self._told = dict(before._told)
        self._grades = before._grades
        self._cited_digests = before._cited_digests
        self._digests = {model: told for model, told in list(before._digests.items()) if model not in tables}
        if same := commercial_names(self.case) == commercial_names(before.case):
            self._says = dict(before._says)
        if self.edition.digest == before.edition.digest:
            self.edition = before.edition
            self.built = {name: one for name, one in list(before.built.items()) if not one[0] & tables}
            self._found = {
                key: self._marked(one if same else replace(one, marking=self._marking_of(one.inputs)))
                for key, one in list(before._found.items())  # others work out more of them meanwhile
                if not _tables(declared(key)) & tables
            }

    def grade(self, reference: str, fields: tuple[str, ...]) -> int | None:
        """The worst grade of the evidence in use for some fields of a record; None where one is an assumption."""
        asked = (reference, fields)
        if asked not in self._grades:
            self._grades[asked] = provenance.grade_of(self.case, reference, fields)
        return self._grades[asked]

    def fingerprint(self, plan: Declared) -> str:
        """SHA-256 of all that the finding depends on: code, edition, seed, rows read and what is cited for them,
        findings needed."""
        parts = [
            plan.key,
            source_digest(),
            self.edition.digest,
            self._frame,
            *(self._digest(model) + self._cited(model.kind()) for model in plan.reads),
            *(self.fingerprint(declared(key)) for key in plan.needs),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _get(self, plan: Declared) -> Finding:
        fingerprint = self.fingerprint(plan)
        name = f"finding:{fingerprint}"
        if self._keep and (kept := cache.get(name)) is not None:
            return self._marked(Finding.from_json(kept))
        found = self._complete(plan, plan.compute(Reading(self, plan)), fingerprint)
        if self._keep:
            cache.set(name, json.dumps(found.to_json(), ensure_ascii=False))
        return self._marked(found)

    def _marking_of(self, inputs: Iterable[str]) -> str:
        """The strictest marking of what a finding rests on, itself or by what it needs."""
        named = (self.case.get(reference) for reference in inputs)
        given = {getattr(one, "marking", "") for one in named} - {""}
        return strictest([self.case.exercise.handling, *given])

    def _marked(self, found: Finding) -> Finding:
        """The finding, marked no less strictly than any record that it names, in its rows or its words, or rests on."""
        in_rows = list(records_in(self.case, found))
        behind = [self.case.get(f"evidence:{item.code}") for item in found.evidence]
        markings = {found.marking} | {
            getattr(one, "marking", "") or found.marking for one in in_rows + behind
        }
        if COMMERCIAL not in markings and self._says_what_is_commercial(found, in_rows):
            markings.add(COMMERCIAL)
        return found if len(markings) == 1 else replace(found, marking=strictest(markings))

    def _says_what_is_commercial(self, found: Finding, in_rows: Iterable[Versioned]) -> bool:
        """Whether a finding, or what a record that it shows is called, says the name of a commercial record."""
        names = commercial_names(self.case)
        if names and found.fingerprint not in self._says:
            inputs = (self.case.get(reference) for reference in found.inputs)
            called = (one.label for one in chain(in_rows, inputs) if one is not None)
            self._says[found.fingerprint] = names.said_in(chain(texts_of(found), called))
        return bool(names) and self._says[found.fingerprint]

    def _complete(self, plan: Declared, result: Result, fingerprint: str) -> Finding:
        self._refuse_undeclared(plan, result)
        behind = provenance.trace(self.case, result.used, [self[key] for key in plan.needs])
        return Finding(
            key=plan.key,
            title=plan.title,
            question=plan.question,
            headline=result.headline,
            unit=plan.unit,
            value=plain_value(result.value),
            value_column=result.value_column,
            pivot=result.pivot,
            columns=result.columns,
            rows=plain_rows(result.rows),
            price_base=self._price_base(plan.prices),
            method=plan.method,
            parameters={"edition": self.edition.name, **result.parameters},
            seed=self.case.exercise.seed,
            inputs=behind.inputs,
            assumptions=behind.assumptions,
            evidence=behind.evidence,
            grade=behind.grade,
            marking=self._marking_of(behind.inputs),
            warnings=result.warnings,
            waiting=result.waiting,
            fingerprint=fingerprint,
        )

    def _refuse_undeclared(self, plan: Declared, result: Result) -> None:
        """A record that a finding rests on must be of a table it reads: its citations are in the fingerprint."""
        kinds = {model.kind() for model in plan.reads} | {self.case.exercise.kind()}
        for item in result.used:
            if item.reference.partition(":")[0] not in kinds:
                raise UndeclaredRead(f"{plan.key} rests on {item.reference}, whose table it does not declare")

    def _price_base(self, prices: str) -> str:
        if prices == "real":
            return f"{write_year(self.case.exercise.price_year)} prices"
        return PRICES[prices]

    def _digest(self, model: type[Record]) -> str:
        if model not in self._digests:
            self._digests[model] = self._digest_of(model)
        return self._digests[model]

    def _digest_of(self, model: type[Record]) -> str:
        """As records.rows.digest; of the rows that were there before, what they say is known."""
        rows, known = self.case.rows(model), self._told.get(model, {})
        told = {id(row): known.get(id(row)) or (row, canonical(row)) for row in rows}
        self._told[model] = told
        return digest_of(text for _, text in told.values())

    @cached_property
    def _frame(self) -> str:
        """What every finding depends on: the exercise with what is cited for it, and the day."""
        exercise = self.case.exercise
        return canonical(exercise) + self.today.isoformat() + self._cited(exercise.kind())

    def _cited(self, kind: str) -> str:
        """A digest of the citations about one kind of record, and of the evidence that they name."""
        if kind not in self._cited_digests:
            cited = self._citations.get(kind, [])
            evidence = {citation.evidence.code: citation.evidence for citation in cited}
            self._cited_digests[kind] = digest(cited) + digest(evidence.values())
        return self._cited_digests[kind]

    @cached_property
    def _citations(self) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = defaultdict(list)
        for citation in self.case.rows(Citation):
            found[citation.record.partition(":")[0]].append(citation)
        return found


def _tables(plan: Declared) -> set[type[Record]]:
    """The tables that a finding reads, itself or by the findings that it needs."""
    return set(plan.reads).union(*(_tables(declared(key)) for key in plan.needs))
