"""The pages of what changed: between two days, and by one act."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize

from wayforward.findings import Findings, show
from wayforward.pages.answer import MARKING, answer
from wayforward.pages.frame import frame
from wayforward.pages.marking import in_words
from wayforward.pages.opened import opened
from wayforward.pages.past.asked import Span
from wayforward.pages.past.changes import Between, as_csv, between, described, lines, seen_by
from wayforward.pages.past.words import Teller, moment
from wayforward.people.permissions import may
from wayforward.records import history

A_PAGE = 50
MOST_ACTS = 20


def changes(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What changed between two days, by register, in plain words."""
    findings = opened(request, code)
    span = Span.of(request.GET.dict())
    told = between(request.user, findings, span)
    tell = Teller(findings.case.exercise)
    data = {
        **frame(findings, _markings(findings, told.shown)),
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "person": span.person,
        "register": span.stem,
        "count": len(told.shown),
        "withheld": told.withheld,
    }
    if form == "json":
        every = [described(findings, line, tell) for line in told.shown]
        return answer(request, form, "", {**data, "changes": every})
    page = page_of(told.shown, request.GET.get("page", ""))
    return answer(
        request,
        form,
        "pages/past/changes.html",
        data,
        title="What changed",
        question=_in_words(span),
        span=span,
        page=page,
        groups=_grouped(findings, page, tell),
        people=[{"value": actor, "words": tell.who(actor)} for actor in told.actors],
        registers=[{"value": model.stem, "words": model.plural()} for model in told.stems],
        acts=_acts(findings, told, span, tell),
        nav="changes",
    )


def changes_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same as CSV, a row for each field that differs."""
    findings = opened(request, code)
    span = Span.of(request.GET.dict())
    told = between(request.user, findings, span)
    response = HttpResponse(as_csv(findings, told.shown), content_type="text/csv; charset=utf-8")
    name = f"changes-{code}-{span.first}-{span.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response[MARKING] = in_words(findings.case, _markings(findings, told.shown))
    return response


def act(request: HttpRequest, code: str, sequence: int, form: str) -> HttpResponse:
    """What one person did at once, record by record."""
    findings = opened(request, code)
    exercise = findings.case.exercise
    one = history.act_of(exercise, sequence)
    if one is None:
        raise Http404(f"There is no entry {sequence} in the log.")
    every = list(lines(findings, history.differences(exercise, one.first - 1, one.last)))
    shown = seen_by(request.user, findings, every)
    tell = Teller(exercise)
    data = {
        **frame(findings, _markings(findings, shown)),
        "sequence": one.last,
        "sentence": tell(one.did),
        "count": len(shown),
        "withheld": len(every) - len(shown),
    }
    if form == "json":
        return answer(request, form, "", {**data, "changes": [described(findings, x, tell) for x in shown]})
    page = page_of(shown, request.GET.get("page", ""))
    return answer(
        request,
        form,
        "pages/past/act.html",
        data,
        title="What was done at once",
        question=f"{data['sentence']}.",
        page=page,
        groups=_grouped(findings, page, tell),
        may_undo=may(request.user, "change", exercise),
        nav="changes",
    )


def page_of(some: Any, asked: str) -> Any:
    """The page asked for; the first where that is no page, the last where there are fewer."""
    return Paginator(some, A_PAGE).get_page(asked if asked.isdecimal() and asked.isascii() else 1)


def _markings(findings: Findings, some: Any) -> list[str]:
    """The stored words of the markings of lines, for the frame of a page that shows them."""
    return [mark for line in some for mark in line.markings]


def _grouped(findings: Findings, page: Any, tell: Teller) -> list[dict[str, Any]]:
    """The lines of a page under the names of their registers."""
    groups: list[dict[str, Any]] = []
    last = None
    for line in page:
        if line.model is not last:
            groups.append({"title": line.model.plural(), "stem": line.model.stem, "lines": []})
            last = line.model
        groups[-1]["lines"].append(described(findings, line, tell))
    return groups


def _in_words(span: Span) -> str:
    first, last = show.day(span.first.isoformat()), show.day(span.last.isoformat())
    if span.first == span.last:
        return f"What was added, changed and removed on {first}?"
    return f"What was added, changed and removed from {first} to {last}?"


def _acts(findings: Findings, told: Between, span: Span, tell: Teller) -> list[dict[str, Any]]:
    """The latest things done to several records at once, each with its own page."""
    found = history.acts(findings.case.exercise, told.first, told.last)
    some = [one for one in found if one.records > 1 and span.person in ("", one.did.actor)]
    return [
        {
            "sequence": one.last,
            "words": f"{one.records:,} record{pluralize(one.records)} {one.did.action} by {tell.who(one.did.actor)}"
            f" on {moment(one.did)}",
        }
        for one in some[:MOST_ACTS]
    ]
