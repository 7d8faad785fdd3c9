"""The small town's exercise on its way to a signed report, step by step as its people take them."""

from datetime import date
from typing import Any
from uuid import uuid4

from tests.workbench import person, store_small_case
from wayforward.exercise.models import Assumption, Decision, InformationRequest, SourceDocument
from wayforward.pages.opened import as_it_stands
from wayforward.people.models import Membership
from wayforward.records.save import Change, save_all
from wayforward.report.signing import given
from wayforward.report.signing.sign import sign
from wayforward.report.signing.steps import ORDER, Standing
from wayforward.report.signing.subjects import BY_KEY
from wayforward.scope.models import Definition

ROLES = {
    "lead": "lead",
    "director": "director",
    "analysis": "approver",
    "finance-force": "finance-force",
    "finance-commissioner": "finance-commissioner",
    "legal": "legal",
    "chief": "chief",
    "commissioner": "commissioner",
}
SAID = {"outcome": "approved", "conditions": "", "reason": ""}
DECIDED = {
    "outcome": "conditions",
    "decision": "Take the machines to an outline business case.",
    "reason": "They cost least.",
    "conditions": "A price is had first.",
    "financial": "No call on reserves.",
    "legal": "None.",
    "equality": "Longer hours help those in work.",
}
ASSURED = {"risk": "medium", "statement": "Fit to decide on.", "limits": "The price was not tested."}


class Town:
    """The exercise with somebody in every part of it."""

    def __init__(self) -> None:
        self.exercise = store_small_case()
        self.people: dict[str, Any] = {}
        for role in ("analyst", "assurer", "guest", *ROLES.values()):
            user = person(f"{role}@example.org")
            Membership.objects.create(exercise=self.exercise, user=user, role=role)
            self.people[role] = user

    @property
    def findings(self) -> Any:
        return as_it_stands(self.exercise)

    def fill(self) -> None:
        """The registers that a final sign-off needs."""
        of: dict[str, Any] = {"exercise": self.exercise}
        request = {"name": "Opening hours", "owner": "Head of review"}
        rows = [
            Assumption(code="ASM-1", name="Visits stay as they are", **of),
            Decision(
                code="DEC-1", name="Look again", decided_by="Council", decided_on=date(2012, 9, 3), **of
            ),
            InformationRequest(code="REQ-1", **{k: v for k, v in request.items() if k in _names()}, **of),
            SourceDocument(code="DOC-1", title="Minutes", **of),
            Definition(code="DEF-1", term="core", wording="What the law asks of a library.", **of),
        ]
        save_all([Change(row, 0) for row in rows], "person 0", "added")

    def step(self, subject: str, step: str, **said: str) -> None:
        """One step of a subject, by whoever's it is."""
        standing = Standing(self.findings.case, BY_KEY[subject])
        user = self.people[ROLES[step]]
        given.agree(user, self.findings, subject, step, standing.digest, SAID | said, uuid4())

    def agree(self, *subjects: str) -> None:
        """Every step of some subjects, in order."""
        for subject in subjects:
            for rank in ORDER[subject]:
                for step in rank:
                    self.step(subject, step)

    def assure(self, role: str = "assurer") -> None:
        given.assure(self.people[role], self.findings, ASSURED, uuid4())

    def decide(self, **said: str) -> None:
        standing = Standing(self.findings.case, BY_KEY["report"])
        given.decide(self.people["commissioner"], self.findings, standing.digest, DECIDED | said, uuid4())

    def make_ready(self) -> None:
        """Everything but the signature."""
        self.fill()
        self.agree("terms", "definitions", "scope", "cut-off")
        self.assure()
        for rank in ORDER["report"][:-1]:
            for step in rank:
                self.step("report", step)
        self.decide()

    def sign(self, **accepted: str) -> Any:
        return sign(self.exercise, f"person {self.people['commissioner'].pk}", accepted, uuid4())


def _names() -> set[str]:
    return {field.name for field in InformationRequest._meta.concrete_fields}
