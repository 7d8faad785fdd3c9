"""Writing the workbook of an appraisal: where every table stands, then its cells."""

from wayforward.appraisal.audit.book import Book, Table
from wayforward.appraisal.audit.budget import write_affordability, write_plan
from wayforward.appraisal.audit.check import compared, write_check
from wayforward.appraisal.audit.entered import write_lines
from wayforward.appraisal.audit.facts import Facts, facts_of
from wayforward.appraisal.audit.parameters import (
    FACTOR_ROWS,
    Parameters,
    parameter_rows,
    price_years,
    write_bodies,
    write_factors,
    write_parameters,
    write_phases,
    write_prices,
)
from wayforward.appraisal.audit.plan import (
    AFFORDABILITY,
    AREAS,
    BIAS,
    BODIES,
    CHECK,
    COUNTED,
    DELAYED,
    EFFECTS,
    FACTORS,
    GOES_ON,
    HIGH,
    LINES,
    LOW,
    OPTIONS,
    ORGANISATIONS,
    PAID,
    PARAMETERS,
    PAYBACK,
    PHASES,
    PLAN,
    PLANS,
    PRESENT,
    PRICED,
    PRICES,
    README,
    RISKS,
    SHARES,
    STAYS,
)
from wayforward.appraisal.audit.profiles import Steps
from wayforward.appraisal.audit.projects import write_projects
from wayforward.appraisal.audit.read_me import marking_of, read_me_size, write_read_me
from wayforward.appraisal.audit.worth import (
    MEASURES,
    write_options,
    write_organisations,
    write_payback,
    write_risks,
)
from wayforward.findings import Findings

OF_PRICED = (PRICED, STAYS, GOES_ON, EFFECTS, DELAYED, PAID, COUNTED, LOW, HIGH, PRESENT)


def audit_workbook(findings: Findings) -> bytes:
    """An .xlsx file of the appraisal; the same case and edition give the same bytes.

    Its formulas start from what was entered. The product's figures stand only on its sheet Check, beside its own.
    """
    facts = facts_of(findings)
    given = parameter_rows(facts)
    sizes = _sizes(facts) | {PARAMETERS: len(given)}
    figures = compared(_tables(facts, sizes), facts)
    book = Book(_tables(facts, sizes | {CHECK: len(figures)}))
    known = Parameters(book[PARAMETERS], given)
    book.constant("Months", "{0,1,2,3,4,5,6,7,8,9,10,11}")
    write_read_me(book, facts)
    write_parameters(book, given)
    write_prices(book, facts, known)
    write_factors(book, facts, known)
    write_phases(book, facts)
    write_bodies(book, facts)
    write_projects(book, facts, known)
    write_lines(book, facts, known)
    Steps(book, facts).write()
    write_risks(book, facts)
    write_options(book, facts)
    write_payback(book, facts)
    write_plan(book, facts)
    write_affordability(book, facts)
    write_organisations(book, facts)
    write_check(book, figures)
    exercise = facts.case.exercise
    book.about(f"Appraisal workbook: {exercise.title}", marking_of(facts), exercise.code)
    return book.content()


def _tables(facts: Facts, sizes: dict[str, int]) -> dict[str, Table]:
    return {plan.sheet: Table(plan, facts.years, sizes.get(plan.sheet, 0)) for plan in PLANS}


def _sizes(facts: Facts) -> dict[str, int]:
    """How many rows each sheet has."""
    return {
        README: read_me_size(),
        PRICES: len(price_years(facts)),
        FACTORS: len(FACTOR_ROWS),
        PHASES: len(facts.phases),
        BODIES: len(facts.bodies),
        SHARES: len(facts.shares),
        AREAS: len(facts.areas),
        BIAS: len(facts.projects),
        LINES: len(facts.lines),
        **dict.fromkeys(OF_PRICED, facts.priced),
        RISKS: len(facts.risks),
        OPTIONS: len(facts.options),
        PAYBACK: len(facts.others) * len(MEASURES),
        PLAN: len(facts.plan),
        AFFORDABILITY: len(facts.options) * len(facts.years),
        ORGANISATIONS: len(facts.others) * len(facts.bodies),
    }
