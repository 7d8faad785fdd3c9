"""A digest of the code behind the findings, so that a change of method is a change of fingerprint."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

# Rooms that only show or carry: no figure depends on them.
SHOWING = ("casefile", "cli", "incidents", "jobs", "pages", "people", "report", "web")


@cache
def source_digest() -> str:
    """SHA-256 over the code of records, methods, parameters (with every edition), findings and every stage.

    One digest for all: a stage may lean on any other's code, and code changes only with a new version.
    """
    package = Path(__file__).parents[1]
    total = hashlib.sha256(version("holidays").encode())  # bank holidays come from there
    for path in sorted((*package.rglob("*.py"), *package.glob("parameters/**/*.toml"))):
        inside = path.relative_to(package)
        drawn = inside.name.startswith("charts")
        if inside.parts[0] not in SHOWING and "migrations" not in inside.parts and not drawn:
            total.update(inside.as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()
