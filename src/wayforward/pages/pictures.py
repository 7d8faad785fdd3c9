"""Charts as pictures, drawn once for each finding and kept by its fingerprint."""

import base64
import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

from django.apps import apps
from django.core.cache import cache

from wayforward.findings.finding import Finding
from wayforward.pages import charts


@dataclass(frozen=True)
class Picture:
    """A drawn chart: SVG for screens and PDF, PNG for Word, the sentence for those who can't see it, and its spec."""

    svg: str
    png: bytes
    alt: str
    spec: str


def picture(finding: Finding, label: charts.Label, with_png: bool = True) -> Picture | None:
    """The chart of a finding as pictures; None where it has no chart or nothing is known yet."""
    if not finding.rows or finding.key not in charts.drawn():
        return None
    name = f"picture:{finding.fingerprint}:{look_digest()}:{with_png}"
    if (kept := cache.get(name)) is not None:
        return _unpack(kept)
    drawing = charts.draw(finding, label)
    if drawing is None:
        return None
    spec = charts.specification(drawing)
    made = Picture(
        charts.svg(spec),
        charts.png(spec) if with_png else b"",
        drawing.alt,
        json.dumps(spec, ensure_ascii=False, sort_keys=True),
    )
    cache.set(name, _pack(made))
    return made


def pictures(findings: Iterable[Finding], label: charts.Label) -> dict[str, Picture]:
    """The pictures of several findings by key, drawn two at a time."""
    wanted = list(findings)
    charts.drawn()  # loaded here, once, before threads ask for it
    charts.register_fonts()
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = pool.map(lambda finding: picture(finding, label), wanted)
        return {f.key: one for f, one in zip(wanted, made, strict=True) if one is not None}


@once
def look_digest() -> str:
    """SHA-256 of the code that draws: a change of look draws anew."""
    total = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda a: a.name):
        path = Path(app.path) / "charts.py"
        if app.name.startswith("wayforward.") and path.exists():
            total.update(path.read_bytes())
    return total.hexdigest()


def _pack(one: Picture) -> str:
    return json.dumps([one.svg, base64.b64encode(one.png).decode(), one.alt, one.spec])


def _unpack(text: str) -> Picture:
    svg, png, alt, spec = json.loads(text)
    return Picture(svg, base64.b64decode(png), alt, spec)
