"""The people of an exercise: who has which part; adding, changing and taking away, and their declared interests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wayforward.exercise.findings.to_do import NOBODY
from wayforward.exercise.models import DeclaredInterest
from wayforward.findings import Findings, show
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.people import parts
from wayforward.people.models import ROLES, Membership, PartChange
from wayforward.web.accounts.mail import send_link, tell_of_part
from wayforward.web.passwords import good_for, password_link

WORDS = dict(ROLES)
MOST_CHANGES = 50
MOST_TYPED = 1000
TO_DO = "exercise.to_do"


class AddForm(forms.Form):
    """Somebody by e-mail address, and what they are to be."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, error_messages={"required": "Enter an e-mail address"}
    )
    role = forms.ChoiceField(
        label="Part",
        choices=[("", "Choose a part"), *ROLES],
        error_messages={"required": "Choose a part", "invalid_choice": "Choose a part from the list"},
    )


@dataclass(frozen=True)
class Given:
    """What came of an invitation: a link to pass on, or word that it was sent."""

    email: str
    role: str
    link: str = ""
    days: int = 0
    sent: bool = False
    by_operator: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Who has a part in the exercise, and adding somebody."""
    findings = opened(request, code, to="people")
    exercise = findings.case.exercise
    form = AddForm(request.POST or None)
    given = None
    if request.method == "POST" and form.is_valid():
        given = _added(request, exercise, form)
        form = AddForm() if given else form
    data = {
        **frame(findings),
        "title": "People",
        "question": "Who has which part in this exercise, and who may join it?",
        "members": [_line(one) for one in _members(exercise)],
        "changes": _changes(exercise),
    }
    return answer(request, "", "web/accounts/people.html", {**data, "form": form}, given=given)


def _added(request: HttpRequest, exercise: Any, form: AddForm) -> Given | None:
    """Give a part to whom the form names, known here or not; None where the form says why not."""
    role, people = form.cleaned_data["role"], get_user_model().objects
    email = people.normalize_email(form.cleaned_data["email"])
    try:
        with transaction.atomic():
            user = people.filter(email=email).first() or people.create_user(email)
            parts.give(exercise, user, role, _asking(request), seen="")
    except parts.ChangedMeanwhile:
        form.add_error("email", "They have a part in this exercise already. Change it on their line")
        return None
    except parts.Refused as why:
        form.add_error("role", str(why))
        return None
    except IntegrityError:  # added elsewhere at the same moment
        form.add_error("email", "Somebody added this address at the same moment. Try again")
        return None
    return _told(request, exercise, user, role)


def _told(request: HttpRequest, exercise: Any, user: Any, role: str) -> Given:
    """Let a person know: by e-mail where there is one, else by a link that whoever added them passes on."""
    words = WORDS[role]
    if user.has_usable_password():
        return Given(user.email, words, sent=tell_of_part(user, exercise))
    days = good_for(user).days
    if send_link(user, exercise):
        return Given(user.email, words, days=days, sent=True)
    if not may_hand_over(request.user, user):
        return Given(user.email, words, by_operator=True)
    return Given(user.email, words, link=password_link(user), days=days)


def may_hand_over(asking: Any, user: Any) -> bool:
    """Whether somebody may see the link of another: who has the link is that person until they use it.

    The operator may. A director may for whoever has never set a password and has no part where that director may not
    give parts: else a link to one exercise would open another.
    """
    if asking.is_superuser:
        return True
    if user.is_superuser or user.has_usable_password():
        return False
    directs = set(
        asking.memberships.filter(role__in=("director", "operator")).values_list("exercise_id", flat=True)
    )
    return set(user.memberships.values_list("exercise_id", flat=True)) <= directs


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str, who: int) -> HttpResponse:
    """One person's part: change it, take it away, say what records call them, link interests, give a new link."""
    findings = opened(request, code, to="people")
    exercise = findings.case.exercise
    people = Membership.objects.filter(
        exercise=exercise, user_id=min(who, 2**31 - 1)
    )  # no database holds more
    joined = people.select_related("user").first()
    if joined is None:
        raise Http404("They have no part in this exercise.")
    refused, given = "", None
    if request.method == "POST":
        try:
            given = _done(request, findings, joined)
        except parts.Refused as why:
            refused = str(why)
        if not refused and given is None:
            return redirect("people", code)
        joined.refresh_from_db()
    data = {
        **frame(findings),
        "title": joined.user.email,
        "question": "What are they in this exercise, and which declared interests are theirs?",
        "person": _line(joined),
        "called": request.POST.get("called", "")[:MOST_TYPED] if refused else joined.called,
        "owners": _owners(findings, joined),
        "refused_at": "called" if request.POST.get("do") == "called" else "role",
        "roles": ROLES,
        "interests": _interests(findings, joined),
        "held": parts.linked(joined),
        "crumb": f"Person {who}",
        "middle": reverse("people", args=[code]),
        "middle_words": "People",
    }
    response = answer(request, "", "web/accounts/person.html", data, refused=refused, given=given)
    response.status_code = 409 if refused else 200
    return response


