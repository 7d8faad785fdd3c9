"""The versions of a section's text: who wrote which when, what differs between two, and putting an old one back."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wayforward.exercise.models import Section
from wayforward.findings import Findings, show
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.people import called
from wayforward.pages.submitted import fresh, submitted
from wayforward.people.permissions import may
from wayforward.records import history
from wayforward.records.save import ChangedMeanwhile
from wayforward.report.compose import sections
from wayforward.report.writing.differences import ADDED, REMOVED, differences, many_words, shortened
from wayforward.report.writing.keep import BODY, TextChanged, keep_text, stored_section
from wayforward.report.writing.reading import part_id

PUT_BACK = "put back"
MOST_COMPARED = 50  # of the list: how much each changed is worked out for so many, the latest


@dataclass(frozen=True)
class Version:
    """A text of a section, with who saved it when."""

    number: int
    text: str
    said: str
    added: int | None = None  # words; None where it was not worked out
    removed: int | None = None


def versions(findings: Findings, section: Section) -> list[Version]:
    """Each save of a section that changed its text, the latest first."""
    exercise = findings.case.exercise
    found: list[Version] = []
    text: str | None = None
    for step in history.steps(exercise, section.reference):
        if step.after.cells is None or step.after.cells.get(BODY, "") == text:
            continue
        text = step.after.cells.get(BODY, "")
        found.append(Version(step.after.version, text, _said(step.did, exercise)))
    return [_compared(found, place) for place in range(len(found))][::-1]


def _compared(found: list[Version], place: int) -> Version:
    one = found[place]
    if place < len(found) - MOST_COMPARED:
        return one
    pieces = differences(found[place - 1].text if place else "", one.text)
    return Version(one.number, one.text, one.said, many_words(pieces, ADDED), many_words(pieces, REMOVED))


def _said(did: history.Did, exercise: Any) -> str:
    at = timezone.localtime(did.at)
    return f"{did.action} by {called(did.actor, exercise)} on {show.day(at.date().isoformat())} at {at:%H:%M}"


def version_list(request: HttpRequest, code: str, which: str, form: str) -> HttpResponse:
    """The versions of a section's text, and what differs between two of them."""
    findings = opened(request, code)
    section = _section(findings, which)
    found = versions(findings, section)
    after = _chosen(found, request.GET.get("to", ""), 0)
    before = _chosen(found, request.GET.get("from", ""), 1)
    pieces = differences(before.text, after.text) if before and after else []
    data = {
        **_frame(findings),
        "title": f"Versions of section {section.number}, {section.title}",
        "question": "How did the text come to stand as it does?",
        "code": section.code,
        "versions": [
            {"version": one.number, "said": one.said, "added": one.added, "removed": one.removed}
            for one in found
        ],
        "before": before.number if before else None,
        "after": after.number if after else None,
        "differences": [{"kind": piece.kind, "text": piece.text} for piece in pieces],
    }
    return answer(
        request,
        form,
        "report/writing/versions.html",
        data,
        pieces=list(shortened(pieces)),
        changed=any(piece.kind != "same" for piece in pieces),
        newest=found[0].number if found else None,
        part=part_id(section),
        may_write=may(request.user, "write", findings.case.exercise),
        nav="report",
    )


def _chosen(found: list[Version], asked: str, otherwise: int) -> Version | None:
    """The version asked for, or the one at a place of the list."""
    named = next((one for one in found if str(one.number) == asked), None)
    return named or (found[otherwise] if otherwise < len(found) else None)


@require_http_methods(["GET", "HEAD", "POST"])
def put_back(request: HttpRequest, code: str, which: str, version: int) -> HttpResponseBase:
    """Put an old text back, as a new version."""
    findings = opened(request, code, "write")
    section = stored_section(findings.case.exercise, which)
    if section is None:
        raise Http404(f"There is no section {which!r} in this exercise.")
    old = next((one for one in versions(findings, section) if one.number == version), None)
    if old is None:
        raise Http404(f"Section {which} has no text of version {version}.")
    meanwhile = False
    sent = fresh(section.version)
    if request.method == "POST":
        given = submitted(request)
        try:
            keep_text(section, old.text, given.version, request.user, given.submission, PUT_BACK)
            return redirect("report-part", code, part_id(section))
        except (TextChanged, ChangedMeanwhile):
            section = stored_section(findings.case.exercise, which) or section
            meanwhile, sent = True, fresh(section.version)
    data = {**_frame(findings), "title": f"Put back version {version} of section {section.number}?"}
    pieces = list(shortened(differences(section.body, old.text)))
    context = {"section": section, "old": old, "pieces": pieces, "sent": sent, "meanwhile": meanwhile}
    response = answer(request, "", "report/writing/put_back.html", data, nav="report", **context)
    response.status_code = 409 if meanwhile else 200
    return response


def _section(findings: Findings, which: str) -> Section:
    found = next((one for one in sections(findings) if one.code == which), None)
    if found is None:
        raise Http404(f"There is no section {which!r} in this exercise.")
    return found


def _frame(findings: Findings) -> dict[str, Any]:
    """What was once in the report is marked as the report."""
    return frame(findings, [findings.case.marking])
