"""An upload as it compared with the exercise at one moment, in the words of its page: to be kept and shown again."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wayforward.casefile.settling import Place
from wayforward.casefile.stream_in import Upload
from wayforward.findings import Findings
from wayforward.pages import marking
from wayforward.pages.round_trip import shown as shows
from wayforward.pages.round_trip.away import rows_seen
from wayforward.pages.round_trip.compared import Compared
from wayforward.records.base import kinds

MOST_ASKED = 300  # conflicts on one page: a browser sends no form of thousands of entries
MOST_SHOWN = 300  # other lines


@dataclass(frozen=True)
class Told:
    """What the page of an upload shows, and by which its acceptance is known to be of what was shown."""

    digest: str
    conflicts: list[str]  # every one, as the form calls its choice
    changes: int
    counted: dict[str, int]
    notices: list[str]
    lines: list[dict[str, Any]]  # those that are shown
    every: int  # how many there are
    markings: list[str]
    at: str  # when it was compared
    notice: str = ""

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: bytes) -> "Told":
        return cls(**json.loads(text))


def told(
    user: Any,
    findings: Findings,
    upload: Upload,
    one: Compared,
    choices: Mapping[Place, str],
    *,
    at: str = "",
    notice: str = "",
) -> Told:
    """What the page of an upload shows of what it would change."""
    every = shows.lines(one, choices, upload.faults)
    asked = [line for line in every if line.ask]
    rest = [line for line in every if not line.ask]
    return Told(
        digest=one.digest,
        conflicts=[shows.name_of(place) for place in one.conflicts],
        changes=one.settled.cells,
        counted=shows.counts(every, one),
        notices=list(one.notices),
        lines=[vars(line) for line in [*asked[:MOST_ASKED], *rest[:MOST_SHOWN]]],
        every=len(every),
        markings=sorted(set(markings(user, findings, one))),
        at=at,
        notice=notice,
    )


def markings(user: Any, findings: Findings, one: Compared) -> list[str]:
    """Of the rows that are shown: as they are stored, and as they would be. What is withheld is not shown."""
    models = {model.stem: model for model in kinds().values()}
    touched = {models[each.stem] for each in one.differences}
    seen = {row.reference: row for model in touched for row in rows_seen(user, findings, model)}
    stored = [seen.get(f"{models[each.stem].kind()}:{each.code}") for each in one.differences]
    found = list(marking.of_records(findings.case, [row for row in stored if row is not None]))
    found += [change.record.marking for change in one.settled.changes if hasattr(change.record, "marking")]
    return found


def as_csv(user: Any, findings: Findings, upload: Upload, one: Compared) -> str:
    """Everything that an upload would change, as CSV that says its marking."""
    marked = marking.in_words(findings.case, markings(user, findings, one))
    return shows.csv_of(shows.lines(one, {}, upload.faults), marked)


def receipt(one: Compared, upload: Upload) -> str:
    """What is told once it is accepted: how much was kept, and what was refused."""
    every = shows.lines(one, {}, upload.faults)
    mend = [vars(line) for line in every if line.mark == "refused"]
    some = {"cells": one.settled.cells, "mend": mend[:MOST_SHOWN], "left": len(mend)}
    return json.dumps(some, ensure_ascii=False)


def by_register(
    one: Told, chosen: Mapping[str, str] | None = None, undecided: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The lines that the page shows, by register. `chosen`: what was answered since it was compared."""
    answers = chosen or {}
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(one.lines, 1):
        answer = {"chosen": answers[line["ask"]]} if line["ask"] in answers else {}
        groups.setdefault(line["stem"], []).append(
            {
                **line,
                **answer,
                "id": f"line-{number}",
                "stored": shows.cut(line["stored"], line["yours"]),
                "yours": shows.cut(line["yours"], line["stored"]),
                "mark_words": line["mark"].capitalize(),
                "error": line["ask"] in undecided,
            }
        )
    return [{"stem": stem, "title": _title(stem), "lines": some} for stem, some in groups.items()]


def _title(stem: str) -> str:
    plurals: Iterable[str] = (model.plural() for model in kinds().values() if model.stem == stem)
    return next((f"{words[:1].upper()}{words[1:]}" for words in plurals), stem)
