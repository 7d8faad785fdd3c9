"""A fault in what somebody gave: where it stands, what was found, what is allowed."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """`place` is a file or sheet, `row` the line a person sees (the header is row 1; 0: the file as a whole)."""

    place: str
    row: int
    column: str
    found: str
    allowed: str

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (self.place, f"row {self.row}" if self.row else "", self.column) if part
        )
        return f"{where}: found {self.found}; allowed: {self.allowed}"


class Faults(Exception):  # several faults, told together
    """Everything that is wrong with what was given, found in one pass."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
