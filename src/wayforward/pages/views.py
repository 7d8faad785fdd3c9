"""The pages of an exercise: the exercises there are, home, and a stage."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from wayforward.findings import Findings, show
from wayforward.findings.finding import Finding
from wayforward.pages import stages
from wayforward.pages.answer import answer
from wayforward.pages.comments.shown import counts
from wayforward.pages.frame import brief, frame_of
from wayforward.pages.labels import Labels
from wayforward.pages.notices import notices
from wayforward.pages.opened import opened, visible_exercises
from wayforward.pages.people import called
from wayforward.pages.pictures import picture
from wayforward.pages.present import on_screen
from wayforward.pages.waiting import waiting
from wayforward.pages.withheld import findings_for
from wayforward.pages.working_out import at_hand, earlier
from wayforward.people.permissions import may, may_begin
from wayforward.records.models import Event

LATEST_CHANGES = 5
MOST_ROWS = 100  # of a table on the page of its stage; the page of the finding has them all
AT_ONCE = timedelta(seconds=1)  # between the saves of one act, such as a scenario with its values


def exercises(request: HttpRequest, form: str) -> HttpResponse:
    """The exercises that a person may open; straight to the only one."""
    found = visible_exercises(request.user)
    if len(found) == 1 and form != "json" and "all" not in request.GET:
        return redirect("home", found[0].code)
    data = {"exercises": [{"code": e.code, "title": e.title, "organisation": e.organisation} for e in found]}
    return answer(request, form, "pages/exercises.html", data, may_begin=may_begin(request.user))


def home(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Will the report be ready? Days left, and each stage with what it lacks."""
    findings = opened(request, code)
    findings = findings if form == "json" else at_hand(findings)
    exercise = findings.case.exercise
    seen = findings_for(request.user, findings, findings.all())
    keys = {one.key for one in seen}
    left = findings["exercise.days_left"]
    tasks = [_task(one, stages.standing(one, findings, keys), _due(findings, one)) for one in stages.STAGES]
    data = {
        **frame_of(findings, seen),
        "days_left": left.value,
        "dates": left.headline,
        "purpose": exercise.purpose,
        "report_due": show.day(exercise.report_due.isoformat()),
        "signoff_due": show.day(exercise.signoff_due.isoformat()),
        "today": show.day(exercise.status_date.isoformat()) if exercise.status_date else "today",
        "tasks": tasks,
        "completed": sum(task["status"] == stages.COMPLETED for task in tasks),
        "notices": notices(request.user, findings),
        "first_steps": _first_steps(findings),
        "comments": counts(request.user, findings),
        **waiting(request.user, findings),
        "changes": _latest_changes(exercise),
    }
    may_people = may(request.user, "people", exercise)
    shown = {"nav": "home", "may_people": may_people, "earlier": earlier(findings)}
    return answer(request, form, "pages/home.html", data, **shown)


def _first_steps(findings: Findings) -> list[dict[str, Any]]:
    """What to do first, until most of it is done."""
    found = findings["exercise.first_steps"]
    left = [row for row in found.rows if row["stands"] != "done"]
    return [dict(row) for row in found.rows] if len(left) > len(found.rows) / 2 else []


def _due(findings: Findings, one: stages.Stage) -> str:
    """The day by which a stage is due, in words; blank where no section of the report waits for it."""
    rows = findings["exercise.dues"].where(stage=one.name)
    days = [str(row["due"]) for row in rows if row["due"]]
    return show.day(min(days)) if days else ""


def _task(one: stages.Stage, stands: stages.Standing, due: str) -> dict[str, Any]:
    return {
        "due": due,
        "stage": one.name,
        "title": one.title,
        "question": one.question,
        "status": stands.status,
        "lacks": list(stands.lacks),
        "sections": list(stands.sections),
    }


def _latest_changes(exercise: Any) -> list[str]:
    """What changed last, as sentences: what one person saved at once is one change."""
    grouped = (
        Event.objects.filter(exercise=exercise)
        .order_by("-at")
        .values("at", "actor", "action")
        .annotate(records=Count("id"))
    )
    acts: list[dict[str, Any]] = []
    for one in grouped.iterator(chunk_size=200):
        last = acts[-1] if acts else None
        if (
            last
            and (one["actor"], one["action"]) == (last["actor"], last["action"])
            and last["began"] - one["at"] < AT_ONCE
        ):
            last |= {"began": one["at"], "records": last["records"] + one["records"]}
        elif len(acts) == LATEST_CHANGES:
            break
        else:
            acts.append({**one, "began": one["at"]})
    return [_change(one["at"], called(one["actor"], exercise), one["action"], one["records"]) for one in acts]


def _change(at: datetime, who: str, action: str, records: int) -> str:
    return f"{show.count(records, 'record')} {action} by {who} on {show.day(at.date().isoformat())}"


def stage(request: HttpRequest, code: str, name: str, form: str) -> HttpResponse:
    """A stage: its findings as sentences with their charts, then its registers as counts."""
    findings = opened(request, code)
    one = stages.stage(name)
    if one is None:
        raise Http404(f"There is no stage {name!r}.")
    findings = findings if form == "json" else at_hand(findings)
    parts = [(heading, findings_for(request.user, findings, some)) for heading, some in one.parts(findings)]
    found = [finding for _, some in parts for finding in some]
    asked = findings_for(request.user, findings, [findings[stages.REQUESTS]])
    stands = stages.standing(one, findings, {finding.key for finding in (*found, *asked)})
    briefs = {finding.key: brief(finding) for finding in found}
    data = {
        **frame_of(findings, found),
        "stage": one.name,
        "title": one.title,
        "question": one.question,
        "status": stands.status,
        "lacks": list(stands.lacks),
        "findings": list(briefs.values()),
        "registers": stages.registers(findings.case, one),
    }
    if form == "json":
        return answer(request, form, "", data)
    before, after = stages.beside(one)
    return answer(
        request,
        form,
        "pages/stage.html",
        data,
        parts=[{"heading": heading, **_drawn_and_told(findings, some, briefs)} for heading, some in parts],
        stages=stages.STAGES,
        nav=one.name,
        before=before,
        after=after,
        earlier=earlier(findings),
    )


def _drawn_and_told(
    findings: Findings, found: list[Finding], briefs: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The findings that are drawn, each with its chart and table, and those told in a sentence alone."""
    label = Labels(findings.case)
    pictures = {one.key: picture(one, label) for one in found}
    return {
        "drawn": [
            {
                **briefs[one.key],
                "picture": pictures[one.key],
                "grid": on_screen(one, label, MOST_ROWS),
                "more": max(0, len(one.rows) - MOST_ROWS),
            }
            for one in found
            if pictures[one.key]
        ],
        "told": [briefs[one.key] for one in found if not pictures[one.key]],
    }
