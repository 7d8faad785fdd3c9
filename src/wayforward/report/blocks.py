"""Findings as blocks of the report: a table, a figure with its data, or what they wait for."""

from collections.abc import Sequence

from wayforward.findings.finding import Finding, Row
from wayforward.pages.labels import Labels
from wayforward.pages.pictures import Picture
from wayforward.pages.present import Grid, Shown, grid, source_line
from wayforward.report.document import Block, Callout, Cell, Column, Figure, Table

MOST_WAITING = 6


def table(finding: Finding, label: Labels, id: str, long: bool = False) -> Table:
    """A finding's rows as a table, its headline as the caption."""
    shown = grid(finding, label, long=long)
    return Table(
        caption=caption(finding),
        id=id,
        columns=tuple(
            Column(head.title, head.unit, "right" if head.numeric else "left") for head in shown.heads
        ),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in shown.rows),
        notes=finding.warnings,
        source_note=source_line(finding),
        row_headers=_heads_its_rows(shown),
    )


def figure(finding: Finding, label: Labels, picture: Picture, id: str) -> Figure:
    """A finding's chart with the table behind it."""
    return Figure(
        caption=caption(finding),
        id=id,
        alt=picture.alt,
        svg=picture.svg,
        png=picture.png,
        table=table(finding, label, f"{id}-data"),
        source_note=source_line(finding),
    )


def caption(finding: Finding) -> str:
    """What is true, and in which prices."""
    base = f", {finding.price_base}" if finding.price_base else ""
    mark = " (partly illustrative)" if finding.illustrative else ""
    return f"{finding.headline}{base}{mark}"


def waiting(items: Sequence[str]) -> tuple[Block, ...]:
    """A gap that the reader must see; nothing where nothing is lacking."""
    if not items:
        return ()
    named = list(dict.fromkeys(items))
    more = f"; and {len(named) - MOST_WAITING} more" if len(named) > MOST_WAITING else ""
    return (Callout(f"Waiting for {'; '.join(named[:MOST_WAITING])}{more}."),)


def filtered(finding: Finding, criteria: dict[str, str]) -> tuple[Row, ...]:
    """The rows in which each column, written as text, is what was asked for."""
    return tuple(
        row for row in finding.rows if all(str(row.get(name)) == value for name, value in criteria.items())
    )


def _heads_its_rows(shown: Grid) -> bool:
    """Whether the first column names each row."""
    names = [row[0].text for row in shown.rows]
    return len(set(names)) == len(names)


def _cell(cell: Shown) -> Cell:
    return Cell(cell.text, emphasis="muted" if cell.raw is None and cell.text else "")
