"""The seal that a signed report prints: where the log of changes stood, and the digest of what was sealed with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.report.typeset.document import Block, Callout, Column, Heading, Markdown, Table


@dataclass(frozen=True)
class LeftOpen:
    """A challenge that was open at the signature, and why the report was signed all the same."""

    code: str
    about: str
    text: str
    reason: str


@dataclass(frozen=True)
class Seal:
    """What a signed version says of itself: its number, the last event before it, and the digest of its contents."""

    exercise: str
    number: str
    events: int  # how many the log held
    head: str  # the hash of the last of them
    contents: str  # SHA-256 over the digests of every sealed file but the reports themselves
    accepted: tuple[LeftOpen, ...] = ()


HEAD = "Head of the log"
CONTENTS = "Digest of the contents"


def keywords(seal: Seal) -> tuple[str, ...]:
    """The seal among the document's own words about itself: a PDF's text can't be read without a reader of PDF."""
    return tuple(f"{name} {value.replace(',', '')}" for name, value in _rows(seal))


def _rows(seal: Seal) -> tuple[tuple[str, str], ...]:
    return (
        ("Exercise", seal.exercise),
        ("Version", seal.number),
        ("Events in the log", f"{seal.events:,}"),
        (HEAD, seal.head),
        (CONTENTS, seal.contents),
    )


@dataclass(frozen=True)
class Printed:
    """A seal as it was read from a report."""

    exercise: str
    number: str
    events: int
    head: str
    contents: str


SHA = r"((?:[0-9a-f]\W*){64})"
PRINTED = re.compile(
    rf"Exercise\W+(.{{1,80}}?)\W+Version\W+([\w.]+)\W+Events in the log\W+([\d,]+)\W+"
    rf"{HEAD}\W+{SHA}{CONTENTS}\W+{SHA}"
)


def seals_in(text: str) -> set[Printed]:
    """Every seal that stands in a text, wherever its lines were broken."""
    return {
        Printed(
            re.sub("[\u00ad\u200b\u2060]", "", exercise).replace("\u2011", "-"),
            number,
            int(events.replace(",", "")),
            re.sub(r"\W", "", head),
            re.sub(r"\W", "", contents),
        )
        for exercise, number, events, head, contents in PRINTED.findall(text)
    }


def annex(seal: Seal) -> list[Block]:
    """The annex that prints the seal, in every format alike."""
    return [
        Heading(1, "Seal", "annex-seal", "G"),
        Markdown(
            "This version is sealed. Every change of a record is an event in a log, and each event carries the hash "
            "of the one before it. The head below is the hash of the last event before the signature; the contents "
            "are the records, the findings and the list of all events' hashes, as they were signed. "
            "`wayforward verify` with this file finds any later change of them."
        ),
        Table(
            caption=f"The seal of version {seal.number}",
            id="annex-seal-table",
            columns=(Column("What", width=1.0), Column("Value", width=3.6)),
            rows=_rows(seal),
            numbered=False,
        ),
        *_accepted(seal.accepted),
    ]


def _accepted(challenges: Sequence[LeftOpen]) -> list[Block]:
    if not challenges:
        return []
    return [
        Callout("Signed with challenges that were still open. The reason why is given for each."),
        Table(
            caption="Challenges open at the signature",
            id="annex-seal-challenges",
            columns=(
                Column("Code", width=0.8),
                Column("Challenge", width=2.0),
                Column("Signed all the same because", width=2.0),
            ),
            rows=tuple((one.code, f"{one.about}\n{one.text}", one.reason) for one in challenges),
            numbered=False,
        ),
    ]
