"""What is wrong with an incident file (a fault, which refuses it) or worth knowing (a notice)."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_FOUND = 80


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one file.

    `row` is the line as a spreadsheet numbers it (the header is row 1), None for the whole file;
    `rows` is how many rows have the same fault, of which `row` is the first.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: str
    rows: int = 1

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", {self.column}"
        alike = f" ({self.rows:,} rows alike)" if self.rows > 1 else ""
        return f"{where}: found {shown(self.found)}{alike}; allowed: {self.allowed}"


@dataclass(frozen=True)
class Notice:
    """Something kept and counted that a reader of the counts should know.

    `kind` is a stable word; `count` is how many rows it concerns.
    """

    kind: str
    file: str
    count: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


class IncidentFileError(Exception):
    """Files were refused. `faults` holds every fault found, in all files given."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class IncidentStoreError(Exception):
    """The incident store can't be read or written as it stands; the message says what to do."""


def shown(text: str) -> str:
    """Return text fit for one line of a message: control characters escaped, length bounded."""
    safe = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    if len(safe) > LONGEST_FOUND:
        safe = safe[: LONGEST_FOUND - 1] + "…"
    return f"“{safe}”"
