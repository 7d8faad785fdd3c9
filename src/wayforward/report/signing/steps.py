"""The steps by which each subject is agreed, in their order, and where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wayforward.exercise.models import Approval
from wayforward.exercise.models.signing import OUTCOMES, STEPS
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.report.signing.subjects import SUBJECTS, Changed, Subject, changed_since, digest

TITLES: Mapping[str, str] = dict(STEPS)
WORDS: Mapping[str, str] = dict(OUTCOMES)
ADVICE = ("finance-force", "finance-commissioner", "legal")
AGREED = ("approved", "conditions", "part")
Ranks = tuple[tuple[str, ...], ...]
# Each rank waits for the one before it; within a rank the steps may come in any order.
ORDER: Mapping[str, Ranks] = {
    "terms": (("director",), ("chief",), ("commissioner",)),
    "definitions": (("lead",), ("director",), ("commissioner",)),
    "scope": (("lead",), ("director",), ("chief",), ("commissioner",)),
    "cut-off": (("lead",), ("director",), ("commissioner",)),
    "report": (("lead",), ("director",), ("analysis",), ADVICE, ("chief",), ("commissioner",)),
}
assert set(ORDER) == {subject.key for subject in SUBJECTS}


def rule_of(step: str) -> str:
    """The rule of people/permissions.py by which a step is somebody's to give."""
    return "decide" if step == "commissioner" else f"agree as {step}"


@dataclass(frozen=True)
class Step:
    """One step of a subject: what was given last, whether on the text as it is now, and what it waits for."""

    name: str
    approval: Approval | None
    on_this_text: bool
    waits_for: tuple[str, ...]

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def done(self) -> bool:
        """Whether the next rank may go on: agreed, or advised, on the text as it is now."""
        if self.approval is None or not self.on_this_text:
            return False
        if self.name in ADVICE:
            return self.approval.outcome != "deferred"
        return self.approval.outcome in AGREED

    @property
    def outcome(self) -> str:
        return WORDS[self.approval.outcome] if self.approval else ""


class Standing:
    """Where a subject stands on its way to being agreed."""

    def __init__(self, case: Case, subject: Subject) -> None:
        self.case, self.subject = case, subject

    @cached_property
    def digest(self) -> str:
        return digest(self.case, self.subject)

    @cached_property
    def given(self) -> list[Approval]:
        """Every approval of the subject, in the order in which they were given."""
        rows = [row for row in self.case.rows(Approval) if row.subject == self.subject.key]
        return sorted(rows, key=lambda row: (len(row.code), row.code))

    @cached_property
    def steps(self) -> list[Step]:
        found: list[Step] = []
        before: tuple[str, ...] = ()
        for rank in ORDER[self.subject.key]:
            some = [self._step(name, before) for name in rank]
            found += some
            before += tuple(step.title for step in some if not step.done)
        return found

    def _step(self, name: str, waits_for: tuple[str, ...]) -> Step:
        approval = next((row for row in reversed(self.given) if row.step == name), None)
        on_this = approval is not None and approval.digest == self.digest
        return Step(name, approval, on_this, waits_for)

    def step(self, name: str) -> Step:
        """The step of that name; StopIteration where the subject has none."""
        return next(step for step in self.steps if step.name == name)

    @property
    def agreed(self) -> bool:
        return all(step.done for step in self.steps)

    @property
    def version(self) -> str:
        """What the text as it is now is called: each text on which anybody agreed counts."""
        texts = list(dict.fromkeys(row.digest for row in self.given))
        place = texts.index(self.digest) + 1 if self.digest in texts else len(texts) + 1
        return f"{place}.0"

    @property
    def earlier(self) -> Sequence[Step]:
        """The steps that were given on an earlier text."""
        return [step for step in self.steps if step.approval and not step.on_this_text]

    def changes(self, approval: Approval) -> list[Changed]:
        """What changed in the subject since an approval of it."""
        event = Event.objects.filter(exercise=self.case.exercise, record=approval.reference).first()
        return changed_since(self.case, self.subject, event.sequence) if event else []

    @property
    def words(self) -> str:
        """Where it stands, in a sentence."""
        if self.agreed:
            return "Agreed at every step."
        waiting = next(step for step in self.steps if not step.done)
        if waiting.approval and waiting.on_this_text:
            return f"{waiting.title}: {waiting.outcome.lower()}."
        if waiting.approval:
            return f"Changed since it was agreed: waits for {waiting.title.lower()} again."
        return f"Waits for {waiting.title.lower()}."
