"""The pages of an upload: what it would change, and what was accepted of it."""

from collections.abc import Collection, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wayforward.findings import Findings, show
from wayforward.pages import marking
from wayforward.pages.answer import MARKING, answer
from wayforward.pages.frame import frame
from wayforward.pages.round_trip import kept
from wayforward.pages.round_trip import shown as shows
from wayforward.pages.round_trip.told import MOST_ASKED, Told, by_register

LEAVE = "leave"
SEEN = "seen"


def leaves(request: HttpRequest) -> bool:
    """Whether the person leaves out every conflict that they did not decide."""
    return request.POST.get(LEAVE) == "yes"


def kept_told(found: kept.Kept) -> Told | None:
    """What was last told of an upload that is compared as long work; None while it was not compared."""
    text = found.part(kept.TOLD)
    return Told.from_json(text) if text is not None else None


def marked(findings: Findings, one: Told) -> str:
    """How what is shown of an upload is to be handled."""
    return marking.in_words(findings.case, one.markings)


def page(
    request: HttpRequest,
    findings: Findings,
    found: kept.Kept,
    one: Told,
    *,
    chosen: Mapping[str, str] | None = None,
    undecided: Collection[str] = (),
    aside: str = "",
    status: int = 200,
) -> HttpResponse:
    """What an upload would change, cell by cell. `aside`: what became of accepting it."""
    data = {
        **frame(findings, one.markings),
        "title": f"What {found.name} would change",
        "question": "Nothing is kept until you accept. What is refused is never kept: mend it and upload again.",
    }
    context = {
        **data,
        "groups": by_register(one, chosen, set(undecided)),
        "more": one.every - len(one.lines),
        "too_many": len(one.conflicts) > MOST_ASKED,
        "key": found.key,
        "counts": shows.in_words(one.counted),
        "counted": one.counted,
        "conflicts": len(one.conflicts),
        "notices": one.notices,
        "notice": aside or one.notice,
        "undecided": undecided,
        "leave": leaves(request),
        "digest": one.digest,
        "changes": one.changes,
        "compared_at": one.at,
        "nav": "registers",
    }
    response = render(request, "pages/round_trip/preview.html", context, status=status)
    response[MARKING] = data["exercise"]["marking"]
    return response


def accepted(request: HttpRequest, findings: Findings, found: kept.Kept | None) -> HttpResponse:
    """That an upload was accepted, and what of it is left to mend."""
    receipt = found.receipt() if found else {}
    many = show.count(receipt["cells"], "change") if "cells" in receipt else "the upload was"
    title = f"{many[:1].upper()}{many[1:]} accepted"
    data = {
        **frame(findings),
        "title": title,
        "question": "What was accepted is in the log under your number, and every finding that rests on it follows.",
    }
    return answer(request, "", "pages/round_trip/accepted.html", data, receipt=receipt, nav="registers")
