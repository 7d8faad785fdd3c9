"""The weekly highlight report as a Word file: what its page says, for a steering group that reads paper."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from wayforward.exercise.pages.highlight import day_asked, of_another, told
from wayforward.exercise.weeks import Week
from wayforward.findings import Findings
from wayforward.pages.answer import MARKING
from wayforward.pages.opened import opened
from wayforward.report.download import TYPES
from wayforward.report.typeset import word
from wayforward.report.typeset.checks import check
from wayforward.report.typeset.document import Block, Bullets, Callout, Document, Heading, Paragraph
from wayforward.report.typeset.numbering import number


def highlight_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The report of a week. A week that is none is told on the page, with what was entered."""
    findings = opened(request, code)
    asked = request.GET.get("week", "").strip()
    day, fault = day_asked(asked, findings.today)
    if fault:
        return redirect(f"{reverse('highlight', args=[code])}?{request.GET.urlencode()}")
    week = Week.of(day)
    said = told(request.user, findings, week)
    response = HttpResponse(word_file(findings, week, said), content_type=TYPES["docx"])
    response[MARKING] = said["exercise"]["marking"]
    response["Content-Disposition"] = f'attachment; filename="{code}-highlight-{said["week"]}.docx"'
    return response


def word_file(findings: Findings, week: Week, said: dict[str, Any]) -> bytes:
    """What was said of a week, set as a brief paper."""
    exercise = findings.case.exercise
    document = Document(
        title=said["title"],
        subtitle=f"{exercise.title}, {exercise.organisation}" if exercise.organisation else exercise.title,
        version="",
        date=findings.today,
        status="",
        marking=said["exercise"]["marking"],
        blocks=tuple(_blocks(said, of_another(findings, week))),
        notice=exercise.notice,
        brief=True,
    )
    check(document)
    return word.write(number(document))


def _blocks(said: dict[str, Any], of_another: str) -> Iterator[Block]:
    yield Paragraph(f"{said['standing']}. {_sentence(said['why'])}", lead=True)
    if of_another:
        yield Callout(of_another)
    yield Bullets(tuple(_sentence(words) for words in said["says"]))
    for place, part in enumerate(said["parts"], start=1):
        yield Heading(1, part["title"], f"part-{place}")
        if part["items"]:
            yield Bullets(tuple(_item(item) for item in part["items"]))
        else:
            yield Paragraph(part["none"])
        if part["withheld"]:
            yield Paragraph(f"Withheld as commercial: {part['withheld']}.")
    yield Heading(1, "Changed in the records this week", "since")
    if said["since"]:
        yield Bullets(tuple(_begun(words) for words in said["since"]))
    else:
        yield Paragraph("The log holds no change of this week.")


def _item(item: dict[str, Any]) -> str:
    words = " ".join(filter(None, [_begun(item["what"]), item["day_words"]]))
    return ". ".join(filter(None, [item["name"], words, item["owner"]]))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sentence(words: str) -> str:
    said = words.rstrip()
    return said if said.endswith((".", "?", "!")) else f"{said}."
