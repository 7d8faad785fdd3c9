"""A stream of work as it travels: some registers of a case, each row with the version that whoever takes it saw."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from wayforward.records.base import Versioned
from wayforward.records.fields.words import CODE

VERSION = "_version"
REMOVE = "_remove"
MARKS = "_marks"
OWN = "_"  # a column whose name begins so is the product's own: it is never read as a value
READ_ME = "read me"
SEAL = "_stream"
CODES = "_codes"
YES = "yes"


@dataclass(frozen=True)
class Beside:
    """A locked column to the right of a register: what follows from each row, by its code.

    What stands there when it comes back is never kept; that somebody wrote something else there is told.
    """

    name: str
    says: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Register:
    """One sheet of a stream: the rows that the person may see, and why they may not change it, if so."""

    model: type[Versioned]
    rows: tuple[Versioned, ...]
    locked: str = ""
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True)
class Stream:
    """What is taken away: its registers, the codes that their cells may name, and words for the first sheet.

    `seal` says, in a form that nobody can make up, which exercise it is and how that stood.
    """

    title: str
    marking: str
    registers: tuple[Register, ...]
    codes: Mapping[type[Versioned], tuple[str, ...]]
    seal: str
    told: tuple[str, ...] = field(default=())


def ticket(row: Versioned) -> str:
    """What stands in a row's version column: its code too, so that a copied row is not taken for the one it was."""
    return f"{row.code}/{row.version}"


def seen(text: str, code: str) -> int | None:
    """The version that a row of this code was taken away at; None where the ticket is of no row, or of another."""
    of, _, version = text.strip().partition("/")
    if (
        of != code
        or not CODE.match(of)
        or not (version.isascii() and version.isdecimal() and len(version) < 10)
    ):
        return None
    return int(version)


def marks(beside: Mapping[str, str]) -> str:
    """What stands in a row's hidden column of marks: a short digest of each of its locked cells, by column."""
    return " ".join(f"{name}:{_digest(text)}" for name, text in beside.items())


def written_over(text: str, beside: Mapping[str, str]) -> dict[str, str]:
    """Of what was worked out for a row, the cells that somebody has written over, by column.

    A row without marks is new: nothing was worked out for it, so whatever stands there was written.
    """
    known = dict(part.split(":", 1) for part in text.split() if ":" in part)
    if not known:
        return {name: cell for name, cell in beside.items() if cell.strip()}
    return {name: cell for name, cell in beside.items() if name in known and known[name] != _digest(cell)}


def _digest(text: str) -> str:
    """Alike for texts that differ in white space alone, which programs write each in its own way."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:10]
