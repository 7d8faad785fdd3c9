"""The stages of the work as pages show them: their title, their question, their registers and findings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from wayforward.findings import Findings, registered, show
from wayforward.findings.finding import Finding
from wayforward.pages.parts import in_parts
from wayforward.records.base import Versioned, exercise_model, kinds, record_models
from wayforward.records.case import Case

COMPLETED = "Completed"
IN_PROGRESS = "In progress"
PROBLEM = "There is a problem"
CANNOT_START = "Cannot start yet"
REQUESTS = "exercise.information"
ORDER = "appraisal.order"
WITHHELD = "what is withheld: commercial"


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
        """What is found in this stage, in the order to read."""
        return [one for _, some in self.parts(findings) for one in some]

    def parts(self, findings: Findings) -> list[tuple[str, list[Finding]]]:
        """What is found in this stage under its headings; one part without a heading where there is not much."""
        keys = [key for key in registered() if key.partition(".")[0] in self.keys]
        return [(heading, [findings[key] for key in some]) for heading, some in in_parts(self.name, keys)]


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
    return [case.exercise] if model is exercise_model() else case.rows(model)  # type: ignore[type-var]  # chosen by name


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


@dataclass(frozen=True)
class Standing:
    """Where a stage stands: one of four words, what it still lacks, and who answers for the report's sections on it."""

    status: str
    lacks: tuple[str, ...]
    sections: tuple[str, ...]


def standing(one: Stage, findings: Findings, seen: Collection[str] | None = None) -> Standing:
    """Completed means that nothing is awaited. What it lacks is told by the findings `seen`, by their keys, or by all.

    Nothing, that is: by the stage's findings, or as information asked for on behalf of a section of the report that
    quotes them; nor better evidence before options can be ranked. What will never be known is not awaited.
    """
    found = one.findings(findings)
    quoting = [section for section in sections(findings.case) if _quotes(section, one.keys)]
    told = [finding for finding in found if seen is None or finding.key in seen]
    lacks = _conflicts(told) + [words for finding in told for words in finding.waiting]
    if seen is None or REQUESTS in seen:
        lacks += _asked_for(findings, {section.code for section in quoting})
    lacks += _not_ranked(told)
    lacks = list(dict.fromkeys(words.partition(". Without it: ")[0] for words in lacks))
    owners = tuple(f"section {s.number} ({s.owner})" for s in quoting if s.owner)
    if len(told) < len(found) and any(one.waiting for one in found if one.key not in (seen or ())):
        lacks.append(WITHHELD)
    return Standing(_word(found, lacks), tuple(lacks), owners)


def _word(found: list[Finding], lacks: list[str]) -> str:
    rows = [row for finding in found for row in finding.rows]
    if any(row.get("state") == "late" for row in rows) or _conflicts(found):
        return PROBLEM
    if not any(finding.known for finding in found):
        return CANNOT_START
    return IN_PROGRESS if lacks else COMPLETED


def sections(case: Case) -> list[Any]:
    """The sections of the report, in their order."""
    model = kinds()["section"]
    return sorted(case.rows(model), key=lambda one: one.number)  # type: ignore[type-var]  # chosen by name


def _quotes(section: Any, stages: tuple[str, ...]) -> bool:
    return any(f"(finding:{name}." in section.body for name in stages)


def _asked_for(findings: Findings, codes: set[str]) -> list[str]:
    """The information that sections wait for, in the words of the finding about it."""
    asked = findings[REQUESTS]
    open_yet = [row for row in asked.rows if row["state"] != "received"]
    if not open_yet:
        return []
    pairs = zip(open_yet, asked.waiting, strict=True)
    return [words for row, words in pairs if row["section"] in codes and row["state"] != "never known"]


def _conflicts(found: list[Finding]) -> list[str]:
    pairs = sum(row.get("verdict") == "conflict" for finding in found for row in finding.rows)
    return [f"agreement of {show.count(pairs, 'pair')} of sources that truly conflict"] if pairs else []


def _not_ranked(found: list[Finding]) -> list[str]:
    order = next((finding for finding in found if finding.key == ORDER), None)
    if order is None or order.value != "not ranked":
        return []
    return [f"better evidence: {order.headline[:1].lower()}{order.headline[1:]}"]
