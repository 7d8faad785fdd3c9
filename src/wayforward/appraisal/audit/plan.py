"""What a sheet of the workbook is made of: its columns in order, which of them are typed in, and what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass

README, CHECK = "Read me", "Check"
PARAMETERS, PRICES, FACTORS = "Parameters", "Price levels", "Factors"
PHASES, BODIES, INCOMES = "Phases", "Bodies", "Income groups"
SHARES, AREAS, BIAS = "Bias shares", "Bias areas", "Bias"
LINES, PRICED, RAMPED, STAYS, GOES_ON = "Lines", "Priced", "Ramp", "Stays", "Goes on"
EFFECTS, DELAYED, PAID, COUNTED = "Effects", "Delayed", "Paid", "Counted"
PRESENT, GROSS = "Present value", "Gross to net"
RISKS, CHANGES, OPTIONS = "Risks", "Changes", "Options"
PARTS, STEPS = "Costs and benefits", "Steps"
BY_YEAR, PAYBACK, RATES, VALUES = "By year", "Payback", "Other rates", "Values"
GAINS, WEIGHED, UNPRICED = "Gains by income", "Weighed by income", "Without a price"
PLAN, AFFORDABILITY, ORGANISATIONS = "Plan", "Affordability", "Organisations"
# What the sheets are, in the order in which a figure comes about.
ABOUT, ENTERED, STEP, FOUND = "about", "entered", "step", "found"


# A column of figures of several kinds: each row says under this key how its own look.
BY_ROW = "by row"


@dataclass(frozen=True)
class Column:
    """A column of a sheet: what somebody entered (typed), what the workbook itself says (told), or else formulas."""

    key: str
    title: str
    look: str = "text"
    typed: bool = False
    width: int = 0
    told: bool = False


@dataclass(frozen=True)
class Block:
    """Columns of a sheet, one a financial year, from the year of that place on."""

    key: str
    look: str
    typed: bool = False
    before: str = ""
    first: int = 0


@dataclass(frozen=True)
class Plan:
    """A sheet: what it is for, its columns, and those of its years."""

    sheet: str
    meaning: str
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...] = ()
    frozen: int = 1
    group: str = FOUND

    @property
    def quoted(self) -> str:
        """The sheet's name as a formula writes it."""
        return f"'{self.sheet}'" if " " in self.sheet else self.sheet

    def over(self, years: Sequence[str]) -> tuple[Column, ...]:
        """All its columns where these years are appraised."""
        yearly = [
            Column(f"{block.key}{place}", f"{block.before}{year}", block.look, block.typed)
            for block in self.blocks
            for place, year in enumerate(years)
            if place >= block.first
        ]
        return (*self.columns, *yearly)


def typed(key: str, title: str, look: str = "text", width: int = 0) -> Column:
    """A column of what somebody entered."""
    return Column(key, title, look, typed=True, width=width)


def told(key: str, title: str, look: str = "text", width: int = 0) -> Column:
    """A column of words and figures that are neither entered nor worked out in the workbook."""
    return Column(key, title, look, width=width, told=True)
