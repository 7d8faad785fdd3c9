"""A new exercise from its terms of reference: the terms as given, and the registers that its template fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wayforward.casefile.reading import case_of
from wayforward.casefile.sheets import Found, Sheet, tables
from wayforward.exercise.beginning.copied import Rows, chosen, copied, sources
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.faults import Fault, Faults

TERMS = "TOR-1"  # the code of the evidence that the terms of reference are
TEMPLATE = "TPL-1"
CITED = ("budget", "consultant_days", "team_days")
NOT_A_DAY = "a date as 2012-12-20"


@dataclass(frozen=True)
class Terms:
    """What the terms of reference say: the columns of the exercise as text, its objectives and its sections by name."""

    exercise: Mapping[str, str]
    objectives: tuple[str, ...]
    sections: tuple[str, ...]
    template: str


def begun(terms: Terms) -> Case:
    """The case that an exercise begins with. Raises Faults with everything that is wrong with the terms."""
    rows = copied(terms.template, *_days(terms))
    rows["exercise"] = [dict(terms.exercise)]
    rows["sections"] = _numbered(chosen(rows["sections"], list(terms.sections), "SEC", "title"))
    objectives = chosen(rows["objectives"], list(terms.objectives), "OBJ", "name")
    codes = {row["code"] for row in rows["sections"]}
    rows["objectives"] = [_answered(row, codes) for row in objectives]
    _of_sections_there_are(rows, codes)
    _where_from(rows, terms)
    return _case(rows, terms)


def _case(rows: Rows, terms: Terms) -> Case:
    found = Found(sheets=[_sheet(model, rows.get(stem, [])) for stem, model in tables().items()])
    return case_of(found, terms.exercise.get("code", ""))


def _days(terms: Terms) -> tuple[date, date, date]:
    """The days between which the plan is placed. Raises Faults where one is no day, with all else that is wrong."""
    days, faults = [], []
    for name in ("starts", "report_due", "signoff_due"):
        given = terms.exercise.get(name, "")
        try:
            days.append(date.fromisoformat(given))
        except ValueError:
            faults.append(Fault("exercise", 0, name, given or "nothing", NOT_A_DAY))
    if faults:
        told = {fault.column for fault in faults}
        raise Faults([*faults, *(one for one in _of_the_terms(terms) if one.column not in told)])
    return days[0], days[1], days[2]


def _of_the_terms(terms: Terms) -> list[Fault]:
    """What is wrong with the exercise itself, no register beside it."""
    try:
        _case({"exercise": [dict(terms.exercise)]}, terms)
    except Faults as faults:
        return [one for one in faults.faults if one.place == "exercise"]
    return []


def _numbered(sections: list[dict[str, str]]) -> list[dict[str, str]]:
    """Sections numbered as they are listed, whatever their number in the template."""
    return [row | {"number": str(place)} for place, row in enumerate(sections, 1)]


def _answered(row: dict[str, str], sections: set[str]) -> dict[str, str]:
    """An objective whose sections are those that there are."""
    kept = [code for code in row.get("answered_in", "").split(", ") if code in sections]
    return row | {"answered_in": ", ".join(kept)}


def _of_sections_there_are(rows: Rows, sections: set[str]) -> None:
    """Rows of the template that name a section which the terms do not ask for name none."""
    for some in rows.values():
        for row in some:
            if row.get("section") and row["section"] not in sections:
                row["section"] = ""


def _where_from(rows: Rows, terms: Terms) -> None:
    """The terms of reference and the templates as evidence; the figures of the terms cite them."""
    exercise = terms.exercise
    rows.setdefault("evidence", []).extend(
        [
            {
                "code": TERMS,
                "title": "Terms of reference of this exercise",
                "evidence_kind": "terms of reference",
                "owner": exercise.get("sponsor", ""),
                "grade": "2",
            },
            {
                "code": TEMPLATE,
                "title": "Templates that the registers began from",
                "evidence_kind": "template",
                "where": "; ".join(one.title for one in sources(terms.template))[:500],
            },
        ]
    )
    given = [name for name in CITED if exercise.get(name, "")]
    rows.setdefault("citations", []).extend(
        {
            "code": f"CIT-{place:03d}",
            "record": "exercise",
            "field": name,
            "evidence": TERMS,
            "value": exercise[name],
            "used": "yes",
        }
        for place, name in enumerate(given, 1)
    )


def _sheet(model: type[Versioned], rows: list[dict[str, str]]) -> Sheet:
    header = [field.name for field in columns(model)]
    lines = [(place, [row.get(name, "") for name in header]) for place, row in enumerate(rows, 2)]
    return Sheet(model.stem, model, header, lines)
