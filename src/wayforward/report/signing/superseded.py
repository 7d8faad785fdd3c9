"""Whether the latest signed version still says what is so: the figures and texts that have changed since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from wayforward.exercise.models import Section
from wayforward.findings import Findings, show
from wayforward.findings.finding import Finding
from wayforward.pages.notices import notice
from wayforward.pages.withheld import findings_for
from wayforward.report.models import SignedVersion
from wayforward.report.signing import bundle


@dataclass(frozen=True)
class Figure:
    """A figure that is no longer what was signed."""

    finding: Finding
    then: str
    now: str


@dataclass(frozen=True)
class Superseded:
    """A signed version that no longer says what is so."""

    number: str
    sequence: int
    figures: tuple[Figure, ...]
    sections: tuple[str, ...]


@dataclass(frozen=True)
class _Signed:
    number: str
    sequence: int
    findings: Mapping[str, dict[str, Any]]
    sections: Mapping[str, str]


@lru_cache(maxsize=8)
def _signed(key: int) -> _Signed:
    """What a signed version printed, read from its bundle once: it never changes."""
    version = SignedVersion.objects.get(pk=key)
    files = bundle.unpacked(bytes(version.bundle))
    printed = json.loads(files[bundle.ABOUT])["printed"]
    texts = f"{bundle.CASE}{Section.stem}/"
    return _Signed(
        version.number,
        version.sequence,
        {key: json.loads(files[f"{bundle.FINDINGS}{key}.json"]) for key in printed},
        {
            name.removeprefix(texts).removesuffix(".md"): content.decode()
            for name, content in files.items()
            if name.startswith(texts)
        },
    )


def superseded(findings: Findings) -> Superseded | None:
    """What has changed since the latest signature; None where nothing is signed, or all of it still stands."""
    exercise = findings.case.exercise
    last = SignedVersion.objects.filter(exercise=exercise, public=False).order_by("-sequence")
    key = last.values_list("pk", flat=True).first()
    if key is None:
        return None
    signed = _signed(key)
    figures = tuple(
        Figure(findings[name], *_words(then, findings[name]))
        for name, then in signed.findings.items()
        if name in findings and _differs(then, findings[name])
    )
    sections = tuple(
        section.title
        for section in findings.case.rows(Section)
        if signed.sections.get(section.code, "\n") != f"{section.body}\n"
    )
    return Superseded(signed.number, signed.sequence, figures, sections) if figures or sections else None


def _differs(then: Mapping[str, Any], now: Finding) -> bool:
    return bool(then["value"] != now.value or then["rows"] != [dict(row) for row in now.rows])


def _words(then: Mapping[str, Any], now: Finding) -> tuple[str, str]:
    """A figure then and now: its value where it has one that changed, else its sentence, else how many rows."""
    if then["value"] != now.value:
        return show.show(then["value"], now.unit) or show.UNKNOWN, show.show(
            now.value, now.unit
        ) or show.UNKNOWN
    if then["headline"] != now.headline:
        return then["headline"], now.headline
    rows: Sequence[Any] = then["rows"]
    before, after = (
        [row for row in rows if row not in now.rows],
        [dict(r) for r in now.rows if dict(r) not in rows],
    )
    return show.count(len(before), "row"), f"{show.count(len(after), 'other row')} in their place"


@notice
def at_home(user: Any, findings: Findings) -> dict[str, Any] | None:
    """The same, for the head of home."""
    said = told(user, findings)
    if said is None:
        return None
    items = [
        {"title": one["title"], "address": one["address"], "text": f"{one['then']} then, {one['now']} now"}
        for one in said["figures"]
    ]
    return {"words": said["words"], "address": said["versions"], "items": items}


def told(user: Any, findings: Findings) -> dict[str, Any] | None:
    """The notice for a page: 'Version 1.0 is superseded: 3 figures have changed', each that this person may see."""
    found = superseded(findings)
    if found is None:
        return None
    code = findings.case.exercise.code
    seen = {one.key for one in findings_for(user, findings, [figure.finding for figure in found.figures])}
    many = len(found.figures)
    parts = [f"{show.count(many, 'figure')} {'has' if many == 1 else 'have'} changed"] if many else []
    if texts := len(found.sections):
        parts.append(f"the text of {show.count(texts, 'section')} {'has' if texts == 1 else 'have'} changed")
    return {
        "words": f"Version {found.number} is superseded: {' and '.join(parts)}",
        "number": found.number,
        "figures": [
            {
                "key": figure.finding.key,
                "title": figure.finding.title,
                "then": figure.then,
                "now": figure.now,
                "address": reverse("finding", args=[code, figure.finding.key]),
            }
            for figure in found.figures
            if figure.finding.key in seen
        ],
        "withheld": many - len(seen),
        "sections": list(found.sections),
        "versions": reverse("signed-versions", args=[code]),
    }
