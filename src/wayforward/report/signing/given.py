"""Storing what a person agrees, advises, assures or decides: on the text that they saw, and in its order."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from wayforward.exercise.models import Approval, AssuranceStatement, DecisionNotice
from wayforward.findings import Findings
from wayforward.pages.opened import as_it_stands
from wayforward.pages.people import actor_of
from wayforward.people.independence import why_no_assurer
from wayforward.people.permissions import demand, role_of
from wayforward.records.base import Record
from wayforward.records.save import AlreadyReceived, Change, Sent, lock, save_all, used_codes, was_received
from wayforward.report.signing.lacking import next_number
from wayforward.report.signing.steps import Standing, rule_of
from wayforward.report.signing.subjects import BY_KEY

ACTIONS = {
    "approved": "approved",
    "conditions": "approved with conditions",
    "part": "approved in part",
    "deferred": "deferred",
    "refused": "refused",
}


class NotGiven(Exception):
    """Why it can't be given now, in a sentence for the person."""


def agree(
    user: Any, findings: Findings, subject: str, step: str, seen: str, said: dict[str, str], key: Sent
) -> None:
    """Store one step of a subject: the digest `seen` is of the text that the person read.

    Raises PermissionDenied, NotGiven and AlreadyReceived.
    """
    _store(
        user,
        findings,
        rule_of(step),
        lambda now: [_approval(user, now, subject, step, seen, said)],
        said,
        key,
    )


def decide(user: Any, findings: Findings, seen: str, said: dict[str, str], key: Sent) -> None:
    """Store the commissioner's decision on the report, and its notice. Raises as `agree` does."""

    def rows(now: Findings) -> list[Record]:
        approval = _approval(user, now, "report", "commissioner", seen, said)
        notice = DecisionNotice(
            exercise=now.case.exercise,
            code=_next(now, DecisionNotice, "NOT"),
            text_version=approval.text_version,
            outcome=said["outcome"],
            decided_by=approval.given_by,
            decided=now.today,
            **{name: said[name] for name in ("decision", "conditions", "financial", "legal", "equality")},
            reasons=said["reason"],
        )
        return [approval, notice]

    _store(user, findings, "decide", rows, said, key)


def assure(user: Any, findings: Findings, said: dict[str, str], key: Sent) -> None:
    """Store an assurer's statement on the report as it stands; refused to whoever made any of the analysis."""

    def rows(now: Findings) -> list[Record]:
        if why := why_no_assurer(user.pk, now.case.exercise):
            raise NotGiven(why)
        statement = AssuranceStatement(
            exercise=now.case.exercise,
            code=_next(now, AssuranceStatement, "ASR"),
            text_version=next_number(now.case.exercise),
            assurer=role_of(user, now.case.exercise),
            given=now.today,
            **{name: said[name] for name in ("risk", "statement", "limits")},
        )
        return [statement]

    _store(user, findings, "assure", rows, {"outcome": "assured"}, key)


def _store(
    user: Any,
    findings: Findings,
    rule: str,
    rows: Callable[[Findings], list[Record]],
    said: dict[str, str],
    key: Sent,
) -> None:
    """Ask the rule, and store the rows that are made of the case as it is under the lock."""
    exercise = findings.case.exercise
    demand(user, rule, exercise)
    with transaction.atomic():
        lock(exercise)
        if was_received(key):
            raise AlreadyReceived(str(key))
        changes = [Change(row, 0) for row in rows(as_it_stands(exercise))]
        action = ACTIONS.get(said["outcome"], said["outcome"])
        save_all(changes, actor_of(user), action, key)


def _approval(user: Any, now: Findings, subject: str, step: str, seen: str, said: dict[str, str]) -> Approval:
    standing = Standing(now.case, BY_KEY[subject])
    if standing.digest != seen:
        raise NotGiven("The text was changed while you read it: look at it again, then give your answer.")
    if waits := standing.step(step).waits_for:
        raise NotGiven(f"It is not your turn yet: it waits for {', '.join(waits).lower()}.")
    number = next_number(now.case.exercise) if subject == "report" else standing.version
    return Approval(
        exercise=now.case.exercise,
        code=_next(now, Approval, "APR"),
        subject=subject,
        text_version=number,
        step=step,
        outcome=said["outcome"],
        given_by=role_of(user, now.case.exercise),
        given=now.today,
        conditions=said["conditions"],
        reason=said["reason"],
        digest=seen,
        marking="commercial" if said.get("commercial") else "",
    )


def _next(now: Findings, model: type[Record], stem: str) -> str:
    used = used_codes(now.case.exercise, model)
    return next(code for number in range(1, 10**6) if (code := f"{stem}-{number:03d}") not in used)
