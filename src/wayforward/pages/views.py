"""The pages of an exercise: home, a stage, a register, a record, a finding."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from wayforward.casefile import csv_text
from wayforward.findings import Findings, UnknownFinding, show
from wayforward.findings.finding import Finding
from wayforward.pages import describe, stages
from wayforward.pages.answer import answer
from wayforward.pages.labels import Labels
from wayforward.pages.opened import opened, visible_exercises
from wayforward.pages.pictures import Picture, picture
from wayforward.pages.present import grid, source_line
from wayforward.records.base import Record, record_models
from wayforward.records.models import Event
from wayforward.records.rows import cells

A_PAGE = 50


def exercises(request: HttpRequest, form: str) -> HttpResponse:
    """The exercises that a person may open; straight to the only one."""
    found = visible_exercises(request.user)
    if len(found) == 1 and form != "json":
        return redirect("home", found[0].code)
    data = {"exercises": [{"code": e.code, "title": e.title, "organisation": e.organisation} for e in found]}
    return answer(request, form, "pages/exercises.html", data)


def home(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Will the report be ready? Days left, and each stage with what it lacks."""
    findings = opened(request, code)
    exercise = findings.case.exercise
    left = findings["exercise.days_left"]
    tasks = []
    for one in stages.STAGES:
        found = one.findings(findings)
        tasks.append(
            {
                "stage": one.name,
                "title": one.title,
                "question": one.question,
                "status": stages.status(found),
                "lacks": stages.lacks(found),
            }
        )
    data = {
        **frame(findings),
        "days_left": left.value,
        "dates": left.headline,
        "purpose": exercise.purpose,
        "report_due": show.day(exercise.report_due.isoformat()),
        "signoff_due": show.day(exercise.signoff_due.isoformat()),
        "today": show.day(exercise.status_date.isoformat()) if exercise.status_date else "today",
        "tasks": tasks,
        "completed": sum(task["status"] == stages.COMPLETED for task in tasks),
    }
    return answer(request, form, "pages/home.html", data)


def stage(request: HttpRequest, code: str, name: str, form: str) -> HttpResponse:
    """A stage: its findings as sentences with their charts, then its registers as counts."""
    findings = opened(request, code)
    one = stages.stage(name)
    if one is None:
        raise Http404(f"There is no stage {name!r}.")
    found = one.findings(findings)
    label = Labels(findings.case)
    data = {
        **frame(findings),
        "stage": one.name,
        "title": one.title,
        "question": one.question,
        "status": stages.status(found),
        "lacks": stages.lacks(found),
        "findings": [_brief(finding) for finding in found],
        "registers": [
            {
                "stem": model.stem,
                "plural": model.plural(),
                "purpose": model.purpose(),
                "count": len(findings.case.rows(model)),
            }
            for model in one.registers()
        ],
    }
    shown = [{**_brief(f), "picture": picture(f, label, with_png=False)} for f in found]
    return answer(request, form, "pages/stage.html", data, shown=shown, nav=one.name)


def register(request: HttpRequest, code: str, stem: str, form: str) -> HttpResponse:
    """Every record of one kind: a dense list that can be searched."""
    findings = opened(request, code)
    model = _model(stem)
    rows = findings.case.rows(model)
    words = request.GET.get("q", "").strip()[:100]
    if words:
        rows = [row for row in rows if words.casefold() in " ".join(cells(row).values()).casefold()]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    columns = describe.listed_columns(model)
    data = {
        **frame(findings),
        "stem": stem,
        "title": model.plural().capitalize(),
        "question": model.purpose(),
        "query": words,
        "total": len(rows),
        "records": [cells(row) for row in (rows if form == "json" else page.object_list)],
    }
    lines = [{"code": row.code, "cells": [(describe.field_text(row, f), f) for f in columns]} for row in page]
    return answer(
        request,
        form,
        "pages/register.html",
        data,
        columns=columns,
        lines=lines,
        page=page,
        nav=_stage_of(model),
    )


