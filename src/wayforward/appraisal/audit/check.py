"""The sheet Check: each figure of the product beside the workbook's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from wayforward.appraisal.audit.book import Book, Cell, Formula, Tables
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.plan import (
    AFFORDABILITY,
    CHECK,
    LINES,
    OPTIONS,
    ORGANISATIONS,
    PAYBACK,
    PRESENT,
    RISKS,
)
from wayforward.appraisal.audit.worth import MEASURES, NONE, NOT_KNOWN, lines_of
from wayforward.appraisal.findings.money import RISK
from wayforward.appraisal.findings.organisations import NOT_STATED
from wayforward.findings.finding import Finding, Scalar

PENNY, MILLIONTH = 0.005, 0.000001
WORTH = (
    ("npsv", "npsv"),
    ("low", "npsv_low"),
    ("high", "npsv_high"),
    ("benefits", "benefits"),
    ("costs", "costs"),
)
RATIOS = (("bcr", "bcr"), ("low", "bcr_low"), ("high", "bcr_high"))
YEARLY = (("cost", "annual_cost"), ("npsv", "annual"), ("low", "annual_low"), ("high", "annual_high"))
POSITIONS = (("cost_change", "costs"), ("benefit_change", "benefits"), ("net", "net"))
PAYBACKS = ("years", "low", "high", "discounted")  # in the order of MEASURES
GAPS = (("largest", "gap"), ("total_change", "cash_change"))


@dataclass(frozen=True)
class Compared:
    """A figure as the product gives it, and where the workbook has it."""

    key: str
    figure: str
    of: str
    given: Scalar
    formula: str
    within: float = PENNY


def compared(book: Tables, facts: Facts) -> list[Compared]:
    """Every figure that product and workbook both have."""
    return [
        *_worth(book, facts),
        *_payback(book, facts),
        *_affordability(book, facts),
        *_parts(book, facts),
        *_organisations(book, facts),
    ]


def write_check(book: Book, found: list[Compared]) -> None:
    """The figures with their difference. A share or a number of years agrees to the millionth."""
    table = book[CHECK]

    def rows() -> Iterator[dict[str, Cell]]:
        for at, one in enumerate(found):
            given, other, apart, within = (
                table.here(key, at) for key in ("given", "found", "apart", "within")
            )
            both = f"AND(ISNUMBER({given}),ISNUMBER({other}))"
            # The product gives twelve digits of a figure.
            bound = f"MAX({within},ABS({given})*0.000000000005)"
            yield {
                "key": one.key,
                "figure": one.figure,
                "of": one.of,
                "given": _told(one.given),
                "found": Formula(f"={one.formula}"),
                "apart": Formula(f'=IF({both},{other}-{given},IF({given}={other},0,"differs"))'),
                "within": one.within,
                "agrees": Formula(
                    f'=IF(ISNUMBER({apart}),IF({both},IF(ABS({apart})<={bound},"yes","no"),"yes"),"no")'
                ),
            }

    book.write(CHECK, rows())


def _told(value: Scalar) -> Cell:
    """A figure as the workbook writes it: one that is not known, or that there is none of, in words."""
    if value is None:
        return NOT_KNOWN
    return NONE if value == "" else value


def _rows(facts: Facts, found: Finding) -> Iterator[tuple[int, str, dict[str, Scalar]]]:
    """The rows of a finding about options, each with the place and the name of its option, from 0."""
    for at, item in enumerate(facts.options):
        for row in found.where(option=item.option.code):
            yield at, item.option.short_name, dict(row)


def _worth(book: Tables, facts: Facts) -> Iterator[Compared]:
    table = book[OPTIONS]
    figures = (
        ("appraisal.npsv", WORTH, PENNY),
        ("appraisal.annual", YEARLY, PENNY),
        ("appraisal.bcr", RATIOS, MILLIONTH),
        ("appraisal.gap", GAPS, PENNY),
    )
    for key, columns, within in figures:
        found = facts.findings[key]
        for at, name, row in _rows(facts, found):
            for column, ours in columns:
                if row[column] == "" and facts.options[at].usual:
                    continue  # business as usual is worth nothing against itself
                title = found.column(column).title
                yield Compared(key, title, name, row[column], table.at(ours, at), within)


def _payback(book: Tables, facts: Facts) -> Iterator[Compared]:
    found, table = facts.findings["appraisal.payback"], book[PAYBACK]
    for place, item in enumerate(facts.others):
        for row in found.where(option=item.option.code):
            for step, column in enumerate(PAYBACKS):
                title = f"Payback, {MEASURES[step]}"
                cell = table.at("years", place * len(MEASURES) + step)
                yield Compared(found.key, title, item.option.short_name, row[column], cell, MILLIONTH)


def _affordability(book: Tables, facts: Facts) -> Iterator[Compared]:
    found, table = facts.findings["appraisal.affordability"], book[AFFORDABILITY]
    years = facts.case.years
    for at, name, row in _rows(facts, found):
        place = years.index(int(row["year"] or 0))
        for column in ("funding", "budget", "change", "headroom"):
            cell = table.at(column, at * len(years) + place)
            of = f"{name}, {facts.years[place]}"
            yield Compared(found.key, found.column(column).title, of, row[column], cell)


def _parts(book: Tables, facts: Facts) -> Iterator[Compared]:
    """Cost by phase with risks, and benefit by kind, in present value: what is known of them."""
    present, lines, risks = book[PRESENT].down("likely"), book[LINES], book[RISKS]
    parts = (
        ("appraisal.costs", "phase", "cost", "cost_phase"),
        ("appraisal.benefits", "kind", "benefit", "kind"),
    )
    for key, column, side, ours in parts:
        for at, name, row in _rows(facts, facts.findings[key]):
            if row["present"] is None:
                continue
            who, part = book[OPTIONS].at("no", at), str(row[column])
            mine = f',{lines.down(ours, facts.priced)},"{part}"'
            formula = lines_of(book, facts, present, who, side, mine)
            if part == RISK:
                formula = f"SUMIFS({risks.down('likely')},{risks.down('no')},{who})"
            yield Compared(key, "Present value", f"{name}, {part}", row["present"], formula)


def _organisations(book: Tables, facts: Facts) -> Iterator[Compared]:
    found, table = facts.findings["appraisal.organisations"], book[ORGANISATIONS]
    names = [name or NOT_STATED for name in facts.bodies]
    for place, item in enumerate(facts.others):
        for row in found.where(option=item.option.code):
            at = place * len(names) + names.index(str(row["organisation"]))
            for column, ours in POSITIONS:
                of = f"{item.option.short_name}, {row['organisation']}"
                yield Compared(found.key, found.column(column).title, of, row[column], table.at(ours, at))
