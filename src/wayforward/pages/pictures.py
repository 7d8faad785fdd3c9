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
        # What it says stands as the label of the room that it is in; its parts are for the eye.
        quiet = self.svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
        return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", quiet)


def picture(finding: Finding, label: charts.Label) -> Picture | None:
    """The chart of a finding as pictures; None where it has no chart or nothing is known yet."""
    return pictures([finding], label).get(finding.key)


def pictures(findings: Iterable[Finding], label: charts.Label) -> dict[str, Picture]:
    """The pictures of several findings by key: those kept before, and the others drawn now."""
    found: dict[str, Picture] = {}
    undrawn: list[tuple[Finding, str]] = []
    for finding in findings:
        name = f"picture:{finding.fingerprint}:{look_digest()}"
        if (kept := cache.get(name)) is not None:
            found[finding.key] = _unpack(kept)
        elif finding.rows:
            undrawn.append((finding, name))
    for (finding, name), made in zip(undrawn, _drawn([one for one, _ in undrawn], label), strict=True):
        if made is not None:
            found[finding.key] = made
            cache.set(name, _pack(made))
    return found


def _drawn(findings: list[Finding], label: charts.Label) -> list[Picture | None]:
    """Draw the charts; many of them in two processes, which draw while this one describes the next."""
    if len(findings) < WORTH_A_POOL:
        specs = [_specified(finding, label) for finding in findings]
        return [one and Picture(*both_of(one[0]), alt=one[1], spec=one[0]) for one in specs]
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        begun = []
        for finding in findings:
            one = _specified(finding, label)
            begun.append((one, pool.submit(both_of, one[0])) if one else None)
        return [one and Picture(*one[1].result(), alt=one[0][1], spec=one[0][0]) for one in begun]


def _specified(finding: Finding, label: charts.Label) -> tuple[str, str] | None:
    """The specification of a finding's chart as JSON, and its alt text; None where there is nothing to draw."""
    chart = charts.draw(finding, label)
    if chart is None:
        return None
    return json.dumps(charts.specification(chart), ensure_ascii=False, sort_keys=True), chart.alt


@once
def look_digest() -> str:
    """SHA-256 of the code that draws: a change of look draws anew."""
    total = hashlib.sha256(Path(drawing.__file__).read_bytes())
    for app in sorted(apps.get_app_configs(), key=lambda a: a.name):
        for path in sorted(Path(app.path).glob("charts*.py")) if app.name.startswith("wayforward.") else ():
            total.update(path.read_bytes())
    return total.hexdigest()


def _pack(one: Picture) -> str:
    return json.dumps([one.svg, base64.b64encode(one.png).decode(), one.alt, one.spec])


def _unpack(text: str) -> Picture:
    svg, png, alt, spec = json.loads(text)
    return Picture(svg, base64.b64decode(png), alt, spec)
