"""Which figures of the product stand on the sheet Check, and where the workbook has each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wayforward.appraisal.audit.book import Table, Tables
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parts import COST_PARTS, OF_OPTION, WHOSE_VALUE
from wayforward.appraisal.audit.plan import (
    AFFORDABILITY,
    BIAS,
    BY_YEAR,
    COUNTED,
    DELAYED,
    GROSS,
    LINES,
    OPTIONS,
    ORGANISATIONS,
    PARTS,
    PAYBACK,
    PRESENT,
    RATES,
    STEPS,
    UNPRICED,
    VALUES,
    WEIGHED,
)
from wayforward.appraisal.audit.rates import rates_of
from wayforward.appraisal.audit.waterfall import ALL as EVERY_STEP
from wayforward.appraisal.audit.worth import MEASURES, NOT_KNOWN
from wayforward.appraisal.findings.organisations import NOT_STATED
from wayforward.appraisal.findings.values import KINDS
from wayforward.findings.finding import Row, Scalar

PENNY, MILLIONTH = 0.005, 0.000001
# By finding: its columns of figures, and where the row of an option has each.
OF_OPTIONS = {
    "appraisal.npsv": {
        "npsv": "npsv",
        "low": "npsv_low",
        "high": "npsv_high",
        "benefits": "benefits",
        "costs": "costs",
    },
    "appraisal.annual": {"cost": "annual_cost", "npsv": "annual", "low": "annual_low", "high": "annual_high"},
    "appraisal.bcr": {"bcr": "bcr", "low": "bcr_low", "high": "bcr_high"},
    "appraisal.gap": {
        "largest": "gap",
        "first_year": "gap_first",
        "largest_year": "gap_year",
        "total_change": "cash_change",
    },
}
OF_YEARS = {
    "appraisal.affordability": (
        AFFORDABILITY,
        {name: name for name in ("funding", "budget", "change", "headroom")},
    ),
    "appraisal.cost_by_year": (BY_YEAR, {"real": "cost"}),
    "appraisal.price_bases": (
        BY_YEAR,
        {
            "level": "level",
            "cost": "paid",
            "cost_cash": "paid_cash",
            "benefit": "gained",
            "benefit_cash": "gained_cash",
        },
    ),
}
PARTS_COLUMNS = {name: name for name in ("real", "present", "low", "high")}
OF_PAYBACK = ("years", "low", "high", "discounted")  # in the order of MEASURES
OF_ORGANISATIONS = {
    "cost": "own_cost",
    "cost_share": "cost_share",
    "benefit": "own_benefit",
    "benefit_share": "benefit_share",
    "cost_change": "costs",
    "benefit_change": "benefits",
    "cash": "cash",
    "net": "net",
}
OF_INCOMES = {
    "npsv": "npsv",
    "weighted": "weighted",
    "weighted_low": "weighted_low",
    "weighted_high": "weighted_high",
    "grouped": "grouped",
}
OF_LINES = {"base": "before", "corrected": "after"}
OF_GROSS = {
    "gross": "gross",
    "reach": "reach",
    "take-up": "take_up",
    "deadweight": "deadweight",
    "attribution": "attribution",
    "ramp": "ramp",
    "drop-off": "drop_off",
    "lag": "lag",
    "late phase": "late",
    "correction": "correction",
    "net": "net",
}


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
    """Every figure that product and workbook both have, results first."""
    return [
        *_options(book, facts),
        *_payback(book, facts),
        *_by_place(book, facts),
        *_years(book, facts),
        *_corrections(book, facts),
        *_lines(book, facts),
        *_gross(book, facts),
        *_projects(book, facts),
        *_unpriced(book, facts),
    ]


def _figures(
    facts: Facts,
    key: str,
    row: Row,
    of: Sequence[str],
    columns: Mapping[str, str],
    cell: Callable[[str], str],
) -> Iterator[Compared]:
    """The figures of a row; what its unit is says how near they have to be."""
    for name, ours in columns.items():
        column = facts.findings[key].column(name)
        within = PENNY if column.unit == "GBP" else MILLIONTH
        yield Compared(key, column.title, ", ".join(of), row[name], cell(ours), within)


def _of_row(table: Table, row: int) -> Callable[[str], str]:
    """Where a row of the workbook has each of its columns."""
    return lambda column: table.at(column, row)


def _rows(facts: Facts, key: str, others: bool = False) -> Iterator[tuple[int, str, Row]]:
    """The rows of a finding about options, each with the place and the name of its option, from 0."""
    for at, item in enumerate(facts.others if others else facts.options):
        for row in facts.findings[key].where(option=item.option.code):
            yield at, item.option.short_name, row


def _options(book: Tables, facts: Facts) -> Iterator[Compared]:
    table = book[OPTIONS]
    for key, columns in OF_OPTIONS.items():
        for at, name, row in _rows(facts, key):
            # Business as usual is worth nothing against itself.
            usual = facts.options[at].usual and key != "appraisal.gap"
            there = {column: ours for column, ours in columns.items() if not (usual and row[column] == "")}
            yield from _figures(facts, key, row, (name,), there, _of_row(table, at))


def _payback(book: Tables, facts: Facts) -> Iterator[Compared]:
    table, key = book[PAYBACK], "appraisal.payback"
    for at, name, row in _rows(facts, key, others=True):
        for step, column in enumerate(OF_PAYBACK):
            cell = table.at("years", at * len(MEASURES) + step)
            yield Compared(key, f"Payback, {MEASURES[step]}", name, row[column], cell, MILLIONTH)


def _years(book: Tables, facts: Facts) -> Iterator[Compared]:
    years = facts.case.years
    for key, (sheet, columns) in OF_YEARS.items():
        for at, name, row in _rows(facts, key):
            place = years.index(int(row["year"] or 0))
            own = at * len(years) + place
            yield from _figures(
                facts,
                key,
                row,
                (name, facts.years[place]),
                columns,
                _of_row(book[sheet], own),
            )


@dataclass(frozen=True)
class Placed:
    """A finding with a row an option and something else: on which sheet, and in what order that stands there."""

    key: str
    sheet: str
    by: str
    order: Sequence[str]
    columns: Mapping[str, str]
    others: bool = True
    first: int = 0


def _by_place(book: Tables, facts: Facts) -> Iterator[Compared]:
    for one in _placed(facts):
        many = len(OF_OPTION) if one.sheet == PARTS else len(one.order)
        for at, name, row in _rows(facts, one.key, one.others):
            if one.by and str(row[one.by]) not in one.order:
                continue
            # A step that an option has none of has no figure.
            if one.sheet == STEPS and row["amount"] == "":
                continue
            words = (name, str(row[one.by])) if one.by else (name,)
            place = at * many + one.first + (one.order.index(str(row[one.by])) if one.by else 0)
            yield from _figures(
                facts,
                one.key,
                row,
                words,
                one.columns,
                _of_row(book[one.sheet], place),
            )


def _placed(facts: Facts) -> tuple[Placed, ...]:
    bodies = [name or NOT_STATED for name in facts.bodies]
    change = PARTS_COLUMNS | {"change": "change"}
    step = {name: name for name in ("amount", "begins", "ends")}
    value = {name: name for name in (*KINDS, "present")}
    rate = {name: name for name in ("npsv", "change")}
    first_kind = len(COST_PARTS)
    return (
        Placed("appraisal.costs", PARTS, "phase", COST_PARTS, change, False),
        Placed("appraisal.benefits", PARTS, "kind", KINDS, PARTS_COLUMNS, False, first_kind),
        Placed("appraisal.steps", STEPS, "step", EVERY_STEP, step),
        Placed("appraisal.rates", RATES, "rates", rates_of(facts), rate),
        Placed("appraisal.values", VALUES, "value", WHOSE_VALUE, value),
        Placed("appraisal.distribution", WEIGHED, "", ("",), OF_INCOMES),
        Placed("appraisal.organisations", ORGANISATIONS, "organisation", bodies, OF_ORGANISATIONS),
    )


def _corrections(book: Tables, facts: Facts) -> Iterator[Compared]:
    present, lines, key = book[PRESENT], book[LINES], "appraisal.corrections"
    places = {line.reference: at for at, line in enumerate(facts.lines)}
    for _, name, row in _rows(facts, key):
        at = places[str(row["record"])]
        of = (name, str(row["line"]))
        cells = {column: present.at(ours, at) for column, ours in OF_LINES.items()}
        cells["correction"] = f"{lines.at('times', at)}-1"
        yield from _figures(facts, key, row, of, cells, _or_not_known)


def _lines(book: Tables, facts: Facts) -> Iterator[Compared]:
    """What each line adds; the rows that tell why another counts in no sum have no figure."""
    key = "appraisal.lines"
    places = {line.reference: at for at, line in enumerate(facts.lines)}
    for _, name, row in _rows(facts, key):
        if row["counted"] == "":
            continue
        at = places[str(row["record"])]
        times, present = book[LINES].at("times", at), book[PRESENT].at("likely", at)
        given = f"SUM({book[DELAYED].across('y', at)})"
        cells = {
            "given": f"IF({times}=0,NA(),{given})",
            "factor": times,
            "counted": book[COUNTED].at("total", at),
            "present": f'IF({book[LINES].at("side", at)}="cost",-{present},{present})',
        }
        of = (name, f"{row['line']} ({facts.lines[at].code})")
        yield from _figures(facts, key, row, of, cells, _or_not_known)


def _gross(book: Tables, facts: Facts) -> Iterator[Compared]:
    table, key = book[GROSS], "appraisal.benefit_steps"
    places = {line.reference: at for at, line in enumerate(facts.lines)}
    for _, name, row in _rows(facts, key):
        at = places[f"benefit_line:{row['line']}"]
        of = (name, str(row["line"]), str(row["step"]))
        cell = table.at(OF_GROSS[str(row["step"])], at)
        yield from _figures(facts, key, row, of, {"real": cell}, _or_not_known)


def _projects(book: Tables, facts: Facts) -> Iterator[Compared]:
    table, key = book[BIAS], "appraisal.optimism_bias"
    places = {project.code: at for at, project in enumerate(facts.projects)}
    for row in facts.findings[key].rows:
        at, measure = places[str(row["project"])], str(row["measure"])
        if row["uplift"] == "":
            continue  # a type without a bound for it has no such bias
        of = (facts.projects[at].name, measure)
        # Where shares or contributions don't add up, the product gives nothing of the project.
        usable = f"{table.at('usable', at)}=1"
        mitigated = f"IF({usable},{table.at('off', at)},NA())"
        cells = {"mitigated": mitigated, "uplift": table.at(measure, at)}
        yield from _figures(facts, key, row, of, cells, _or_not_known)


def _unpriced(book: Tables, facts: Facts) -> Iterator[Compared]:
    table, key = book[UNPRICED], "appraisal.unmonetised"
    places = {line.code: at for at, line in enumerate(facts.lines[facts.priced :])}
    for _, name, row in _rows(facts, key):
        code = str(row["line"])
        cell = _of_row(table, places[code])
        yield from _figures(facts, key, row, (name, code), {"a_year": "a_year"}, cell)


def _or_not_known(formula: str) -> str:
    """A cell of a sheet of amounts, in which what is not known is #N/A."""
    return f'_xlfn.IFNA({formula},"{NOT_KNOWN}")'
