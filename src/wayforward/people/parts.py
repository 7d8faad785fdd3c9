"""Giving people a part in an exercise, changing it, taking it away; each change is logged, with numbers for names."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import transaction

from wayforward.people.independence import why_no_assurer
from wayforward.people.models import ROLES, HeldInterest, Membership, PartChange, User
from wayforward.records.save import lock

LONGEST_CALLED = 300  # characters


class Refused(Exception):  # says why, in a sentence for whoever asked
    """A change of parts that can't be made."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the part after it was looked at."""


def give(exercise: Any, user: User, role: str, by: User | None, seen: str | None = None) -> Membership:
    """Let a person be something in an exercise: at first, or in place of what they are.

    `by` is None at the operator's command line. `seen` is the part that the change was made from, where it was looked
    at. Raises Refused. Interests that were linked to a person who comes back are linked again.
    """
    if role not in dict(ROLES):
        raise Refused("Choose a part from the list.")
    with transaction.atomic():
        lock(exercise)
        joined = Membership.objects.filter(exercise=exercise, user=user).first()
        before = joined.role if joined else ""
        if joined and before == role and seen != "":
            return joined  # a form that was sent twice
        _refuse_changed(joined, seen)
        if role == "assurer" and (why := why_no_assurer(user.pk, exercise)):
            raise Refused(why)
        if before == "director":
            _refuse_last_director(exercise, user, by)
        if joined is None:
            joined = Membership(exercise=exercise, user=user)
        joined.role = role
        joined.save()
        if not before:
            _link(joined, _linked_before(exercise, user))
        _log(exercise, user, by, "part", before, role)
    return joined


def take(exercise: Any, user: User, by: User | None, seen: str | None = None) -> None:
    """Take a person's part away: for them the exercise is then not there. Raises Refused."""
    with transaction.atomic():
        lock(exercise)
        joined = Membership.objects.filter(exercise=exercise, user=user).first()
        _refuse_changed(joined, seen)
        if joined is None:
            return
        if joined.role == "director":
            _refuse_last_director(exercise, user, by)
        joined.delete()
        _log(exercise, user, by, "part", joined.role, "")


def link_interests(
    exercise: Any, user: User, codes: Collection[str], by: User | None, seen: str | None = None
) -> None:
    """Say which declared interests of the case are this person's. Raises Refused.

    Nobody changes their own: what they may open hangs on it.
    """
    if by is not None and by.pk == user.pk:
        raise Refused(
            "Nobody links interests to themselves or takes them off. Ask another director or the operator."
        )
    with transaction.atomic():
        lock(exercise)
        joined = Membership.objects.filter(exercise=exercise, user=user).first()
        if joined is None:
            raise ChangedMeanwhile("They have no part in this exercise any more.")
        _refuse_unknown(exercise, codes)
        before, after = linked(joined), " ".join(sorted(set(codes)))
        if after == before:
            return
        if seen is not None and seen != before:
            raise ChangedMeanwhile("Their interests were changed meanwhile. Look at them again.")
        joined.interests.all().delete()
        _link(joined, after.split())
        _log(exercise, user, by, "interests", before, after)


def call(exercise: Any, user: User, names: str, by: User | None, seen: str | None = None) -> None:
    """Say what the records of the exercise call a person: names of owners, semicolons between. Raises Refused."""
    called = "; ".join(
        dict.fromkeys(name for name in (" ".join(one.split()) for one in names.split(";")) if name)
    )
    if len(called) > LONGEST_CALLED:
        raise Refused(f"Give names of {LONGEST_CALLED} characters at most, all together.")
    if not called.isprintable():
        raise Refused("Give names without control characters.")
    with transaction.atomic():
        lock(exercise)
        joined = Membership.objects.filter(exercise=exercise, user=user).first()
        if joined is None:
            raise ChangedMeanwhile("They have no part in this exercise any more.")
        before = joined.called
        if called == before:
            return
        if seen is not None and seen != before:
            raise ChangedMeanwhile(
                f"What they are called was changed meanwhile, to {before or 'nothing'}. Look at it again."
            )
        joined.called = called
        joined.save(update_fields=["called"])
        _log(exercise, user, by, "called", before, called)


def linked(joined: Membership) -> str:
    """The codes of the interests linked to a part, in order."""
    return " ".join(sorted(joined.interests.values_list("interest", flat=True)))


def erase(user: User) -> None:
    """Take a person's name, address, password and all that hangs on them out of the workbench for good.

    Their number stays, for the logs name them by it, and can't sign in. Their parts are taken away and logged; that
    nobody directs an exercise any more is for the operator, who erases, to see to.
    """
    with transaction.atomic():
        for joined in list(user.memberships.select_related("exercise")):
            take(joined.exercise, user, None)
        for relation in User._meta.related_objects:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
        user.email = f"erased-{user.pk}@erased.invalid"
        user.first_name = user.last_name = ""
        user.set_unusable_password()
        user.is_active, user.is_superuser, user.erased = False, False, True
        user.last_login = user.seen = None
        user.save()


def _link(joined: Membership, codes: Collection[str]) -> None:
    HeldInterest.objects.bulk_create([HeldInterest(membership=joined, interest=code) for code in codes])


def _linked_before(exercise: Any, user: User) -> list[str]:
    """The interests that a person was last linked with: leaving and coming back does not shed them."""
    said = PartChange.objects.filter(exercise=exercise, who=user.pk, what="interests").last()
    return said.after.split() if said else []


def _refuse_unknown(exercise: Any, codes: Collection[str]) -> None:
    """Only what stands in the register of declared interests is linked."""
    interests = apps.get_model("exercise", "DeclaredInterest").objects.filter(exercise=exercise)
    known = set(interests.values_list("code", flat=True))
    if unknown := sorted(set(codes) - known):
        raise Refused(
            f"There is no declared interest {unknown[0][:40]!r} in this exercise. Nothing was changed: choose "
            "from the list."
        )


def _refuse_changed(joined: Membership | None, seen: str | None) -> None:
    now = joined.role if joined else ""
    if seen is not None and seen != now:
        words = f"They are {dict(ROLES)[now]} now" if now else "They have no part in this exercise now"
        raise ChangedMeanwhile(f"Their part was changed meanwhile. {words}. Look at it again.")


def _refuse_last_director(exercise: Any, user: User, by: User | None) -> None:
    """An exercise keeps a director; only the operator, who may do what the director may, can leave it without."""
    others = Membership.objects.filter(exercise=exercise, role="director", user__is_active=True)
    if others.exclude(user=user).exists() or by is None or by.is_superuser:
        return
    raise Refused(
        "They are the only director of this exercise. Make somebody else director first, or ask the operator."
    )


def _log(exercise: Any, user: User, by: User | None, what: str, before: str, after: str) -> None:
    PartChange.objects.create(
        exercise=exercise, by=by.pk if by else None, who=user.pk, what=what, before=before, after=after
    )
