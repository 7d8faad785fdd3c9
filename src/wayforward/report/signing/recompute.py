"""Working out every figure of a signed version again from its frozen case, and comparing it with what was signed."""

import json
import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wayforward.casefile import load
from wayforward.findings import Findings
from wayforward.report.models import SignedVersion
from wayforward.report.produce import STEM
from wayforward.report.seal import Seal
from wayforward.report.signing import bundle
from wayforward.report.signing.environment import differences, environment
from wayforward.report.signing.sign import left_open, reports

NEAR = 1e-9
HTML = f"{bundle.REPORT}{STEM}.html"
OWN = ("fingerprint",)  # of a finding: it tells of the code, not of the figure


@dataclass(frozen=True)
class Recomputed:
    """What is not as it was at the signature: the environment, and the figures or files that came out otherwise."""

    environment: tuple[str, ...]
    figures: int
    wrong: tuple[str, ...]
    report_compared: bool


def recompute(version: SignedVersion) -> Recomputed:
    """Compare to the byte where the environment is the same, else each number to 1e-9 of itself. Raises Faults."""
    files = bundle.unpacked(bytes(version.bundle))
    said = json.loads(files[bundle.ENVIRONMENT])
    with tempfile.TemporaryDirectory(prefix="wayforward-recompute-") as folder:
        case = load(_case_folder(files, Path(folder)))
    findings = Findings(case, said["edition"], keep=False)
    other = tuple(differences(said, environment(findings)))
    sealed = {name: content for name, content in files.items() if name.startswith(bundle.FINDINGS)}
    wrong = list(_figures(findings, sealed, exact=not other))
    if not other:
        wrong += _report(version, files, findings)
    return Recomputed(other, len(sealed), tuple(wrong), report_compared=not other)


def _case_folder(files: bundle.Files, folder: Path) -> Path:
    root = folder / "case"
    for name, content in files.items():
        if name.startswith(bundle.CASE):
            path = root / name.removeprefix(bundle.CASE)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return root


def _figures(findings: Findings, sealed: bundle.Files, exact: bool) -> Iterator[str]:
    now = {f"{bundle.FINDINGS}{one.key}.json": one for one in findings.all()}
    for name in sorted({*sealed, *now}):
        key = name.removeprefix(bundle.FINDINGS).removesuffix(".json")
        if name not in now:
            yield f"{key}: there is no such finding any more."
        elif name not in sealed:
            yield f"{key}: it was not among the findings that were signed."
        elif (again := bundle.finding_bytes(now[name])) != sealed[name]:
            then, these = json.loads(sealed[name]), json.loads(again)
            parts = [part for part in these if part not in OWN and not near(then.get(part), these[part])]
            if exact:
                parts = [part for part in these if then.get(part) != these[part]]
            if parts or exact:
                yield f"{key}: {', '.join(parts) or 'its bytes'} came out otherwise."


def near(then: Any, now: Any) -> bool:
    """Whether two plain values are the same, numbers to 1e-9 of themselves."""
    if isinstance(then, float) or isinstance(now, float):
        numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (then, now))
        return numbers and math.isclose(then, now, rel_tol=NEAR, abs_tol=0.0)
    if isinstance(then, dict) and isinstance(now, dict):
        return then.keys() == now.keys() and all(near(then[name], now[name]) for name in then)
    if isinstance(then, list) and isinstance(now, list):
        return len(then) == len(now) and all(near(a, b) for a, b in zip(then, now, strict=True))
    return bool(then == now)


def _report(version: SignedVersion, files: bundle.Files, findings: Findings) -> Iterator[str]:
    about = json.loads(files[bundle.ABOUT])
    open_then = left_open(findings, about["challenges_open"])
    code = findings.case.exercise.code
    seal = Seal(code, version.number, version.sequence, version.head, version.contents, open_then)
    again = reports(findings, seal, ("html",))
    if again[HTML] != files[HTML]:
        yield f"{HTML}: the web page of the report came out otherwise."
