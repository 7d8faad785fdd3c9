"""An upload seen before it is kept: what it would change, the conflicts to decide, then accept or discard."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wayforward.casefile.settling import Place
from wayforward.casefile.stream_in import Upload
from wayforward.findings import Findings, show
from wayforward.pages import marking
from wayforward.pages.answer import MARKING, answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import as_it_stands, opened
from wayforward.pages.people import actor_of
from wayforward.pages.round_trip import kept
from wayforward.pages.round_trip import shown as shows
from wayforward.pages.round_trip.away import rows_seen
from wayforward.pages.round_trip.compared import Compared, compared
from wayforward.records.base import kinds
from wayforward.records.models import Submission
from wayforward.records.save import AlreadyReceived, ChangedMeanwhile, CodeUsed, StillNamed, save_all

ACTION = "uploaded"
GONE = "This upload is not kept any more: it was discarded, or is over a day old. Upload the file again."
MEANWHILE = "Somebody saved a change meanwhile. This is how the upload compares now: look again, then accept."
MORE_REFUSED = (
    "With what you chose, other entries are refused, as listed below. Choose otherwise, or accept the rest."
)
LEAVE = "leave"
SEEN = "seen"


@require_http_methods(["GET", "HEAD", "POST"])
def uploaded(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    """What an upload would change; sent as a form, it is accepted."""
    findings = opened(request, code, to="change")
    exercise = findings.case.exercise
    found = kept.find(request.user, exercise, key)
    received = Submission.objects.filter(exercise=exercise, key=key).exists()
    if received or (found is not None and found.upload is None):
        return _accepted(request, findings, found)
    if found is None or found.upload is None:
        raise Http404(GONE)
    if request.method == "POST":
        return _accept(request, findings, found.upload, key)
    one = compared(request.user, findings, found.upload, {})
    return _preview(request, findings, found.upload, key, one, {})


def _accept(request: HttpRequest, findings: Findings, upload: Upload, key: UUID) -> HttpResponseBase:
    exercise = findings.case.exercise
    asked = compared(request.user, findings, upload, {}).conflicts
    choices = shows.choices_of(asked, request.POST)
    one = compared(request.user, findings, upload, choices)
    undecided = [shows.name_of(place) for place in asked if place not in choices]
    if undecided and request.POST.get(LEAVE) != "yes":
        return _preview(request, findings, upload, key, one, choices, undecided=undecided, status=400)
    if request.POST.get(SEEN) != one.digest:
        words = MORE_REFUSED if _as_first_seen(request, findings, upload) else MEANWHILE
        return _preview(request, findings, upload, key, one, choices, notice=words, status=409)
    try:
        save_all(one.settled.changes, actor_of(request.user), ACTION, key)
    except AlreadyReceived:
        return redirect("round-trip-uploaded", exercise.code, key)
    except (ChangedMeanwhile, CodeUsed, StillNamed):
        now = as_it_stands(exercise)
        again = compared(request.user, now, upload, choices)
        return _preview(request, now, upload, key, again, choices, notice=MEANWHILE, status=409)
    kept.close(request.user, exercise, key, _receipt(one, upload))
    return redirect("round-trip-uploaded", exercise.code, key)


def _as_first_seen(request: HttpRequest, findings: Findings, upload: Upload) -> bool:
    """Whether it is the choices that changed what is refused, and not what others saved."""
    return request.POST.get(SEEN) == compared(request.user, findings, upload, {}).digest


def _receipt(one: Compared, upload: Upload) -> dict[str, Any]:
    every = shows.lines(one, {}, upload.faults)
    mend = [vars(line) for line in every if line.mark == "refused"]
    return {"cells": one.settled.cells, "mend": mend[: shows.MOST_SHOWN], "left": len(mend)}


def _accepted(request: HttpRequest, findings: Findings, found: kept.Kept | None) -> HttpResponse:
    told = found.accepted if found else {}
    many = show.count(told["cells"], "change") if "cells" in told else "the upload was"
    title = f"{many[:1].upper()}{many[1:]} accepted"
    data = {
        **frame(findings),
        "title": title,
        "question": "What was accepted is in the log under your number, and every finding that rests on it follows.",
    }
    return answer(request, "", "pages/round_trip/accepted.html", data, receipt=told, nav="registers")


def _preview(
    request: HttpRequest,
    findings: Findings,
    upload: Upload,
    key: UUID,
    one: Compared,
    choices: Mapping[Place, str],
    *,
    undecided: Sequence[str] = (),
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    every = shows.lines(one, choices, upload.faults)
    counted = shows.counts(every, one)
    data = {
        **frame(findings, _markings(request.user, findings, one)),
        "title": f"What {upload.name} would change",
        "question": "Nothing is kept until you accept. What is refused is never kept: mend it and upload again.",
    }
    context = {
        **data,
        **shows.on_page(every, undecided),
        "key": key,
        "counts": shows.in_words(counted),
        "counted": counted,
        "conflicts": len(one.conflicts),
        "notices": one.notices,
        "notice": notice,
        "undecided": undecided,
        "leave": request.POST.get(LEAVE) == "yes",
        "digest": one.digest,
        "changes": one.settled.cells,
        "nav": "registers",
    }
    response = render(request, "pages/round_trip/preview.html", context, status=status)
    response[MARKING] = data["exercise"]["marking"]
    return response


def _markings(user: Any, findings: Findings, one: Compared) -> list[str]:
    """Of the rows that are shown: as they are stored, and as they would be. What is withheld is not shown."""
    models = {model.stem: model for model in kinds().values()}
    touched = {models[each.stem] for each in one.differences}
    seen = {row.reference: row for model in touched for row in rows_seen(user, findings, model)}
    stored = [seen.get(f"{models[each.stem].kind()}:{each.code}") for each in one.differences]
    found = list(marking.of_records(findings.case, [row for row in stored if row is not None]))
    found += [change.record.marking for change in one.settled.changes if hasattr(change.record, "marking")]
    return found


@require_POST
def discard(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    """Let go of an upload: nothing of it is kept."""
    opened(request, code, to="change")
    kept.drop(request.user, key)
    return redirect(f"/exercises/{code}/round-trip?discarded=yes")


def differences(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Everything that an upload would change, as CSV."""
    findings = opened(request, code, to="change")
    found = kept.find(request.user, findings.case.exercise, key)
    if found is None or found.upload is None:
        raise Http404(GONE)
    one = compared(request.user, findings, found.upload, {})
    marked = marking.in_words(findings.case, _markings(request.user, findings, one))
    text = shows.csv_of(shows.lines(one, {}, found.upload.faults), marked)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-differences.csv"'
    response[MARKING] = marked
    return response
