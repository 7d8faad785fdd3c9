"""The stages of the work as pages show them: their title, their question, their registers and findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wayforward.findings import Findings, registered
from wayforward.findings.finding import Finding
from wayforward.records.base import Versioned, exercise_model, record_models
from wayforward.records.case import Case

COMPLETED = "Completed"
IN_PROGRESS = "In progress"
PROBLEM = "There is a problem"
CANNOT_START = "Cannot start yet"


@dataclass(frozen=True)
class Stage:
    """A stage: its word in addresses and keys, its title, and the one question that it answers."""

    name: str
    title: str
    question: str
    keys: tuple[str, ...]

    def tables(self) -> list[type[Versioned]]:
        """The tables that people fill in this stage; the exercise's own row comes first of all."""
        every: list[type[Versioned]] = [exercise_model(), *record_models()]
        return [model for model in every if model._meta.app_label == self.name]

    def findings(self, findings: Findings) -> list[Finding]:
        """What is found in this stage, in the order that it is declared."""
        return [findings[key] for key in registered() if key.partition(".")[0] in self.keys]


STAGES = (
    Stage("exercise", "The exercise", "What was asked, and will the report be ready?", ("exercise",)),
    Stage(
        "records", "Evidence", "What do the figures rest on, and where do sources disagree?", ("evidence",)
    ),
    Stage("finance", "Finance", "What money is there before any option is chosen?", ("finance",)),
    Stage(
        "scope",
        "Scope and ratings",
        "Which services are core, support or ICT, and which matter most?",
        ("scope",),
    ),
    Stage(
        "baseline",
        "Baseline",
        "How mature are services, information and change, and what stands on failing systems?",
        ("baseline",),
    ),
    Stage("alignment", "Alignment", "Do capabilities and investments serve what matters?", ("alignment",)),
    Stage("comparison", "Comparison", "What do other bodies do, and how well?", ("comparison",)),
    Stage(
        "engagement",
        "Engagement",
        "What did staff and the public say, and what became of it?",
        ("engagement",),
    ),
    Stage("demand", "Demand and harm", "Where and from what does harm come?", ("demand",)),
    Stage("options", "Options", "What could be done, by whom, when, and at what risk?", ("options",)),
    Stage("appraisal", "Appraisal", "What is each option worth, and can it be afforded?", ("appraisal",)),
)


def stage(name: str) -> Stage | None:
    """The stage of that name, or None."""
    return next((one for one in STAGES if one.name == name), None)


def of_finding(key: str) -> Stage | None:
    """The stage that a finding belongs to, by its key."""
    return next((one for one in STAGES if key.partition(".")[0] in one.keys), None)


def beside(one: Stage) -> tuple[Stage | None, Stage | None]:
    """The stages before and after."""
    place = STAGES.index(one)
    return (
        STAGES[place - 1] if place else None,
        STAGES[place + 1] if place + 1 < len(STAGES) else None,
    )


def rows(case: Case, model: type[Versioned]) -> Sequence[Versioned]:
    """The rows of a table; the exercise is the one row of its own."""
    return [case.exercise] if model is exercise_model() else case.rows(model)  # type: ignore[type-var]


def registers(case: Case, one: Stage) -> list[dict[str, Any]]:
    """The tables of a stage with how many records each holds."""
    return [
        {
            "stem": model.stem,
            "plural": model.plural(),
            "meaning": model.meaning(),
            "count": len(rows(case, model)),
        }
        for model in one.tables()
    ]


def status(found: list[Finding]) -> str:
    """One of four words for where a stage stands, from what its findings know and wait for."""
    if any(row.get("state") == "late" for finding in found for row in finding.rows):
        return PROBLEM
    if not any(finding.known for finding in found):
        return CANNOT_START
    return IN_PROGRESS if any(finding.waiting for finding in found) else COMPLETED


def lacks(found: list[Finding]) -> list[str]:
    """What a stage still lacks for the report, in words, each once."""
    return list(dict.fromkeys(words for finding in found for words in finding.waiting))
