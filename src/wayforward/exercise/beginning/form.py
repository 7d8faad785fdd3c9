"""The form by which an exercise begins: the terms as its columns, with its objectives, its sections and a template."""

from collections.abc import Collection, Mapping
from datetime import date
from zlib import crc32

from django.http import QueryDict

from wayforward.exercise.beginning.begun import Terms
from wayforward.exercise.beginning.copied import COURSE, KIND, lines, offered
from wayforward.exercise.models import Exercise
from wayforward.pages.describe import Column
from wayforward.pages.register.controls import Control, Offered, controls
from wayforward.pages.register.entries import PREFIX, Fault
from wayforward.parameters import editions, load, template
from wayforward.records.base import columns
from wayforward.records.faults import Faults
from wayforward.records.fields import write_year

SECTIONS, OBJECTIVES, TEMPLATE = "sections", "objectives", "template"
LATER = (
    "seed",
    "status_date",
    "knowledge_date",
    "notice",
)  # for who knows what they are, on the exercise's own page
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What is asked",
        ("code", "title", "organisation", "purpose", "sponsor", "director", "adviser", "decision_asked"),
    ),
    ("By when", ("starts", "report_due", "signoff_due")),
    ("With what", ("budget", "consultant_days", "team_days")),
    ("On which figures", ("edition", "price_year", "first_year", "years", "handling")),
)
LONGEST = 20_000  # characters of the lists of objectives and sections
APRIL = 4


def at_first(today: date) -> dict[str, str]:
    """What stands in the form when it is opened."""
    course = template(KIND + COURSE)
    year = today.year if today.month >= APRIL else today.year - 1
    levels = load(editions()[-1]).get("deflator").by_year("calendar")
    return {
        "edition": editions()[-1],
        "price_year": write_year(min(year, max(levels) - 1)),
        "first_year": write_year(year + 1),
        "years": "10",
        "handling": "official",
        TEMPLATE: next(iter(offered())),
        SECTIONS: "\n".join(str(row["title"]) for row in course.rows("sections")),
        OBJECTIVES: "\n".join(str(row["name"]) for row in course.rows("objectives")),
    }


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed, each at most as long as any of it may be."""
    names = [name for _, some in PARTS for name in some] + [SECTIONS, OBJECTIVES, TEMPLATE]
    return {name: post.get(f"{PREFIX}{name}", "").replace("\r\n", "\n")[:LONGEST] for name in names}


def terms(texts: Mapping[str, str]) -> Terms:
    """The terms that the entries say; the seed of what is left to chance follows from the code."""
    prose = ("purpose", "decision_asked")
    exercise = {
        name: texts.get(name, "") if name in prose else texts.get(name, "").strip()
        for _, some in PARTS
        for name in some
    }
    exercise["seed"] = str(crc32(exercise["code"].encode()) % 2_147_483_647)
    chosen = texts.get(TEMPLATE, "")
    return Terms(
        exercise,
        tuple(lines(texts.get(OBJECTIVES, ""))),
        tuple(lines(texts.get(SECTIONS, ""))),
        chosen if chosen in offered() else next(iter(offered())),
    )


def faults_of(faults: Faults) -> list[Fault]:
    """What is wrong with the terms, by field of the form.

    Rows that the template or the terms made are wrong because an entry is: they are told only where no entry is.
    """
    fields = _fields()
    found: list[Fault] = []
    made: list[Fault] = []
    for one in faults.faults:
        if one.column in fields and one.place == "exercise":
            label = str(fields[one.column].verbose_name)
            words = (
                f"give {one.allowed}"
                if one.found == "nothing"
                else f"found “{one.found}”; give {one.allowed}"
            )
            found.append(Fault(one.column, f"{label}: {words}"))
        else:
            name = one.place if one.place in (SECTIONS, OBJECTIVES) else ""
            (found if name else made).append(Fault(name, str(one)))
    return found or made


def _fields() -> dict[str, Column]:
    return {one.name: one for one in columns(Exercise) if one.name not in LATER}


def parts(texts: Mapping[str, str], faults: Collection[Fault] = ()) -> list[tuple[str, list[Control]]]:
    """The questions of the form under their headings."""
    fields = _fields()
    asked = [
        (heading, controls(None, [fields[name] for name in names], texts, faults)) for heading, names in PARTS
    ]
    asked[0][1].insert(0, _template(texts))
    lists = [
        _list(SECTIONS, "Sections of the report", "One a line, in their order.", texts, faults),
        _list(OBJECTIVES, "Objectives", "What the terms ask the exercise to do, one a line.", texts, faults),
    ]
    return [*asked, ("What the report must hold", lists)]


def _template(texts: Mapping[str, str]) -> Control:
    choices = tuple(Offered(name, title) for name, title in offered().items())
    hint = "Fills the registers that most exercises begin with: services, plan, maturity models, requests."
    name = f"{PREFIX}{TEMPLATE}"
    return Control(name, name, "Template", hint, "radios", texts.get(TEMPLATE, ""), choices)


def _list(name: str, label: str, hint: str, texts: Mapping[str, str], faults: Collection[Fault]) -> Control:
    said = tuple(one.words for one in faults if one.name == name)
    whole = f"{PREFIX}{name}"
    return Control(whole, whole, label, hint, "area", texts.get(name, ""), rows=10, faults=said)
