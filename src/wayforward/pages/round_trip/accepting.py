"""An upload seen before it is kept: what it would change, the conflicts to decide, then accept or discard."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from wayforward.casefile.settling import Place
from wayforward.casefile.stream_in import Upload
from wayforward.findings import Findings
from wayforward.pages.answer import MARKING
from wayforward.pages.opened import as_it_stands, opened
from wayforward.pages.people import actor_of
from wayforward.pages.round_trip import aside, kept, long_work, preview
from wayforward.pages.round_trip import shown as shows
from wayforward.pages.round_trip.compared import Compared, compared
from wayforward.pages.round_trip.told import as_csv, receipt, told
from wayforward.pages.submitted import digest
from wayforward.records.save import (
    AlreadyReceived,
    ChangedMeanwhile,
    CodeUsed,
    Sent,
    StillNamed,
    save_all,
    was_received,
)


@require_http_methods(["GET", "HEAD", "POST"])
def uploaded(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    """What an upload would change; sent as a form, it is accepted."""
    findings = opened(request, code, to="change")
    found = kept.find(request.user, findings.case.exercise, key)
    sent = Sent(key, digest(request)) if request.method == "POST" else key
    if was_received(sent) or (found is not None and found.state == kept.ACCEPTED):
        return preview.accepted(request, findings, found)
    if found is None:
        raise Http404(long_work.GONE)
    if found.heavy:
        return aside.uploaded(request, findings, found)
    upload = found.upload()
    if upload is None:
        raise Http404(long_work.GONE)
    if request.method == "POST":
        return _accept(request, findings, found, upload)
    return _shown(request, findings, found, upload)


def _shown(
    request: HttpRequest,
    findings: Findings,
    found: kept.Kept,
    upload: Upload,
    one: Compared | None = None,
    choices: Mapping[Place, str] | None = None,
    *,
    notice: str = "",
    undecided: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    one = one or compared(request.user, findings, upload, {})
    what = told(request.user, findings, upload, one, choices or {}, notice=notice)
    return preview.page(request, findings, found, what, undecided=undecided, status=status)


def _accept(request: HttpRequest, findings: Findings, found: kept.Kept, upload: Upload) -> HttpResponseBase:
    exercise = findings.case.exercise
    first = compared(request.user, findings, upload, {})
    asked = first.conflicts
    choices = shows.choices_of(asked, request.POST)
    one = compared(request.user, findings, upload, choices) if choices else first
    undecided = tuple(shows.name_of(place) for place in asked if place not in choices)
    if undecided and not preview.leaves(request):
        return _shown(request, findings, found, upload, one, choices, undecided=undecided, status=400)
    if (seen := request.POST.get(preview.SEEN)) != one.digest:
        words = long_work.MORE_REFUSED if seen == first.digest else long_work.MEANWHILE
        return _shown(request, findings, found, upload, one, choices, notice=words, status=409)
    found.put(kept.RECEIPT, receipt(one, upload))
    try:
        save_all(
            one.settled.changes, actor_of(request.user), long_work.ACTION, Sent(found.key, digest(request))
        )
    except AlreadyReceived:
        return redirect("round-trip-uploaded", exercise.code, found.key)
    except (ChangedMeanwhile, CodeUsed, StillNamed):
        now = as_it_stands(exercise)
        one = compared(request.user, now, upload, choices)
        words = long_work.MEANWHILE
        return _shown(request, now, found, upload, one, choices, notice=words, status=409)
    kept.close(found, exercise)
    return redirect("round-trip-uploaded", exercise.code, found.key)


@require_POST
def discard(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    """Let go of an upload: nothing of it is kept, and what is going on for it ends."""
    exercise = opened(request, code, to="change").case.exercise
    if kept.find(request.user, exercise, key) is not None:
        long_work.end(exercise, key)
    kept.drop(request.user, key)
    return redirect(f"/exercises/{code}/round-trip?discarded=yes")


def differences(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Everything that an upload would change, as CSV."""
    findings = opened(request, code, to="change")
    found = kept.find(request.user, findings.case.exercise, key)
    upload = found.upload() if found and not found.heavy else None
    if found and found.heavy and (known := preview.kept_told(found)):
        text = (found.part(kept.CHANGES) or b"").decode()
        marked = preview.marked(findings, known)
    elif upload:
        one = compared(request.user, findings, upload, {})
        text = as_csv(request.user, findings, upload, one)
        marked = preview.marked(findings, told(request.user, findings, upload, one, {}))
    else:
        raise Http404(long_work.GONE)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-differences.csv"'
    response[MARKING] = marked
    return response
