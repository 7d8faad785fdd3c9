"""A stream of work as it travels: some registers of a case, each row with the version that whoever takes it saw."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wayforward.records.base import Versioned
from wayforward.records.fields.words import CODE

VERSION = "_version"
REMOVE = "_remove"
OWN = "_"  # a column whose name begins so is the product's own: it is never read as a value
READ_ME = "read me"
SEAL = "_stream"
CODES = "_codes"
YES = "yes"


@dataclass(frozen=True)
class Beside:
    """A locked column to the right of a register: what follows from each row, by its code. It is not read back."""

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
