"""One document, three files: the formats are written side by side."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

from wayforward.report.typeset import html, pdf, word
from wayforward.report.typeset.checks import check
from wayforward.report.typeset.document import Document
from wayforward.report.typeset.narrative import NoQuotes, Quotes, fill
from wayforward.report.typeset.numbering import Numbered, number

Tell: TypeAlias = Callable[[str], None]
# Each takes the document and a place for remarks.
FORMATS: dict[str, Callable[[Numbered, Tell], bytes]] = {
    "html": lambda numbered, _: html.write(numbered),
    "docx": lambda numbered, _: word.write(numbered),
    "pdf": pdf.write,
}
_log = logging.getLogger(__name__)
NAMES = {"html": "web page", "docx": "Word document", "pdf": "PDF"}


def render(
    document: Document,
    to: Path,
    formats: Sequence[str] = ("html", "docx", "pdf"),
    stem: str = "options-report",
    progress: Tell | None = None,
    quotes: Quotes | None = None,
) -> dict[str, Path]:
    """Write a document to the folder ``to`` and return the file of each format.

    The bytes depend on the document alone: not on the folder, the clock or the time zone. Raises
    ValueError for an unknown format, NarrativeFaults, DocumentFault or RenderError; a file appears
    whole or not at all. What a reader of one format misses (characters that no typeface holds) is
    logged as a warning.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"unknown format {', '.join(unknown)}; choose from {', '.join(FORMATS)}")
    tell = progress or (lambda _: None)
    filled = fill(document, quotes or NoQuotes())
    check(filled)
    numbered = number(filled)
    to.mkdir(parents=True, exist_ok=True)

    def one(form: str) -> Path:
        remarks: list[str] = []
        made = FORMATS[form](numbered, remarks.append)
        path = to / f"{stem}.{form}"
        _replace(path, made)
        tell(f"{NAMES[form]} written: {path.name}")
        # Not part of the progress, which is a line that is overwritten and may be cut.
        for remark in remarks:
            _log.warning("%s: %s", NAMES[form], remark)
        return path

    # PDF first: it takes longest.
    order = sorted(set(formats), key=lambda form: ("pdf", "docx", "html").index(form))
    with ThreadPoolExecutor(max_workers=3) as pool:
        written = dict(zip(order, pool.map(one, order), strict=True))
    return {form: written[form] for form in formats}


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    os.replace(partial, path)
