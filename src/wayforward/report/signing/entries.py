"""What people enter when they agree, advise, assure or decide: read by the fields of the records, and what to mend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from wayforward.exercise.models import Approval, AssuranceStatement, DecisionNotice
from wayforward.exercise.models.register import HML
from wayforward.exercise.models.signing import OUTCOMES
from wayforward.records.base import Record
from wayforward.records.fields import CellFault
from wayforward.report.signing.steps import ADVICE

RADIOS, TEXT, BOX = "radios", "text", "box"


@dataclass(frozen=True)
class Control:
    """One thing that a form asks: `missing` is told where it is needed and not given."""

    name: str
    kind: str
    label: str
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    missing: str = ""
    read_by: tuple[type[Record], str] | None = None
    rows: int = 4


@dataclass
class Entries:
    """What was entered, and what to mend: the control with the sentence."""

    values: dict[str, str]
    faults: list[tuple[str, str]] = field(default_factory=list)


def _text(
    name: str, model: type[Record], column: str, label: str, hint: str = "", missing: str = ""
) -> Control:
    return Control(name, TEXT, label, hint, missing=missing, read_by=(model, column))


def _outcome(label: str) -> Control:
    return Control("outcome", RADIOS, label, choices=OUTCOMES, missing="Choose one of the answers")


COMMERCIAL = Control(
    "commercial",
    BOX,
    "",
    choices=[
        ("yes", "What I say here is commercial: it is withheld from guests and from the public version")
    ],
)
REASON = _text("reason", Approval, "reason", "Reason", "Needed where you defer or refuse.")
AGREE = (
    _outcome("Your answer"),
    _text(
        "conditions",
        Approval,
        "conditions",
        "Conditions",
        "Needed where you approve with conditions or in part.",
    ),
    REASON,
    COMMERCIAL,
)
ADVISE = (
    _outcome("On your advice, is this"),
    _text(
        "conditions", Approval, "conditions", "Advice", "It is printed in the report.", "Write your advice"
    ),
    REASON,
    COMMERCIAL,
)
DECIDE = (
    _outcome("Decision"),
    _text("decision", DecisionNotice, "decision", "What is decided", "", "Write what is decided"),
    _text("reason", DecisionNotice, "reasons", "Reasons", "", "Give the reasons"),
    _text(
        "conditions",
        DecisionNotice,
        "conditions",
        "Conditions",
        "Needed where you approve with conditions or in part.",
    ),
    _text(
        "financial",
        DecisionNotice,
        "financial",
        "Financial implications",
        "Begun from the advice of the chief finance officers.",
        "Write the financial implications",
    ),
    _text(
        "legal",
        DecisionNotice,
        "legal",
        "Legal implications",
        "Begun from the legal and procurement advice.",
        "Write the legal implications",
    ),
    _text(
        "equality",
        DecisionNotice,
        "equality",
        "Equality implications",
        "Begun from the equality impact assessments of the options.",
        "Write the equality implications",
    ),
)
ASSURE = (
    Control(
        "risk", RADIOS, "Risk of deciding on this analysis", choices=HML, missing="Choose the risk rating"
    ),
    _text(
        "statement",
        AssuranceStatement,
        "statement",
        "Statement",
        "What you looked at, and how far the analysis can be relied on.",
        "Write the statement",
    ),
    _text("limits", AssuranceStatement, "limits", "Limits", "What you did not look at."),
)
NEEDS_CONDITIONS, NEEDS_REASON = ("conditions", "part"), ("deferred", "refused")


def asked_of(step: str) -> Sequence[Control]:
    """What the form of a step asks."""
    return ADVISE if step in ADVICE else AGREE


def read(controls: Sequence[Control], posted: QueryDict) -> Entries:
    """The entries of a form, with everything that is to be mended."""
    entries = Entries({one.name: posted.get(one.name, "").strip() for one in controls})
    for control in controls:
        entries.faults += _faults(control, entries)
    chosen = entries.values.get("outcome", "")
    if chosen in NEEDS_CONDITIONS and not entries.values.get("conditions"):
        entries.faults.append(("conditions", "Write the conditions"))
    if chosen in NEEDS_REASON and not entries.values.get("reason"):
        entries.faults.append(("reason", "Give the reason why it is deferred or refused"))
    entries.faults = list({name: (name, words) for name, words in reversed(entries.faults)}.values())[::-1]
    return entries


def _faults(control: Control, entries: Entries) -> Iterator[tuple[str, str]]:
    text = entries.values[control.name]
    if control.choices and text and text not in dict(control.choices):
        text = entries.values[control.name] = ""
    if not text:
        if control.missing:
            yield control.name, control.missing
        return
    if control.read_by:
        model, column = control.read_by
        parser: Any = model._meta.get_field(column)
        try:
            entries.values[control.name] = parser.parse(text)
        except CellFault as fault:
            yield control.name, f"{control.label}: there is {fault.found}; give {fault.allowed}"


def shown(controls: Sequence[Control], entries: Entries) -> list[dict[str, Any]]:
    """The controls as a page shows them, with what was entered."""
    wrong: Mapping[str, str] = dict(entries.faults)
    return [
        {
            "name": one.name,
            "kind": one.kind,
            "label": one.label,
            "hint": one.hint,
            "rows": one.rows,
            "text": entries.values.get(one.name, ""),
            "wrong": wrong.get(one.name, ""),
            "choices": [
                {
                    "value": value,
                    "words": words,
                    "id": one.name if place == 0 else f"{one.name}-{place}",
                    "chosen": entries.values.get(one.name) == value,
                }
                for place, (value, words) in enumerate(one.choices)
            ],
        }
        for one in controls
    ]
