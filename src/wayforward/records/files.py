"""Room for the files that evidence consists of: each kept once, under its own digest, and never changed.

A file lies at files/<first two of its SHA-256>/<SHA-256> in the home. It comes there by a rename of a whole file, so
that there is never half of one under its name.
"""

import hashlib
import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

FOLDER = "files"
COMING = "coming-"  # before the name of a file that is still being written
CHUNK = 1 << 20
DIGEST = re.compile(r"[0-9a-f]{64}\Z")
A_DAY = 24 * 3600.0


@dataclass(frozen=True)
class Stored:
    """A file that is kept: its digest and its size in bytes."""

    sha256: str
    size: int


class FileLost(Exception):  # says what happened
    """A file is not there, or is not what it was when it was stored."""


def store(home: Path, source: BinaryIO) -> Stored:
    """Keep the bytes of a source, which is read from its start; the same bytes are kept once."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    coming = folder / f"{COMING}{uuid4().hex}"
    try:
        stored = _write(coming, source)
        kept = place_of(home, stored.sha256)
        kept.parent.mkdir(exist_ok=True)
        # Also where it is there already: its time is new, so that nobody takes it for one left over.
        coming.replace(kept)
        for one in (kept.parent, folder):
            _settle(one)
    finally:
        coming.unlink(missing_ok=True)
    return stored


def _write(path: Path, source: BinaryIO) -> Stored:
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    with path.open("xb") as file:
        os.chmod(file.fileno(), 0o600)
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _settle(folder: Path) -> None:
    """Let the names in a folder outlast a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def place_of(home: Path, sha256: str) -> Path:
    """Where a file of that digest lies. Raises ValueError for what is no digest."""
    if not DIGEST.match(sha256):
        raise ValueError(f"{sha256!r} is no SHA-256 in hexadecimal")
    return home / FOLDER / sha256[:2] / sha256


def opened(home: Path, sha256: str) -> BinaryIO:
    """A kept file, open at its start. Raises FileLost where it is not there or not what it was."""
    try:
        file = place_of(home, sha256).open("rb")
    except (OSError, ValueError) as error:
        raise FileLost(f"the file {sha256[:16]} is not there") from error
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise FileLost(f"the file {sha256[:16]} is not what it was when it was stored")
    file.seek(0)
    return file


def delete(home: Path, sha256: str) -> None:
    """Take a file away; nothing where it is not there."""
    place_of(home, sha256).unlink(missing_ok=True)


def sweep(home: Path, kept: Collection[str], older_than: float = A_DAY) -> list[str]:
    """Take away what nothing names and has lain for a day: of uploads cut off, or refused at the last moment."""
    gone = []
    until = time.time() - older_than
    for path in _files(home / FOLDER):
        with suppress(FileNotFoundError):  # another swept it first
            if path.name not in kept and path.stat().st_mtime < until:
                path.unlink()
                gone.append(path.name)
    return gone


def _files(folder: Path) -> Iterator[Path]:
    for one in sorted(folder.iterdir()) if folder.is_dir() else []:
        if one.is_dir():
            yield from (path for path in sorted(one.iterdir()) if DIGEST.match(path.name))
        elif one.name.startswith(COMING):
            yield one
