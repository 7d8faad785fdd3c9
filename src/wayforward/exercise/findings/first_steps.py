"""What to do first in a new exercise: the registers on which the others stand, in the order of the work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wayforward.appraisal.models import CostLine
from wayforward.exercise.models import InformationRequest, WorkPackage
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.options.models import Option
from wayforward.records.models import Evidence
from wayforward.scope.models import Definition, Rating, Service

DONE, NEXT, LATER = "done", "next", "later"
GIVEN_AT_FIRST = (
    "template",
    "terms of reference",
)  # kinds of evidence that a new exercise has from the start
OPTIONS_AT_FIRST = 2  # business as usual and do minimum


@dataclass(frozen=True)
class Step:
    """A first step: what to do in which register, and how far it has come."""

    words: str
    register: str
    done: bool
    stands: str


def _asked(case: Reading) -> Step:
    requests = case.rows(InformationRequest)
    asked = sum(r.asked is not None for r in requests)
    words = "Ask for information, for answers take the longest: give each request its day and who is asked"
    return Step(
        words, InformationRequest.stem, 0 < len(requests) == asked, _of(asked, len(requests), "asked")
    )


def _planned(case: Reading) -> Step:
    packages = case.rows(WorkPackage)
    words = "Plan the work: packages with an owner, days and effort"
    return Step(words, WorkPackage.stem, bool(packages), show.count(len(packages), "work package"))


def _defined(case: Reading) -> Step:
    definitions = case.rows(Definition)
    agreed = sum(d.agreed_on is not None for d in definitions)
    words = "Settle what core, support and ICT mean, and with whom it was agreed"
    return Step(
        words, Definition.stem, 0 < len(definitions) == agreed, _of(agreed, len(definitions), "agreed")
    )


def _listed(case: Reading) -> Step:
    services = case.rows(Service)
    parents = {s.parent.code for s in services if s.parent}
    single = [s for s in services if s.code not in parents]
    costed = sum(s.yearly_cost is not None for s in single)
    words = "List the services, and give each its yearly cost and its people"
    return Step(words, Service.stem, 0 < len(single) == costed, _of(costed, len(single), "with a cost"))


def _evidenced(case: Reading) -> Step:
    found = [e for e in case.rows(Evidence) if e.evidence_kind not in GIVEN_AT_FIRST]
    words = "Record the evidence that figures will rest on, with its grade"
    return Step(words, Evidence.stem, bool(found), show.count(len(found), "piece") + " of evidence")


def _rated(case: Reading) -> Step:
    rated = {r.service.code for r in case.rows(Rating)}
    words = (
        "Rate how critical each service is and what could be gained by changing it: each rater alone first"
    )
    return Step(words, Rating.stem, bool(rated), show.count(len(rated), "service") + " rated")


def _designed(case: Reading) -> Step:
    beyond = [o for o in case.rows(Option) if o.option_kind == "option"]
    words = "Design the options beside business as usual and do minimum"
    return Step(words, Option.stem, bool(beyond), show.count(len(beyond), "option") + " beside those two")


def _costed(case: Reading) -> Step:
    priced = {line.option.code for line in case.rows(CostLine)}
    words = "Give each option its cost lines, by phase"
    options = len(case.rows(Option))
    done = (
        options > OPTIONS_AT_FIRST and len(priced) >= options - 1
    )  # business as usual may cost nothing more
    return Step(words, CostLine.stem, done, _of(len(priced), options, "with costs"))


def _of(some: int, every: int, words: str) -> str:
    return f"{some:,} of {every:,} {words}" if every else "none yet"


STEPS: Sequence[Callable[[Reading], Step]] = (
    _asked,
    _planned,
    _defined,
    _listed,
    _evidenced,
    _rated,
    _designed,
    _costed,
)


@finding(
    "exercise.first_steps",
    title="What to do first",
    question="Which registers must be begun before anything can be found?",
    unit="steps left",
    method="listing",
    reads=(InformationRequest, WorkPackage, Definition, Service, Evidence, Rating, Option, CostLine),
)
def first_steps(case: Reading) -> Result:
    """The first steps in their order; the first that is not done is the next."""
    steps = [step(case) for step in STEPS]
    ahead = [step for step in steps if not step.done]
    rows: list[dict[str, Any]] = [
        {
            "order": place,
            "step": step.words,
            "register": step.register,
            "stands": DONE if step.done else NEXT if step is ahead[0] else LATER,
            "so_far": step.stands,
        }
        for place, step in enumerate(steps, 1)
    ]
    return Result(
        headline=f"Next: {ahead[0].words[:1].lower()}{ahead[0].words[1:]}"
        if ahead
        else "The first steps are done",
        columns=(
            Column("order", "Order", "number"),
            Column("step", "What to do"),
            Column("register", "Register", detail=True),
            Column("stands", "Stands"),
            Column("so_far", "So far"),
        ),
        rows=tuple(rows),
        value=len(ahead) if len(ahead) < len(steps) else None,
        value_column="so_far",
        waiting=("the registers to be begun",) if len(ahead) == len(steps) else (),
    )
