"""Core, support or ICT: a proposal from facts about a service, with the reason in words.

Decision table, first rule that fits:
1. police powers are exercised                       -> core (also when it handles information)
2. ICT or information, no powers                     -> ICT
3. no powers, engaged to support a core service      -> core
4. none of these                                     -> support
A fact that is not known and could change the answer leaves the category unsettled. A person
agrees the category; this only proposes. Source: the commissioner's definition of core police
services in the terms of reference of 2012 (section 6): those who deliver them, staff and officers
who use police powers, and the staff engaged to support them, stay under the chief constable's
direction and control.
"""

from dataclasses import dataclass
from enum import StrEnum


class Powers(StrEnum):
    """Who exercises police powers in a service."""

    CONSTABLE = "constable"
    DESIGNATED_STAFF = "designated staff"
    DESIGNATED_CONTRACTOR = "designated contractor"
    NONE = "none"


class Party(StrEnum):
    """Who employs the people of a service, or tasks and supervises them day to day.

    The force stands for its commissioner as employer too; joint is the force with another.
    """

    FORCE = "force"
    OTHER_FORCE = "other force"
    PUBLIC_BODY = "public body"
    CONTRACTOR = "contractor"
    JOINT = "joint"


class Category(StrEnum):
    """The area of scope that a service falls in."""

    CORE = "core"
    SUPPORT = "support"
    ICT = "ict"


@dataclass(frozen=True)
class ServiceFacts:
    """What is known of a service; None where it is not.

    supports is the code of the core service that its staff are engaged to support, '' for none;
    information says whether it is ICT or an information service.
    """

    powers: Powers | None
    employer: Party | None
    tasked_by: Party | None
    supports: str | None
    information: bool | None


@dataclass(frozen=True)
class Proposal:
    """The proposed category (None while unsettled), why, what is missing, and warnings."""

    category: Category | None
    reason: str
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def facts(
    powers: str, employer: str, tasked_by: str, supports: str | None, information: bool | None
) -> ServiceFacts:
    """Read the facts from the words of a record, '' being not known (supports '' is none).

    Raises ValueError on a word that is not one of the choices.
    """
    return ServiceFacts(
        Powers(powers) if powers else None,
        Party(employer) if employer else None,
        Party(tasked_by) if tasked_by else None,
        supports,
        information,
    )


def propose(service: ServiceFacts) -> Proposal:
    """Return the category that the facts of a service lead to."""
    missing = _missing(service)
    if service.powers is None:
        return _unsettled("whether police powers are exercised is not known", missing)
    if service.powers is not Powers.NONE:
        reason = f"police powers are exercised in it ({service.powers.value})"
        return Proposal(Category.CORE, reason, missing, _warnings(service))
    if service.information:
        reason = "no police powers are exercised, and it provides ICT or information"
        return Proposal(Category.ICT, reason, missing)
    if service.information is None:
        return _unsettled("whether it provides ICT or information is not known", missing)
    if service.supports is None:
        return _unsettled("whether its staff support a core service is not known", missing)
    if service.supports:
        reason = (
            "no police powers are exercised, but its staff are engaged to support the core "
            f"service {service.supports}"
        )
        return Proposal(Category.CORE, reason, missing, _warnings(service))
    return Proposal(
        Category.SUPPORT,
        "no police powers are exercised, it supports no core service directly and is not ICT",
        missing,
    )


def name(party: Party | None) -> str:
    """Return who a party is, in words that fit a sentence."""
    names = {
        None: "someone not known",
        Party.FORCE: "the force",
        Party.OTHER_FORCE: "another force",
        Party.PUBLIC_BODY: "another public body",
        Party.CONTRACTOR: "a contractor",
        Party.JOINT: "the force jointly with others",
    }
    return names[party]


def _unsettled(reason: str, missing: tuple[str, ...]) -> Proposal:
    return Proposal(None, f"unsettled: {reason}", missing)


def _missing(service: ServiceFacts) -> tuple[str, ...]:
    known = {
        "powers exercised": service.powers,
        "who employs": service.employer,
        "who tasks": service.tasked_by,
        "core service supported": service.supports,
        "ICT or information": service.information,
    }
    return tuple(name for name, value in known.items() if value is None)


def _warnings(service: ServiceFacts) -> tuple[str, ...]:
    found = []
    if service.tasked_by not in (None, Party.FORCE):
        found.append(
            f"it is core but tasked today by {name(service.tasked_by)}, so it is outside the "
            "direction and control of the chief constable"
        )
    if service.powers is Powers.DESIGNATED_CONTRACTOR:
        found.append("contractor's staff designated by the chief constable: take legal advice")
    return tuple(found)
