"""Rules that count a risk once: in the register, in the uplift for optimism bias, or in the range of a line."""

from collections.abc import Iterator

from wayforward.appraisal.checks.common import cell, lines, years_of
from wayforward.appraisal.models import BiasArea
from wayforward.options.models import OptionRisk
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check
from wayforward.records.fields import write_year

REGISTER, UPLIFT, RANGE = "the register", "the uplift", "a range"
REGISTERED = ("", REGISTER)


@check
def a_risk_area_is_in_the_uplift_or_the_register(case: Case) -> Iterator[Wrong]:
    """Where the register has the price of a risk, its area leaves the uplift: the risk says which of the two."""
    for area in case.rows(BiasArea):
        if area.risk is not None and area.risk.counted_in not in (UPLIFT, REGISTER):
            allowed = (
                f"{UPLIFT}, or {REGISTER}: risk area {area.code} of {area.bias.code} stands for it, so it would be "
                "counted there as well"
            )
            yield Wrong(area.risk, "counted_in", cell(area.risk, "counted_in"), allowed)


@check
def a_risk_in_a_range_is_nowhere_else(case: Case) -> Iterator[Wrong]:
    for line in lines(case):
        if line.range_risk is not None and line.range_risk.counted_in != RANGE:
            allowed = f"{RANGE}: that of {line.code} allows for it; or another risk, or none, in that line"
            yield Wrong(line.range_risk, "counted_in", cell(line.range_risk, "counted_in"), allowed)


@check
def a_risk_counted_elsewhere_is_there(case: Case) -> Iterator[Wrong]:
    """A risk said to be in the uplift or in a range that nothing there names would be counted nowhere."""
    stood_for = {area.risk.code for area in case.rows(BiasArea) if area.risk is not None}
    allowed_for = {line.range_risk.code for line in lines(case) if line.range_risk is not None}
    for risk in case.rows(OptionRisk):
        if risk.counted_in == UPLIFT and risk.code not in stood_for:
            allowed = f"{UPLIFT} where a risk area names {risk.code}; none does, so it is counted nowhere"
            yield Wrong(risk, "counted_in", UPLIFT, allowed)
        if risk.counted_in == RANGE and risk.code not in allowed_for:
            allowed = f"{RANGE} where a line names {risk.code} as the risk in its range; none does"
            yield Wrong(risk, "counted_in", RANGE, allowed)


@check
def a_risk_is_of_the_option_that_counts_it(case: Case) -> Iterator[Wrong]:
    for area in case.rows(BiasArea):
        option = area.bias.option
        if area.risk is not None and option is not None and area.risk.option.code != option.code:
            yield Wrong(area, "risk", area.risk.code, f"a risk of {option.code}, whose project this is")
    for line in lines(case):
        if line.range_risk is not None and line.range_risk.option.code != line.option.code:
            yield Wrong(line, "range_risk", line.range_risk.code, f"a risk of {line.option.code}, or blank")


@check
def a_priced_risk_falls_in_the_years_appraised(case: Case) -> Iterator[Wrong]:
    """A risk of another year would be in no sum, though the register prices it."""
    years = years_of(case)
    for risk in case.rows(OptionRisk):
        if risk.year is not None and years and risk.year not in years and risk.counted_in in REGISTERED:
            span = f"{write_year(years[0])} to {write_year(years[-1])}"
            yield Wrong(
                risk, "year", cell(risk, "year"), f"a year from {span}, or blank: it is then in no sum"
            )
