"""Calls of pandoc, always sandboxed and in a temporary folder with fixed names."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from wayforward.report.typeset.document import Node, RenderError, TooMuch

READER = "commonmark+pipe_tables+footnotes+sourcepos"
API_VERSION = [1, 23, 1]
SECONDS_ALLOWED = 120
SECONDS_TO_READ = 15  # texts that people write take a tenth of one
MEMORY_TO_READ = "-M512m"  # of which such texts take a tenth; pandoc ends itself where it needs more
MEMORY_ALLOWED = "-M3g"
NO_MEMORY = 251  # how it ends then


@cache
def binary() -> str:
    """The path of the pandoc that comes with the installed package."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _run(
    arguments: Sequence[str],
    folder: Path | None,
    text: bytes,
    day: date | None,
    seconds: int = SECONDS_ALLOWED,
    memory: str = MEMORY_ALLOWED,
) -> bytes:
    """What pandoc writes. Raises TooMuch where it needs more time or memory than it is given, and RenderError."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    if day is not None:
        noon = datetime(day.year, day.month, day.day, tzinfo=UTC)
        environment["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    try:
        done = subprocess.run(
            [binary(), "+RTS", memory, "-RTS", *arguments],
            input=text,
            capture_output=True,
            cwd=folder,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise TooMuch(f"pandoc took over {seconds} seconds and was stopped.") from slow
    if done.returncode == NO_MEMORY:
        raise TooMuch(f"pandoc needed more memory than it may have ({memory.removeprefix('-M')}B) and ended.")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise RenderError(f"pandoc could not finish ({said or done.returncode}).")
    return done.stdout


def read(texts: Sequence[str]) -> list[Node]:
    """Read Markdown texts in one call.

    Returns the blocks of all texts in order, with places kept as ``s0000.md@line:column``, which
    `text_number` and `line_number` understand. Footnotes and link references stay within a text.
    Raises TooMuch.
    """
    if not texts:
        return []
    with tempfile.TemporaryDirectory(prefix="wayforward-read-") as name:
        folder = Path(name)
        names = [f"s{number:04}.md" for number in range(len(texts))]
        for file, text in zip(names, texts, strict=True):
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
        arguments = ["--from", READER, "--to", "json", "--sandbox", "--file-scope", "--", *names]
        blocks: list[Node] = json.loads(_run(arguments, folder, b"", None, SECONDS_TO_READ, MEMORY_TO_READ))[
            "blocks"
        ]
        return blocks


def write(
    blocks: Sequence[Node],
    to: str,
    day: date,
    options: Sequence[str] = (),
    meta: dict[str, Any] | None = None,
    reference: bytes | None = None,
) -> bytes:
    """Write blocks as ``to`` ("html5", "typst" or "docx") and return the file's bytes.

    ``reference`` is the reference document of a docx; ``day`` is the only date in the result.
    """
    document = {"pandoc-api-version": API_VERSION, "meta": meta or {}, "blocks": list(blocks)}
    text = json.dumps(document, ensure_ascii=False).encode()
    arguments = ["--from", "json", "--to", to, "--sandbox", "--wrap=none", *options]
    with tempfile.TemporaryDirectory(prefix="wayforward-write-") as name:
        folder = Path(name)
        if reference is not None:
            (folder / "reference.docx").write_bytes(reference)
            arguments.append("--reference-doc=reference.docx")
        return _run([*arguments, "--output", "-"], folder, text, day)


@cache
def default_reference() -> bytes:
    """The reference document that pandoc itself ships."""
    return _run(["--print-default-data-file", "reference.docx"], None, b"", None)
