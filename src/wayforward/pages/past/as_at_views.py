"""The exercise as at a day: which days there are, what it held, what was found then, and a register's rows."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wayforward.findings import Findings, show
from wayforward.pages import describe, listing, marking, stages
from wayforward.pages.answer import answer
from wayforward.pages.frame import brief, frame
from wayforward.pages.opened import opened
from wayforward.pages.past.as_at import Past, as_at, findings_seen, rows_seen
from wayforward.pages.past.asked import day_asked
from wayforward.pages.past.changes_views import page_of
from wayforward.pages.record_views import model_of_stem, place_among_stages
from wayforward.records.models import Event
from wayforward.records.rows import cells


def days(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The days on which something was changed, and a day to be chosen."""
    findings = opened(request, code)
    entered = request.GET.get("day", "")[:100]
    day, error = day_asked(entered)
    if day and form != "json":
        return redirect("as-at", code, day)
    found = [
        {"day": one["day"].isoformat(), "words": show.day(one["day"].isoformat()), "events": one["events"]}
        for one in _days(findings.case.exercise)
    ]
    data = {**frame(findings), "days": found}
    if form == "json":
        return answer(request, form, "", data)
    return answer(
        request,
        form,
        "pages/past/days.html",
        data,
        title="As at a day",
        question="How did the exercise stand at the end of any day?",
        page=page_of(found, request.GET.get("page", "")),
        entered=entered,
        error=error,
        nav="as-at",
    )


def as_at_day(request: HttpRequest, code: str, day: date, form: str) -> HttpResponse:
    """What the exercise held at the end of a day, and what was found then."""
    findings = opened(request, code)
    past = as_at(findings.case.exercise, day)
    seen = findings_seen(request.user, findings, past) if past else []
    markings = [one.marking for one in seen]
    data = {
        **_frame(findings, past, day, markings),
        "there": past is not None,
        "groups": _groups(request.user, findings, past) if past else [],
        "findings": [brief(one) for one in seen],
        "withheld": len(past.findings) - len(seen) if past else 0,
        "not_fitting": [f"{one.reference}, {one.field}: {one.found}" for one in past.misfits] if past else [],
    }
    if form == "json":
        return answer(request, form, "", data)
    by_stage = [
        (one, [brief(f) for f in seen if f.key.partition(".")[0] in one.keys]) for one in stages.STAGES
    ]
    return answer(
        request,
        form,
        "pages/past/as_at.html",
        data,
        title=f"As at {show.day(day.isoformat())}",
        question="How did the exercise stand at the end of that day?",
        found=[pair for pair in by_stage if pair[1]],
        **_beside(findings.case.exercise, day),
        nav="as-at",
    )


def as_at_register(request: HttpRequest, code: str, day: date, stem: str, form: str) -> HttpResponse:
    """The rows of a register as they stood at the end of a day."""
    findings = opened(request, code)
    model = model_of_stem(stem)
    past = as_at(findings.case.exercise, day)
    rows = stages.rows(past.case, model) if past else []
    every = rows_seen(request.user, findings, past, rows) if past else []
    asked = listing.Asked.of(request.GET)
    found = listing.chosen(every, model, asked)
    markings = list(marking.of_records(past.case, every)) if past else []
    data = {
        **_frame(findings, past, day, markings),
        "stem": stem,
        "title": model.plural().capitalize(),
        "query": asked.words,
        "sort": asked.sort,
        "total": len(every),
        "withheld": len(rows) - len(every),
        "found": len(found),
    }
    if form == "json":
        return answer(request, form, "", {**data, "records": [cells(row) for row in found]})
    page = listing.page_of(found, asked)
    shown = describe.listed_columns(model)
    return answer(
        request,
        form,
        "pages/past/as_at_register.html",
        data,
        question=model.meaning(),
        heads=listing.heads(model, asked.sort),
        lines=[{"code": row.code, "cells": [describe.cell(row, c) for c in shown]} for row in page],
        page=page,
        plural=model.plural(),
        **place_among_stages(model),
    )


def _frame(findings: Findings, past: Past | None, day: date, markings: list[str]) -> dict[str, Any]:
    """The frame of a page of the past: as strict as the exercise is now, and as it was."""
    then = [past.case.exercise.handling] if past else []
    return {
        **frame(findings, [*then, *markings]),
        "day": day.isoformat(),
        "as_at": show.day(day.isoformat()),
    }


def _groups(user: Any, findings: Findings, past: Past) -> list[dict[str, Any]]:
    """The registers by stage, with how many rows that this person may see each held."""
    return [
        {
            "stage": one.name,
            "title": one.title,
            "registers": [
                {
                    "stem": model.stem,
                    "plural": model.plural(),
                    "count": len(rows_seen(user, findings, past, stages.rows(past.case, model))),
                }
                for model in one.tables()
            ],
        }
        for one in stages.STAGES
    ]


def _days(exercise: Any) -> list[dict[str, Any]]:
    """Each day on which something was saved, with how many records were, the latest first."""
    every = Event.objects.filter(exercise=exercise).annotate(day=TruncDate("at")).order_by()
    return [dict(one) for one in every.values("day").annotate(events=Count("id")).order_by("-day")]


def _beside(exercise: Any, day: date) -> dict[str, str]:
    """The days with changes before and after a day, for the way back and on."""
    every = [one["day"] for one in _days(exercise)]
    earlier = max((one for one in every if one < day), default=None)
    later = min((one for one in every if one > day), default=None)
    return {
        "earlier": earlier.isoformat() if earlier else "",
        "later": later.isoformat() if later else "",
    }
