"""What the rules change: each option's worth by every edition of the parameters, and at other rates of discount."""

from collections.abc import Mapping, Sequence
from math import fsum

import numpy as np

from wayforward import parameters
from wayforward.appraisal.findings.basis import (
    OPTION,
    compared_with,
    discounting_parameters,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.worth import worths
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import Floats, discounting
from wayforward.methods.npsv import NetPresentValue
from wayforward.records.models import ParameterOverride

LOWER, REQUIRED = "discount-rate-lower", "discount-rate-lower-required"
HEALTH, STANDARD = "discount-rate-health", "discount-rate"
EDITION_READS = (*READS, ParameterOverride)


@finding(
    "appraisal.editions",
    title="Worth of each option by edition",
    question="What changes when the options are appraised by other rules?",
    method="npsv",
    unit="GBP",
    prices="real",
    reads=EDITION_READS,
)
def editions(case: Reading) -> Result:
    """NPSV and its range under each edition there is, and its change from the edition that the case pins."""
    options = Appraised.of(case)
    by_edition, faults = _by_edition(case)
    now = by_edition[case.edition.name]
    rows: list[Row] = [
        {
            "option": code,
            "edition": name,
            "npsv": value.npsv.likely,
            "low": value.npsv.low,
            "high": value.npsv.high,
            "change": _less(value.npsv.likely, now[code].npsv.likely),
        }
        for name, found in by_edition.items()
        for code, value in found.items()
    ]
    return Result(
        headline=_headline(case, rows),
        columns=(
            OPTION,
            Column("edition", "Edition"),
            Column("npsv", "NPSV, likely", "GBP"),
            Column("low", "Low", "GBP"),
            Column("high", "High", "GBP"),
            Column("change", "Change from the edition in use", "GBP"),
        ),
        rows=tuple(rows),
        value_column="npsv",
        pivot=("option", "edition", "npsv"),
        used=rests_on(case, options),
        parameters={**discounting_parameters(case), "editions": ", ".join(by_edition)},
        warnings=stands_on(case, options),
        waiting=(*waits(options), *faults),
    )


def _by_edition(case: Reading) -> tuple[dict[str, dict[str, NetPresentValue]], tuple[str, ...]]:
    """What each option is worth under every edition that the case's own values fit, and why it fits no others."""
    found, faults = {}, []
    for name in parameters.editions():
        try:
            other = case if name == case.edition.name else case.supposing((), edition=name)
        except (LookupError, ValueError) as fault:
            faults.append(f"figures by {name}: a value of the case's own has no place in it ({fault})")
            continue
        found[name] = {one.item.option.code: one.value for one in worths(Appraised.of(other))}
    return found, tuple(faults)


def _less(value: float | None, base: float | None) -> float | None:
    return None if value is None or base is None else value - base


def _headline(case: Reading, rows: Sequence[Row]) -> str:
    others = [row for row in rows if row["edition"] != case.edition.name]
    if not any(row["change"] is not None for row in others):
        return "What the options are worth by another edition is not known yet"
    moved = [row for row in others if abs(float(row["change"] or 0)) >= 0.005]
    names = show.listed(sorted({str(row["edition"]) for row in others}))
    if not moved:
        return f"No option is worth more or less by {names} than by {case.edition.name}"
    most = max(moved, key=lambda row: abs(float(row["change"] or 0)))
    size = abs(float(most["change"] or 0))
    count = len({row["option"] for row in moved})
    return (
        f"By another edition {show.count(count, 'option')} would be worth more or less, by "
        f"{show.money(size)} at most ({most['edition']})"
    )


@finding(
    "appraisal.edition_tables",
    title="Tables in which editions differ",
    question="Which rules and parameters differ between editions?",
    method="listing",
    reads=(ParameterOverride,),
)
def edition_tables(case: Reading) -> Result:
    """By parameter, the table that each edition pins; '' where it has none. Parameters that are alike are left out."""
    pinned = {name: _tables(parameters.load(name)) for name in parameters.editions()}
    names = sorted({parameter for tables in pinned.values() for parameter in tables})
    apart = [name for name in names if len({tables.get(name, "") for tables in pinned.values()}) > 1]
    return Result(
        headline=(
            f"{show.listed(list(pinned))} differ in {len(apart)} of {show.count(len(names), 'table')}"
            if len(pinned) > 1
            else "There is one edition only"
        ),
        columns=(
            Column("parameter", "Parameter"),
            Column("edition", "Edition"),
            Column("table", "Table"),
        ),
        rows=tuple(
            {"parameter": name, "edition": edition, "table": tables.get(name, NO_TABLE)}
            for name in apart
            for edition, tables in pinned.items()
        ),
        value_column="table",
        pivot=("parameter", "edition", "table"),
        parameters={"in_use": case.edition.name},
        warnings=tuple(f"The case puts its own value in place of {one}." for one in _overridden(case)),
    )


NO_TABLE = "none"


def _tables(edition: parameters.Edition) -> dict[str, str]:
    return {name: table.name for name, table in edition.tables.items()}


def _overridden(case: Reading) -> list[str]:
    return [row.parameter for row in case.rows(ParameterOverride)]


@finding(
    "appraisal.rates",
    title="Worth of each option at other rates of discount",
    question="What is each option worth at mid-year, without health rates, and at the lower rates?",
    method="discounting",
    unit="GBP",
    prices="real",
    reads=READS,
)
def rates(case: Reading) -> Result:
    """Likely NPSV at the edition's rates; with all at the standard rate; mid-year; and at the lower rates."""
    options = Appraised.of(case)
    schedules = _schedules(case)
    rows: list[Row] = []
    for item in options.others:
        usual = compared_with(options, item)
        nets = _nets(options, item, usual) if usual else None
        base = None if nets is None else _worth(nets, schedules[AS_IT_IS])
        for name, factors in schedules.items():
            value = None if nets is None else _worth(nets, factors)
            change = _less(value, base)
            if factors is None:
                rows.append({"option": item.option.code, "rates": name, "npsv": "", "change": ""})
            else:
                rows.append({"option": item.option.code, "rates": name, "npsv": value, "change": change})
    return Result(
        headline=_rates_headline(rows),
        columns=(
            OPTION,
            Column("rates", "Discounted"),
            Column("npsv", "NPSV, likely", "GBP"),
            Column("change", "Change from the edition's rates", "GBP"),
        ),
        rows=tuple(rows),
        value_column="npsv",
        pivot=("option", "rates", "npsv"),
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(_demanded(case), *stands_on(case, options)),
        waiting=waits(options),
    )


AS_IT_IS = "as the edition has it"
ALL_STANDARD, MID_YEAR, AT_LOWER = "all at the standard rate", "mid-year", "at the lower rates"
Factors = tuple[Floats, Floats]  # of lines at the standard rate, and of those of life and health


def _schedules(case: Reading) -> dict[str, Factors | None]:
    """Discount factors by name; None where the edition has no such rates."""
    standard, health = _factors(case, STANDARD), _factors(case, HEALTH)
    lower = _factors(case, LOWER)
    return {
        AS_IT_IS: (standard, standard if health is None else health) if standard is not None else None,
        ALL_STANDARD: (standard, standard) if standard is not None and health is not None else None,
        MID_YEAR: _mid_year(case),
        AT_LOWER: None if lower is None else (lower, lower if health is None else health),
    }


def _mid_year(case: Reading) -> Factors | None:
    standard, health = _factors(case, STANDARD, mid_year=True), _factors(case, HEALTH, mid_year=True)
    return None if standard is None else (standard, standard if health is None else health)


def _factors(case: Reading, parameter: str, mid_year: bool = False) -> Floats | None:
    if parameter not in case.edition.parameters:
        return None
    bands = discounting.bands(case.edition.get(parameter).values)
    return discounting.factors(bands, len(case.years), mid_year=mid_year)


def _nets(options: Appraised, item: OptionLines, usual: OptionLines) -> tuple[Floats, Floats]:
    """What an option brings less what it costs by year, above business as usual: life and health apart."""
    standard, health = (
        _net(options, item, of_health) - _net(options, usual, of_health) for of_health in (False, True)
    )
    return standard, health


def _net(options: Appraised, item: OptionLines, of_health: bool) -> Floats:
    gains = [line for line in item.benefits if bool(line.life_or_health) is of_health]
    net = options.amounts(gains).sum(axis=0)
    if not of_health:
        net = net - options.amounts(item.costs).sum(axis=0) - options.risked(item).amounts.sum(axis=0)
    return np.asarray(net)


def _worth(nets: tuple[Floats, Floats], factors: Factors | None) -> float | None:
    if factors is None:
        return None
    return fsum((nets[0] * factors[0]).tolist() + (nets[1] * factors[1]).tolist())


def _demanded(case: Reading) -> str:
    """Whether the edition demands the lower-rate sensitivity of so many years."""
    years = show.count(len(case.years), "year")
    if LOWER not in case.edition.parameters:
        return f"The edition {case.edition.name} has no lower rates: no such sensitivity is demanded."
    beyond = 50
    if REQUIRED in case.edition.parameters:
        values: Mapping[str, object] = case.edition.get(REQUIRED).values
        beyond = int(str(values["beyond_years"]))
    if discounting.sensitivity_demanded(len(case.years), beyond):
        return f"The lower-rate sensitivity is demanded: {years} are appraised, more than {beyond}."
    return f"The lower-rate sensitivity is not demanded: {years}, and it is demanded only beyond {beyond}."


def _rates_headline(rows: Sequence[Row]) -> str:
    known = [row for row in rows if isinstance(row["change"], float)]
    if not known:
        return "What the options are worth at other rates is not known yet"
    codes = {row["option"] for row in known}
    turned = {
        row["option"]
        for row in known
        for base in known
        if base["option"] == row["option"]
        and base["rates"] == AS_IT_IS
        and float(row["npsv"] or 0) * float(base["npsv"] or 0) < 0
    }
    count = show.count(len(codes), "option")
    if not turned:
        return f"At no other rates would the likely worth of any of {count} change its sign"
    return f"At other rates the likely worth of {len(turned)} of {count} would change its sign"
