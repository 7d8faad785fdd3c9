"""The form of a what-if: the inputs on show and those to choose from, with where each stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from wayforward.appraisal.models import Scenario
from wayforward.appraisal.pages import asked
from wayforward.appraisal.pages.asked import Entered, Fault
from wayforward.appraisal.pages.inputs import DELAYS, WEIGHTS, Input, of_driver
from wayforward.findings import Findings, registered
from wayforward.findings.finding import Scalar

MOST_INPUTS = 8
OF_DELAYS = "Of a phase, with the lines that move with it; what varied about it is held."
# By what the inputs that matter most are known, in words, the best first.
MATTERS = (
    ("appraisal.find_out", "what it would be worth to know"),
    ("appraisal.tornado", "how far each moves worth"),
)


def form(
    findings: Findings, entered: Entered, every: Mapping[str, Input], faults: Sequence[Fault] = ()
) -> dict[str, Any]:
    """The inputs on show with what stands in each, the others to choose from, the editions and the scenarios kept."""
    first, why = _matter_most(findings, every)
    weights = [one for one in every.values() if one.group == WEIGHTS and one not in first]
    delays = [one for one in every.values() if one.group == DELAYS and one not in first]
    moved = [key for key in entered.texts if _stands_otherwise(every[key], entered)]
    added = [every[key] for key in dict.fromkeys((*moved, *entered.shown))]
    chosen = [one for one in added if one not in (*first, *weights, *delays)]
    groups = [
        ("What matters most", f"By {why}." if why else "", first, True),
        ("Added", "", chosen, True),
        (
            "Weights of criteria",
            "Set for every group alike; the greatest swing counts as 100.",
            weights,
            any(one.key in moved for one in weights),
        ),
        ("Delays", OF_DELAYS, delays, any(one.key in moved for one in delays)),
    ]
    place = {key: number for number, key in enumerate(every)}
    said = {key: _near(fault, every) for fault in reversed(faults) for key in fault.about}
    shown = [
        (title, hint, [_field(one, entered, place[one.key], said) for one in some], open_)
        for title, hint, some, open_ in groups
        if some
    ]
    on_show = {one.key for _, _, some, _ in groups for one in some}
    return {
        "groups": shown,
        "shown": [one.key for one in chosen],
        "others": _others(every, on_show),
        "editions": asked.editions(),
        "edition": entered.edition or findings.edition.name,
        "edition_now": findings.edition.name,
        "scenarios": [(row.code, row.name) for row in findings.case.rows(Scenario)],
        "said": said,
        "name": entered.name,
    }


def listed(faults: Sequence[Fault], every: Mapping[str, Input]) -> list[dict[str, str]]:
    """Faults for a summary of errors, each with the name of the field that it leads to."""
    place = {key: f"input-{number}" for number, key in enumerate(every)}
    return [
        {
            "words": fault.words,
            "at": next((place.get(key, key) for key in fault.about), ""),
            "near": _near(fault, every),
        }
        for fault in faults
    ]


def _near(fault: Fault, every: Mapping[str, Input]) -> str:
    """The words of a fault where its input's own stand above them."""
    words = fault.words
    for key in fault.about:
        words = words.removeprefix(f"{every[key].words}: " if key in every else "")
    return words[:1].upper() + words[1:]


def _stands_otherwise(one: Input, entered: Entered) -> bool:
    return one.now is None or entered.texts[one.key].strip() != asked.text(one.now)


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


def _field(one: Input, entered: Entered, place: int, said: Mapping[str, str]) -> dict[str, Any]:
    now = "" if one.now is None else asked.text(one.now)
    value = entered.texts.get(one.key, now)
    number = float(value) if asked.NUMBER.fullmatch(value) else one.now
    return {
        **{name: asked.text(getattr(one, name)) for name in ("low", "high", "step")},
        "id": f"input-{place}",
        "key": one.key,
        "words": one.words,
        "unit": one.unit,
        "value": value,
        "now": now,
        "at": asked.text((one.low + one.high) / 2 if number is None else number),
        "moved": one.key in entered.texts and _stands_otherwise(one, entered),
        "fault": said.get(one.key, ""),
    }


def _others(every: Mapping[str, Input], on_show: set[str]) -> list[tuple[str, list[Input]]]:
    """The inputs not on show, under their headings."""
    groups: dict[str, list[Input]] = {}
    for one in every.values():
        if one.key not in on_show:
            groups.setdefault(one.group, []).append(one)
    return list(groups.items())
