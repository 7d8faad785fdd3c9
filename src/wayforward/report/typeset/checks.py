"""What must hold of a document before it is set; everything wrong is told in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wayforward.report.typeset.document import (
    Document,
    DocumentFault,
    Figure,
    Heading,
    Table,
    anchor,
    cells,
)
from wayforward.report.typeset.figures import faults_of_svg

PNG_START = b"\x89PNG\r\n\x1a\n"


def check(document: Document) -> None:
    """Raise DocumentFault with every fault of the document, or return."""
    faults = [*_duplicates(document), *_faults(document)]
    if faults:
        raise DocumentFault(tuple(faults))


def _ids(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Heading | Table | Figure):
            yield block.id
        if isinstance(block, Table):
            yield from (cell.id for cell in cells(block) if cell.id)


def _duplicates(document: Document) -> Iterator[str]:
    for name, count in Counter(map(anchor, _ids(document))).items():
        if count > 1:
            yield f"the id {name} is used {count} times: give each block its own"


def _faults(document: Document) -> Iterator[str]:
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if block.level > level + 1:
                yield f"heading {block.id}: level {block.level} follows level {level}; use {level + 1}"
            level = block.level
        if isinstance(block, Heading) and not (1 <= block.level <= 4 and block.text.strip()):
            yield f"heading {block.id}: needs a text and a level of 1 to 4"
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Figure):
            yield from _figure(block)


def _table(table: Table) -> Iterator[str]:
    if not table.caption.strip():
        yield f"table {table.id}: needs a caption"
    if not table.columns:
        yield f"table {table.id}: needs columns"
    for place, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            yield (
                f"table {table.id}, row {place}: has {len(row)} cells, "
                f"but the table has {len(table.columns)} columns"
            )


def _figure(figure: Figure) -> Iterator[str]:
    if not figure.caption.strip():
        yield f"figure {figure.id}: needs a caption"
    if not figure.alt.strip():
        yield f"figure {figure.id}: needs alternative text, a sentence that says what is seen"
    elif figure.alt.strip() == figure.caption.strip():
        yield f"figure {figure.id}: the alternative text repeats the caption; say what is seen"
    if not figure.png.startswith(PNG_START):
        yield f"figure {figure.id}: needs a PNG picture for Word"
    for fault in faults_of_svg(figure.svg):
        yield f"figure {figure.id}: {fault}"
    if figure.table:
        yield from _table(figure.table)
