"""Annex A: every finding that the report uses and every field that its prose quotes, with what each rests on."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from wayforward.findings import show
from wayforward.findings.finding import Finding
from wayforward.findings.provenance import grade_of
from wayforward.pages.describe import field_text, head
from wayforward.pages.labels import short
from wayforward.records.base import columns, model_of
from wayforward.records.case import Case
from wayforward.report.case_quotes import anchor, field_anchor
from wayforward.report.typeset.document import Cell, Column, Table
from wayforward.report.withholding import WITHHELD, withheld

FEWEST_IN_A_RUN = 3
NUMBERED = re.compile(r"(.*?)(\d+)\Z")


def figures_used(used: Sequence[Finding]) -> Table:
    """A row a finding: method and edition, inputs by kind, evidence, worst grade."""
    return Table(
        caption="Every finding used, with method, edition, inputs and evidence",
        id="annex-figures-table",
        columns=(
            Column("Figure", width=1.9),
            Column("Method and edition", width=1.2),
            Column("Inputs", width=1.6),
            Column("Evidence", width=2.2),
            Column("Worst grade", align="right", width=0.7),
        ),
        rows=tuple(_figure_row(f) for f in used),
        source_note="Inputs are listed one by one by `wayforward trace` and on each figure's page.",
    )


def _figure_row(f: Finding) -> tuple[str | Cell, ...]:
    name = Cell(f"{f.title}\n{f.key}", id=anchor(f.key))
    if withheld(f):
        return name, WITHHELD, WITHHELD, WITHHELD, "–"
    return (
        name,
        f"{f.method}\n{f.parameters['edition']}",
        inputs_by_kind(f.inputs),
        _evidence_words(f),
        _grade(f.grade, f.illustrative),
    )


def fields_quoted(case: Case, fields: Sequence[tuple[str, str]]) -> tuple[Table, ...]:
    """A row for each record field that the prose quotes; no table where it quotes none."""
    if not fields:
        return ()
    table = Table(
        caption="Every field of a record quoted in the prose, with its evidence",
        id="annex-fields-table",
        columns=(
            Column("Record", width=1.9),
            Column("Field", width=1.2),
            Column("Value", width=1.6),
            Column("Evidence", width=2.2),
            Column("Worst grade", align="right", width=0.7),
        ),
        rows=tuple(_field_row(case, reference, name) for reference, name in sorted(fields)),
    )
    return (table,)


def _field_row(case: Case, reference: str, name: str) -> tuple[str | Cell, ...]:
    record = case.by_reference[reference]
    field = next(field for field in columns(type(record)) if field.name == name)
    text = field_text(record, field)
    evidence = case.evidence_for(record, name)
    none = "–" if text == show.UNKNOWN else "none: an assumption"
    return (
        Cell(f"{short(record)}\n{reference}", id=field_anchor(reference, name)),
        _with_unit(str(field.verbose_name), head(field).unit),
        text,
        codes_in_words(sorted({item.code for item in evidence})) or none,
        _grade(grade_of(case, reference, [name]), any(item.illustrative for item in evidence)),
    )


def _with_unit(title: str, unit: str) -> str:
    return f"{title}, {unit}" if unit and unit not in title.lower() else title


def inputs_by_kind(references: Sequence[str]) -> str:
    """'94 cost lines, 34 benefit lines': the most first."""
    kinds = Counter(reference.partition(":")[0] for reference in references)
    return ", ".join(_many(kind, many) for kind, many in kinds.most_common()) or show.NONE


def _many(kind: str, many: int) -> str:
    if kind == "exercise":
        return "the terms of the exercise"
    model = model_of(kind)
    return show.count(many, model.words(), model.plural())


def codes_in_words(codes: Iterable[str]) -> str:
    """Every code, runs of three or more as 'EVD-401 to EVD-409'."""
    parts: list[str] = []
    for _, run in groupby(enumerate(codes), key=lambda item: _in_a_run(*item)):
        same = [code for _, code in run]
        long = len(same) >= FEWEST_IN_A_RUN
        parts += [f"{same[0]} to {same[-1]}"] if long else same
    return ", ".join(parts)


def _in_a_run(place: int, code: str) -> tuple[str, int, int]:
    """Alike for codes that count on from one another: of one stem, and as far ahead of their places."""
    numbered = NUMBERED.match(code)
    if numbered is None:
        return code, 0, 0
    return numbered[1], len(numbered[2]), int(numbered[2]) - place


def _evidence_words(finding: Finding) -> str:
    words = [codes_in_words(item.code for item in finding.evidence)] if finding.evidence else []
    if finding.assumptions:
        words.append(f"{show.count(len(finding.assumptions), 'value')} without evidence")
    return "; ".join(words) or "no input"


def _grade(grade: int | None, illustrative: bool) -> str:
    return f"{grade or 'none'}{' illustrative' if illustrative else ''}"
