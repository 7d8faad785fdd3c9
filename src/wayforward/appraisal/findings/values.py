"""Whose value it is: fiscal, economic and social apart, and a pound weighed by the income of those who gain."""

from collections.abc import Mapping
from math import fsum, isnan

from wayforward.appraisal.findings.basis import (
    OPTION,
    compared_with,
    discounting_parameters,
    present,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.worth import Worth, worths
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import VALUES, BenefitLine
from wayforward.finance.models import IncomeGroup
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, plain_value
from wayforward.findings.provenance import given
from wayforward.methods import distribution as method
from wayforward.methods.distribution import Weight

KINDS = ("cash-releasing", "non-cash-releasing", "societal")
EVERYBODY = "everybody"  # a line that names no group weighs as it is


def value_of(line: BenefitLine) -> str:
    """Whose value a benefit is; where it does not say, society's if it is societal and the purse's if not."""
    return line.value or ("social" if line.benefit_kind == "societal" else "fiscal")


@finding(
    "appraisal.values",
    title="Fiscal, economic and social value of each option",
    question="How much of what each option brings reaches a budget, the economy or society?",
    method="fiscal",
    unit="GBP",
    prices="real",
    reads=READS,
)
def values(case: Reading) -> Result:
    """Present value of benefits against business as usual by value and kind; a value without a line has no row."""
    options = Appraised.of(case)
    rows = [row for item in options.others for row in _value_rows(options, item)]
    return Result(
        headline=_headline(options, rows),
        columns=(
            OPTION,
            Column("value", "Value"),
            Column("cash-releasing", "Cash-releasing", "GBP"),
            Column("non-cash-releasing", "Non-cash-releasing", "GBP"),
            Column("societal", "Societal", "GBP"),
            Column("present", "Of this value, all kinds added", "GBP"),
        ),
        rows=tuple(rows),
        value_column="present",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(APART, *stands_on(case, options)),
        waiting=waits(options),
    )


APART = (
    "Only cash-releasing benefits pay bills. Kinds are added in the last column alone, and values nowhere here: "
    "all of them together are the benefits in an option's worth. Costs are not in these figures."
)


def _value_rows(options: Appraised, item: OptionLines) -> list[Row]:
    usual = compared_with(options, item)
    rows: list[Row] = []
    for value, _ in VALUES:
        own = [line for line in item.benefits if value_of(line) == value]
        theirs = [line for line in usual.benefits if value_of(line) == value] if usual else []
        if not own and not theirs:
            continue
        by_kind = {kind: _of_kind(options, own, theirs, kind) for kind in KINDS}
        known = usual is not None
        rows.append(
            {
                "option": item.option.code,
                "value": value,
                **{kind: (amount if known or amount == "" else None) for kind, amount in by_kind.items()},
                "present": present(options, own) - present(options, theirs) if known else None,
            }
        )
    return rows


def _of_kind(options: Appraised, own: list[BenefitLine], theirs: list[BenefitLine], kind: str) -> float | str:
    """What lines of one kind bring above those of business as usual; '' where neither has any."""
    mine, usual = ([line for line in lines if line.benefit_kind == kind] for lines in (own, theirs))
    return present(options, mine) - present(options, usual) if mine or usual else ""


def _headline(options: Appraised, rows: list[Row]) -> str:
    known = [row for row in rows if row["present"] is not None]
    if not known:
        return "Of which value the benefits of the options are is not known yet"
    counts = [
        f"{sum(row['value'] == value and float(row['present'] or 0) > 0 for row in known)} {value}"
        for value, _ in VALUES
    ]
    return f"Of {show.count(len(options.others), 'option')}, so many would bring value: {show.listed(counts)}"


@finding(
    "appraisal.distribution",
    title="NPSV with pounds weighed by income",
    question="What is each option worth if a pound counts for more to those who have less?",
    method="distribution",
    unit="GBP",
    prices="real",
    reads=READS,
)
def distribution(case: Reading) -> Result:
    """Likely NPSV unweighted beside weighted, at the low, middle and high end of the weights."""
    options = Appraised.of(case)
    weights = weights_of(case)
    rows = [_weighed_row(options, one, weights) for one in worths(options)]
    named = {
        line.income_group.code for item in options.options for line in item.benefits if line.income_group
    }
    return Result(
        headline=_weighed_headline(rows, bool(named)),
        columns=(
            OPTION,
            Column("npsv", "NPSV, unweighted", "GBP"),
            Column("weighted", "NPSV, weighted", "GBP"),
            Column("weighted_low", "At the low weights", "GBP"),
            Column("weighted_high", "At the high weights", "GBP"),
            Column("grouped", "Benefits whose gainers' income is named", "GBP"),
        ),
        rows=tuple(rows),
        value_column="weighted",
        used=rests_on(case, options)
        + given([group for group in case.rows(IncomeGroup) if group.code in named], "income", "median"),
        parameters={**discounting_parameters(case), "weights": case.edition.get("distribution").name},
        warnings=(
            "Weighted figures stand beside unweighted ones, never in their place. A line that names no income group "
            "weighs as it is, and so do all costs.",
            *stands_on(case, options),
        ),
        waiting=waits(options)
        + tuple(
            f"the income or the fifth of incomes of {group.name} ({group.code})"
            for group in case.rows(IncomeGroup)
            if group.code in named and weights[group.code] is None
        ),
    )


def weights_of(case: Reading) -> dict[str, Weight | None]:
    """The weight of each income group, as the edition weighs: by elasticity, or by fifths of incomes named alike."""
    table = case.edition.get("distribution").values
    found: dict[str, Weight | None] = {EVERYBODY: Weight(1.0, 1.0, 1.0)}
    if "quintiles" in table:
        fifths = method.by_quintile(table["quintiles"])  # type: ignore[arg-type]  # a table of rows
        for group in case.rows(IncomeGroup):
            words = group.name.lower().split()
            found[group.code] = next((fifths[name] for name in fifths if name in words), None)
        return found
    eta = float(table["elasticity"])  # type: ignore[arg-type]  # a number
    for group in case.rows(IncomeGroup):
        found[group.code] = None
        if group.income and group.median:
            one = method.weight(float(group.income), float(group.median), eta)
            found[group.code] = Weight(one, one, one)
    return found


def _weighed_row(options: Appraised, one: Worth, weights: Mapping[str, Weight | None]) -> Row:
    npsv, usual = one.value.npsv.likely, compared_with(options, one.item)
    if usual is None or npsv is None:
        names = ("npsv", "weighted", "weighted_low", "weighted_high", "grouped")
        return {"option": one.item.option.code, **dict.fromkeys(names)}
    groups = {
        line.income_group.code for item in (one.item, usual) for line in item.benefits if line.income_group
    }
    gains: dict[str, float | None] = {
        code: _gain(options, one.item, code) - _gain(options, usual, code) for code in sorted(groups)
    }
    grouped = fsum(gain for gain in gains.values() if gain is not None)
    found = method.weighted({**gains, EVERYBODY: npsv - grouped}, weights)
    return {
        "option": one.item.option.code,
        "npsv": npsv,
        "weighted": found.likely.value,
        "weighted_low": found.low.value,
        "weighted_high": found.high.value,
        "grouped": plain_value(grouped) if groups else "",
    }


def _gain(options: Appraised, item: OptionLines, group: str) -> float:
    return present(
        options, [line for line in item.benefits if line.income_group and line.income_group.code == group]
    )


def _weighed_headline(rows: list[Row], named: bool) -> str:
    known = [row for row in rows if row["npsv"] is not None]
    if not known:
        return "What the options are worth by the income of those who gain is not known yet"
    if not named:
        return "No line says what income those have who gain, so weighted and unweighted worth are the same"
    weighed = [row for row in known if isinstance(row["weighted"], float) and not isnan(row["weighted"])]
    more = sum(float(row["weighted"] or 0) > float(row["npsv"] or 0) for row in weighed)
    return (
        f"Weighed by income, {more} of {show.count(len(known), 'option')} would be worth more than unweighted"
        if weighed
        else "The weight of those who gain is not known yet"
    )
