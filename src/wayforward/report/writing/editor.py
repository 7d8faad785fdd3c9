"""Writing a section: its text, how it would read, what must be mended, and what can be quoted."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.pages.answer import MARKING, answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.people import called
from wayforward.pages.submitted import MOST_DIGITS, Submitted, fresh, submitted
from wayforward.records import history
from wayforward.records.fields import CellFault
from wayforward.records.save import ChangedMeanwhile
from wayforward.report.writing.differences import Piece, differences, shortened, together
from wayforward.report.writing.keep import TextChanged, keep_text, stored_section, text_at
from wayforward.report.writing.quotable import quotable
from wayforward.report.writing.reading import Fault, LeftOut, Preview, Unreadable, part_id, read_draft

PART = "Wayforward-Part"  # a script asks for a part of the page alone
LONGEST_SEARCH = 100
EDGES = re.compile(r"\A\n+|[ \t\n]+\Z")


@dataclass
class Shown:
    """What the page of the editor shows beside the text."""

    text: str
    sent: Submitted
    html: str = ""
    mend: list[Fault] = field(default_factory=list)  # in the section, before the report can be made
    left_out: list[LeftOut] = field(default_factory=list)  # of the report, which can be made without it
    errors: list[tuple[str, str]] = field(default_factory=list)  # in the form
    words: str = ""  # searched for
    theirs: Section | None = None  # written by somebody else meanwhile
    who: str = ""
    pieces: list[Piece] = field(default_factory=list)
    base: int = 0  # the version that this text began from
    can_join: bool = False
    joined: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, which: str) -> HttpResponseBase:
    """Write a section. A draft with faults may be saved; the report is not made before they are mended."""
    findings = opened(request, code, "write")
    section = stored_section(findings.case.exercise, which)
    if section is None:
        return _gone(request, findings, which)
    if request.method != "POST":
        return _page(request, findings, section, _as_it_stands(findings, section))
    shown = Shown(request.POST.get("body", "").replace("\r\n", "\n"), submitted(request))
    shown.words = request.POST.get("q", "")[:LONGEST_SEARCH]
    do = request.POST.get("do", "preview")
    if request.headers.get(PART) == "quotable" or do == "find":
        return _page(request, findings, section, shown)
    _read(findings, section, shown)
    if do == "save" and not shown.errors:
        return _save(request, findings, section, shown)
    if do == "join":
        _join(request, findings, section, shown)
    return _page(request, findings, section, shown, 400 if do == "save" else 200)


def _as_it_stands(findings: Findings, section: Section) -> Shown:
    preview = Preview(findings)
    known = next((one for one in preview.reading.parts if one.id == part_id(section)), None)
    return Shown(
        section.body,
        fresh(section.version),
        preview.html(known.id) if known else "",
        preview.reading.of(section.code),
        preview.reading.left_out_of(section.code),
    )


def _read(findings: Findings, section: Section, shown: Shown) -> None:
    """Read the text as the report would; what can't be kept at all is an error of the form."""
    parser: Any = Section._meta.get_field("body")
    try:
        shown.text = parser.read_cell(EDGES.sub("", shown.text))
        drafted = read_draft(findings, section, shown.text)
        shown.html, shown.mend, shown.left_out = drafted.html, drafted.faults, drafted.left_out
    except CellFault as fault:
        shown.errors.append(("body", f"The text has {fault.found}: give {fault.allowed}"))
    except Unreadable as error:
        shown.errors.append(("body", f"The text can’t be read: {error}"))


def _save(request: HttpRequest, findings: Findings, section: Section, shown: Shown) -> HttpResponseBase:
    sent = shown.sent
    try:
        keep_text(section, shown.text, sent.version, request.user, sent.submission)
    except TextChanged as changed:
        return _two_texts(request, findings, changed.stored, shown, changed.base)
    except ChangedMeanwhile:
        stored = stored_section(findings.case.exercise, section.code)
        if stored is None:
            return _gone(request, findings, section.code)
        return _two_texts(request, findings, stored, shown, None)
    address = reverse("report-part", args=[findings.case.exercise.code, part_id(section)])
    return redirect(f"{address}?saved=yes")


def _two_texts(
    request: HttpRequest, findings: Findings, stored: Section, shown: Shown, base: str | None
) -> HttpResponse:
    """Somebody else saved meanwhile: both texts, what differs, and the choice."""
    shown.theirs = stored
    shown.who = _last_writer(stored)
    shown.pieces = list(shortened(differences(stored.body, shown.text)))
    shown.can_join = base is not None and together(base, stored.body, shown.text) is not None
    # What is sent next is made in sight of what is stored now; `base` is for putting both together.
    shown.base, shown.sent = shown.sent.version, fresh(stored.version)
    return _page(request, findings, stored, shown, 409)


def _join(request: HttpRequest, findings: Findings, section: Section, shown: Shown) -> None:
    """Put what the other wrote into this text, where the two don't touch the same lines."""
    seen = request.POST.get("base", "")
    known = seen.isascii() and seen.isdecimal() and len(seen) <= MOST_DIGITS
    base = text_at(section.exercise, section.reference, int(seen)) if known else None
    both = together(base, section.body, shown.text) if base is not None else None
    if both is None:
        shown.errors.append(("body", "The two texts touch the same lines: choose in the text by hand"))
        return
    shown.text, shown.joined = both, True
    shown.sent = fresh(section.version)
    _read(findings, section, shown)


def _last_writer(section: Section) -> str:
    steps = history.steps(section.exercise, section.reference)
    return called(steps[-1].did.actor, section.exercise) if steps else ""


def _page(
    request: HttpRequest, findings: Findings, section: Section, shown: Shown, status: int = 200
) -> HttpResponse:
    """The whole page; or for the script one part of it: how the text reads, or what can be quoted."""
    part = request.headers.get(PART, "")
    context: dict[str, Any] = {"section": section, "shown": shown, "nav": "report"}
    if part != "preview":
        drafted = Section(code=section.code, body=shown.text)
        context["things"], context["more"] = quotable(findings, drafted, shown.words)
    data = {
        **frame(findings, [findings.case.marking]),
        "title": f"Write section {section.number}, {section.title}",
        "question": section.question or "What does this section say?",
        "part": part_id(section),
    }
    if part in ("preview", "quotable"):
        response = render(request, f"report/writing/{part}.html", {**data, **context}, status=status)
        response[MARKING] = data["exercise"]["marking"]
        return response
    response = answer(request, "", "report/writing/edit.html", data, **context)
    response.status_code = status
    return response


def _gone(request: HttpRequest, findings: Findings, which: str) -> HttpResponse:
    """There is no such section, or no longer: what was written is given back."""
    if request.method != "POST":
        raise Http404(f"There is no section {which!r} in this exercise.")
    data = {**frame(findings, [findings.case.marking]), "title": "The section was removed while you wrote"}
    context = {"text": request.POST.get("body", ""), "nav": "report"}
    response = answer(request, "", "report/writing/gone.html", data, **context)
    response.status_code = 409
    return response
