"""The form of a what-if: the inputs on show and those to choose from, with where each stands."""

from collections.abc import Mapping
from typing import Any

from wayforward.appraisal.models import Scenario
from wayforward.appraisal.pages import asked
from wayforward.appraisal.pages.asked import Asked
from wayforward.appraisal.pages.inputs import DELAYS, WEIGHTS, Input, of_driver
from wayforward.findings import Findings, registered
from wayforward.findings.finding import Scalar

MOST_INPUTS = 8
# By what the inputs that matter most are known, in words, the best first.
MATTERS = (
    ("appraisal.find_out", "what it would be worth to know"),
    ("appraisal.tornado", "how far each moves worth"),
)


def form(findings: Findings, question: Asked, every: Mapping[str, Input]) -> dict[str, Any]:
    """The inputs on show, the others to choose from, the editions and the scenarios that were kept."""
    first, why = _matter_most(findings, every)
    chosen = [one for key in (*question.moved, *question.shown) if (one := every[key]) not in first]
    weights = [one for one in every.values() if one.group == WEIGHTS]
    delays = [one for one in every.values() if one.group == DELAYS and one.key.startswith("option:")]
    chosen = [one for one in dict.fromkeys(chosen) if one not in weights and one not in delays]
    weights, delays = ([one for one in some if one not in first] for some in (weights, delays))
    groups = [
        ("What matters most", f"By {why}." if why else "", first, True),
        ("Added", "", chosen, True),
        (
            "Weights of criteria",
            "Set for every group alike; the greatest swing counts as 100.",
            weights,
            False,
        ),
        ("Delays", "Of a whole option; what varied about it is held.", delays, False),
    ]
    place = iter(range(len(every) * 2))
    shown = [
        (
            title,
            hint,
            [_field(one, question, next(place)) for one in some],
            open_ or _any_moved(some, question),
        )
        for title, hint, some, open_ in groups
        if some
    ]
    on_show = {one.key for _, _, some, _ in groups for one in some}
    return {
        "groups": shown,
        "shown": [one.key for one in chosen],
        "others": _others(every, on_show),
        "editions": asked.editions(),
        "edition": question.edition or findings.edition.name,
        "edition_now": findings.edition.name,
        "scenarios": [(row.code, row.name) for row in findings.case.rows(Scenario)],
    }


def _any_moved(some: list[Input], question: Asked) -> bool:
    return any(one.key in question.moved for one in some)


def _matter_most(findings: Findings, every: Mapping[str, Input]) -> tuple[list[Input], str]:
    """The inputs that matter most, by what knowing them is worth or else by how far they move worth; and which."""
    for key, why in MATTERS:
        if key not in registered():
            continue
        drivers = dict.fromkeys(
            str(row["driver"]) for row in _widest_first(findings, key) if row.get("driver")
        )
        some = [one for driver in drivers if (one := of_driver(dict(every), driver)) is not None]
        if some:
            return some[:MOST_INPUTS], why
    return [], ""


def _widest_first(findings: Findings, key: str) -> list[Mapping[str, Scalar]]:
    rows: list[Mapping[str, Scalar]] = list(findings[key].rows)
    if rows and "swing" in rows[0]:  # by option: the widest of any option first
        return sorted(rows, key=lambda row: -float(row["swing"] or 0.0))
    return rows


def _field(one: Input, question: Asked, place: int) -> dict[str, Any]:
    value = question.moved.get(one.key, one.now)
    return {
        **{name: asked.text(getattr(one, name)) for name in ("low", "high", "step")},
        "id": f"input-{place}",
        "key": one.key,
        "words": one.words,
        "unit": one.unit,
        "value": "" if value is None else asked.text(value),
        "now": "" if one.now is None else asked.text(one.now),
        "at": asked.text((one.low + one.high) / 2 if value is None else value),
        "moved": one.key in question.moved,
    }


def _others(every: Mapping[str, Input], on_show: set[str]) -> list[tuple[str, list[Input]]]:
    """The inputs not on show, under their headings."""
    groups: dict[str, list[Input]] = {}
    for one in every.values():
        if one.key not in on_show:
            groups.setdefault(one.group, []).append(one)
    return list(groups.items())
