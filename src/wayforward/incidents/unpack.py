"""Unpack a street-level file into plain rows, within limits and one line a row.

Files come from outside, so nothing is taken on trust: size, line length, row count, encoding and
the number of columns are checked while reading, before the rows reach the database engine.
"""

import csv
import gzip
import hashlib
import re
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import IO

from .faults import Fault

CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
QUOTED_LINE = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Limits:
    """What one file may hold. The largest force publishes about 110,000 rows (25 MB) a month."""

    unpacked_bytes: int = 128 * 1024 * 1024
    rows: int = 500_000
    line_bytes: int = 4096
    faults: int = 100


@dataclass
class Unpacked:
    """A file's header, row count, digests, and the faults met while unpacking it.

    `source_sha256` is of the file as given, `content_sha256` of the bytes inside it: the second
    is the same for a .csv and for the same file compressed.
    """

    header: tuple[str, ...] = ()
    rows: int = 0
    source_sha256: str = ""
    content_sha256: str = ""
    faults: list[Fault] = field(default_factory=list)


class _StopError(Exception):
    """Stop reading: the file can't be taken further."""

    def __init__(self, row: int | None, found: str, allowed: str) -> None:
        self.row, self.found, self.allowed = row, found, allowed


def unpack(source: Path, target: Path, headers: Sequence[tuple[str, ...]], limits: Limits) -> Unpacked:
    """Copy the rows of `source` (.csv or .csv.gz), without the header, to `target`.

    The header has to be one of `headers`. `target` gets UTF-8 with LF line ends. Faults are
    returned, not raised; where there is one, `target` is not to be used.
    """
    result = Unpacked()
    try:
        with _open_regular(source, limits) as raw, target.open("wb") as out:
            result.source_sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
            raw.seek(0)
            packed = source.name.lower().endswith(".gz")
            stream = gzip.GzipFile(fileobj=raw) if packed else raw
            digest = hashlib.sha256()
            lines = _lines(stream, limits, digest)
            result.header = _header(lines, headers)
            _copy_rows(source.name, lines, out, limits, result)
            result.content_sha256 = digest.hexdigest()
    except _StopError as refused:
        fault = Fault(source.name, refused.row, None, refused.found, refused.allowed)
        result.faults.append(fault)
    except (OSError, EOFError, zlib.error) as error:
        allowed = "a whole, readable file; fetch it again from data.police.uk"
        result.faults.append(Fault(source.name, None, None, _reason(error), allowed))
    return result


def _reason(error: Exception) -> str:
    # str() of an OSError carries the whole path, which a message should not.
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _open_regular(source: Path, limits: Limits) -> BufferedReader:
    if not source.name.lower().endswith((".csv", ".csv.gz")):
        raise _StopError(None, source.name, "a file whose name ends in .csv or .csv.gz")
    status = source.stat()
    if not stat.S_ISREG(status.st_mode):
        raise _StopError(None, "not an ordinary file", "a .csv or .csv.gz file")
    if status.st_size > limits.unpacked_bytes:
        raise _StopError(None, f"{status.st_size:,} bytes", f"at most {limits.unpacked_bytes:,}")
    return source.open("rb")


def _header(lines: Iterator[tuple[int, bytes]], headers: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    number, first = next(lines, (1, b""))
    header = tuple(_fields(number, first.removeprefix(BYTE_ORDER_MARK)))
    if header in headers:
        return header
    nearest = max(headers, key=lambda columns: len(set(columns) & set(header)))
    missing = [column for column in nearest if column not in header]
    odd = [column for column in header if column not in nearest]
    parts = [
        *(["lacking " + ", ".join(missing)] if missing else []),
        *(["with " + ", ".join(odd)] if odd else []),
    ]
    found = "columns " + ("; ".join(parts) or "in another order or repeated")
    raise _StopError(number, found, "the columns " + ", ".join(nearest))


def _copy_rows(
    name: str,
    lines: Iterator[tuple[int, bytes]],
    out: IO[bytes],
    limits: Limits,
    result: Unpacked,
) -> None:
    expected = len(result.header)
    for number, line in lines:
        if result.rows >= limits.rows:
            raise _StopError(number, f"more than {limits.rows:,} rows", f"at most {limits.rows:,}")
        fault = _row_fault(name, number, line, expected)
        if fault is not None:
            result.faults.append(fault)
            if len(result.faults) >= limits.faults:
                break
        out.write(line + b"\n")
        result.rows += 1


def _lines(
    stream: BufferedReader | gzip.GzipFile, limits: Limits, digest: "hashlib._Hash"
) -> Iterator[tuple[int, bytes]]:
    """Yield each line with its number, without its line end; blank lines only at the end."""
    size = 0
    blank: int | None = None
    number = 0
    while raw := stream.readline(limits.line_bytes + 1):
        number += 1
        size += len(raw)
        digest.update(raw)
        if size > limits.unpacked_bytes:
            raise _StopError(
                number,
                f"more than {limits.unpacked_bytes:,} bytes unpacked",
                f"at most {limits.unpacked_bytes:,}",
            )
        if len(raw) > limits.line_bytes:
            raise _StopError(number, f"a line of over {limits.line_bytes:,} bytes", "a shorter line")
        line = raw.removesuffix(b"\n").removesuffix(b"\r")
        if not line:
            blank = blank or number
            continue
        if blank is not None:
            raise _StopError(blank, "a blank line", "one row a line, blank lines only at the end")
        yield number, line


def _fields(number: int, line: bytes) -> list[str]:
    """Return the fields of one line; raise _StopError where it isn't a line of CSV text."""
    control = CONTROL.search(line)
    if control is not None:
        raise _StopError(number, repr(control.group())[2:-1], "text without control characters")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _StopError(number, repr(line[error.start : error.end])[2:-1], "UTF-8") from None
    if '"' not in text:
        return text.split(",")
    if QUOTED_LINE.fullmatch(text) is None:
        raise _StopError(number, text, "quotes in pairs around a whole field, on one line")
    return next(csv.reader([text], strict=True))


def _row_fault(name: str, number: int, line: bytes, expected: int) -> Fault | None:
    try:
        found = len(_fields(number, line))
    except _StopError as refused:
        return Fault(name, refused.row, None, refused.found, refused.allowed)
    if found == expected:
        return None
    return Fault(name, number, None, f"{found} columns", f"{expected}, as in the header")
