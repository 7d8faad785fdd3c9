"""Writing the workbook of an appraisal: where every table stands, then its cells."""

from wayforward.appraisal.audit.book import Book, Table
from wayforward.appraisal.audit.budget import write_affordability, write_plan
from wayforward.appraisal.audit.changes import changes_of, write_changes
from wayforward.appraisal.audit.check import write_check
from wayforward.appraisal.audit.compared import compared
from wayforward.appraisal.audit.entered import write_lines
from wayforward.appraisal.audit.factors import factor_rows, write_factors
from wayforward.appraisal.audit.facts import Facts, facts_of
from wayforward.appraisal.audit.gross import write_gross
from wayforward.appraisal.audit.incomes import write_incomes
from wayforward.appraisal.audit.organisations import write_organisations
from wayforward.appraisal.audit.parameters import (
    Parameters,
    parameter_rows,
    price_years,
    write_bodies,
    write_parameters,
    write_phases,
    write_prices,
)
from wayforward.appraisal.audit.parts import (
    OF_OPTION,
    WHOSE_VALUE,
    write_by_year,
    write_parts,
    write_values,
)
from wayforward.appraisal.audit.plan import (
    AFFORDABILITY,
    AREAS,
    BIAS,
    BODIES,
    BY_YEAR,
    CHANGES,
    CHECK,
    FACTORS,
    GAINS,
    INCOMES,
    LINES,
    OPTIONS,
    ORGANISATIONS,
    PARAMETERS,
    PARTS,
    PAYBACK,
    PHASES,
    PLAN,
    PRICES,
    RATES,
    README,
    RISKS,
    SHARES,
    STEPS,
    UNPRICED,
    VALUES,
    WEIGHED,
)
from wayforward.appraisal.audit.profiles import Steps
from wayforward.appraisal.audit.projects import write_projects
from wayforward.appraisal.audit.rates import rates_of, write_rates
from wayforward.appraisal.audit.read_me import marking_of, read_me_size, write_read_me
from wayforward.appraisal.audit.sheets import PLANS
from wayforward.appraisal.audit.sheets_steps import STEP_SHEETS
from wayforward.appraisal.audit.unpriced import write_unpriced
from wayforward.appraisal.audit.waterfall import ALL as EVERY_STEP
from wayforward.appraisal.audit.waterfall import write_steps
from wayforward.appraisal.audit.worth import MEASURES, write_options, write_payback, write_risks
from wayforward.findings import Findings

MOST_CELLS = 500_000  # what a spreadsheet program can still open and work out in a minute or two


class TooLarge(ValueError):
    """A case of more lines and years than a workbook of formulas can hold."""


def audit_workbook(findings: Findings) -> bytes:
    """An .xlsx file of the appraisal; the same case and edition give the same bytes.

    Its formulas start from what was entered. The product's figures stand only on its sheet Check, beside its own.
    Raises TooLarge where it would have more cells than can be worked with.
    """
    facts = facts_of(findings)
    given = parameter_rows(facts)
    sizes = _sizes(facts) | {PARAMETERS: len(given)}
    tables = _tables(facts, sizes)
    _check_size(facts, tables)
    figures = compared(tables, facts)
    book = Book(_tables(facts, sizes | {CHECK: len(figures)}))
    _write(book, facts, Parameters(book[PARAMETERS], given))
    write_check(book, figures)
    exercise = facts.case.exercise
    book.about(f"Appraisal workbook: {exercise.title}", marking_of(facts), exercise.code)
    return book.content()


def _write(book: Book, facts: Facts, known: Parameters) -> None:
    """Every sheet but Check."""
    book.constant("Months", "{0,1,2,3,4,5,6,7,8,9,10,11}")
    write_read_me(book, facts)
    write_parameters(book, known)
    write_prices(book, facts, known)
    write_factors(book, facts, known)
    write_phases(book, facts)
    write_bodies(book, facts)
    write_incomes(book, facts, known)
    write_projects(book, facts, known)
    write_lines(book, facts, known)
    Steps(book, facts).write()
    write_gross(book, facts)
    write_risks(book, facts)
    write_changes(book, facts)
    write_options(book, facts)
    write_parts(book, facts)
    write_steps(book, facts)
    write_by_year(book, facts)
    write_payback(book, facts)
    write_rates(book, facts)
    write_values(book, facts)
    write_unpriced(book, facts)
    write_plan(book, facts)
    write_affordability(book, facts)
    write_organisations(book, facts)


def _tables(facts: Facts, sizes: dict[str, int]) -> dict[str, Table]:
    return {plan.sheet: Table(plan, facts.years, sizes.get(plan.sheet, 0)) for plan in PLANS}


def _check_size(facts: Facts, tables: dict[str, Table]) -> None:
    cells = sum(table.size * len(table.columns) for table in tables.values())
    if cells > MOST_CELLS:
        raise TooLarge(
            f"{len(facts.lines):,} lines over {len(facts.years)} years would make a workbook of {cells:,} cells, more "
            f"than the {MOST_CELLS:,} that a spreadsheet can work out; appraise fewer years, or put like lines together"
        )


def _sizes(facts: Facts) -> dict[str, int]:
    """How many rows each sheet has."""
    options, others, years = len(facts.options), len(facts.others), len(facts.years)
    return {
        README: read_me_size(),
        PRICES: len(price_years(facts)),
        FACTORS: len(factor_rows("discount-rate-lower" in facts.case.edition.parameters)),
        PHASES: len(facts.phases),
        BODIES: len(facts.bodies),
        INCOMES: len(facts.incomes),
        SHARES: len(facts.shares),
        AREAS: len(facts.areas),
        BIAS: len(facts.projects),
        LINES: len(facts.lines),
        **{plan.sheet: facts.priced for plan in STEP_SHEETS},
        RISKS: len(facts.risks),
        CHANGES: len(changes_of(facts)),
        OPTIONS: options,
        PARTS: options * len(OF_OPTION),
        STEPS: others * len(EVERY_STEP),
        BY_YEAR: options * years,
        PAYBACK: others * len(MEASURES),
        RATES: others * len(rates_of(facts)),
        VALUES: others * len(WHOSE_VALUE),
        GAINS: others * len(facts.incomes),
        WEIGHED: others,
        UNPRICED: len(facts.lines) - facts.priced,
        PLAN: len(facts.plan),
        AFFORDABILITY: options * years,
        ORGANISATIONS: others * len(facts.bodies),
    }
