"""Whether an option keeps a core service under the direction and control of the chief constable.

Worked out from who would task, employ and exercise powers, never from a yes or no. A service is
core if it is so today or would be under the option. Decision table for a core service, first rule
that fits:
1. others than the force would task it, alone or shared        -> refused
2. powers of a constable, employer not a police force          -> refused
3. a designated contractor would exercise powers               -> legal advice
4. the people would not be employed by the force               -> legal advice
5. otherwise                                                   -> allowed
A fact that is not known leaves it unsettled, unless the answer is the same either way. A support
or ICT service: allowed. Source: terms of reference of 2012, section 6; Police Reform Act 2002,
sections 38 and 39 (designation of staff and of contracted detention and escort staff).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from wayforward.methods.category import (
    Category,
    Party,
    Powers,
    ServiceFacts,
    name,
    propose,
)


class Verdict(StrEnum):
    """What follows from the facts."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    LEGAL_ADVICE = "legal advice"
    UNSETTLED = "unsettled"


@dataclass(frozen=True)
class Effect:
    """What an option would make of a service. A fact left None stays as it is today."""

    powers: Powers | None = None
    employer: Party | None = None
    tasked_by: Party | None = None


@dataclass(frozen=True)
class Ruling:
    """The verdict with the reason in words."""

    verdict: Verdict
    reason: str


def effect(powers: str = "", employer: str = "", tasked_by: str = "") -> Effect:
    """Read an effect from the words of a record, '' being unchanged.

    Raises ValueError on a word that is not one of the choices.
    """
    return Effect(
        Powers(powers) if powers else None,
        Party(employer) if employer else None,
        Party(tasked_by) if tasked_by else None,
    )


def rule(service: ServiceFacts, change: Effect) -> Ruling:
    """Return whether an option's change to a service may stand."""
    after = replace(
        service,
        powers=change.powers or service.powers,
        employer=change.employer or service.employer,
        tasked_by=change.tasked_by or service.tasked_by,
    )
    before, then = propose(service), propose(after)
    if Category.CORE in (before.category, then.category):
        return _core(after)
    if None in (before.category, then.category):
        if after.powers is not None and _core(after).verdict is Verdict.ALLOWED:
            return Ruling(Verdict.ALLOWED, "the force tasks and employs, core service or not")
        why = before.reason if before.category is None else then.reason
        return Ruling(Verdict.UNSETTLED, why)
    return Ruling(
        Verdict.ALLOWED,
        "not a core service: others may provide it; its posts may change only as a consequence "
        "of a named modernisation outcome",
    )


def _core(after: ServiceFacts) -> Ruling:
    if after.tasked_by is None:
        return Ruling(Verdict.UNSETTLED, "who would task this core service is not known")
    if after.tasked_by is not Party.FORCE:
        return Ruling(
            Verdict.REFUSED,
            f"a core service would be tasked by {name(after.tasked_by)}: it must stay under the "
            "direction and control of the chief constable",
        )
    if after.employer is None:
        return Ruling(Verdict.UNSETTLED, "who would employ this core service's people is not known")
    if after.powers is Powers.CONSTABLE and after.employer in (Party.PUBLIC_BODY, Party.CONTRACTOR):
        return Ruling(
            Verdict.REFUSED,
            f"the powers of a constable can't be exercised by people employed by {name(after.employer)}",
        )
    if after.powers is Powers.DESIGNATED_CONTRACTOR:
        return Ruling(
            Verdict.LEGAL_ADVICE,
            "a contractor's staff would exercise powers designated by the chief constable, which "
            "the law allows for detention and escort: take legal advice",
        )
    if after.employer is not Party.FORCE:
        return Ruling(
            Verdict.LEGAL_ADVICE,
            f"the people of a core service would be employed by {name(after.employer)} and "
            "tasked by the force: take legal advice on who directs them",
        )
    return Ruling(
        Verdict.ALLOWED,
        "the force tasks and employs; a partner may change, equip or support the service",
    )
