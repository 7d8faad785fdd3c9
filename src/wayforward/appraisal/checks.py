"""Rules of appraisal: what a line may say, its years and its range, and overrides that replace something."""

from collections.abc import Iterator

from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.findings import registered
from wayforward.methods.estimate_class import too_narrow
from wayforward.parameters import Edition, editions
from wayforward.parameters import load as load_edition
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once
from wayforward.records.fields import read_year, write_year
from wayforward.records.models import ParameterOverride

USUAL = "business as usual"


def lines(case: Case) -> list[Line]:
    return [*case.rows(CostLine), *case.rows(BenefitLine)]


def edition_of(case: Case) -> Edition | None:
    """The edition that the case pins, without its overrides; None where there is no such edition."""
    name = case.exercise.edition
    return load_edition(name) if name in editions() else None


@check
def amounts_or_a_finding(case: Case) -> Iterator[Wrong]:
    for line in lines(case):
        if line.amounts and line.quotes:
            allowed = "blank, or blank amounts: a line has its own amounts or quotes a finding, never both"
            yield Wrong(line, "quotes", line.quotes, allowed)


@check
def quoted_findings_are_there(case: Case) -> Iterator[Wrong]:
    for line in lines(case):
        if line.quotes and line.quotes not in registered():
            yield Wrong(line, "quotes", line.quotes, "the key of a finding, such as demand.harm, or blank")


@check
def unmonetised_has_no_price(case: Case) -> Iterator[Wrong]:
    for line in case.rows(BenefitLine):
        if line.benefit_kind != "unmonetised":
            continue
        for field in ("amounts", "quotes"):
            if getattr(line, field):
                found = line._meta.get_field(field).write_cell(getattr(line, field))  # type: ignore[union-attr]  # a record's own field
                yield Wrong(line, field, found, "blank for an unmonetised benefit, or another kind")


@check
def saving_in_the_plan_belongs_to_usual(case: Case) -> Iterator[Wrong]:
    """A saving that the plan counts already would be counted twice in an option."""
    for line in case.rows(BenefitLine):
        if line.in_plan and line.option.option_kind not in (USUAL, ""):
            allowed = f"no: a saving that is in the plan belongs to {USUAL}, or it is counted twice"
            yield Wrong(line, "in_plan", "yes", allowed)


@check
def range_holds_the_likely(case: Case) -> Iterator[Wrong]:
    for line in lines(case):
        if line.low is not None and line.low > 1:
            yield Wrong(line, "low", str(line.low), "a multiplier of at most 1: the likely figure is 1")
        if line.high is not None and line.high < 1:
            yield Wrong(line, "high", str(line.high), "a multiplier of at least 1: the likely figure is 1")


@check
def range_is_as_wide_as_its_class(case: Case) -> Iterator[Wrong]:
    edition = edition_of(case)
    if edition is None:
        return
    classes = edition.get("estimate-classes")
    for line in lines(case):
        if not line.estimate_class or line.low is None or line.high is None:
            continue
        if not line.low <= 1 <= line.high:
            continue  # told already
        low = classes.number(f"{line.estimate_class}/low")
        high = classes.number(f"{line.estimate_class}/high")
        if too_narrow(float(line.low), float(line.high), low, high):
            field = "low" if float(line.low) > low else "high"
            allowed = f"low at most {low:g} and high at least {high:g}, as {line.estimate_class} needs"
            yield Wrong(line, field, str(getattr(line, field)), allowed)


@check
def years_are_appraised(case: Case) -> Iterator[Wrong]:
    first, years = case.exercise.first_year, case.exercise.years
    if first is None or years is None:
        return
    last = first + years - 1
    for line in lines(case):
        outside = [y for y in line.amounts or {} if not first <= read_year(y) <= last]
        if outside:
            allowed = f"years appraised: {write_year(first)} to {write_year(last)}"
            yield Wrong(line, "amounts", ", ".join(outside), allowed)


@check
def overrides_replace_something(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(ParameterOverride), "parameter")
    edition = edition_of(case)
    if edition is None:
        return
    for row in case.rows(ParameterOverride):
        table, _, entry = row.parameter.partition("/")
        try:
            edition.get(table).number(entry)
        except (LookupError, TypeError) as error:
            allowed = f"a number of the edition, as table/entry: {error.args[0]}"
            yield Wrong(row, "parameter", row.parameter, allowed)
