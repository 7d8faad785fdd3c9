"""Attaching evidence to a value: evidence that is there or new, with a file or without, and the citation of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from wayforward.pages import describe
from wayforward.pages.answer import MARKING
from wayforward.pages.marking import in_words, of_records
from wayforward.pages.opened import opened
from wayforward.pages.record_views import ABOUT_EVIDENCE, record_of
from wayforward.pages.register import codes, uploads
from wayforward.pages.register.controls import controls, named
from wayforward.pages.register.entries import PREFIX, Fault, asked_of, given, read
from wayforward.pages.register.form import both_ways
from wayforward.pages.register.place import (
    Place,
    at,
    new_submission,
    record_at,
    refuse_withheld,
    shown,
    submission_of,
)
from wayforward.pages.register.rules import as_faults, brought_in
from wayforward.pages.register.uploads import AtMost, FileRefused, Uploaded
from wayforward.people.permissions import demand
from wayforward.records import files
from wayforward.records.base import Record, Versioned, columns
from wayforward.records.evidence_checks import column
from wayforward.records.models import Attachment, Citation, Evidence
from wayforward.records.save import (
    AlreadyReceived,
    Change,
    ChangedMeanwhile,
    CodeUsed,
    SentOtherwise,
    save_all,
    was_received,
)

ACTION = "evidence attached"
REFUSED, MEANWHILE = 400, 409
NEW, THERE = "new", "there"
EVIDENCE = "e-"  # before the names of the fields of new evidence
FILE = "file"
OF_CITATION = ("value", "measure", "period", "basis", "prices", "used", "reason")


@dataclass(frozen=True)
class Answer:
    """What was said on the form: which evidence, or what new one, and how the value is cited from it."""

    which: str
    chosen: str
    about: dict[str, str]
    cited: dict[str, str]
    faults: tuple[Fault, ...] = ()


@csrf_exempt  # only until the reader of files is set: what follows is protected
def attach(request: HttpRequest, code: str, stem: str, which: str, field: str) -> HttpResponseBase:
    """The form by which evidence is attached to one field of a record."""
    request.upload_handlers = [AtMost(request)]
    return csrf_protect(_attach)(request, code, stem, which, field)


@both_ways
def _attach(request: HttpRequest, code: str, stem: str, which: str, field: str) -> HttpResponse:
    place = at(request, code, stem)
    demand(request.user, Citation.changed_by, place.exercise)
    record = record_at(place, which)
    asked = column(record, field)
    if asked is None or field == "code" or stem in ABOUT_EVIDENCE:
        raise Http404("There is no such field to attach evidence to.")
    if request.method != "POST":
        return _page(place, record, field, _at_first(place, record, field))
    back = f"{reverse('record', args=[code, stem, which])}?saved=cited"
    submission = submission_of(place)
    answer, put, file = _read(place, record, field)
    try:
        if was_received(submission):
            return redirect(back)
    except SentOtherwise:
        words = "This form was saved already, with other answers. To store these too, send it again, with its file"
        return _page(
            place, record, field, replace(answer, faults=(Fault("", words), *answer.faults)), MEANWHILE
        )
    if not answer.faults:
        answer = replace(answer, faults=tuple(as_faults(brought_in(place.case, put), None, ())))
    if answer.faults:
        return _page(place, record, field, answer, REFUSED)
    if file is not None:
        _with_file(place, put, file)
    try:
        save_all([Change(one, 0) for one in put], place.actor, ACTION, submission)
    except AlreadyReceived:
        pass
    except (CodeUsed, ChangedMeanwhile):
        words = "Somebody else attached evidence at the same moment: send the form again"
        return _page(place.anew(), record, field, replace(answer, faults=(Fault("", words),)), REFUSED)
    return redirect(back)


def _at_first(place: Place, record: Versioned, field: str) -> Answer:
    asked: Any = column(record, field)
    used = any(one.used and one.field == field for one in place.case.citations(record, field))
    cited = {"value": asked.write_cell(getattr(record, field)), "used": "no" if used else "yes"}
    return Answer("", "", {}, cited)


def _read(place: Place, record: Versioned, field: str) -> tuple[Answer, list[Record], Uploaded | None]:
    """The answer, the rows to store, and the file; with faults there are no rows."""
    post = place.request.POST
    about, cited = given(post, _of_evidence(), EVIDENCE), given(post, _of_citation())
    answer = Answer(post.get("which", ""), post.get("chosen", ""), about, cited)
    faults: list[Fault] = []
    put: list[Record] = []
    evidence = _evidence(place, answer, faults)
    file = _file(place.request, answer, faults)
    found = read(place, _of_citation(), cited)
    faults += [Fault(f"{PREFIX}{one.name}", one.words) for one in found.faults]
    if not faults and evidence is not None:
        if evidence.pk is None:
            put.append(evidence)
        citation = Citation(
            exercise=place.exercise,
            code=codes.next_code(place.exercise, Citation),
            record=record.reference,
            field=field,
            evidence=evidence,
            **found.values,
        )
        put.append(citation)
    return replace(answer, faults=tuple(faults)), put, file


def _evidence(place: Place, answer: Answer, faults: list[Fault]) -> Evidence | None:
    if answer.which == THERE:
        rows = {row.code: row for row in place.seen(Evidence)}
        if answer.chosen in rows:
            return rows[answer.chosen]  # type: ignore[return-value]  # rows of its table
        faults.append(Fault("chosen", "Evidence: choose one that is there"))
        return None
    if answer.which != NEW:
        faults.append(Fault("which", "Choose evidence that is there, or new evidence"))
        return None
    found = read(place, _of_evidence(), answer.about)
    faults += [Fault(f"{EVIDENCE}{one.name}", one.words) for one in found.faults]
    if found.faults:
        return None
    code = codes.next_code(place.exercise, Evidence)
    return Evidence(exercise=place.exercise, code=code, **found.values)


def _file(request: HttpRequest, answer: Answer, faults: list[Fault]) -> Uploaded | None:
    try:
        return uploads.of_request(request, FILE)
    except FileRefused as refused:
        faults.append(Fault(FILE, str(refused)))
        return None


def _with_file(place: Place, put: list[Record], file: Uploaded) -> None:
    """Keep the file, and add the row that names it. A file is kept before any row says that it is there."""
    files.sweep(settings.HOME, set(Attachment.objects.values_list("sha256", flat=True)))
    stored = files.store(settings.HOME, file.content)
    citation: Any = put[-1]
    attachment = Attachment(
        exercise=place.exercise,
        code=codes.next_code(place.exercise, Attachment),
        evidence=citation.evidence,
        name=file.name,
        media_type=file.media_type,
        size=stored.size,
        sha256=stored.sha256,
        marking=citation.evidence.marking,
    )
    put.append(attachment)


def _of_evidence() -> list[Any]:
    return asked_of(Evidence)


def _of_citation() -> list[Any]:
    named_ = {one.name: one for one in columns(Citation)}
    return [named_[name] for name in OF_CITATION]


def _page(place: Place, record: Versioned, field: str, answer: Answer, status: int = 200) -> HttpResponse:
    asked: Any = column(record, field)
    there: Sequence[Any] = place.seen(Evidence)
    own = {"e": [], "f": []}  # type: dict[str, list[Fault]]
    for fault in answer.faults:
        name = fault.name.partition("-")
        if name[0] in own and name[1]:
            own[name[0]].append(Fault(name[2], fault.words))
    data = {
        "title": f"Attach evidence to {asked.verbose_name!s}",
        "called": f"{record.code}{f', {record.label}' if record.label else ''}",
        "record": record,
        "value": describe.exact_text(record, asked),
        "there": there,
        "answer": answer,
        "about": controls(place, _of_evidence(), answer.about, own["e"], EVIDENCE),
        "cited": controls(place, _of_citation(), answer.cited, own["f"]),
        "said": {fault.name: fault.words for fault in answer.faults},
        "faults": answer.faults,
        "first": "which",
        "accept": ",".join(f".{ending}" for ending in uploads.KINDS),
        "allowed": uploads.ALLOWED,
        "submission": new_submission(),
    }
    return shown(
        place, "pages/register/evidence.html", data, [record, *there, *named(place, _of_citation())], status
    )


def download(request: HttpRequest, code: str, which: str) -> HttpResponseBase:
    """The file of an attachment, to be kept and never shown by the browser."""
    findings = opened(request, code)
    attachment: Any = record_of(findings.case, Attachment, which)
    markings = list(of_records(findings.case, [attachment]))
    refuse_withheld(Place(request, findings, Attachment), markings)
    try:
        content = files.opened(settings.HOME, attachment.sha256)
    except files.FileLost as lost:
        raise Http404(str(lost)) from lost
    known = {media_type for media_type, _ in uploads.KINDS.values()}
    kind = attachment.media_type if attachment.media_type in known else "application/octet-stream"
    response = FileResponse(
        content, as_attachment=True, filename=uploads.clean(attachment.name), content_type=kind
    )
    response[MARKING] = in_words(findings.case, markings)
    return response
