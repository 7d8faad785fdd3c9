"""Rules of the lines of an option: what a line may say, its prices, its years and its range."""

from collections.abc import Iterator

from wayforward.appraisal.checks.common import UNMONETISED, cell, edition_of, lines, years_of
from wayforward.appraisal.levels import price_levels
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.findings import registered
from wayforward.findings.compute import Findings, Reading
from wayforward.findings.registry import declared
from wayforward.methods.estimate_class import too_narrow
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check
from wayforward.records.fields import read_year, write_year

PRICED = ("amounts", "quotes", "units", "unit_value")
EFFECT = ("reach", "take_up", "deadweight", "attribution", "lag_months", "ramp_months", "drop_off")


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
        if line.benefit_kind != UNMONETISED:
            continue
        for field in PRICED:
            if getattr(line, field):
                yield Wrong(
                    line, field, cell(line, field), "blank for an unmonetised benefit, or another kind"
                )


@check
def effects_are_of_what_has_a_price(case: Case) -> Iterator[Wrong]:
    """Reach, take-up and the rest cut an amount: an effect that is told in words has none."""
    for line in case.rows(BenefitLine):
        if line.benefit_kind != UNMONETISED or any(getattr(line, field) for field in PRICED):
            continue  # a price is told by the rule above
        for field in EFFECT:
            if getattr(line, field):
                allowed = "blank for an unmonetised benefit: there are no amounts that it would change"
                yield Wrong(line, field, cell(line, field), allowed)


@check
def units_have_a_value(case: Case) -> Iterator[Wrong]:
    for line in case.rows(BenefitLine):
        if line.units is not None and line.unit_value is None and not line.amounts:
            yield Wrong(line, "unit_value", "nothing", "what one of its units is worth, in pounds")
        if line.unit_value is not None and line.units is None:
            yield Wrong(line, "units", "nothing", "how many units there are in a year, or blank unit_value")
        if line.starts is not None and line.units is None:
            allowed = "blank: it is the first year of units, and yearly amounts name their own years"
            yield Wrong(line, "starts", cell(line, "starts"), allowed)


@check
def cash_is_in_the_prices_of_its_year(case: Case) -> Iterator[Wrong]:
    for line in lines(case):
        if line.prices == "cash" and line.price_year is not None:
            allowed = "blank: cash is in the prices of each year; or real in prices"
            yield Wrong(line, "price_year", cell(line, "price_year"), allowed)


@check
def price_years_have_a_level(case: Case) -> Iterator[Wrong]:
    named = [line for line in lines(case) if line.price_year is not None and line.prices != "cash"]
    if not named or case.exercise.price_year is None or not years_of(case) or edition_of(case) is None:
        return
    try:
        levels = price_levels(Reading(Findings(case, keep=False), declared("appraisal.npsv")))
    except (LookupError, TypeError):
        return  # an override that replaces nothing, told as such
    for line in named:
        if line.price_year not in levels:
            allowed = (
                f"a year with a price level, from {write_year(min(levels))} to {write_year(max(levels))}: the "
                "edition's deflator reaches back, the inflation assumed reaches on"
            )
            yield Wrong(line, "price_year", cell(line, "price_year"), allowed)


@check
def residual_is_of_capital(case: Case) -> Iterator[Wrong]:
    """What is left of an asset is at most what it cost, and running costs leave none."""
    for line in case.rows(CostLine):
        if not line.residual:
            continue
        spent = sum(float(amount) for amount in (line.amounts or {}).values())
        if line.cost_kind == "revenue":
            yield Wrong(
                line, "residual", cell(line, "residual"), "blank for revenue, or capital in cost_kind"
            )
        elif line.amounts and float(line.residual) > spent:
            allowed = f"at most the £{spent:,.2f} that the line spends in all years"
            yield Wrong(line, "residual", cell(line, "residual"), allowed)


@check
def released_cash_is_fiscal(case: Case) -> Iterator[Wrong]:
    for line in case.rows(BenefitLine):
        if line.benefit_kind == "cash-releasing" and line.value not in ("", "fiscal"):
            yield Wrong(
                line, "value", line.value, "fiscal, or blank: what releases cash is value to a budget"
            )


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
    """What was spent before the first year is sunk, and what falls past the last is in no sum."""
    years = years_of(case)
    if not years:
        return
    span = f"years appraised: {write_year(years[0])} to {write_year(years[-1])}"
    for line in lines(case):
        outside = [year for year in line.amounts or {} if not years[0] <= read_year(year) <= years[-1]]
        if outside:
            before = isinstance(line, CostLine) and any(read_year(year) < years[0] for year in outside)
            sunk = "; what is spent before them is sunk and belongs in no option" if before else ""
            yield Wrong(line, "amounts", ", ".join(outside), span + sunk)
        starts = line.starts if isinstance(line, BenefitLine) else None
        if starts is not None and starts not in years:
            yield Wrong(line, "starts", write_year(starts), span)
