"""The sheets of what no line gives: parameters, price levels, factors by year, phases and organisations."""

from collections.abc import Iterable, Iterator, Mapping

from wayforward.appraisal.audit.book import Book, Cell, Formula, number
from wayforward.appraisal.audit.book import Table as Layout
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.plan import BODIES, FACTORS, LINES, OPTIONS, PARAMETERS, PHASES, PRICES
from wayforward.appraisal.bias import MEASURES
from wayforward.appraisal.lines import USUAL
from wayforward.finance.models import Inflation
from wayforward.methods import discounting, distribution, grade_correction, optimism_bias
from wayforward.parameters import Table
from wayforward.records.fields import write_year

Row = dict[str, Cell]
FIRST_SHARE = 0.75  # of a calendar year in the financial year that it begins; as the price levels take it
STANDARD, HEALTH, LOWER = "Discount rate", "Discount rate, life and health", "Discount rate, lower"
GRADES, BOUNDS, DEFLATOR = "Correction by grade", "Bound of optimism bias", "Deflator"
ELASTICITY, FIFTHS_LOW, FIFTHS_HIGH = (
    "Elasticity of income",
    "Weight of a fifth, low",
    "Weight of a fifth, high",
)


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
    for group, name in ((HEALTH, "discount-rate-health"), (LOWER, "discount-rate-lower")):
        if name in edition.parameters:
            rows += _bands(group, edition.get(name))
    grades = edition.get("confidence-grades")
    found = grade_correction.corrections(grades.values["grades"])  # type: ignore[arg-type]  # a table of rows
    rows += [
        _row(GRADES, f"Grade {grade}", found[grade], "fraction", grades) | {"start": grade}
        for grade in sorted(found)
    ]
    bias = edition.get("optimism-bias")
    rows += [_row(BOUNDS, item, value, "fraction", bias) for item, value in _bounds(bias)]
    rows += _incomes(edition.get("distribution"))
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


def _incomes(table: Table) -> Iterator[Row]:
    """How the edition weighs a pound by income: by elasticity, or by a range for each fifth of incomes."""
    if "quintiles" not in table.values:
        yield _row(ELASTICITY, ELASTICITY, number(table.values["elasticity"]), "power", table)
        return
    fifths = distribution.by_quintile(table.values["quintiles"])  # type: ignore[arg-type]  # a table of rows
    for group, end in ((FIFTHS_LOW, "low"), (FIFTHS_HIGH, "high")):
        for name, weight in fifths.items():
            yield _row(group, name, getattr(weight, end), "of a pound", table)


def _bounds(table: Table) -> Iterator[tuple[str, float]]:
    types = table.values["types"]
    for measure in MEASURES:
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
        self.rows = rows
        self._table = table

    def down(self, key: str, group: str) -> str:
        """A column over the rows of one group, which stand together."""
        places = [at for at, row in enumerate(self.rows) if row["group"] == group]
        letter, quoted = self._table.letter(key), self._table.plan.quoted
        return f"{quoted}!${letter}${places[0] + 2}:${letter}${places[-1] + 2}"

    def cell(self, key: str, group: str) -> str:
        """The cell of a group of one row."""
        return self.down(key, group).partition(":")[0]

    def items(self, group: str) -> list[str]:
        """What the rows of a group are of."""
        return [str(row["item"]) for row in self.rows if row["group"] == group]

    def has(self, group: str) -> bool:
        """Whether the edition has such parameters."""
        return any(row["group"] == group for row in self.rows)


def write_parameters(book: Book, known: "Parameters") -> None:
    """The sheet of parameters, and names for those that formulas use one by one."""
    options, rows = book[OPTIONS], known.rows
    names = ("Price_base", "First_year", "Own_organisation", "Usual")
    for place, name in enumerate(names):
        book.name(name, PARAMETERS, "value", place)
    share = next(at for at, row in enumerate(rows) if row["value"] == FIRST_SHARE and not row.get("source"))
    book.name("First_share", PARAMETERS, "value", share)
    # The columns of the years begin with the first, so it follows from their heads.
    rows[1]["value"] = Formula(f"=VALUE(LEFT({FACTORS}!${book[FACTORS].letter('y0')}$1,4))")
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


def write_phases(book: Book, facts: Facts) -> None:
    """How late each phase of each option is, and whether anything says what it costs."""
    table, lines = book[PHASES], book[LINES]
    of_option, side, counts, of_phase = (
        lines.first(key, facts.priced) for key in ("no", "side", "counts", "cost_phase")
    )

    def rows() -> Iterable[Mapping[str, Cell]]:
        for at, phase in enumerate(facts.phases):
            own, name = table.here("no", at), table.here("phase", at)
            mine = f'{of_option},{own},{side},"cost",{counts},1,{of_phase},{name}'
            yield {
                "no": facts.number(phase.option),
                "option": option_name(book, own),
                "phase": phase.phase,
                "delay": phase.delay_months,
                "costed": Formula(f"=IF(COUNTIFS({mine})>0,1,0)"),
            }

    book.write(PHASES, rows())


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
