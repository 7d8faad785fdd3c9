"""From a case's findings to the document: the opening, the sections in their order, the annexes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.exercise.models import ReportVersion, Section
from wayforward.findings import Findings, registered
from wayforward.findings.finding import Finding
from wayforward.pages.labels import Labels
from wayforward.pages.pictures import Picture
from wayforward.records.base import MARKINGS
from wayforward.report import blocks, seal
from wayforward.report.annexes import annexes
from wayforward.report.case_quotes import ILLUSTRATIVE_MARK, CaseQuotes
from wayforward.report.judgements import judgements
from wayforward.report.opening import opening, requests_open
from wayforward.report.seal import Seal
from wayforward.report.typeset.document import Block, Callout, Contents, Document, Heading, Narrative
from wayforward.report.typeset.narrative import fill, read_narratives
from wayforward.report.typeset.numbering import number
from wayforward.report.typeset.quotes import Dropped, NarrativeFault, NoQuotes
from wayforward.report.withholding import PUBLIC_NOTICE, WITHHELD, PublicFindings, is_withheld

QUOTED = re.compile(r"\(finding:([a-z_]+\.[a-z_]+)")


class ReportFaults(Exception):
    """The report can't be made: every fault of the narrative, with section and line."""

    def __init__(self, faults: tuple[NarrativeFault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def sections(findings: Findings) -> list[Section]:
    """The sections that the report must have, in their order."""
    return sorted(findings.case.rows(Section), key=lambda section: section.number)


def quoted_in(section: Section) -> list[str]:
    """The keys of the findings that a section quotes, each once, in the order of the text."""
    return [key for key in dict.fromkeys(QUOTED.findall(section.body)) if key in registered()]


def lacking(findings: Findings, section: Section) -> list[str]:
    """What a section waits for: its narrative, what its figures lack, information asked for and not here."""
    if is_withheld(findings.case, section.reference):
        return []
    words = [] if section.body.strip() else [f"the narrative of {section.title}"]
    for key in quoted_in(section):
        words += gaps(findings[key])
    words += [words for row, words in requests_open(findings) if row["section"] == section.code]
    # What is done without it stands in the table of requests.
    return list(dict.fromkeys(one.partition(". Without it: ")[0] for one in words))


def gaps(finding: Finding) -> tuple[str, ...]:
    """What a finding waits for, one by one; many gaps that its own rows show are told as one."""
    if finding.rows and len(finding.waiting) > blocks.MOST_WAITING:
        return (f"what would fill the {len(finding.waiting):,} gaps in “{finding.title}”",)
    return finding.waiting


@dataclass(frozen=True)
class Draft:
    """The report as it stands, with what must be mended before it can be made."""

    document: Document
    faults: tuple[NarrativeFault, ...]
    left_out: tuple[Dropped, ...] = ()  # of what was written: no fault, and told to whoever writes


def compose(
    findings: Findings, label: Labels, pictures: dict[str, Picture], sealed: Seal | None = None
) -> Document:
    """The whole report as a document: a draft, or the version that a seal is of. Raises ReportFaults."""
    made = draft(findings, label, pictures, sections(findings), sealed)
    if faults := (*made.faults, *lost_references(made.document)):
        raise ReportFaults(faults)
    return made.document


def lost_references(document: Document) -> list[NarrativeFault]:
    """The references of the narrative that lead to nothing in the report."""
    lost: list[NarrativeFault] = []
    number(fill(document, NoQuotes()), lost)
    return lost


def draft(
    findings: Findings,
    label: Labels,
    pictures: dict[str, Picture],
    ordered: Sequence[Section],
    sealed: Seal | None = None,
) -> Draft:
    """The report with these sections. A quote with a fault stands in it as the words "[not found: ...]"."""
    exercise = findings.case.exercise
    quotes = CaseQuotes(findings, label, pictures)
    reading = read_narratives(
        [Narrative(one.body, one.code, source=f"sections/{one.code}.md") for one in ordered], quotes
    )
    faults = [*reading.faults, *judgements(findings["appraisal.order"], ordered)]
    places = {section.code: place for place, section in enumerate(ordered)}
    faults.sort(key=lambda fault: (places[fault.section], fault.line))
    lacks = {section.code: lacking(findings, section) for section in ordered}
    named = [words for section in ordered for words in lacks[section.code]]
    made: list[Block] = [*opening(findings, label, named), Contents()]
    for section, body in zip(ordered, reading.blocks, strict=True):
        made.append(Heading(1, section.title, f"section-{section.code}", str(section.number)))
        if is_withheld(findings.case, section.reference):
            made.append(Callout(f"{section.title}: {WITHHELD}."))
        made += blocks.each_note_once(body)
        made += blocks.waiting(lacks[section.code])
    if not ordered:
        made.append(Callout("Waiting for the sections that the report must have."))
    made += annexes(findings, label, quotes)
    made += seal.annex(sealed) if sealed else []
    latest = max(findings.case.rows(ReportVersion), key=lambda v: (v.dated, v.code), default=None)
    public = ", public version" if isinstance(findings, PublicFindings) else ""
    document = Document(
        title=exercise.title,
        subtitle=exercise.organisation,
        version=sealed.number if sealed else latest.number if latest else "draft",
        date=findings.today,
        status=f"Signed{public}" if sealed else latest.state if latest else "Draft",
        marking=dict(MARKINGS)[findings.case.marking],
        blocks=tuple(made),
        draft=sealed is None,
        notice=notice(findings),
        keywords=seal.keywords(sealed) if sealed else (),
    )
    return Draft(document, tuple(faults), reading.dropped)


def notice(findings: Findings) -> str:
    """What every page says: the first sentence of the case's notice, and what the mark after a figure means."""
    words = [f"{sentence}." for sentence in findings.case.exercise.notice.split(". ")[:1] if sentence]
    words = [word.replace("..", ".") for word in words]
    if isinstance(findings, PublicFindings):
        words.insert(0, PUBLIC_NOTICE)
    if any(finding.illustrative for finding in findings.all()):
        words.append(f"{ILLUSTRATIVE_MARK} marks a figure that rests on illustrative evidence.")
    return " ".join(word for word in words if word)
