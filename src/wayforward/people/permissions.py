"""Who may do what in an exercise: every rule there is, in one place.

A rule is asked by its name: `may(user, "change", exercise)`. What a record asks of whoever changes it stands on its
model (`changed_by`). The operator of the installation, who is the first person on it, may do what the director may,
and never agrees, advises, assures or decides for anybody.
"""

from dataclasses import dataclass
from typing import Any

import rules
from django.apps import apps
from django.core.exceptions import PermissionDenied

from wayforward.people.models import ROLES
from wayforward.records.base import MARKINGS

COMMERCIAL = dict(MARKINGS)["commercial"]
MAKERS = ("director", "lead", "analyst", "adviser")  # those who make the analysis
EVERYBODY = tuple(role for role, _ in ROLES)


BARRED_BY_INTEREST = {
    "rate": "rates",
    "weigh": "weighs",
    "interests": "changes the register of declared interests",
    "open commercial": "opens what is marked commercial",
}


@dataclass(frozen=True)
class Part:
    """What a person is in an exercise ('' where the exercise is not there for them), and the interests they hold."""

    role: str = ""
    interests: tuple[str, ...] = ()
    operates: bool = False
    called: tuple[str, ...] = ()  # as the records of the exercise name them


def part(user: Any, exercise: Any) -> Part:
    """The part of a person in an exercise; asked of the database once for each request's user."""
    if getattr(user, "only_exercise", None) not in (None, exercise.pk):
        return Part()  # a token reads its own exercise alone, whatever else its person may see
    kept: dict[int, Part] = user.__dict__.setdefault("_parts", {})
    if exercise.pk not in kept:
        kept[exercise.pk] = _part(user, exercise)
    return kept[exercise.pk]


def _part(user: Any, exercise: Any) -> Part:
    joined = user.memberships.filter(exercise=exercise).first() if user.is_authenticated else None
    if joined is None:
        return Part(operates=bool(user.is_authenticated and user.is_superuser))
    held = list(joined.interests.values_list("interest", flat=True))
    if held:
        interests = apps.get_model("exercise", "DeclaredInterest").objects
        held = list(
            interests.filter(exercise=exercise, code__in=held, ended=None).values_list("code", flat=True)
        )
    return Part(joined.role, tuple(sorted(held)), bool(user.is_superuser), joined.names)


def _is(*roles: str, operator: bool = True) -> Any:
    """A rule: whether a person is one of these in the exercise, or (unless it is theirs alone) its operator."""

    def asked(user: Any, exercise: Any) -> bool:
        found = part(user, exercise)
        return found.role in roles or (operator and found.operates)

    return rules.predicate(asked, name=f"is one of {', '.join(roles)}")


@rules.predicate
def holds_no_interest(user: Any, exercise: Any) -> bool:
    return not part(user, exercise).interests


RULES: dict[str, Any] = {
    "see": _is(*EVERYBODY),
    "open commercial": _is(*(role for role in EVERYBODY if role != "guest")) & holds_no_interest,
    "change": _is(*MAKERS),
    "rate": _is(*MAKERS) & holds_no_interest,
    "weigh": _is(*MAKERS) & holds_no_interest,
    "write": _is(*MAKERS),
    "run": _is("director", "lead"),
    "interests": _is("director", "lead") & holds_no_interest,  # who holds one can't end it
    "terms": _is("director"),
    "people": _is("director", "operator"),
    "comment": _is(*(role for role in EVERYBODY if role not in ("guest", "operator"))),
    "answer": _is(*MAKERS),
    "close comments": _is("director"),
    "give out for review": _is("director"),
    "review": _is("reviewer", operator=False),
    "keep scenarios": _is(
        *(role for role in EVERYBODY if role not in ("reviewer", "guest", "operator", "assurer"))
    ),
    "publish": _is("director"),
    # Each of these is one role's own: not even the operator gives it for them.
    "agree as lead": _is("lead", operator=False),
    "agree as director": _is("director", operator=False),
    "agree as analysis": _is("approver", operator=False),
    "agree as finance-force": _is("finance-force", operator=False),
    "agree as finance-commissioner": _is("finance-commissioner", operator=False),
    "agree as legal": _is("legal", operator=False),
    "agree as chief": _is("chief", operator=False),
    "decide": _is("commissioner", operator=False),
    "assure": _is("assurer", operator=False),
    "nobody": rules.predicate(lambda user, exercise: False, name="nobody"),
}


def may(user: Any, what: str, exercise: Any) -> bool:
    """Whether a person may do something in an exercise. KeyError for a rule that there is not."""
    return bool(RULES[what].test(user, exercise))


def demand(user: Any, what: str, exercise: Any, words: str = "") -> None:
    """Raise PermissionDenied, with a sentence for the person, where they may not."""
    if not may(user, what, exercise):
        raise PermissionDenied(words or refusal(user, what, exercise))


def refusal(user: Any, what: str, exercise: Any) -> str:
    """Why a person may not, in a sentence."""
    found = part(user, exercise)
    if found.interests and what in BARRED_BY_INTEREST:
        return (
            f"You hold a declared interest ({', '.join(found.interests)}), and nobody who does "
            f"{BARRED_BY_INTEREST[what]}. "
            "The director can end the interest, in the register of declared interests, when it has ended."
        )
    role = dict(ROLES).get(found.role, "Operator" if found.operates else "")
    return (
        f"Your part in this exercise ({role}) does not allow this. The director can change your part, "
        "on the page People."
    )


def role_of(user: Any, exercise: Any) -> str:
    """What pages and the log call a person's part; the operator, who needs no part in it, is that."""
    found = part(user, exercise)
    return dict(ROLES).get(found.role, "Operator" if found.operates else "")


def names_of(user: Any, exercise: Any) -> frozenset[str]:
    """What owners in the records may be called so that a person is meant, in small letters: their part, and their names
    in the exercise; of its director also what the terms call the director."""
    found = part(user, exercise)
    names = {role_of(user, exercise), *found.called}
    if found.role == "director":
        names.add(exercise.director)
    return frozenset(name.strip().casefold() for name in names if name.strip())


def may_begin(user: Any) -> bool:
    """Whether a person may begin an exercise: an operator, or the director of another."""
    return bool(user.is_superuser or user.memberships.filter(role="director").exists())
