"""What a signature freezes: one archive of the case, its findings, the log's hashes, the environment and the report."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from wayforward.casefile.folder_out import folder_texts
from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.report.signing.environment import environment

REPORT, CASE, FINDINGS = "report/", "case/", "findings/"
EVENTS, ABOUT, ENVIRONMENT = "events.txt", "about.json", "environment.json"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
Files = dict[str, bytes]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def contents_of(findings: Findings, about: Mapping[str, Any], hashes: Sequence[str]) -> Files:
    """Every file of a bundle but the reports themselves, which print the digest of these."""
    files = {f"{CASE}{name}": text.encode() for name, text in folder_texts(findings.case).items()}
    files |= {f"{FINDINGS}{one.key}.json": finding_bytes(one) for one in findings.all()}
    files[EVENTS] = "".join(f"{one}\n" for one in hashes).encode()
    files[ENVIRONMENT] = _json(environment(findings))
    return files | told(about)


def told(about: Mapping[str, Any]) -> Files:
    """What a bundle says of itself, as its one file beside the reports."""
    return {ABOUT: _json(about)}


def finding_bytes(finding: Finding) -> bytes:
    """A finding as it is frozen, and as it is compared with later."""
    return _json(finding.to_json())


def _json(plain: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 of the list that `sha256sum` would print of every file but the reports, in the order of their names."""
    lines = [f"{sha256(files[name])}  {name}\n" for name in sorted(files) if not name.startswith(REPORT)]
    return sha256("".join(lines).encode())


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive, in the order of their names and with times that never change."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name in sorted(files):
            into.writestr(zipfile.ZipInfo(name, FIXED_TIME), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unpacked(content: bytes) -> Files:
    """The files of an archive. Raises zipfile.BadZipFile where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def hashes_in(files: Mapping[str, bytes]) -> list[str]:
    """The hashes of all events that were sealed, in their order."""
    return files.get(EVENTS, b"").decode("ascii", "replace").split()


def findings_in(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """The findings as they were signed, by key."""
    return {
        name.removeprefix(FINDINGS).removesuffix(".json"): json.loads(content)
        for name, content in files.items()
        if name.startswith(FINDINGS)
    }
