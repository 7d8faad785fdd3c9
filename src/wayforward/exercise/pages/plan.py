"""Plan: will the report be ready, what could make it late, who has how much to do, how far is each section."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wayforward.exercise.findings.readiness import READY, quoted
from wayforward.exercise.models import Section
from wayforward.exercise.standing import standing
from wayforward.findings import Finding, Findings, registered, show
from wayforward.pages.answer import answer
from wayforward.pages.frame import brief, frame_of
from wayforward.pages.labels import Labels
from wayforward.pages.opened import opened
from wayforward.pages.pictures import picture
from wayforward.pages.present import on_screen
from wayforward.pages.withheld import findings_for
from wayforward.pages.working_out import at_hand, earlier

TITLE = "Plan"
QUESTION = "Will the report be ready, and what could make it late?"
READINESS = "exercise.readiness"
PARTS = (
    (
        "When it will be ready",
        ("exercise.dates", "exercise.forecast", "exercise.slips", "exercise.ended", "exercise.critical_path"),
    ),
    ("Who does what, when", ("exercise.plan", "exercise.capacity", "exercise.spent")),
    (
        "What to look at now",
        ("exercise.actions", "exercise.chasing", "exercise.reviews", "exercise.to_do"),
    ),
)
KEYS = (*(key for _, keys in PARTS for key in keys), "exercise.days_left", READINESS)
SAID = ("exercise.days_left", "exercise.forecast")


def plan(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The plan with its forecast, its critical path, its load, and the readiness of each section."""
    findings = opened(request, code)
    findings = findings if form == "json" else at_hand(findings)
    found = {key: findings[key] for key in KEYS}
    # The plan carries the exercise's own marking; what figures wait for is told of those that this person may see.
    behind = _behind(findings, request)
    shown = {one.key: one for one in findings_for(request.user, findings, found.values())}
    stands = standing(shown)
    data = {
        **frame_of(findings, [*shown.values(), *behind.values()]),
        "title": TITLE,
        "question": QUESTION,
        "standing": stands.word,
        "why": stands.why,
        "says": [shown[key].headline for key in SAID if key in shown],
        "withheld": len(found) - len(shown),
        "sections": [_section(shown[READINESS], one, behind) for one in _sections(findings)]
        if READINESS in shown
        else [],
    }
    if form == "json":
        return answer(
            request, form, "", {**data, "findings": {key: one.to_json() for key, one in shown.items()}}
        )
    return answer(
        request,
        form,
        "exercise/plan.html",
        data,
        parts=_parts(findings, shown),
        ready=shown[READINESS].headline if READINESS in shown else "",
        nav="plan",
        earlier=earlier(findings),
    )


def _parts(findings: Findings, shown: dict[str, Finding]) -> list[dict[str, Any]]:
    """The findings under their headings, each with its chart where it has one, else with its table."""
    label = Labels(findings.case)
    drawn = {key: picture(one, label) for key, one in shown.items()}
    return [
        {
            "heading": heading,
            "findings": [
                {
                    **brief(shown[key]),
                    "picture": drawn.get(key),
                    "grid": on_screen(shown[key], label),
                    "warnings": shown[key].warnings,
                }
                for key in keys
                if key in shown
            ],
        }
        for heading, keys in PARTS
    ]


def _sections(findings: Findings) -> list[Section]:
    return sorted(findings.case.rows(Section), key=lambda one: (one.number, one.code))


def _behind(findings: Findings, request: HttpRequest) -> dict[str, Finding]:
    """The findings that sections quote and this person may see."""
    keys = dict.fromkeys(key for section in _sections(findings) for key in quoted(section))
    every = [findings[key] for key in keys if key in registered()]
    return {one.key: one for one in findings_for(request.user, findings, every)}


def _section(readiness: Finding, section: Section, behind: dict[str, Finding]) -> dict[str, Any]:
    """A section as the finding about readiness tells it, with the figures that it quotes and that still wait."""
    row = next(row for row in readiness.rows if row["section"] == section.code)
    waits = [behind[key] for key in quoted(section) if key in behind and behind[key].waiting]
    lacks = [] if row["standing"] == READY else [str(row["standing"])]
    if waits:
        lacks.append(
            f"{show.count(len(waits), 'finding')} that it quotes {'waits' if len(waits) == 1 else 'wait'}"
        )
    return {
        "code": section.code,
        "number": section.number,
        "title": section.title,
        "owner": row["owner"] or show.UNKNOWN,
        "written": row["written"],
        "review": row["review"],
        "challenges": row["challenges"],
        "requests": row["requests"],
        "standing": "; ".join(lacks) or READY,
        "figures": row["figures"],
        "waiting": [{"key": one.key, "title": one.title, "for": list(one.waiting)} for one in waits],
    }
