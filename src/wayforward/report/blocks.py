"""Findings as blocks of the report: a table, a figure with its data, or what they wait for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wayforward.findings import show
from wayforward.findings.finding import Finding, Row, Scalar
from wayforward.pages.describe import field_text
from wayforward.pages.labels import Labels, short
from wayforward.pages.pictures import Picture
from wayforward.pages.present import Grid, Shown, grid, source_line
from wayforward.records.base import Record, columns
from wayforward.records.case import Case
from wayforward.records.fields import RecordField, RecordRef, Reference
from wayforward.report import withholding
from wayforward.report.typeset.document import Block, Bullets, Callout, Cell, Column, Figure, Table

MOST_WAITING = 6
MOST_COLUMNS = 6
PARTLY_ILLUSTRATIVE = " (partly illustrative)"
TOLD_ABOVE = "Notes on the same figures under earlier tables of this section hold here too."


def table(finding: Finding, label: Labels, id: str, long: bool = False, left_out: int = 0) -> Table:
    """A finding's rows as a table, its headline as the caption; `left_out` columns are told under it."""
    shown = grid(finding, label, long=long)
    more = f"{show.count(left_out, 'more column')} in the workbench." if left_out else ""
    return Table(
        caption=caption(finding),
        id=id,
        columns=tuple(
            Column(head.title, head.unit, "right" if head.numeric else "left") for head in shown.heads
        ),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in shown.rows),
        notes=finding.warnings,
        source_note=f"{source_line(finding)} {more}".rstrip(),
        row_headers=_heads_its_rows(shown),
    )


def figure(finding: Finding, label: Labels, picture: Picture, id: str, left_out: int = 0) -> Figure:
    """A finding's chart with the table behind it."""
    return Figure(
        caption=caption(finding),
        id=id,
        alt=picture.alt,
        svg=picture.svg,
        png=picture.png,
        table=table(finding, label, f"{id}-data", left_out=left_out),
        source_note=source_line(finding),
    )


def register(case: Case, model: type[Record], rows: Sequence[Record], id: str, caption: str = "") -> Table:
    """A table of records: the first columns that hold anything, with their evidence told together below."""
    filled = [
        field
        for field in columns(model)
        if field.name not in ("code", "marking")
        and any(getattr(row, field.name) not in (None, "", {}) for row in rows)
    ]
    fields = filled[:MOST_COLUMNS]
    evidence = [item for row in rows for item in case.evidence_for(row)]
    mark = PARTLY_ILLUSTRATIVE if any(item.illustrative for item in evidence) else ""
    told = f"{model.plural().capitalize()}: {show.count(len(rows), 'row')}"
    return Table(
        caption=f"{caption or told}{mark}",
        id=id,
        columns=tuple(Column(str(field.verbose_name)) for field in fields),
        rows=tuple(tuple(Cell(_field(case, row, field)) for field in fields) for row in rows),
        source_note=_register_note(case, model, rows, len(filled) - len(fields)),
    )


def _register_note(case: Case, model: type[Record], rows: Sequence[Record], left_out: int) -> str:
    grades = [item.grade for row in rows for item in case.evidence_for(row) if item.grade]
    cited = sum(bool(case.evidence_for(row)) for row in rows)
    worst = f"; worst grade {max(grades)} of 6" if grades else ""
    more = f"; {show.count(left_out, 'more column')} in the workbench" if left_out else ""
    hidden = withholding.left_out(case, model)
    kept = f" {show.count(hidden, 'row')} not shown. {withholding.WITHHELD}." if hidden else ""
    return f"Source: {model.stem}; evidence is cited for {cited} of {len(rows)}{worst}{more}.{kept}"


def _field(case: Case, row: Record, field: RecordField | Reference) -> str:
    """A field as text; a record that it names goes by its short name."""
    value = getattr(row, field.name)
    named = case.get(value) if isinstance(field, RecordRef) else None
    if withholding.is_withheld(case, value.reference if isinstance(value, Record) else str(value)):
        return withholding.WITHHELD
    return short(named) if named is not None else field_text(row, field)


