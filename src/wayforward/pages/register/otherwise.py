"""A form whose key came before with other content: nothing of it is kept, and the person says whether it is to be."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import sync_only_middleware

from wayforward.pages import marking
from wayforward.pages.answer import MARKING
from wayforward.pages.frame import frame
from wayforward.pages.opened import OPENED
from wayforward.pages.record_views import model_of_stem, record_of
from wayforward.pages.register.entries import PREFIX
from wayforward.pages.register.place import new_submission
from wayforward.pages.submitted import FORMS_OWN
from wayforward.records.base import MARKINGS, columns
from wayforward.records.save import SentOtherwise

OTHERWISE = 409
NOT_SHOWN = FORMS_OWN | {"aside", "seen", "row", "about", "next", "next-code"}
LONGEST_SHOWN = 2000


@sync_only_middleware
def told_otherwise(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with a page that keeps what was sent wherever a view finds that its key came with other content."""

    def guarded(request: HttpRequest) -> HttpResponse:
        return answer(request)

    guarded.process_exception = _asked  # type: ignore[attr-defined]  # where Django looks for it
    return guarded


def _asked(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if not isinstance(exception, SentOtherwise):
        return None
    return page(request)


def page(request: HttpRequest) -> HttpResponse:
    """What was sent, and a button that sends it as a form of its own."""
    findings = getattr(request, OPENED, None)
    framed = frame(findings, _markings(request, findings)) if findings else {}
    kept = [
        (name, str(text))
        for name, texts in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "submission")
        for text in texts
    ]
    context = {
        **framed,
        "title": "This form was saved already, with other answers",
        "hidden": [*kept, ("submission", new_submission())],
        "shown": [(_label(request, name), text) for name, text in kept if text and name not in NOT_SHOWN],
        "again": "submission" in request.POST and not request.FILES,
        "longest": LONGEST_SHOWN,
        "path": request.path,
    }
    response = render(request, "pages/register/otherwise.html", context, status=OTHERWISE)
    if framed:
        response[MARKING] = framed["exercise"]["marking"]
    return response


def _label(request: HttpRequest, name: str) -> str:
    """What the form calls an entry: the field of its register, else the words of its name."""
    match = request.resolver_match
    stem = match.kwargs.get("stem", "") if match else ""
    bare = name.removeprefix(PREFIX)
    if stem and bare != name:
        fields = {one.name: str(one.verbose_name) for one in columns(model_of_stem(stem))}
        if bare in fields:
            return fields[bare]
    words = bare.replace("_", " ").replace("-", " ")
    return f"{words[:1].upper()}{words[1:]}"


def _markings(request: HttpRequest, findings: Any) -> Iterator[str]:
    """Of the record that the form is about, and what the form itself gives as its marking."""
    match = request.resolver_match
    given: dict[str, Any] = match.kwargs if match else {}
    if "stem" in given and "which" in given:
        try:
            one = record_of(findings.case, model_of_stem(given["stem"]), given["which"])
        except Http404:
            return
        yield from marking.of_records(findings.case, [one])
    typed = request.POST.get(f"{PREFIX}marking", "")
    yield typed if typed in dict(MARKINGS) else ""
