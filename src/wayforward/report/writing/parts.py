"""A part of the report as it would read: the section with its faults, comments, reviews and approvals beside it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from wayforward.exercise.models import Approval, Section
from wayforward.findings import Findings, show
from wayforward.pages.answer import answer
from wayforward.pages.comments import shown
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.people.permissions import may
from wayforward.report.compose import quoted_in, sections
from wayforward.report.writing.reading import Part, Preview, part_id
from wayforward.report.writing.review import of_section

HOW_IT_READS = "How would this part of the report read today?"


def part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One part of the report."""
    findings = opened(request, code)
    preview = Preview(findings)
    parts = preview.reading.parts
    here = next((one for one in parts if one.id == part), None)
    if here is None:
        raise Http404(f"The report has no part {part!r}.")
    section = next((one for one in sections(findings) if part_id(one) == part), None)
    html = preview.html(part)
    data = {
        **frame(findings, [findings.case.marking]),
        "part": here.id,
        "title": _name(here),
        "question": section.question if section else HOW_IT_READS,
        "html": html,
        **(_of_section(request, findings, section, preview) if section else {}),
    }
    place = parts.index(here)
    return answer(
        request,
        form,
        "report/writing/part.html",
        data,
        reads=mark_safe(html),  # made by our own writer from text that it escaped
        section=section,
        parts=[(one.id, _name(one)) for one in parts],
        before=_beside(parts, place - 1) if place else None,
        after=_beside(parts, place + 1),
        may_write=section is not None and may(request.user, "write", findings.case.exercise),
        saved=request.GET.get("saved") == "yes",
        nav="report",
    )


def _name(part: Part) -> str:
    if not part.number:
        return part.title
    return f"{part.number}. {part.title}" if part.number.isdecimal() else f"Annex {part.number}. {part.title}"


def _beside(parts: tuple[Part, ...], place: int) -> dict[str, str] | None:
    return {"id": parts[place].id, "name": _name(parts[place])} if place < len(parts) else None


def _of_section(
    request: HttpRequest, findings: Findings, section: Section, preview: Preview
) -> dict[str, Any]:
    """What stands beside a section: what must be mended, what was said of it and of its figures, its reviews."""
    figures = {f"finding:{key}" for key in quoted_in(section)}
    challenged = [one for one in shown.seen_by(request.user, findings, figures) if not one.closed]
    return {
        "code": section.code,
        "owner": section.owner,
        "faults": [str(one) for one in preview.reading.of(section.code)],
        "remarks": shown.beside(request.user, findings, section.reference),
        "on_figures": [shown.plain(findings, one) for one in challenged],
        "reviews": of_section(findings, section),
    }


def approvals(findings: Findings) -> list[dict[str, str]]:
    """Who agreed what, the latest first."""
    rows = sorted(findings.case.rows(Approval), key=lambda row: (row.given, row.code), reverse=True)
    return [
        {
            "subject": row.get_subject_display(),
            "version": row.text_version,
            "step": row.get_step_display(),
            "outcome": row.get_outcome_display(),
            "by": row.given_by,
            "given": show.day(row.given.isoformat()),
            "conditions": row.conditions,
        }
        for row in rows
    ]
