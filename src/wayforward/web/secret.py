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
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    except OSError:
        # A command that only reads a case needs no lasting key; `serve` checks that the home is writable.
        return secrets.token_urlsafe(48)
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
