"""The sheets of what no line gives: parameters, price levels, factors by year, phases and organisations."""

from collections.abc import Iterable, Iterator, Mapping

from wayforward.appraisal.audit.book import Book, Cell, Formula, number
from wayforward.appraisal.audit.book import Table as Layout
from wayforward.appraisal.audit.facts import WORKS, Facts
from wayforward.appraisal.audit.plan import BODIES, FACTORS, OPTIONS, PARAMETERS, PHASES, PRICES
from wayforward.appraisal.lines import USUAL
from wayforward.finance.models import Inflation
from wayforward.methods import discounting, grade_correction, optimism_bias
from wayforward.parameters import Table
from wayforward.records.fields import write_year

Row = dict[str, Cell]
FIRST_SHARE = 0.75  # of a calendar year in the financial year that it begins; as the price levels take it
STANDARD, HEALTH = "Discount rate", "Discount rate, life and health"
GRADES, BOUNDS, DEFLATOR = "Correction by grade", "Bound of optimism bias", "Deflator"
# Rows of the sheet Factors.
FACTOR_ROWS = range(7)
FIRST, NUMBER, STANDARD_RATE, STANDARD_FACTOR, HEALTH_RATE, HEALTH_FACTOR, LEVEL = FACTOR_ROWS


def parameter_rows(facts: Facts) -> list[Row]:
    """Every value that no record of a line holds, one a row."""
    exercise, edition = facts.case.exercise, facts.case.edition
    rows: list[Row] = [
        _own("Price base: the year of all real prices", exercise.price_year, "first calendar year"),
        _own("First year appraised", exercise.first_year, "first calendar year"),
        _own("The organisation whose cash is followed", exercise.organisation, ""),
        _own("Option that is business as usual", None, "its No. on Options"),
        *_bands(STANDARD, edition.get("discount-rate")),
    ]
    if "discount-rate-health" in edition.parameters:
        rows += _bands(HEALTH, edition.get("discount-rate-health"))
    grades = edition.get("confidence-grades")
    found = grade_correction.corrections(grades.values["grades"])  # type: ignore[arg-type]  # a table of rows
    rows += [
        _row(GRADES, f"Grade {grade}", found[grade], "fraction", grades) | {"start": grade}
        for grade in sorted(found)
    ]
    bias = edition.get("optimism-bias")
    rows += [_row(BOUNDS, item, value, "fraction", bias) for item, value in _bounds(bias)]
    deflator = edition.get("deflator")
    rows.append(_own("Share of its first calendar year in a financial year", FIRST_SHARE, "fraction"))
    rows += [
        _row(DEFLATOR, f"Calendar year {year}", level, deflator.unit, deflator) | {"start": year}
        for year, level in sorted(deflator.by_year("calendar").items())
    ]
    return rows


def _own(item: str, value: Cell, unit: str) -> Row:
    return {"group": "The exercise", "item": item, "value": value, "unit": unit}


def _row(group: str, item: str, value: Cell, unit: str, table: Table) -> Row:
    told = f"{table.name}: {table.source}"
    if table.overridden:
        told += f" (replaced by the exercise: {', '.join(table.overridden)})"
    return {"group": group, "item": item, "value": value, "unit": unit, "source": told}


def _bands(group: str, table: Table) -> list[Row]:
    return [
        _row(group, f"From year {band.first_year}", band.rate, "a year", table)
        | {"start": band.first_year, "end": band.last_year}
        for band in discounting.bands(table.values)
    ]


def _bounds(table: Table) -> Iterator[tuple[str, float]]:
    types = table.values["types"]
    for measure in WORKS:
        for name, bounds in optimism_bias.bounds(types, measure).items():  # type: ignore[arg-type]  # a table of rows
            for side, value in (("upper", bounds.upper), ("lower", bounds.lower)):
                if value is not None:
                    yield bound_name(measure, side, name), value


def bound_name(measure: str, side: str, project_type: str) -> str:
    """Under which item a bound stands among the parameters."""
    return f"{measure} {side} {project_type}"


class Parameters:
    """Where each parameter stands, for the formulas that use it."""

    def __init__(self, table: Layout, rows: list[Row]) -> None:
        self._table = table
        self._rows = rows

    def down(self, key: str, group: str) -> str:
        """A column over the rows of one group, which stand together."""
        places = [at for at, row in enumerate(self._rows) if row["group"] == group]
        letter, quoted = self._table.letter(key), self._table.plan.quoted
        return f"{quoted}!${letter}${places[0] + 2}:${letter}${places[-1] + 2}"

    def has(self, group: str) -> bool:
        """Whether the edition has such parameters."""
        return any(row["group"] == group for row in self._rows)


