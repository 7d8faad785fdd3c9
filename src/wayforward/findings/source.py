"""A digest of the code behind a finding, so that a change of method is a change of fingerprint."""

import hashlib
import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import wayforward.methods


@cache
def methods_digest() -> str:
    """SHA-256 over every file of methods/: any method may lean on any other."""
    total = hashlib.sha256()
    folder = Path(wayforward.methods.__path__[0])
    for path in sorted(folder.rglob("*.py")):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


@cache
def source_digest(compute: Callable[..., Any]) -> str:
    """SHA-256 of the module that declares a finding, of the finding framework and of the methods."""
    total = hashlib.sha256(methods_digest().encode())
    for path in (Path(inspect.getfile(compute)), *sorted(Path(__file__).parent.glob("*.py"))):
        total.update(path.read_bytes())
    return total.hexdigest()
