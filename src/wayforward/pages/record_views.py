"""The read half of the generic register: every table as a list, every record as a page."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wayforward.findings import Findings
from wayforward.pages import describe, listing, marking, quoting, stages
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.withheld import rows_for
from wayforward.records.base import Versioned, exercise_model, record_models
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.rows import cells

MOST_EVENTS = 50


def registers(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every table of the exercise, by stage, with how many records it holds."""
    findings = opened(request, code)
    groups = [
        {"stage": one.name, "title": one.title, "registers": stages.registers(findings.case, one)}
        for one in stages.STAGES
    ]
    data = {**frame(findings), "groups": groups}
    return answer(request, form, "pages/registers.html", data, nav="registers")


def register(request: HttpRequest, code: str, stem: str, form: str) -> HttpResponse:
    """Every record of one kind: a dense list that can be searched."""
    findings = opened(request, code)
    model = _model(stem)
    every = rows_for(request.user, findings, stages.rows(findings.case, model))
    asked = listing.Asked.of(request.GET)
    found = listing.chosen(every, model, asked)
    data = {
        **frame(findings, marking.of_records(findings.case, every)),
        "stem": stem,
        "title": model.plural().capitalize(),
        "question": model.meaning(),
        "query": asked.words,
        "only": asked.only,
        "sort": asked.sort,
        "total": len(every),
        "found": len(found),
    }
    if form == "json":
        return answer(request, form, "", {**data, "records": [cells(row) for row in found]})
    page = listing.page_of(found, asked)
    columns = describe.listed_columns(model)
    return answer(
        request,
        form,
        "pages/register.html",
        data,
        heads=listing.heads(model, asked.sort),
        lines=[{"code": row.code, "cells": [describe.cell(row, c) for c in columns]} for row in page],
        choices=listing.choices(every, model),
        page=page,
        plural=model.plural(),
        **_place(model),
    )


def record(request: HttpRequest, code: str, stem: str, which: str, form: str) -> HttpResponse:
    """One record: its fields with their evidence, what uses it, and its history."""
    findings = opened(request, code)
    model = _model(stem)
    one = _one(findings.case, model, which)
    events = Event.objects.filter(exercise=findings.case.exercise, record=one.reference).order_by("-sequence")
    data = {
        **frame(findings, _markings(findings.case, one)),
        "stem": stem,
        "code": one.code,
        "reference": one.reference,
        "title": one.label or one.code,
        "question": model.meaning(),
        "version": one.version,
        "fields": describe.fields(findings.case, one),
        "used_in": _used_in(findings, one),
        "quoted_in": quoting.records_that_quote(findings.case, f"record:{one.reference}"),
        "supports": describe.supports(findings.case, one),
        "history": describe.history(events[:MOST_EVENTS], findings.case.exercise),
    }
    return answer(request, form, "pages/record.html", data, plural=model.plural(), **_place(model))


def _markings(case: Case, one: Versioned) -> Iterator[str]:
    """Of all that a record's page shows: the record, what it names, the evidence beside it, what it supports."""
    yield from marking.of_records(case, [one])
    yield from marking.of_evidence(case, one)
    yield from marking.of_supported(case, one)


def _used_in(findings: Findings, one: Versioned) -> list[dict[str, Any]]:
    """The findings that rest on a record; on a piece of evidence, those that it supports."""
    return [
        {"key": found.key, "title": found.title}
        for stage in stages.STAGES
        for found in stage.findings(findings)
        if one.reference in found.inputs
        or (one.kind() == "evidence" and any(item.code == one.code for item in found.evidence))
    ]


def _one(case: Case, model: type[Versioned], which: str) -> Versioned:
    if model is exercise_model():
        found: Versioned | None = case.exercise if which == case.exercise.code else None
    else:
        found = case.get(f"{model.kind()}:{which}")
    if found is None:
        raise Http404(f"There is no {model.words()} {which!r} in this exercise.")
    return found


def _model(stem: str) -> type[Versioned]:
    found = next((model for model in (exercise_model(), *record_models()) if model.stem == stem), None)
    if found is None:
        raise Http404(f"There is no register {stem!r}.")
    return found


def _place(model: type[Versioned]) -> dict[str, Any]:
    """Where a table stands among the stages, for the way back."""
    home = stages.stage(str(model._meta.app_label))
    return {"home_stage": home, "nav": home.name if home else "registers", "stages": stages.STAGES}
