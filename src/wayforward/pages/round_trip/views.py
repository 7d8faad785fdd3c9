"""Taking a part of the exercise away as a workbook or CSV, and bringing it back."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wayforward.casefile import limits, stream_in, stream_out
from wayforward.casefile.sheets import shown
from wayforward.findings import Findings
from wayforward.pages import stages
from wayforward.pages.answer import MARKING, answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.round_trip import aside, away, kept
from wayforward.pages.round_trip.compared import wrong_exercise
from wayforward.people.permissions import may
from wayforward.records.base import Versioned
from wayforward.records.faults import Faults

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "Round trip"
QUESTION = "Take a part of the exercise away as a workbook, fill it in, and bring it back."
TEMPLATE = "pages/round_trip/round_trip.html"
MOST_TOLD = 20
HEAVY = 1_500_000  # bytes unpacked, some 2,500 rows: beyond, an upload is read and compared as long work


def round_trip(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What can be taken away, stage by stage, and where to bring it back."""
    return _page(request, opened(request, code), form)


def _page(
    request: HttpRequest, findings: Findings, form: str = "", errors: Sequence[str] = ()
) -> HttpResponse:
    exercise = findings.case.exercise
    streams = [
        {"stage": one.name, "title": one.title, "registers": _registers(request.user, findings, one)}
        for one in stages.STAGES
        if away.registers_of(one)
    ]
    data = {**frame(findings), "title": TITLE, "question": QUESTION, "streams": streams}
    response = answer(
        request,
        form,
        TEMPLATE,
        data,
        may_upload=may(request.user, "change", exercise),
        errors=errors,
        discarded=request.GET.get("discarded") == "yes",
        nav="registers",
    )
    if errors:
        response.status_code = 400
    return response


def _registers(user: Any, findings: Findings, stage: stages.Stage) -> list[dict[str, Any]]:
    return [
        {
            "stem": model.stem,
            "plural": model.plural(),
            "count": len(away.rows_seen(user, findings, model)),
            "locked": away.why_locked(user, findings, model),
        }
        for model in away.registers_of(stage)
    ]


def stage_workbook(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """The registers of a stage as a workbook to fill in."""
    findings = opened(request, code)
    one = stages.stage(name)
    if one is None or not away.registers_of(one):
        raise Http404(f"There is no stage {name!r} to take away.")
    return _workbook(request, findings, one.title, away.registers_of(one), name)


def register_workbook(request: HttpRequest, code: str, stem: str) -> HttpResponse:
    """One register as a workbook to fill in."""
    findings = opened(request, code)
    model = _register(stem)
    return _workbook(request, findings, model.plural().capitalize(), [model], stem)


def register_csv(request: HttpRequest, code: str, stem: str) -> HttpResponse:
    """One register as CSV to fill in."""
    findings = opened(request, code)
    model = _register(stem)
    stream = away.stream(request.user, findings, model.plural(), [model], cited=False)
    text = stream_out.csv_of(stream.registers[0], stream)
    return _file(text, "text/csv; charset=utf-8", f"{code}-{stem}.csv", stream.marking)


def _register(stem: str) -> type[Versioned]:
    found = away.register(stem)
    if found is None:
        raise Http404(f"There is no register {stem!r} to take away.")
    return found


def _workbook(
    request: HttpRequest, findings: Findings, title: str, models: Sequence[type[Versioned]], name: str
) -> HttpResponse:
    stream = away.stream(request.user, findings, title, models)
    try:
        content = stream_out.workbook(stream)
    except Faults as faults:
        told = [f"{fault}. Take that register away as CSV." for fault in faults.faults[:MOST_TOLD]]
        return _page(request, findings, errors=told)
    return _file(content, XLSX, f"{findings.case.exercise.code}-{name}.xlsx", stream.marking)


def _file(content: str | bytes, kind: str, name: str, marked: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response[MARKING] = marked
    return response


@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponseBase:
    """Read what was brought back, and keep it until the person has seen what it would change."""
    findings = opened(request, code, to="change")
    exercise = findings.case.exercise
    given = request.FILES.get("file")
    if given is None or not given.name:
        return _page(request, findings, errors=["Choose the file that you filled in."])
    if not given.name.lower().endswith((".xlsx", ".csv")):
        words = (
            f"{shown(given.name)} is neither a workbook (.xlsx) nor a CSV (.csv): save it as one of these."
        )
        return _page(request, findings, errors=[words])
    if (given.size or 0) > limits.WORKBOOK_BYTES:
        words = f"{shown(given.name)} is over {limits.WORKBOOK_BYTES // 1_000_000} MB: upload a smaller part."
        return _page(request, findings, errors=[words])
    content = given.read()
    if stream_in.weight(given.name, content) > HEAVY:
        return aside.begin(request, findings, kept.keep_file(request.user, exercise, given.name, content))
    try:
        read = stream_in.read_stream(given.name, content)
    except Faults as faults:
        # A fault begins with the name of the file or sheet, as it is called.
        return _page(request, findings, errors=[f"{one}." for one in faults.faults[:MOST_TOLD]])
    if words := wrong_exercise(read, exercise):
        return _page(request, findings, errors=[words])
    key = kept.keep(request.user, exercise, read)
    return redirect("round-trip-uploaded", code, key)
