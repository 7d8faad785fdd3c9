"""The secret key: given by the operator, or made at the first start and kept beside the database."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path, given: str) -> str:
    """The key to sign with. Made once, readable by its owner alone; never made twice by two processes."""
    if given:
        return given
    path = home / "secret-key"
    try:
        return _kept(path) or _made(path)
    except OSError:
        # A command that only reads a case needs no lasting key; `serve` checks that the home is writable.
        return secrets.token_urlsafe(48)


def _kept(path: Path) -> str:
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _made(path: Path) -> str:
    """Written whole under another name first: a crash leaves no empty key, and the first to link it wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"secret-key.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    key = secrets.token_urlsafe(48)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(key)
    try:
        os.link(fresh, path)
    except FileExistsError:
        if kept := _kept(path):
            return kept
        fresh.replace(path)  # what stood there was empty
    finally:
        fresh.unlink(missing_ok=True)
    return key
