"""The annexes: every figure with its evidence, the assumptions, where sources disagree, and the versions."""

from wayforward.exercise.models import DeclaredInterest, ReportVersion
from wayforward.findings import Findings, show
from wayforward.findings.finding import Finding
from wayforward.pages.labels import Labels
from wayforward.parameters import Edition
from wayforward.records.models import Evidence
from wayforward.report import blocks
from wayforward.report.case_quotes import anchor
from wayforward.report.typeset.document import Block, Cell, Column, Heading, Markdown, Paragraph, Table


def annexes(findings: Findings, label: Labels, quoted: list[str]) -> list[Block]:
    """The blocks after the last section."""
    made: list[Block] = [
        Heading(1, "Evidence behind each figure", "annex-figures", "A"),
        Markdown(
            "Each figure quoted in this report, what it was worked out with and what it rests on. "
            "The grade is the worst among its evidence, 1 to 6; a figure without evidence is an assumption."
        ),
        _figures([findings[key] for key in sorted(quoted)]),
        Heading(1, "Evidence", "annex-evidence", "B"),
        _evidence(findings),
        Heading(1, "Assumptions", "annex-assumptions", "C"),
        *_listing(findings["evidence.assumptions"], label, "Figures for which no evidence is cited"),
        Heading(1, "Where sources disagree", "annex-disagreements", "D"),
        *_listing(findings["evidence.disagreements"], label, ""),
        Heading(1, "Versions and parameters", "annex-versions", "E"),
        *_versions(findings),
    ]
    return made


def _figures(quoted: list[Finding]) -> Table:
    return Table(
        caption="Every figure quoted, with method, inputs and evidence",
        id="annex-figures-table",
        columns=(
            Column("Figure", width=2.2),
            Column("Method", width=1.1),
            Column("Inputs", align="right", width=0.7),
            Column("Evidence", width=2.6),
            Column("Worst grade", align="right", width=0.7),
        ),
        rows=tuple(
            (
                Cell(f"{f.title}\n{f.key}", id=anchor(f.key)),
                f.method,
                f"{len(f.inputs):,}",
                _evidence_words(f),
                _grade(f),
            )
            for f in quoted
        ),
        source_note="Inputs are listed in full by `wayforward trace` and on each figure's page.",
    )


def _evidence_words(finding: Finding) -> str:
    codes = [item.code for item in finding.evidence]
    words = ", ".join(codes[:8]) + (f" and {len(codes) - 8} more" if len(codes) > 8 else "")
    without = len(finding.assumptions)
    if without:
        words = f"{words}; " if words else ""
        return f"{words}{show.count(without, 'input')} without evidence"
    return words or "no input"


def _grade(finding: Finding) -> str:
    if finding.grade is None:
        return "none"
    return f"{finding.grade}{' illustrative' if finding.illustrative else ''}"


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
    )


def _evidence_title(item: Evidence) -> str:
    parts = [item.title, item.where, f"Stands in: {item.stand_in}" if item.stand_in else "", item.licence]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _listing(finding: Finding, label: Labels, none: str) -> tuple[Block, ...]:
    if not finding.rows:
        return (Markdown(f"{none or finding.headline}: none."),)
    return (blocks.table(finding, label, f"annex-{finding.key}"),)


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