def write_parameters(book: Book, rows: list[Row]) -> None:
    """The sheet of parameters, and names for those that formulas use one by one."""
    options = book[OPTIONS]
    names = ("Price_base", "First_year", "Own_organisation", "Usual")
    for place, name in enumerate(names):
        book.name(name, PARAMETERS, "value", place)
    share = next(at for at, row in enumerate(rows) if row["value"] == FIRST_SHARE and not row.get("source"))
    book.name("First_share", PARAMETERS, "value", share)
    rows[3]["value"] = Formula(f'=MATCH("{USUAL}",{options.down("kind")},0)')
    book.write(PARAMETERS, rows)


def price_years(facts: Facts) -> list[int]:
    """The financial years whose price level may be asked for."""
    base, last = facts.case.exercise.price_year, facts.case.years[-1]
    deflator = facts.case.edition.get("deflator").by_year("calendar")
    return list(range(min(base, facts.case.years[0], *deflator), max(base, last) + 1))


def write_prices(book: Book, facts: Facts, known: Parameters) -> None:
    """Price levels: the deflator up to the price base, the assumed rises from there on."""
    rises = {row.year: row.rate for row in facts.findings.case.rows(Inflation)}
    table = book[PRICES]
    start, value = known.down("start", DEFLATOR), known.down("value", DEFLATOR)
    base_index = f"INDEX({table.down('index')},MATCH(Price_base,{table.down('first')},0))"

    def rows() -> Iterator[Row]:
        for at, year in enumerate(price_years(facts)):
            first, index, rise = (table.here(key, at) for key in ("first", "index", "rise"))
            here = f"INDEX({value},MATCH({first},{start},0))"
            following = f"INDEX({value},MATCH({first}+1,{start},0))"
            before = f"{table.here('level', at - 1)}*(1+{rise})" if at else "NA()"
            yield {
                "year": write_year(year),
                "first": year,
                "rise": number(rises.get(year)),
                "index": Formula(f"=First_share*{here}+(1-First_share)*{following}"),
                "level": Formula(
                    f"=IF({first}=Price_base,1,IF({first}<Price_base,{index}/{base_index},"
                    f"IF(ISNUMBER({rise}),{before},NA())))"
                ),
            }

    book.write(PRICES, rows())


def write_factors(book: Book, facts: Facts, known: Parameters) -> None:
    """Year numbers, rates, discount factors and price levels of the years appraised."""
    health = HEALTH if known.has(HEALTH) else STANDARD
    without = "" if known.has(HEALTH) else " (this edition has none: the standard)"
    rows: list[Row] = [
        {"factor": "First calendar year"},
        {"factor": "Year number, t"},
        {"factor": "Discount rate, standard"},
        {"factor": "Discount factor, standard"},
        {"factor": f"Discount rate, life and health{without}"},
        {"factor": f"Discount factor, life and health{without}"},
        {"factor": "Price level"},
    ]
    for place in range(len(facts.years)):
        for row, formula in zip(rows, _year(book, known, place, health), strict=True):
            row[f"y{place}"] = Formula(f"={formula}")
    book.write(FACTORS, rows)


def _year(book: Book, known: Parameters, place: int, health: str) -> list[str]:
    """The formulas of one year, in the order of the rows."""
    table, prices = book[FACTORS], book[PRICES]
    year, before = f"y{place}", f"y{place - 1}"
    t = table.here(year, NUMBER)

    def rate(group: str) -> str:
        return f"IF({t}=0,0,LOOKUP({t},{known.down('start', group)},{known.down('value', group)}))"

    def factor(row: int) -> str:
        return f"{table.here(before, row)}/(1+{table.here(year, row - 1)})" if place else "1"

    level = f"INDEX({prices.down('level')},MATCH({table.here(year, FIRST)},{prices.down('first')},0))"
    return [
        f"{table.here(before, FIRST)}+1" if place else "First_year",
        f"{table.here(year, FIRST)}-First_year",
        rate(STANDARD),
        factor(STANDARD_FACTOR),
        rate(health),
        factor(HEALTH_FACTOR),
        level,
    ]


def write_phases(book: Book, facts: Facts) -> None:
    """How late each phase of each option is."""
    table = book[PHASES]
    book.write(
        PHASES,
        (
            {
                "no": facts.number(phase.option),
                "option": option_name(book, table.here("no", at)),
                "phase": phase.phase,
                "delay": phase.delay_months or 0,
            }
            for at, phase in enumerate(facts.phases)
        ),
    )


def write_bodies(book: Book, facts: Facts) -> None:
    """Organisations, and which of them is the exercise's own: one that a line doesn't name is."""
    table = book[BODIES]
    for place, name in enumerate(("Own_body", "Nobody")):
        book.name(name, BODIES, "no", place)

    def rows() -> Iterable[Mapping[str, Cell]]:
        for at, name in enumerate(facts.bodies):
            cell = table.here("name", at)
            ours = Formula(f"=IF(OR(LEN({cell})=0,EXACT({cell},Own_organisation)),1,0)")
            yield {"no": at + 1, "name": name, "ours": ours}

    book.write(BODIES, rows())


def option_name(book: Book, cell: str) -> Formula:
    """The name of the option whose number stands in a cell."""
    return Formula(f"=INDEX({book[OPTIONS].down('name')},{cell})")
