"""Charts as pictures, drawn once for each finding and kept by its fingerprint."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
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
    png: bytes  # none where it was drawn for a screen
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
    """The chart of a finding for a screen; None where it has no chart or nothing is known yet."""
    for kept_as in (_kept_as("picture", finding), _kept_as("screen", finding)):
        if (kept := cache.get(kept_as)) is not None:
            return _unpack(kept)
    one = _begin(finding, kept_as, label)
    if one is None:
        return None
    drawn = Picture(drawing.svg_of(json.loads(one.spec)), b"", one.alt, one.spec)
    cache.set(kept_as, _pack(drawn))
    return drawn


@dataclass
class _Begun:
    """A chart on its way: what it is of, what it looks like, and the process that draws it, if one does."""

    finding: Finding
    kept_as: str
    spec: str
    alt: str
    drawn: Future[tuple[str, bytes]] | None = None

    def picture(self) -> Picture:
        svg, png = self.drawn.result() if self.drawn else both_of(self.spec)
        return Picture(svg, png, alt=self.alt, spec=self.spec)


def pictures(findings: Iterable[Finding], label: charts.Label) -> dict[str, Picture]:
    """The pictures of several findings by key, for screens and for print: those kept before, the others drawn now.

    Many are drawn in two processes, from the moment that there are enough of them: findings that are worked out one
    by one are drawn while the next is worked out.
    """
    found: dict[str, Picture] = {}
    begun: list[_Begun] = []
    with ExitStack() as stack:
        pool: Executor | None = None
        for finding in findings:
            name = _kept_as("picture", finding)
            if (kept := cache.get(name)) is not None:
                found[finding.key] = _unpack(kept)
            elif one := _begin(finding, name, label):
                begun.append(one)
                if len(begun) >= WORTH_A_POOL:
                    pool = pool or stack.enter_context(_two_processes())
                    for waiting in begun:
                        waiting.drawn = waiting.drawn or pool.submit(both_of, waiting.spec)
        for one in begun:
            found[one.finding.key] = one.picture()
            cache.set(one.kept_as, _pack(found[one.finding.key]))
    return found


def _kept_as(what: str, finding: Finding) -> str:
    return f"{what}:{finding.fingerprint}:{look_digest()}"


def _two_processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn"))


def _begin(finding: Finding, kept_as: str, label: charts.Label) -> _Begun | None:
    one = _specified(finding, label) if finding.rows else None
    return _Begun(finding, kept_as, *one) if one else None


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
