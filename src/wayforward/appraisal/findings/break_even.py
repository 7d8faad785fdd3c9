"""What effects without a price would have to be worth for the options to change places."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from wayforward.appraisal.findings.basis import (
    OPTION,
    discounting_parameters,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.standing import ORDER_READS, UNRANKED
from wayforward.appraisal.findings.worth import worths
from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.models import BenefitLine
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import used
from wayforward.methods import break_even as method
from wayforward.options.findings.success import barred, factors_failed
from wayforward.options.models import FactorVerdict
from wayforward.scope.models import Service

MONTHS = 12


@finding(
    "appraisal.unmonetised",
    title="Benefits without a price",
    question="What would each option bring that has no price, and what would it have to be worth?",
    method="break_even",
    unit="GBP",
    prices="real",
    reads=(*ORDER_READS, Service),
    needs=("appraisal.order",),
)
def unmonetised(case: Reading) -> Result:
    """Every benefit told in words, and what it must be worth a year to draw level with the next figure above."""
    options = Appraised.of(case)
    lines = [line for line in case.rows(BenefitLine) if line.benefit_kind == "unmonetised"]
    lines.sort(key=lambda line: (line.option.order, line.code))
    named = {line.option.code for line in lines}
    ranked = case.need("appraisal.order").value == "ranked"
    needed = _needed(case, options, lines, ranked)
    return Result(
        headline=(
            f"{show.count(len(lines), 'benefit')} without a price, of {show.count(len(named), 'option')}"
            if lines
            else "No benefit without a price is recorded"
        ),
        columns=(
            OPTION,
            Column("line", "Benefit", refers="benefit_line"),
            Column("effect", "Effect in words"),
            Column("service", "Service", refers="service"),
            Column("beneficiary", "Who is better off"),
            Column("must_be", "Must be worth at least"),
            Column("a_year", "Must be worth at least, a year", "GBP", detail=True),
            Column("against", "To be level with", refers="option" if ranked else "", detail=not ranked),
        ),
        rows=tuple(_effect_row(line, needed[line.code], ranked) for line in lines),
        value_column="effect",
        used=used(lines) + rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(MUST_BE, *(() if ranked else (UNRANKED,)), *stands_on(case, options)) if lines else (),
        waiting=waits(options) if lines else (),
    )


MUST_BE = (
    "They stand beside the figures, in no sum. The worth a year is what an effect alone would have to bring, in every "
    "year from its start to the last appraised, for its option to draw level with the next likely figure above, "
    "business as usual among them; anything more would overturn that order."
)


HIGHEST = "no figure: none is above that of its option"
AS_THEY_STAND = "no figure, as the figures stand"


@dataclass(frozen=True)
class Needed:
    """What an effect must be worth a year, against which option, in words; None while that is not known."""

    a_year: float | str | None
    against: str
    words: str | None


def _effect_row(line: BenefitLine, needed: Needed, ranked: bool) -> Row:
    return {
        "option": line.option.code,
        "line": line.code,
        "effect": line.effect or None,
        "service": line.service.code if line.service else "",
        "beneficiary": line.beneficiary or None,
        "must_be": needed.words,
        "a_year": needed.a_year,
        "against": needed.against if ranked else "",
    }


def _needed(
    case: Reading, options: Appraised, lines: Sequence[BenefitLine], ranked: bool
) -> dict[str, Needed]:
    """By line. Business as usual takes part at nought; options that may not be ranked are no measure of any."""
    out = barred(case.rows(FactorVerdict))
    figures = {one.item.option.code: one.value.npsv.likely for one in worths(options)}
    values = {code: value for code, value in figures.items() if code not in out}
    if options.usual:
        values[options.usual.option.code] = 0.0
    lasting = [_lasting(options, line) for line in lines]
    found = {row.effect: row for row in method.to_overtake(values, lasting, options.factors)}
    whole = all(value is not None for value in values.values()) and options.usual is not None
    told = {}
    for line in lines:
        code, row = line.option.code, found.get(line.code)
        if code in out:
            told[line.code] = Needed("", "", f"no figure: its option fails {factors_failed(out[code])}")
        elif not whole or values.get(code) is None:
            told[line.code] = Needed(None, "", None)
        elif row is None:
            told[line.code] = Needed("", "", HIGHEST if ranked else AS_THEY_STAND)
        elif row.a_year is None:
            told[line.code] = Needed("", row.against, "no figure: it would begin after the years appraised")
        else:
            told[line.code] = Needed(row.a_year, row.against, f"{show.money(row.a_year)} a year")
    return told


def _lasting(options: Appraised, line: BenefitLine) -> method.Lasting:
    """The years an effect lasts: from its start, its lag and any delay of its phase, to the last appraised."""
    years = options.years
    late = (line.lag_months or 0) + options.prices.delays.get((line.option.code, line.phase), 0)
    first = max((line.starts or years[0]) - years[0], 0) + ceil(late / MONTHS)
    return method.Lasting(line.code, line.option.code, first, max(len(years) - 1, first))