def record(request: HttpRequest, code: str, stem: str, which: str, form: str) -> HttpResponse:
    """One record: its fields with their evidence, what uses it, and its history."""
    findings = opened(request, code)
    model = _model(stem)
    one = findings.case.get(f"{model.kind()}:{which}")
    if one is None:
        raise Http404(f"There is no {model.words()} {which!r} in this exercise.")
    events = Event.objects.filter(exercise=findings.case.exercise, record=one.reference).order_by("-sequence")
    data = {
        **frame(findings),
        "stem": stem,
        "code": one.code,
        "reference": one.reference,
        "title": one.label or one.code,
        "question": model.purpose(),
        "version": one.version,
        "fields": describe.fields(findings.case, one),
        "used_in": [{"key": f.key, "title": f.title} for f in findings.all() if one.reference in f.inputs],
        "history": describe.history(events[:50]),
    }
    return answer(request, form, "pages/record.html", data, plural=model.plural(), nav=_stage_of(model))


def finding_list(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every finding by stage, each as a sentence."""
    findings = opened(request, code)
    if form == "json":
        every = {**frame(findings), "findings": [f.to_json() for f in findings.all()]}
        return answer(request, form, "", every)
    groups = [(one, [_brief(f) for f in one.findings(findings)]) for one in stages.STAGES]
    return answer(request, form, "pages/findings.html", frame(findings), groups=groups, nav="findings")


def finding(request: HttpRequest, code: str, key: str, form: str) -> HttpResponse:
    """One finding: its value, its chart and table, how it was worked out, and what it rests on."""
    findings = opened(request, code)
    one = _finding(findings, key)
    label = Labels(findings.case)
    inputs = [(ref, findings.case.get(ref)) for ref in one.inputs]
    context = {
        "finding": one,
        "value": show.show(one.value, one.unit) if one.value is not None else "",
        "grid": grid(one, label),
        "stems": {model.kind(): model.stem for model in record_models()},
        "picture": picture(one, label, with_png=False),
        "source": source_line(one),
        "inputs": [{"reference": ref, "record": row} for ref, row in inputs if row is not None],
        "title": one.title,
        "question": one.question,
        "nav": "findings",
    }
    return answer(
        request, form, "pages/finding.html", {**frame(findings), "finding": one.to_json()}, **context
    )


def finding_csv(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The rows of a finding as CSV, safe to open in a spreadsheet."""
    one = _finding(opened(request, code), key)
    lines = [[column.name for column in one.columns]]
    lines += [[_csv_cell(row.get(c.name)) for c in one.columns] for row in one.rows]
    response = HttpResponse(csv_text.write(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return response


def finding_svg(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The chart of a finding as a picture."""
    drawn = _drawn(request, code, key)
    return HttpResponse(drawn.svg, content_type="image/svg+xml")


def finding_chart(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The chart of a finding as a Vega-Lite specification, for the page's script."""
    return HttpResponse(_drawn(request, code, key).spec, content_type="application/json")


def _drawn(request: HttpRequest, code: str, key: str) -> Picture:
    findings = opened(request, code)
    drawn = picture(_finding(findings, key), Labels(findings.case), with_png=False)
    if drawn is None:
        raise Http404(f"{key} has no chart, or nothing to draw yet.")
    return drawn


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    return csv_text.neutral(value) if isinstance(value, str) else json.dumps(value)


def _finding(findings: Findings, key: str) -> Finding:
    try:
        return findings[key]
    except UnknownFinding as error:
        raise Http404(str(error)) from None


def _brief(one: Finding) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "headline": one.headline,
        "question": one.question,
        "grade": one.grade,
        "illustrative": one.illustrative,
        "known": one.known,
        "waiting": list(one.waiting),
    }


def _model(stem: str) -> type[Record]:
    found = next((model for model in record_models() if model.stem == stem), None)
    if found is None:
        raise Http404(f"There is no register {stem!r}.")
    return found


def _stage_of(model: type[Record]) -> str:
    return str(model._meta.app_label)


def frame(findings: Findings) -> dict[str, Any]:
    """What every page of an exercise shows: whose it is, its marking and its notice."""
    exercise = findings.case.exercise
    return {
        "exercise": {
            "code": exercise.code,
            "title": exercise.title,
            "organisation": exercise.organisation,
            "marking": dict(exercise._meta.get_field("handling").flatchoices)[exercise.handling],
            "notice": exercise.notice,
            "edition": findings.edition.title,
        }
    }
