"""The page of a record's history: each change field by field, and the way back to what was before it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from wayforward.findings import Findings
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.past.words import Teller, changed, markings_of, title_of
from wayforward.pages.record_views import model_of_stem, place_among_stages
from wayforward.people.permissions import may
from wayforward.records.base import Versioned, exercise_model
from wayforward.records.history import Act, Cells, Step, act_of, steps

A_PAGE = 20


def record_history(request: HttpRequest, code: str, stem: str, which: str, form: str) -> HttpResponse:
    """Everything that was done to a record, the latest first; also of one that was removed."""
    findings = opened(request, code)
    model, reference = found(findings, stem, which)
    done = every_step(findings, reference)
    tell = Teller(findings.case.exercise)
    told = [_step(findings, model, step, tell) for step in reversed(done)]
    now = done[-1].after
    rows = [step.after.cells for step in done]
    data = {
        **frame(findings, markings_of(findings, reference, model, *rows)),
        "stem": stem,
        "code": which,
        "reference": reference,
        "title": title_of(findings.case, reference, *reversed(rows)),
        "there": now.cells is not None,
        "version": now.version,
        "steps": told,
    }
    if form == "json":
        return answer(request, form, "", data)
    page = _page(told, request.GET.get("page", ""))
    acts = {one["sequence"]: act_of(findings.case.exercise, one["sequence"]) for one in page}
    undoable = _undoable(request.user, findings, model, done)
    shown = [
        {**one, "act": _more_than_one(acts[one["sequence"]]), "undo": one["version"] in undoable}
        for one in page
    ]
    return answer(
        request,
        form,
        "pages/past/history.html",
        data,
        shown=shown,
        page=page,
        plural=model.plural(),
        words=model.words(),
        **place_among_stages(model),
    )


def found(findings: Findings, stem: str, which: str) -> tuple[type[Versioned], str]:
    """The table of a stem, and the reference of one of its records. Raises Http404 where there is no such table."""
    model = model_of_stem(stem)
    if model is not exercise_model():
        return model, f"{model.kind()}:{which}"
    if which != findings.case.exercise.code:
        raise Http404(f"There is no exercise {which!r} here.")
    return model, "exercise"


def every_step(findings: Findings, reference: str) -> list[Step]:
    """What was done to a record. Raises Http404 where nothing ever was."""
    done = steps(findings.case.exercise, reference)
    if not done:
        raise Http404(f"There is and was no {reference} in this exercise.")
    return done


def _step(findings: Findings, model: type[Versioned], step: Step, tell: Teller) -> dict[str, Any]:
    before, after = step.before.cells, step.after.cells
    what = "added" if before is None else "removed" if after is None else "changed"
    fields = changed(findings.case, model, before or {}, after or {}) if what == "changed" else []
    return {
        "sequence": step.did.sequence,
        "version": step.after.version,
        "at": step.did.at.isoformat(timespec="seconds"),
        "what": what,
        "sentence": tell(step.did),
        "fields": [{**one.plain(), "sentence": one.sentence, "long": one.long} for one in fields],
    }


def _page(told: list[dict[str, Any]], asked: str) -> Any:
    paginator = Paginator(told, A_PAGE)
    return paginator.get_page(asked if asked.isdecimal() and asked.isascii() else 1)


def _more_than_one(act: Act | None) -> Act | None:
    return act if act is not None and act.records > 1 else None


def _undoable(user: Any, findings: Findings, model: type[Versioned], done: list[Step]) -> set[int]:
    """The versions whose change this person may undo, where that would alter anything."""
    if not may(user, model.changed_by, findings.case.exercise):
        return set()
    now: Cells | None = done[-1].after.cells
    is_exercise = model is exercise_model()
    return {
        step.after.version
        for step in done
        if step.before.cells != now and not (is_exercise and step.before.cells is None)
    }