def _done(request: HttpRequest, findings: Findings, joined: Membership) -> Given | None:
    """Do what the form of a person asks. Raises Refused."""
    exercise, user, by = findings.case.exercise, joined.user, _asking(request)
    post = request.POST
    match post.get("do"):
        case "part":
            parts.give(exercise, user, post.get("role", ""), by, seen=post.get("seen", ""))
        case "leave":
            parts.take(exercise, user, by, seen=post.get("seen", ""))
        case "interests":
            chosen = post.getlist("interest")
            parts.link_interests(exercise, user, chosen, by, seen=post.get("held", ""))
        case "called":
            parts.call(exercise, user, post.get("called", ""), by, seen=post.get("was", ""))
        case "link":
            return _new_link(request, user, joined.role)
        case _:
            raise parts.Refused("Choose what to change.")
    return None


def _new_link(request: HttpRequest, user: Any, role: str) -> Given:
    words, days = WORDS[role], good_for(user).days
    if send_link(user):
        return Given(user.email, words, days=days, sent=True)
    if not may_hand_over(request.user, user):
        raise parts.Refused(
            "They have a password, or a part elsewhere, so that only the operator gives them a link "
            "(wayforward people link)."
        )
    return Given(user.email, words, link=password_link(user), days=days)


def _asking(request: HttpRequest) -> Any:
    return request.user


def _members(exercise: Any) -> list[Membership]:
    """Everybody with a part, in the order of the parts, then by address."""
    order = list(WORDS)
    every = Membership.objects.filter(exercise=exercise).select_related("user").prefetch_related("interests")
    return sorted(every, key=lambda one: (order.index(one.role), one.user.email))


def _line(joined: Membership) -> dict[str, Any]:
    user = joined.user
    seen = max(filter(None, (user.seen, user.last_login)), default=None)
    return {
        "number": user.pk,
        "email": user.email,
        "role": joined.role,
        "part": WORDS[joined.role],
        "called": joined.called,
        "since": _day(joined.since),
        "seen": _day(seen) if seen else ("not yet" if user.has_usable_password() else "not joined yet"),
        "joined": user.has_usable_password(),
        "operator": user.is_superuser,
        "interests": sorted(one.interest for one in joined.interests.all()),
    }


def _interests(findings: Findings, joined: Membership) -> list[dict[str, Any]]:
    """The declared interests of the case, and which are this person's."""
    held = {one.interest for one in joined.interests.all()}
    rows: Sequence[DeclaredInterest] = findings.case.rows(DeclaredInterest)
    return [
        {
            "code": row.code,
            "holder": row.holder,
            "interest": row.interest,
            "ended": show.day(row.ended.isoformat()) if row.ended else "",
            "held": row.code in held,
        }
        for row in rows
        if not row.ended or row.code in held
    ]


def _owners(findings: Findings, joined: Membership) -> list[str]:
    """What records call those who have something to do, beside what this person is called already."""
    theirs = {name.casefold() for name in joined.names}
    names = dict.fromkeys(str(row["owner"]) for row in findings[TO_DO].rows)
    return sorted(name for name in names if name.casefold() not in theirs and name != NOBODY)


def _changes(exercise: Any) -> list[str]:
    """The last changes of parts, as sentences; people stand in them by number, as in the log."""
    said = PartChange.objects.filter(exercise=exercise).order_by("-pk")[:MOST_CHANGES]
    return [_sentence(one) for one in said]


def _sentence(one: PartChange) -> str:
    by = f"person {one.by}" if one.by else "the operator's command"
    before, after = WORDS.get(one.before, ""), WORDS.get(one.after, "")
    if one.what == "called":
        now = one.after or "by their part alone"
        what = f"person {one.who} is called {now}" + (f", not {one.before} any more" if one.before else "")
    elif one.what == "interests":
        was, now = (text.replace(" ", ", ") or "none" for text in (one.before, one.after))
        what = f"interests of person {one.who} changed from {was} to {now}"
    elif not before:
        what = f"person {one.who} became {after}"
    elif not after:
        what = f"person {one.who}, {before}, has no part any more"
    else:
        what = f"person {one.who} changed from {before} to {after}"
    return f"{_day(one.at)}: {what}, by {by}"


def _day(when: Any) -> str:
    return show.day(timezone.localtime(when).date().isoformat())
