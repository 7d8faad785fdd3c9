"""Who pays and who gains: the position of each organisation under each option."""

from math import fsum

import numpy as np

from wayforward.appraisal.findings.basis import (
    OPTION,
    compared_with,
    discounting_parameters,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import fiscal
from wayforward.methods.fiscal import Flow, Position

NOT_STATED = "Not stated"


def organisation_of(case: Reading, line: Line) -> str:
    """Who pays or gains; a line that names nobody is the organisation's own, unless it is a gain of society's."""
    if line.organisation:
        return line.organisation
    societal = isinstance(line, BenefitLine) and line.benefit_kind == "societal"
    return fiscal.NOT_STATED if societal else case.exercise.organisation


def flows_of(case: Reading, options: Appraised, item: OptionLines) -> tuple[Flow, ...]:
    """An option's lines as flows in present value by organisation; its risks are the organisation's own."""
    found = []
    for line, amounts in zip(item.lines, options.discounted(item.lines), strict=True):
        whose = organisation_of(case, line)
        if isinstance(line, BenefitLine):
            found.append(fiscal.flow(whose, amounts, benefit=True, kind=line.benefit_kind))
        elif isinstance(line, CostLine):
            found.append(fiscal.flow(whose, amounts, benefit=False, cash=bool(line.cash)))
    if item.risks:
        risk = options.risked(item, discounted=True).amounts.sum(axis=0)
        found.append(fiscal.flow(case.exercise.organisation, risk, benefit=False))
    return tuple(found)


@finding(
    "appraisal.organisations",
    title="What each organisation would pay and gain",
    question="Who pays for each option, and who gains?",
    method="fiscal",
    unit="GBP",
    prices="real",
    reads=READS,
)
def organisations(case: Reading) -> Result:
    """By option and organisation: cost, benefit, shares of them, and its net position against business as usual."""
    options = Appraised.of(case)
    rows = [row for item in options.others for row in _rows(case, options, item)]
    return Result(
        headline=_headline(options, rows),
        columns=(
            OPTION,
            Column("organisation", "Organisation"),
            Column("cost", "Cost", "GBP"),
            Column("cost_share", "Share of cost", "fraction"),
            Column("benefit", "Benefit", "GBP"),
            Column("benefit_share", "Share of benefit", "fraction"),
            Column("cost_change", "Cost above business as usual", "GBP"),
            Column("benefit_change", "Benefit above business as usual", "GBP"),
            Column("cash", "Cash released less cash paid, against business as usual", "GBP"),
            Column("net", "Net position against business as usual", "GBP"),
        ),
        rows=tuple(rows),
        value_column="net",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(
            "All are present values. A line that names nobody is taken as the organisation's own, a societal gain as "
            "nobody's in particular; risks are the organisation's own. Over all organisations the net positions add "
            "up to an option's NPSV, in which benefits of all kinds are added.",
            *stands_on(case, options),
        ),
        waiting=waits(options),
    )


def _rows(case: Reading, options: Appraised, item: OptionLines) -> list[Row]:
    usual, years = compared_with(options, item), len(options.years)
    own = flows_of(case, options, item)
    theirs = flows_of(case, options, usual) if usual else ()
    alone = {one.organisation: one for one in fiscal.positions(own, years)}
    change = fiscal.positions(fiscal.relative(own, theirs), years)
    together = fiscal.whole(own, years)
    rows: list[Row] = []
    for one in change:
        mine = alone.get(one.organisation, fiscal.whole((), years))
        figures = {
            "cost": _sum(mine.costs),
            "cost_share": _share(_sum(mine.costs), _sum(together.costs)),
            "benefit": _gain(mine),
            "benefit_share": _share(_gain(mine), _gain(together)),
            "cost_change": _sum(one.costs),
            "benefit_change": _gain(one),
            "cash": _sum(one.fiscal),
            "net": _sum(one.net),
        }
        unknown = dict.fromkeys(figures) if usual is None else {}
        name = one.organisation or NOT_STATED
        rows.append({"option": item.option.code, "organisation": name, **figures, **unknown})
    return rows


def _sum(amounts: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float:
    return fsum(amounts.tolist())


def _gain(position: Position) -> float:
    return fsum(_sum(amounts) for amounts in position.benefits.values())


def _share(part: float, whole: float) -> float | str:
    """A share of a whole; '' where the whole is nothing or less, of which nothing is a share."""
    return part / whole if whole > 0 else ""


def _headline(options: Appraised, rows: list[Row]) -> str:
    known = [row for row in rows if row["net"] is not None]
    if not known:
        return "Who would pay and who would gain is not known yet"
    names = list(
        dict.fromkeys(str(row["organisation"]) for row in known if row["organisation"] != NOT_STATED)
    )
    worse = [
        name
        for name in names
        if any(row["organisation"] == name and float(row["net"] or 0) < 0 for row in known)
    ]
    if len(names) < 2:
        return (
            "Costs and gains fall on one organisation alone" if names else "No line names who pays or gains"
        )
    if not worse:
        return f"None of {show.count(len(names), 'organisation')} would be worse off under any option that is known"
    return f"{show.listed(worse)} would be worse off than in business as usual under some option, in present value"
