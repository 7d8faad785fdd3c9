"""Making the report: compute, draw, compose and write; or, where nothing has changed, write what was made before."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache as once
from importlib.metadata import version
from pathlib import Path

from django.core.cache import cache

from wayforward.findings import Findings, registered
from wayforward.findings.finding import Finding
from wayforward.pages import charts
from wayforward.pages.labels import Labels
from wayforward.pages.pictures import look_digest, pictures
from wayforward.records.rows import digest
from wayforward.report.case_quotes import figures_quoted
from wayforward.report.compose import ReportFaults, compose, sections
from wayforward.report.seal import Seal
from wayforward.report.typeset.render import render

__all__ = ["ReportFaults", "produce"]

STEM = "options-report"
WRITERS = ("pypandoc_binary", "typst", "vl-convert-python", "altair")

Advance = Callable[[int, int, str], None]


def produce(
    findings: Findings, to: Path, formats: Sequence[str], advance: Advance | None = None
) -> list[Path]:
    """Write the report of a case in each format and return the files. Raises ReportFaults and OSError."""
    tell = advance or (lambda done, of, what: None)
    names = {form: f"report:{fingerprint(findings)}:{form}" for form in formats}
    kept = {form: cache.get(name) for form, name in names.items()}
    to.mkdir(parents=True, exist_ok=True)
    if all(content is not None for content in kept.values()):
        tell(1, 1, "Nothing has changed")
        return [_write(to / f"{STEM}.{form}", content) for form, content in kept.items()]
    paths = make(findings, to, formats, tell)
    for form, path in paths.items():
        cache.set(names[form], path.read_bytes())
    return [paths[form] for form in formats]


def fingerprint(findings: Findings) -> str:
    """SHA-256 of all that the report depends on: the case, the findings, the look, and what writes it."""
    case = findings.case
    parts = [findings.fingerprint(plan) for plan in registered().values()]
    parts += [digest(case.rows(model)) for model in case.models()]
    parts += [look_digest(), code_digest(), *(version(name) for name in WRITERS)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@once
def code_digest() -> str:
    """SHA-256 of the code that composes and writes the report."""
    total = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(charts.__file__).parent):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".css", ".typ")):
            total.update(path.read_bytes())
    return total.hexdigest()


def make(
    findings: Findings, to: Path, formats: Sequence[str], tell: Advance, sealed: Seal | None = None
) -> dict[str, Path]:
    """Write the report anew in each format, with the seal of a signed version or as a draft. Raises as `produce`."""
    keys = list(findings)
    # Findings with their charts, composing, and one step a format.
    total = len(keys) + 2 + len(formats)
    label = Labels(findings.case)
    shown = {key for section in sections(findings) for key in figures_quoted(section.body)}

    def computed() -> Iterator[Finding]:
        """Each finding in turn; those that the report shows as a figure are drawn while the next is computed."""
        for done, key in enumerate(keys):
            tell(done, total, f"Computing {key}")
            one = findings[key]
            if key in shown:
                yield one
        tell(len(keys), total, "Drawing charts")

    drawn = pictures(computed(), label)
    tell(len(keys) + 1, total, "Composing the report")
    document = compose(findings, label, drawn, sealed)
    written = 0

    def step(what: str) -> None:
        nonlocal written
        written += 1
        tell(len(keys) + 2 + written, total, what)

    tell(len(keys) + 2, total, f"Writing {', '.join(formats)}")
    return render(document, to, formats, STEM, step)


def _write(path: Path, content: bytes) -> Path:
    partial = path.with_name(f".{path.name}.partial")  # so that a file is there whole, or not at all
    partial.write_bytes(content)
    return partial.replace(path)
