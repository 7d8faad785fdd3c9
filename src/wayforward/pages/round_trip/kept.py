"""What a person uploaded, kept until they accept it or discard it, or for a day: files that only the server reads.

Of one upload there are several, all named after its key: how it stands (.json) and its parts, as they come about.
"""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from wayforward.casefile.stream_in import Upload

A_DAY = 24 * 3600
MOST = 10  # of one person; the oldest make way
SENT, READ, ACCEPTED = "sent", "read", "accepted"
# The parts: the file as it came, its cells, what they would change (in the words of the page, and all of it as CSV),
# and what is told once it is accepted.
FILE, CELLS, TOLD, CHANGES, RECEIPT = "file", "cells", "told", "csv", "receipt"


@dataclass(frozen=True)
class Kept:
    """An upload that waits, or the receipt of one that was accepted. `heavy`: it is read and compared as long work."""

    key: UUID
    owner: int
    name: str
    state: str
    heavy: bool = False

    def part(self, part: str) -> bytes | None:
        """One of its parts; None where that is not there."""
        try:
            return _path(self.owner, self.key, part).read_bytes()
        except OSError:
            return None

    def put(self, part: str, content: str | bytes) -> None:
        """Keep one of its parts."""
        _write(_path(self.owner, self.key, part), content)

    def upload(self) -> Upload | None:
        """Its cells; None where they were not read yet, or are not kept any more."""
        cells = self.part(CELLS)
        return Upload.from_json(cells.decode()) if cells is not None else None

    def receipt(self) -> dict[str, Any]:
        """What is told of it once it is accepted; nothing where that is not known."""
        told = json.loads(self.part(RECEIPT) or b"{}")
        return told if isinstance(told, dict) else {}


def keep(user: Any, exercise: Any, upload: Upload) -> UUID:
    """Keep what a person uploaded to an exercise, under a name of its own."""
    found = Kept(_begun(user), user.pk, upload.name, READ)
    found.put(CELLS, upload.as_json())
    return _kept(found, exercise)


def keep_file(user: Any, exercise: Any, name: str, content: bytes) -> UUID:
    """Keep a file as it came, to be read as long work; of no exercise where it is to become one."""
    found = Kept(_begun(user), user.pk, name, SENT, heavy=True)
    found.put(FILE, content)
    return _kept(found, exercise)


def was_read(found: Kept, exercise: Any, upload: Upload) -> None:
    """Keep the cells of a file, which itself is let go."""
    found.put(CELLS, upload.as_json())
    _kept(Kept(found.key, found.owner, upload.name, READ, heavy=True), exercise)
    _path(found.owner, found.key, FILE).unlink(missing_ok=True)


def find(user: Any, exercise: Any, key: UUID) -> Kept | None:
    """What a person uploaded to an exercise under that name; None where that is not, or is over a day old."""
    path = _path(user.pk, key, "json")
    try:
        if path.stat().st_mtime < time.time() - A_DAY:
            drop(user, key)
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if (told["owner"], told["exercise"]) != (user.pk, exercise and exercise.pk):
        return None
    return Kept(key, user.pk, told["name"], told["state"], told["heavy"])


def close(found: Kept, exercise: Any) -> None:
    """Let go of an upload that was accepted; its receipt stays for the rest of the day."""
    _kept(Kept(found.key, found.owner, found.name, ACCEPTED, found.heavy), exercise)
    for part in (FILE, CELLS, TOLD, CHANGES):
        _path(found.owner, found.key, part).unlink(missing_ok=True)


def drop(user: Any, key: UUID) -> None:
    """Let go of an upload."""
    _forget(_folder(user.pk), key)


def _root() -> Path:
    root: Path = settings.HOME / "uploads"
    return root


def _folder(owner: int) -> Path:
    return _root() / str(owner)


def _path(owner: int, key: UUID, part: str) -> Path:
    return _folder(owner) / f"{key}.{part}"


def _begun(user: Any) -> UUID:
    """The name of a new upload, for which the oldest of this person make way."""
    _sweep()
    mine = sorted(_folder(user.pk).glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
    for one in mine[MOST - 1 :]:
        _forget(one.parent, one.stem)
    return uuid4()


def _kept(found: Kept, exercise: Any) -> UUID:
    """Write down how an upload stands, after its parts."""
    told = {"owner": found.owner, "exercise": exercise and exercise.pk}
    told |= {"name": found.name, "state": found.state, "heavy": found.heavy}
    _write(_path(found.owner, found.key, "json"), json.dumps(told, ensure_ascii=False))
    return found.key


def _forget(folder: Path, key: UUID | str) -> None:
    for path in folder.glob(f"{key}.*"):
        path.unlink(missing_ok=True)


def _write(path: Path, content: str | bytes) -> None:
    """Write a file that only this system user reads, in one step: it is there whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.parent / f".{uuid4()}.new"
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _sweep() -> None:
    """Remove what is over a day old, whoever's it was."""
    for path in [*_root().glob("*/*"), *_root().glob("*/.*.new")]:
        try:
            if path.stat().st_mtime < time.time() - A_DAY:
                path.unlink(missing_ok=True)
        except OSError:
            continue
