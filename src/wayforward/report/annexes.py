"""The annexes: every figure with its evidence, the assumptions, where sources disagree, and the versions."""

from wayforward.exercise.models import DeclaredInterest, ReportVersion
from wayforward.findings import Findings, show
from wayforward.pages.labels import Labels
from wayforward.parameters import Edition
from wayforward.records.case import Case
from wayforward.records.models import Evidence
from wayforward.report import blocks
from wayforward.report.agreement import agreement
from wayforward.report.assumptions import assumptions
from wayforward.report.case_quotes import CaseQuotes
from wayforward.report.disagreements import disagreements
from wayforward.report.figures_used import fields_quoted, figures_used
from wayforward.report.typeset.document import Block, Cell, Column, Heading, Markdown, Paragraph, Table
from wayforward.report.withholding import WITHHELD, left_out

# What the opening and the annexes show themselves, whatever the narrative quotes.
ALWAYS = (
    "appraisal.order",
    "appraisal.side_by_side",
    "appraisal.uncertainty",
    "evidence.assumptions",
    "evidence.disagreements",
)


def annexes(findings: Findings, label: Labels, quotes: CaseQuotes) -> list[Block]:
    """The blocks after the last section."""
    used = [findings[key] for key in sorted({*ALWAYS, *quotes.quoted})]
    made: list[Block] = [
        Heading(1, "Evidence behind each figure", "annex-figures", "A"),
        Markdown(
            "Each figure used in this report, what it was worked out with and what it rests on. "
            "The grade is the worst among its evidence, 1 to 6; a value without evidence is an assumption."
        ),
        figures_used(used),
        *fields_quoted(findings.case, list(quotes.fields)),
        Heading(1, "Evidence", "annex-evidence", "B"),
        _evidence(findings),
        Heading(1, "Assumptions", "annex-assumptions", "C"),
        *assumptions(findings, label, used),
        Heading(1, "Where sources disagree", "annex-disagreements", "D"),
        *disagreements(findings["evidence.disagreements"]),
        Heading(1, "Versions and parameters", "annex-versions", "E"),
        *_versions(findings),
        *agreement(findings.case),
    ]
    return made


def _evidence(findings: Findings) -> Table:
    kinds = dict(Evidence._meta.get_field("evidence_kind").flatchoices)
    return Table(
        caption="Evidence used or weighed, with its grade",
        id="annex-evidence-table",
        columns=(
            Column("Code", width=0.8),
            Column("Evidence", width=3.0),
            Column("Kind", width=1.4),
            Column("Measures up to", width=1.1),
            Column("Grade", align="right", width=0.6),
        ),
        rows=tuple(
            (
                Cell(item.code, id=f"evidence-{item.code}"),
                _evidence_title(item),
                kinds[item.evidence_kind].partition(":")[0],
                show.day(item.covers_to.isoformat()) if item.covers_to else show.UNKNOWN,
                str(item.grade or "none"),
            )
            for item in findings.case.rows(Evidence)
        ),
        notes=_left_out(findings.case),
    )


def _left_out(case: Case) -> tuple[str, ...]:
    hidden = left_out(case, Evidence)
    return (f"{show.count(hidden, 'row')} not shown. {WITHHELD}.",) if hidden else ()


def _evidence_title(item: Evidence) -> str:
    parts = [item.title, item.where, f"Stands in: {item.stand_in}" if item.stand_in else "", item.licence]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _versions(findings: Findings) -> list[Block]:
    case = findings.case
    made: list[Block] = [Paragraph(case.exercise.notice)] if case.exercise.notice else []
    made.append(_parameters(findings.edition))
    if versions := case.rows(ReportVersion):
        made.append(blocks.register(case, ReportVersion, versions, "annex-version-log"))
    if interests := case.rows(DeclaredInterest):
        made.append(blocks.register(case, DeclaredInterest, interests, "annex-interests"))
    return made


def _parameters(edition: Edition) -> Table:
    return Table(
        caption=f"Parameters: {edition.title}",
        id="annex-parameters",
        columns=(Column("Parameter"), Column("Table"), Column("Dated"), Column("Source", width=3.0)),
        rows=tuple(
            (
                name.replace("-", " "),
                edition.get(name).title + (" (to be confirmed)" if edition.get(name).confirm else ""),
                edition.get(name).dated,
                edition.get(name).source,
            )
            for name in edition.parameters
        ),
    )
