"""The stages of the work as pages show them: their title, their question, their registers and findings."""

from dataclasses import dataclass

from wayforward.findings import Findings, registered
from wayforward.findings.finding import Finding
from wayforward.records.base import Record, record_models

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

    def registers(self) -> list[type[Record]]:
        """The tables that people fill in this stage."""
        return [model for model in record_models() if model._meta.app_label == self.name]

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