def caption(finding: Finding) -> str:
    """What is true, and in which prices."""
    base = f", {finding.price_base}" if finding.price_base else ""
    mark = PARTLY_ILLUSTRATIVE if finding.illustrative else ""
    return f"{finding.headline}{base}{mark}"


def waiting(items: Sequence[str]) -> tuple[Block, ...]:
    """A gap that the reader must see; nothing where nothing is lacking."""
    if not items:
        return ()
    named = list(dict.fromkeys(items))
    if len(named) <= MOST_WAITING:
        return (Callout(f"Waiting for {'; '.join(named)}."),)
    return (Callout("Waiting for:"), Bullets(tuple(f"{words.rstrip('.')}." for words in named)))


def waiting_here(finding: Finding) -> tuple[Block, ...]:
    """In place of a table without rows: its gaps, or where they are named if they are many."""
    if len(finding.waiting) > MOST_WAITING:
        words = f"{len(finding.waiting)} things, each named at the end of this section"
        return (Callout(f"{finding.title}: waiting for {words}."),)
    return waiting(finding.waiting or (finding.title.lower(),))


def filtered(finding: Finding, criteria: dict[str, str]) -> tuple[Row, ...]:
    """The rows in which each column, written as text, is what was asked for: yes, no, or blank for not known."""
    return tuple(
        row for row in finding.rows if all(_asked(row.get(name)) == value for name, value in criteria.items())
    )


def only(finding: Finding, criteria: dict[str, str], label: Labels) -> Finding:
    """The finding with the rows asked for alone. It says which: its own headline and warnings are of all rows."""
    rows = filtered(finding, criteria)
    words = (_asked_words(finding, name, rows, label) for name in criteria)
    return replace(
        finding,
        rows=rows,
        pivot=None,
        warnings=(),
        headline=f"{finding.title} ({'; '.join(words)}): {show.count(len(rows), 'row')}",
    )


def narrowed(finding: Finding, names: Sequence[str]) -> tuple[Finding, int]:
    """The finding with the columns named alone, in that order, and how many it would otherwise show more."""
    columns = tuple(replace(finding.column(name), detail=False) for name in names)
    left_out = sum(not column.detail and column.name not in names for column in finding.columns)
    return replace(finding, columns=columns, pivot=None), left_out


def gridded(finding: Finding, down: str, across: str, inside: str) -> Finding:
    """The finding as a grid of one of its columns by two others. Raises ValueError where a place has several rows."""
    places = Counter((row.get(down), row.get(across)) for row in finding.rows)
    crowded = next((place for place, rows in places.items() if rows > 1), None)
    if crowded:
        raise ValueError(f"{finding.key} has {places[crowded]} rows for {crowded[0]} and {crowded[1]}")
    return replace(finding, pivot=(down, across, inside))


def each_note_once(body: Sequence[Block]) -> list[Block]:
    """The blocks of a section with a note that an earlier table of it gave left out, and a word that it holds."""
    told: set[str] = set()
    made: list[Block] = []
    for block in body:
        if isinstance(block, Table):
            new = tuple(note for note in block.notes if note not in told)
            told.update(new)
            if len(new) < len(block.notes):
                block = replace(block, notes=(*new, TOLD_ABOVE))
        made.append(block)
    return made


def _asked_words(finding: Finding, name: str, rows: Sequence[Row], label: Labels) -> str:
    """'agreed otherwise: yes', by the column's title."""
    column = finding.column(name)
    value = rows[0].get(name) if rows else None
    kind, _, code = str(value or "").partition(":")
    if column.refers and value:
        text = label(column.refers, str(value))
    elif code:
        text = label(kind, code)
    else:
        text = show.show(value, column.unit) or show.NONE
    return f"{column.title[:1].lower()}{column.title[1:]}: {text}"


def _asked(value: Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _heads_its_rows(shown: Grid) -> bool:
    """Whether the first column names each row."""
    names = [row[0].text for row in shown.rows]
    return len(set(names)) == len(names)


def _cell(cell: Shown) -> Cell:
    return Cell(cell.text, emphasis="muted" if cell.raw is None and cell.text else "")
