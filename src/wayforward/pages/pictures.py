"""Charts as pictures, drawn once for each finding and kept by its fingerprint."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache as once
from multiprocessing import get_context
from pathlib import Path

from django.apps import apps
from django.core.cache import cache

from wayforward.findings.finding import Finding
from wayforward.pages import charts, drawing
from wayforward.pages.drawing import both_of

# Starting two processes takes as long as drawing three charts.
WORTH_A_POOL = 4


@dataclass(frozen=True)
class Picture:
    """A drawn chart: SVG for screens and PDF, PNG for Word, the sentence for those who can't see it, and its spec."""

    svg: str
    png: bytes
    alt: str
    spec: str

    @property
    def inline(self) -> str:
        """The SVG to stand in a page itself, where it finds the page's typeface; several share one page."""
        name = hashlib.sha256(self.svg.encode()).hexdigest()[:8]
        return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", self.svg)


def picture(finding: Finding, label: charts.Label) -> Picture | None:
    """The chart of a finding as pictures; None where it has no chart or nothing is known yet."""
    return pictures([finding], label).get(finding.key)


def pictures(findings: Iterable[Finding], label: charts.Label) -> dict[str, Picture]:
    """The pictures of several findings by key: those kept before, and the others drawn now."""
    found: dict[str, Picture] = {}
    wanted: dict[str, tuple[str, str, str]] = {}  # by key: where to keep it, its specification, its alt text
    for finding in findings:
        name = f"picture:{finding.fingerprint}:{look_digest()}"
        if (kept := cache.get(name)) is not None:
            found[finding.key] = _unpack(kept)
        elif chart := charts.draw(finding, label):
            spec = json.dumps(charts.specification(chart), ensure_ascii=False, sort_keys=True)
            wanted[finding.key] = (name, spec, chart.alt)
    drawn = _drawn([spec for _, spec, _ in wanted.values()])
    for (key, (name, spec, alt)), (svg, png) in zip(wanted.items(), drawn, strict=True):
        found[key] = Picture(svg, png, alt, spec)
        cache.set(name, _pack(found[key]))
    return found


def _drawn(specs: list[str]) -> list[tuple[str, bytes]]:
    """Draw in two processes where that is worth their start: the renderer works on one chart at a time."""
    if len(specs) < WORTH_A_POOL:
        return [both_of(spec) for spec in specs]
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        return list(pool.map(both_of, specs))


@once
def look_digest() -> str:
    """SHA-256 of the code that draws: a change of look draws anew."""
    total = hashlib.sha256(Path(drawing.__file__).read_bytes())
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
