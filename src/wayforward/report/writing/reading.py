"""The report as it would read, part by part, for pages of the workbench: nothing is refused, every fault is told."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from django.core.cache import cache
from django.urls import reverse

from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.pages.labels import Labels
from wayforward.pages.pictures import pictures
from wayforward.records.base import kinds
from wayforward.report.case_quotes import anchor as figure_anchor
from wayforward.report.case_quotes import figures_quoted
from wayforward.report.compose import Draft, draft, sections
from wayforward.report.produce import Advance, fingerprint
from wayforward.report.typeset.document import (
    Block,
    Contents,
    Figure,
    Heading,
    RenderError,
    Table,
    anchor,
    cells,
)
from wayforward.report.typeset.html import part as html_part
from wayforward.report.typeset.narrative import NoQuotes, fill
from wayforward.report.typeset.numbering import Numbered, number
from wayforward.report.typeset.quotes import NarrativeFault

# A table that scrolls says how wide it must be at least, in ems; a page takes that as a class, for its policy allows no
# style of an element's own.
LEAST = re.compile(r' style="--least:(\d+)em"')
FIELDS = "annex-fields-table"
STEP = 10
WIDEST = 80
SECTION = "section-"  # how the id of a section's part begins
LINK = re.compile(r'href="#([a-z0-9-]+)"')
HEADING = re.compile(r"(</?h)([3-6])(?=[ >])")
OPENS = re.compile(r"\A<h2[^>]*>.*?</h2>\s*", re.DOTALL)


class Unreadable(Exception):
    """A text that can't be read at all; the words say why."""


@dataclass(frozen=True)
class Part:
    """A part of the report under its own heading: the opening, a section, an annex."""

    id: str
    number: str
    title: str


@dataclass(frozen=True)
class Fault:
    """What must be mended in a section before the report can be made."""

    section: str
    line: int
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"Line {self.line}: found {self.found}; {self.allowed}"


@dataclass(frozen=True)
class LeftOut:
    """What was written in a section and is not in the report, which can be made all the same."""

    section: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.what}"


@dataclass(frozen=True)
class Drafted:
    """A section as it would read, with what must be mended and what was left out."""

    html: str
    faults: list[Fault]
    left_out: list[LeftOut]


@dataclass(frozen=True)
class Reading:
    """The parts there are, and the faults of all sections, with what was left out of them."""

    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[LeftOut, ...] = ()

    def of(self, section: str) -> list[Fault]:
        """What must be mended in one section."""
        return [fault for fault in self.faults if fault.section == section]

    def left_out_of(self, section: str) -> list[LeftOut]:
        """What was written in one section and is not in the report."""
        return [one for one in self.left_out if one.section == section]


@dataclass(frozen=True)
class Composed:
    """The whole report, numbered, with what is told of it."""

    numbered: Numbered
    reading: Reading


def part_id(section: Section) -> str:
    """The id by which the part of a section goes."""
    return f"{SECTION}{section.code}"


