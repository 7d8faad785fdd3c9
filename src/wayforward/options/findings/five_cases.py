"""From the nine sections to the five cases of a business case: what answers each question, and what is empty."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wayforward import parameters
from wayforward.exercise.models import (
    BenefitOwner,
    Constraint,
    DecisionRight,
    Dependency,
    Driver,
    EvaluationQuestion,
    FirstHundredDays,
    Gate,
    GovernanceGroup,
    Section,
    TestableObjective,
)
from wayforward.findings import Column, Finding, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.parameters.table import Value
from wayforward.records.base import Record

TEMPLATE = "five-cases"
MODELS: tuple[type[Record], ...] = (
    *(TestableObjective, Driver, Constraint, Dependency, GovernanceGroup, DecisionRight, Gate),
    *(BenefitOwner, EvaluationQuestion, FirstHundredDays),
)
TABLES = {model.stem: model for model in MODELS}
ANSWERED, IN_PART, EMPTY = "answered", "in part", "empty"


def _words(row: Mapping[str, Value], name: str) -> tuple[str, ...]:
    """A list of texts in a row of the template."""
    value = row[name]
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


QUESTIONS = parameters.template(TEMPLATE).rows("questions")
NEEDS = tuple(dict.fromkeys(key for row in QUESTIONS for key in _words(row, "findings")))


@dataclass(frozen=True)
class Answer:
    """What answers a question so far, in words, and what is lacking."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def standing(self) -> str:
        if not self.has:
            return EMPTY
        return IN_PART if self.lacks else ANSWERED


@finding(
    "options.five_cases",
    title="The nine sections as the five cases of a business case",
    question="What of each case of a business case does the report answer, and what is empty?",
    method="listing",
    reads=(Section, *MODELS),
    needs=NEEDS,
)
def five_cases(case: Reading) -> Result:
    """Each question of the five cases, the sections, records and findings that answer it, and what is lacking."""
    sections = {section.code: section for section in case.rows(Section)}
    template = parameters.template(TEMPLATE)
    titles = {str(row["code"]): str(row["title"]) for row in template.rows("cases")}
    answers = [_answer(case, row, sections) for row in QUESTIONS] if sections else []
    rows: list[Row] = [
        {
            "case": titles[str(row["case"])],
            "question": str(row["question"]),
            "sections": show.listed([sections[c].title for c in _words(row, "sections") if c in sections]),
            "standing": answer.standing,
            "answered_by": "; ".join(answer.has),
            "lacks": "; ".join(answer.lacks),
        }
        for row, answer in zip(QUESTIONS, answers, strict=False)
    ]
    return Result(
        headline=_headline(rows),
        columns=(
            Column("case", "Case"),
            Column("question", "Question"),
            Column("sections", "Sections", "words"),
            Column("standing", "Standing", "words"),
            Column("answered_by", "What answers it", "words"),
            Column("lacks", "What is lacking", "words"),
        ),
        rows=tuple(rows),
        value_column="standing",
        used=given(sections.values(), "body"),
        parameters={"template": template.name, "template_source": template.source},
        warnings=(f"The map is to be confirmed: {template.source}.",) if rows and template.confirm else (),
        waiting=tuple(
            f"{row['question']} ({row['case']}: {row['lacks']})" for row in rows if row["standing"] == EMPTY
        )
        or (() if rows else ("the sections of the report",)),
    )


def _answer(case: Reading, row: Mapping[str, Value], sections: Mapping[str, Section]) -> Answer:
    """What there is for a question: narrative, records and findings, each of them or what is lacking of it."""
    has: list[str] = []
    lacks: list[str] = []
    for code in _words(row, "sections"):
        if code not in sections:
            lacks.append(f"a section {code}")
        elif not sections[code].body.strip():
            lacks.append(f"the narrative of “{sections[code].title}”")
    for stem in _words(row, "tables"):
        model = TABLES[stem]
        count = len(case.rows(model))
        (has if count else lacks).append(
            show.count(count, model.words(), model.plural()) if count else model.plural()
        )
    for key in _words(row, "findings"):
        _weigh(case.need(key), has, lacks)
    return Answer(tuple(has), tuple(lacks))


def _weigh(found: Finding, has: list[str], lacks: list[str]) -> None:
    """A finding that knows anything answers; one that waits for anything leaves something lacking."""
    values = [row.get(found.value_column) for row in found.rows] if found.columns else [found.value]
    known = any(value not in (None, "") for value in values)
    if known:
        has.append(found.title)
    if found.waiting or not known:
        gaps = f" ({show.count(len(found.waiting), 'gap')})" if known else ""
        lacks.append(f"{found.title}{gaps}")


def _headline(rows: Sequence[Row]) -> str:
    if not rows:
        return "What the report answers of the five cases of a business case is not known yet"
    count = Counter(str(row["standing"]) for row in rows)
    told = show.listed([f"{count[word] or 'none'} {word}" for word in (ANSWERED, IN_PART, EMPTY)])
    empty = Counter(str(row["case"]) for row in rows if row["standing"] == EMPTY)
    where = f" ({show.listed([f'{n} in the {name.lower()}' for name, n in empty.items()])})" if empty else ""
    return f"Of {show.count(len(rows), 'question')} of the five cases of a business case, {told}{where}"
