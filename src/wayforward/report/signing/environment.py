"""What the figures were made with: the program, its code, the packages it stands on, the machine, the parameters."""

import hashlib
import platform
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from wayforward import __version__
from wayforward.findings import Findings
from wayforward.findings.source import source_digest
from wayforward.report.produce import code_digest

NAME = re.compile(r"[A-Za-z0-9._-]+")
EXTRA = re.compile(r";.*\bextra\s*==")


def environment(findings: Findings) -> dict[str, Any]:
    """All that must be the same for the same bytes."""
    return {
        "wayforward": __version__,
        "code_of_findings": source_digest(),
        "code_of_report": code_digest(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "packages": packages(),
        "packages_digest": hashlib.sha256(repr(sorted(packages().items())).encode()).hexdigest(),
        "edition": findings.edition.name,
        "edition_digest": findings.edition.digest,
    }


@cache
def packages() -> dict[str, str]:
    """The version of every package that the program stands on, itself left out."""
    found: dict[str, str] = {}
    waiting = ["wayforward"]
    while waiting:
        name = waiting.pop()
        for line in _required(name):
            match = NAME.match(line)
            needed = re.sub(r"[-_.]+", "-", match.group()).lower() if match else ""
            if not needed or needed in found or EXTRA.search(line):
                continue
            try:
                found[needed] = version(needed)
            except PackageNotFoundError:  # of another kind of machine, or another Python
                continue
            waiting.append(needed)
    return found


def _required(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def differences(sealed: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What is not as it was at the signature, in words; nothing where the same bytes can be asked for."""
    told = [
        f"{name.replace('_', ' ')}: {sealed.get(name)} then, {now[name]} now"
        for name in ("wayforward", "python", "machine", "edition")
        if sealed.get(name) != now[name]
    ]
    told += [
        f"the {name.replace('_', ' ').replace('digest', '').strip()} has changed"
        for name in ("code_of_findings", "code_of_report", "edition_digest")
        if sealed.get(name) != now[name]
    ]
    then, these = sealed.get("packages", {}), now["packages"]
    changed = sorted(name for name in {*then, *these} if then.get(name) != these.get(name))
    return told + [
        f"{name}: {then.get(name, 'none')} then, {these.get(name, 'none')} now" for name in changed
    ]
