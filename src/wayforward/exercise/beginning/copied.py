"""What a template gives a new exercise: rows of its registers as text, as a case folder would hold them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count

from wayforward.parameters import template, templates
from wayforward.parameters.table import Value
from wayforward.parameters.template import Template

KIND = "exercise-"  # what the name of a template begins with that a new exercise can begin from
COURSE = "course"  # the one that the others copy
SUBJECTS = {"maturity-services": "services", "maturity-information-services": "information"}
CHANGE = "change"
LEVELS = 5
REPORT, SIGN_OFF = 1.0, "to sign-off"

Rows = dict[str, list[dict[str, str]]]  # by stem


def offered() -> dict[str, str]:
    """The templates that a new exercise can begin from, by name, with their titles."""
    names = (one for one in templates() if one.startswith(KIND) and one != KIND + COURSE)
    return {name.removeprefix(KIND): template(name).title for name in names}


def copied(name: str, starts: date, report_due: date, signoff_due: date) -> Rows:
    """The rows that a template gives, with the days of its plan placed between those of the exercise."""
    rows: Rows = {}
    days = (starts, report_due, signoff_due)
    for one in sources(name):
        if one.name.startswith("maturity-"):
            found: Rows = _maturity(one, len(rows.get("maturity_models", [])) + 1)
        elif one.name.startswith("services-"):
            found = {"services": [_service(row) for row in one.rows("services")]}
        else:
            found = {
                stem: [_plain(row, days) for row in one.lists[stem]] for stem in one.lists if stem != "copies"
            }
        for stem, some in found.items():
            rows.setdefault(stem, []).extend(some)
    return rows


def sources(name: str) -> list[Template]:
    """The template of that name and those that it copies. Raises LookupError where there is none."""
    first = template(KIND + name)
    copies = first.lists.get("copies", ())
    return [*(template(str(row["template"])) for row in copies), first]


def _plain(row: Mapping[str, Value], days: tuple[date, date, date]) -> dict[str, str]:
    """A row as cells; a share of the time (`starts_at`) becomes the day of its field (`starts`)."""
    part = str(row.get("from_report", ""))
    cells = {}
    for name, value in row.items():
        if name == "from_report":
            continue
        if name.endswith("_at") and isinstance(value, float | int):
            cells[name.removesuffix("_at")] = placed(float(value), part, days).isoformat()
        else:
            cells[name] = str(value)
    return cells


def placed(share: float, part: str, days: tuple[date, date, date]) -> date:
    """The working day nearest before a share of the time from the start to the report, or the last part to sign-off."""
    starts, report_due, signoff_due = days
    if share >= REPORT:
        return signoff_due if part == SIGN_OFF else report_due
    day = starts + timedelta(days=round(share * (report_due - starts).days))
    while day.weekday() >= 5 and day > starts:
        day -= timedelta(days=1)
    return day


def _service(row: Mapping[str, Value]) -> dict[str, str]:
    return {"code": str(row["code"]), "name": str(row["title"]), "parent": str(row["parent"])}


def _maturity(one: Template, number: int) -> Rows:
    """A maturity model with its dimensions and what each level of each looks like."""
    model = f"MAT-{number:02d}"
    rows: Rows = {
        "maturity_models": [
            {
                "code": model,
                "name": one.title,
                "subject": SUBJECTS.get(one.name, CHANGE),
                "source": f"Copied from the template {one.name}: {one.source}",
            }
        ],
        "maturity_dimensions": [],
        "level_descriptors": [],
    }
    for place, row in enumerate(one.rows("dimensions"), 1):
        code = f"{number}{place:02d}"
        rows["maturity_dimensions"].append({"code": f"DIM-{code}", "model": model, "name": str(row["title"])})
        rows["level_descriptors"] += list(_levels(row, code))
    return rows


def _levels(row: Mapping[str, Value], code: str) -> Iterator[dict[str, str]]:
    for level in range(1, LEVELS + 1):
        wording = str(row[f"level_{level}"])
        yield {
            "code": f"LVL-{code}-{level}",
            "dimension": f"DIM-{code}",
            "level": str(level),
            "wording": wording,
        }


def lines(text: str) -> list[str]:
    """The lines of a text that are not blank, each once, in their order."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def chosen(
    rows: Iterable[Mapping[str, str]], names: list[str], stem: str, field: str
) -> list[dict[str, str]]:
    """The rows of a template that bear these names, in the order of the names; a name of no row makes a new one."""
    known = {row[field].casefold(): dict(row) for row in rows}
    used = {row["code"] for row in known.values()}
    made: list[dict[str, str]] = []
    for name in names:
        row = known.get(name.casefold())
        if row is None:
            code = next(c for n in count(1) if (c := f"{stem}-{n:02d}") not in used)
            used.add(code)
            row = {"code": code, field: name}
        made.append(row)
    return made
