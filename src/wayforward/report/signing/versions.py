"""The pages of signed versions: signing, what there is, and the files of each."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wayforward.findings import Findings, show
from wayforward.jobs.models import DONE, REFUSED
from wayforward.jobs.queue import somebody_works
from wayforward.jobs.running import run
from wayforward.pages.answer import MARKING, answer
from wayforward.pages.frame import frame
from wayforward.pages.marking import in_words
from wayforward.pages.opened import opened
from wayforward.pages.people import actor_of, called
from wayforward.pages.withheld import barred
from wayforward.people.permissions import COMMERCIAL, demand, may
from wayforward.report.download import FORMATS, REPORT_POLICY, TYPES
from wayforward.report.models import SignedVersion
from wayforward.report.produce import STEM
from wayforward.report.signing import bundle
from wayforward.report.signing.lacking import lacking, next_number, open_challenges
from wayforward.report.signing.long_work import ask_to_sign
from wayforward.report.signing.superseded import told as superseded

ARCHIVE = "bundle.zip"
TYPES_OF = {f"{STEM}.{form}": kind for form, kind in TYPES.items()} | {ARCHIVE: "application/zip"}
WORDS_OF = {f"{STEM}.{form}": words for form, (words, _) in FORMATS.items()} | {
    ARCHIVE: "All that was sealed"
}
LONGEST_REASON = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """What the final sign-off still lacks; and, where nothing is lacking, the signature."""
    findings = opened(request, code)
    exercise = findings.case.exercise
    if request.method != "POST":
        return _sign_page(request, findings)
    demand(request.user, "decide", exercise)
    number = next_number(exercise)
    asked = request.POST.get("number", "")
    if asked != number and SignedVersion.objects.filter(exercise=exercise, number=asked).exists():
        return redirect("signed-versions", code)  # it came before, and was kept
    accepted, faults = _accepted(request, findings)
    if request.POST.get("sure") != "yes":
        faults.append(("sure", "Say that you sign this version"))
    if faults or lacking(findings, list(accepted)):
        return _sign_page(request, findings, accepted, faults, 400 if faults else 409)
    job = ask_to_sign(exercise, number, accepted, actor_of(request.user))
    if job.is_open and not somebody_works():
        run(job.pk)
        job.refresh_from_db()
    if job.state == DONE:
        return redirect("signed-versions", code)
    if job.state == REFUSED:
        told = [("", words) for words in job.error.splitlines()]
        return _sign_page(request, findings, accepted, told, 409)
    return redirect("work", code)


def _accepted(request: HttpRequest, findings: Findings) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The reason given for each open challenge; a reason that is too long is a fault."""
    accepted: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    for one in open_challenges(findings):
        name = f"accept-{one.code}"
        reason = " ".join(request.POST.get(name, "").split())
        if len(reason) > LONGEST_REASON or not reason.isprintable():
            faults.append((name, f"Give a reason of at most {LONGEST_REASON:,} letters for {one.code}"))
        elif reason:
            accepted[one.code] = reason
    return accepted, faults


def _sign_page(
    request: HttpRequest,
    findings: Findings,
    accepted: dict[str, str] | None = None,
    faults: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    exercise, kept = findings.case.exercise, accepted or {}
    wrong = dict(faults or [])
    challenges = [
        {
            "id": f"accept-{one.code}",
            "label": f"Challenge {one.code} is open. Why may it stay open?",
            "hint": f"On {one.about}: {one.text}",
            "text": kept.get(one.code, ""),
            "wrong": wrong.get(f"accept-{one.code}", ""),
        }
        for one in open_challenges(findings)
    ]
    context: dict[str, Any] = {
        **frame(findings, [findings.case.marking]),
        "title": "Sign the report",
        "question": "Is everything there that a final report needs?",
        "number": next_number(exercise),
        "lacks": lacking(findings, [one.code for one in open_challenges(findings)]),
        "challenges": challenges,
        "may_sign": may(request.user, "decide", exercise),
        "faults": faults or [],
        "wrong_sure": wrong.get("sure", ""),
        "nav": "report",
    }
    return render(request, "report/signing/sign.html", context, status=status)


def versions(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The versions that were signed, with their files, and whether the latest still says what is so."""
    findings = opened(request, code)
    rows = SignedVersion.objects.filter(exercise=findings.case.exercise).defer("bundle")
    hidden = barred(request.user, findings)
    listed = [_row(findings, row, hidden) for row in rows.order_by("-sequence", "public")]
    past = superseded(request.user, findings)
    markings = [findings[one["key"]].marking for one in past["figures"]] if past else []
    data = {
        **frame(findings, markings),
        "title": "Signed versions",
        "question": "What was signed, and does it still stand?",
        "versions": listed,
        "superseded": past,
    }
    return answer(request, form, "report/signing/versions.html", data, nav="report")


def _row(findings: Findings, row: SignedVersion, hidden: bool) -> dict[str, Any]:
    exercise = findings.case.exercise
    commercial = not row.public and in_words(findings.case, [findings.case.marking]) == COMMERCIAL
    which = "public" if row.public else "whole"
    return {
        "number": row.number,
        "public": row.public,
        "signed": show.day(timezone.localtime(row.signed_at).date().isoformat()),
        "by": called(row.actor, exercise),
        "events": row.sequence,
        "head": row.head,
        "contents": row.contents,
        "sha256": row.sha256,
        "withheld": hidden and commercial,
        "files": [
            {
                "name": name,
                "words": WORDS_OF[name],
                "href": reverse("signed-file", args=[exercise.code, row.number, which, name]),
            }
            for name in TYPES_OF
        ],
    }


def signed_file(request: HttpRequest, code: str, number: str, which: str, name: str) -> HttpResponse:
    """A file of a signed version, to the byte as it was signed; or the whole bundle."""
    findings = opened(request, code)
    exercise = findings.case.exercise
    public = which == "public"
    version = SignedVersion.objects.filter(exercise=exercise, number=number, public=public).first()
    if version is None or name not in TYPES_OF:
        raise Http404("There is no such signed version, or it has no such file.")
    content = bytes(version.bundle)
    files = bundle.unpacked(content)
    marking = exercise.handling if public else json.loads(files[bundle.ABOUT])["marking"]
    if in_words(findings.case, [marking]) == COMMERCIAL and barred(request.user, findings):
        raise PermissionDenied("This version holds what is commercial. Open the public version in its place.")
    response = HttpResponse(
        content if name == ARCHIVE else files[f"{bundle.REPORT}{name}"], content_type=TYPES_OF[name]
    )
    response[MARKING] = in_words(findings.case, [marking])
    shown = name.rpartition(".")[2] in ("html", "pdf")
    stem = f"{code}-{number}{'-public' if public else ''}-{name}"
    response["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{stem}"'
    if name.endswith(".html"):
        response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response
