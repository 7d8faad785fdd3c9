"""Annex C: every value that the report uses without evidence, and what the exercise assumes in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wayforward.exercise.models import Assumption
from wayforward.finance.models import Inflation
from wayforward.findings import Findings, show
from wayforward.findings.finding import Finding
from wayforward.pages.labels import Labels
from wayforward.records.base import columns, model_of
from wayforward.report import blocks
from wayforward.report.typeset.document import Block, Column, Markdown, Table

LISTING = "evidence.assumptions"  # lists numbers without evidence, and uses none of them


@dataclass
class Bare:
    """The values of one field that some finding uses without evidence: of which records, by which findings."""

    records: set[str] = field(default_factory=set)
    findings: dict[str, None] = field(default_factory=dict)


def assumptions(findings: Findings, label: Labels, used: Iterable[Finding]) -> list[Block]:
    """The blocks of the annex, from the findings that the report shows."""
    case, listing = findings.case, findings[LISTING]
    made: list[Block] = [
        Markdown(
            "A value that a figure of this report uses and for which no evidence is in use is an assumption, "
            "be it a number, a day, a name or a verdict. "
            f"Of all numbers and dates in the case, used here or not: {_first_lower(listing.headline)}."
        ),
        *_values(without_evidence(used)),
    ]
    if listing.rows:
        made.append(blocks.table(listing, label, f"annex-{LISTING}"))
    if assumed := case.rows(Assumption):
        made.append(blocks.register(case, Assumption, assumed, "annex-assumption-register"))
    if inflation := case.rows(Inflation):
        made.append(blocks.register(case, Inflation, inflation, "annex-inflation"))
    return made


def without_evidence(used: Iterable[Finding]) -> dict[tuple[str, str], Bare]:
    """By kind of record and field ('' for the whole row): the values used without evidence."""
    found: dict[tuple[str, str], Bare] = {}
    for finding in used:
        for assumption in finding.assumptions if finding.key != LISTING else ():
            reference, _, name = assumption.partition("/")
            bare = found.setdefault((reference.partition(":")[0], name), Bare())
            bare.records.add(reference)
            bare.findings[finding.key] = None
    return found


def _values(found: dict[tuple[str, str], Bare]) -> Sequence[Block]:
    if not found:
        return (Markdown("Values used without evidence: none."),)
    whole = sum(len(bare.records) for bare in found.values())
    table = Table(
        caption=f"{show.count(whole, 'value')} used without evidence, by field",
        id="annex-assumed-values",
        columns=(
            Column("Records", width=1.3),
            Column("Field", width=1.3),
            Column("Values", align="right", width=0.6),
            Column("Used by", width=2.4),
        ),
        rows=tuple(
            (_plural(kind), _title(kind, name), f"{len(bare.records):,}", ", ".join(bare.findings))
            for (kind, name), bare in sorted(found.items())
        ),
        row_headers=False,
    )
    return (table,)


def _plural(kind: str) -> str:
    return "exercise" if kind == "exercise" else model_of(kind).plural()


def _title(kind: str, name: str) -> str:
    if not name:
        return "the whole row"
    return next(str(one.verbose_name) for one in columns(model_of(kind)) if one.name == name)


def _first_lower(words: str) -> str:
    return words[:1].lower() + words[1:]
