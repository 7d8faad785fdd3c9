"""What a person uploaded, kept until they accept it or discard it, or for a day: a file that only the server reads."""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from wayforward.casefile.stream_in import Upload

A_DAY = 24 * 3600
MOST = 10  # of one person; the oldest make way


@dataclass(frozen=True)
class Kept:
    """An upload that waits, or the receipt of one that was accepted."""

    key: UUID
    upload: Upload | None
    accepted: dict[str, Any] = field(default_factory=dict)


def keep(user: Any, exercise: Any, upload: Upload) -> UUID:
    """Keep what a person uploaded to an exercise, under a name of its own."""
    _sweep()
    key = uuid4()
    _write(user, exercise, key, {"upload": upload.as_json()})
    mine = sorted(_folder(user).glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
    for one in mine[MOST:]:
        one.unlink(missing_ok=True)
    return key


def find(user: Any, exercise: Any, key: UUID) -> Kept | None:
    """What a person uploaded to an exercise under that name; None where that is not, or is over a day old."""
    path = _folder(user) / f"{key}.json"
    try:
        if path.stat().st_mtime < time.time() - A_DAY:
            path.unlink(missing_ok=True)
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if (told["owner"], told["exercise"]) != (user.pk, exercise.pk):
        return None
    upload = Upload.from_json(told["upload"]) if "upload" in told else None
    return Kept(key, upload, told.get("accepted", {}))


def close(user: Any, exercise: Any, key: UUID, accepted: dict[str, Any]) -> None:
    """Let go of an upload that was accepted; its receipt stays for the rest of the day."""
    _write(user, exercise, key, {"accepted": accepted})


def drop(user: Any, key: UUID) -> None:
    """Let go of an upload."""
    (_folder(user) / f"{key}.json").unlink(missing_ok=True)


def _root() -> Path:
    root: Path = settings.HOME / "uploads"
    return root


def _folder(user: Any) -> Path:
    return _root() / str(user.pk)


def _write(user: Any, exercise: Any, key: UUID, told: dict[str, Any]) -> None:
    """Write a file that only this system user reads, in one step: it is there whole, or not at all."""
    folder = _folder(user)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = json.dumps({"owner": user.pk, "exercise": exercise.pk, **told}, ensure_ascii=False).encode()
    temporary = folder / f".{uuid4()}.new"
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / f"{key}.json")
    finally:
        temporary.unlink(missing_ok=True)


def _sweep() -> None:
    """Remove what is over a day old, whoever's it was."""
    for path in [*_root().glob("*/*.json"), *_root().glob("*/.*.new")]:
        try:
            if path.stat().st_mtime < time.time() - A_DAY:
                path.unlink(missing_ok=True)
        except OSError:
            continue