class Preview:
    """The parts of the report as it stands, each kept until anything in the report changes."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    @cached_property
    def name(self) -> str:
        """Under which its parts are kept."""
        return f"parts:{fingerprint(self._findings)}"

    @cached_property
    def reading(self) -> Reading:
        """Which parts there are, what must be mended, and what was left out."""
        return kept_reading(self.name) or self._composed.reading

    def html(self, part: str) -> str:
        """A part as HTML. KeyError where there is none of that id."""
        if part not in {one.id for one in self.reading.parts}:
            raise KeyError(part)
        kept = kept_html(self.name, part)
        return self._write(part) if kept is None else kept

    def is_kept(self, part: str) -> bool:
        """Whether a part can be shown without composing the report."""
        return kept_html(self.name, part) is not None and kept_reading(self.name) is not None

    def make(self, advance: Advance) -> None:
        """Write every part."""
        parts = self._composed.reading.parts
        for done, one in enumerate(parts):
            advance(done, len(parts), f"Writing {one.title}")
            self._write(one.id)

    @cached_property
    def _composed(self) -> Composed:
        """The whole, composed once for all the parts that are asked for together."""
        made = _composed(self._findings, sections(self._findings))
        cache.set(self.name, json.dumps(asdict(made.reading), ensure_ascii=False))
        return made

    def _write(self, part: str) -> str:
        html = _html(self._findings, self._composed.numbered, part)
        cache.set(_name(self.name, part), html)
        return html


def _name(name: str, part: str) -> str:
    return f"{name}:{part}"


def kept_reading(name: str) -> Reading | None:
    """What is kept under a name of the parts and faults of a report."""
    told = cache.get(name)
    if told is None:
        return None
    plain = json.loads(told)
    return Reading(
        tuple(Part(**one) for one in plain["parts"]),
        tuple(Fault(**one) for one in plain["faults"]),
        tuple(LeftOut(**one) for one in plain["left_out"]),
    )


def kept_html(name: str, part: str) -> str | None:
    """What is kept under a name of one part of a report."""
    kept: str | None = cache.get(_name(name, part))
    return kept


def read_draft(findings: Findings, section: Section, body: str) -> Drafted:
    """A section as it would read with another text, and what must be mended in it. Raises Unreadable."""
    drafted = Section(code=section.code, number=section.number, title=section.title, body=body)
    drafted.owner, drafted.question = section.owner, section.question
    ordered = [drafted if one.code == section.code else one for one in sections(findings)]
    try:
        made = _composed(findings, ordered)
        html = _html(findings, made.numbered, part_id(section))
    except RecursionError:
        raise Unreadable("lists, quotations or emphasis stand too deep inside one another") from None
    except RenderError as error:
        raise Unreadable(str(error)) from error
    return Drafted(html, made.reading.of(section.code), made.reading.left_out_of(section.code))


def _composed(findings: Findings, ordered: Sequence[Section]) -> Composed:
    label = Labels(findings.case)
    shown = {key for section in ordered for key in figures_quoted(section.body)}
    drawn = pictures((findings[key] for key in findings if key in shown), label)
    made: Draft = draft(findings, label, drawn, ordered)
    lost: list[NarrativeFault] = []
    numbered = number(fill(made.document, NoQuotes()), lost)
    faults = (Fault(one.section, one.line, one.found, one.allowed) for one in (*made.faults, *lost))
    left_out = (LeftOut(one.section, one.line, one.what) for one in made.left_out)
    parts = _parts(numbered.document.blocks)
    return Composed(numbered, Reading(tuple(parts), tuple(faults), tuple(left_out)))


def _parts(blocks: Sequence[Block]) -> list[Part]:
    heads = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    return [Part(one.id, one.number or "", one.text) for one in heads]


def _html(findings: Findings, numbered: Numbered, part: str) -> str:
    """The HTML of one part without its own heading, which the page gives."""
    blocks = _blocks_of(numbered.document.blocks, part)
    text = OPENS.sub("", html_part(numbered, blocks))
    text = HEADING.sub(lambda found: f"{found[1]}{int(found[2]) - 1}", text)
    text = LEAST.sub(_least, text)
    return LINK.sub(_leads_to(findings, numbered, part), text)


def _blocks_of(blocks: Sequence[Block], part: str) -> list[Block]:
    found: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.id == part
        if inside and not isinstance(block, Contents):
            found.append(block)
    return found


def _least(found: re.Match[str]) -> str:
    ems = min(-(-int(found[1]) // STEP) * STEP, WIDEST)
    return f' class="least-{ems}"'


def _leads_to(findings: Findings, numbered: Numbered, part: str) -> Callable[[re.Match[str]], str]:
    """Where a link of the report leads from the page of one part: to a figure or a record, or into another part."""
    code = findings.case.exercise.code
    blocks = numbered.document.blocks
    quoted = {anchor(figure_anchor(key)): reverse("finding", args=[code, key]) for key in findings}
    quoted |= dict(_fields(code, blocks))
    standing = dict(_standing(blocks))

    def leads(found: re.Match[str]) -> str:
        name = found[1]
        if name in quoted:
            return f'href="{quoted[name]}"'
        if standing.get(name, part) != part:
            return f'href="{reverse("report-part", args=[code, standing[name]])}#{name}"'
        return found[0]

    return leads


def _fields(code: str, blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """The anchor of each quoted field in the annex, with the page of its record."""
    for block in blocks:
        if isinstance(block, Table) and block.id == FIELDS:
            for cell in cells(block):
                if cell.id:
                    kind, _, which = cell.text.rpartition("\n")[2].partition(":")
                    yield anchor(cell.id), reverse("record", args=[code, kinds()[kind].stem, which or code])


def _standing(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Each anchor of the report with the part that it stands in."""
    part = ""
    for block in blocks:
        if isinstance(block, Heading):
            part = block.id if block.level == 1 else part
        if isinstance(block, Heading | Table | Figure):
            yield anchor(block.id), part
        if isinstance(block, Table):
            yield from ((anchor(cell.id), part) for cell in cells(block) if cell.id)
