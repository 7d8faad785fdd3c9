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
from wayforward.report.writing.at_hand import part_at_hand
from wayforward.report.writing.reading import SECTION, Part, Reading, part_id
from wayforward.report.writing.review import of_section

HOW_IT_READS = "How would this part of the report read today?"


def part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One part of the report."""
    findings = opened(request, code)
    section = next((one for one in sections(findings) if part_id(one) == part), None)
    saved = request.GET.get("saved") == "yes"
    # Who has just saved a section, and a program, want it as it is now; of a section that is gone nothing is shown.
    gone = section is None and part.startswith(SECTION)
    told = part_at_hand(request.user, findings, part, at_once=saved or gone or form == "json")
    parts = told.reading.parts
    here = next((one for one in parts if one.id == part), None)
    if here is None or told.html is None:
        raise Http404(f"The report has no part {part!r}.")
    data = {
        **frame(findings, [findings.case.marking, told.marking]),
        "part": here.id,
        "title": _name(here),
        "question": section.question if section else HOW_IT_READS,
        "html": told.html,
        **(_of_section(request, findings, section, told.reading) if section else {}),
    }
    place = parts.index(here)
    return answer(
        request,
        form,
        "report/writing/part.html",
        data,
        reads=mark_safe(told.html),  # made by our own writer from text that it escaped
        section=section,
        parts=[(one.id, _name(one)) for one in parts],
        before=_beside(parts, place - 1) if place else None,
        after=_beside(parts, place + 1),
        may_write=section is not None and may(request.user, "write", findings.case.exercise),
        saved=saved,
        stood_at=told.stood_at,
        nav="report",
    )


def _name(part: Part) -> str:
    if not part.number:
        return part.title
    return f"{part.number}. {part.title}" if part.number.isdecimal() else f"Annex {part.number}. {part.title}"


def _beside(parts: tuple[Part, ...], place: int) -> dict[str, str] | None:
    return {"id": parts[place].id, "name": _name(parts[place])} if place < len(parts) else None


def _of_section(
    request: HttpRequest, findings: Findings, section: Section, reading: Reading
) -> dict[str, Any]:
    """What stands beside a section: what must be mended, what was said of it and of its figures, its reviews."""
    figures = {f"finding:{key}" for key in quoted_in(section)}
    challenged = [one for one in shown.seen_by(request.user, findings, figures) if not one.closed]
    return {
        "code": section.code,
        "owner": section.owner,
        "faults": [str(one) for one in reading.of(section.code)],
        "left_out": [str(one) for one in reading.left_out_of(section.code)],
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
