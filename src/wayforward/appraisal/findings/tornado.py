"""What varies, and which of it moves the worth of each option most."""

from collections.abc import Mapping, Sequence

from wayforward.appraisal.draws import DRAWN_READS, Ensemble, ensemble, lacking
from wayforward.appraisal.findings.basis import OPTION, discounting_parameters, stands_on
from wayforward.appraisal.findings.uncertainty import rests_on_draws, still
from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.models import Correlation, Uncertainty
from wayforward.appraisal.varying import Driver, in_words, pairs, range_in_words
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import Floats
from wayforward.methods import tornado as method
from wayforward.methods.distributions import Distribution, percentile

MOST = 10  # bars an option
# One end of a driver's range after the other; nan: the others stand as the records state them.
ENDS = Distribution("uniform", 0.0, float("nan"), 1.0)
ONE_AT_A_TIME = (
    "One thing at a time, from its 10th to its 90th percentile, the others as the records state them: "
    "what two do together is not seen here."
)


@finding(
    "appraisal.drivers",
    title="What varies",
    question="What is not certain, how far may it move, and what moves with it?",
    method="distributions",
    reads=DRAWN_READS,
)
def drivers(case: Reading) -> Result:
    """Each driver with what it moves, its distribution, its range in words and what it is correlated with."""
    options, found = Appraised.of(case), ensemble(case)
    every = found.drivers if found else ()
    together = _together(case, found)
    rows: tuple[Row, ...] = tuple(
        {
            "what": driver.words,
            "kind": KINDS[driver.kind],
            "moves": len(driver.about),
            "records": show.some(list(driver.about)),
            "distribution": SHAPES.get(driver.spread.shape, driver.spread.shape),
            "range": range_in_words(driver),
            "together": together.get(driver.name, ""),
            "driver": driver.name,
        }
        for driver in every
    )
    return Result(
        headline=_drivers_headline(found),
        columns=(
            Column("what", "What varies"),
            Column("kind", "Kind"),
            Column("moves", "Records it moves", "records"),
            Column("records", "Which"),
            Column("distribution", "Distribution"),
            Column("range", "Range"),
            Column("together", "Moves with (rank correlation)"),
            Column("driver", "Stream of draws", detail=True),
        ),
        rows=rows,
        value_column="range",
        used=rests_on_draws(case, options),
        warnings=(*still(options), *_idle(case, found)),
        waiting=lacking(case),
    )


KINDS = {"line": "amounts", "effect": "effect", "delay": "delay", "risk": "risk"}
SHAPES = {"pert": "PERT"}


def _drivers_headline(found: Ensemble | None) -> str:
    if found is None:
        return "What varies is not known yet"
    if not found.drivers:
        return "Nothing varies: each figure stands as if it were certain"
    many = {kind: sum(one.kind == kind for one in found.drivers) for kind in KINDS}
    told = [
        show.count(many["line"], "cost or benefit", "costs and benefits"),
        show.count(many["effect"], "effect"),
        show.count(many["delay"], "delay"),
        show.count(many["risk"], "risk"),
    ]
    counted = [words for words in told if not words.startswith("no ")]
    return f"{show.count(len(found.drivers), 'thing')} may turn out otherwise: {show.listed(counted)}"


def _together(case: Reading, found: Ensemble | None) -> dict[str, str]:
    """By driver: what it is correlated with."""
    if found is None:
        return {}
    names: dict[str, Driver] = found.varying.drivers
    told: dict[str, list[str]] = {}
    for (first, second), value in pairs(case, found.varying).items():
        sign = show.signed(value, show.fixed(abs(value), 2))
        told.setdefault(first, []).append(f"{names[second].words} ({sign})")
        told.setdefault(second, []).append(f"{names[first].words} ({sign})")
    return {name: show.listed(words) for name, words in told.items()}


def _idle(case: Reading, found: Ensemble | None) -> tuple[str, ...]:
    """The uncertainties and correlations that move nothing, where there are any."""
    if found is None:
        return ()
    silent = [
        row.code
        for row in case.rows(Uncertainty)
        if row.distribution != "fixed" and row.reference not in found.varying.drivers
    ]
    alone = [
        row.code
        for row in case.rows(Correlation)
        if None in (found.varying.driver_for(row.first), found.varying.driver_for(row.second))
    ]
    told = []
    if silent:
        told.append(
            f"{show.some(silent)} {'move' if len(silent) > 1 else 'moves'} no figure: what it is about is in no sum."
        )
    if alone:
        told.append(
            f"{show.some(alone)} {'name' if len(alone) > 1 else 'names'} something that does not vary."
        )
    return tuple(told)


@finding(
    "appraisal.tornado",
    title="What moves the worth of each option most",
    question="Which single uncertainty moves an option's worth most, and how far?",
    method="tornado",
    unit="GBP",
    prices="real",
    reads=DRAWN_READS,
)
def tornado(case: Reading) -> Result:
    """By option the ten drivers with the widest swing of NPSV from their 10th to their 90th percentile."""
    options, found = Appraised.of(case), ensemble(case)
    by_option = swings(found) if found else {}
    rows = tuple(row for code, one in by_option.items() for row in _bars(found, code, one))
    return Result(
        headline=_headline(options, rows, found is not None),
        columns=(
            OPTION,
            Column("what", "What varies"),
            Column("low", "At the 10th percentile"),
            Column("high", "At the 90th percentile"),
            Column("at_low", "NPSV there", "GBP"),
            Column("at_high", "NPSV at the 90th percentile", "GBP"),
            Column("swing", "Swing", "GBP", apart=True),
            Column("npsv", "NPSV, as stated", "GBP", detail=True),
            Column("driver", "Stream of draws", detail=True),
        ),
        rows=rows,
        value_column="swing",
        used=rests_on_draws(case, options),
        parameters={
            **discounting_parameters(case),
            "low_percentile": method.LOW,
            "high_percentile": method.HIGH,
            "bars_an_option": MOST,
        },
        warnings=(ONE_AT_A_TIME, *still(options), *stands_on(case, options)),
        waiting=lacking(case),
    )


def swings(found: Ensemble) -> dict[str, method.Tornado]:
    """The tornado of each option over the drivers that move it, by its code."""
    if not found.drivers:
        return {}
    ends = {driver.name: ENDS for driver in found.drivers}
    once: list[Floats] = []  # all options answer the same rows

    def worths(shares: Mapping[str, Floats]) -> Floats:
        if not once:
            once.append(found.model.worths(shares))
        return once[0]

    return {code: method.tornado(worths, ends, place) for place, code in enumerate(found.options)}


def _bars(found: Ensemble | None, code: str, one: method.Tornado) -> list[Row]:
    named = found.varying.drivers if found else {}
    moving = [bar for bar in one.bars if bar.swing]
    return [
        {
            "option": code,
            "what": named[bar.name].words,
            "low": _at(named[bar.name], method.LOW),
            "high": _at(named[bar.name], method.HIGH),
            "at_low": bar.at_low,
            "at_high": bar.at_high,
            "swing": bar.swing,
            "npsv": one.at_likely,
            "driver": bar.name,
        }
        for bar in moving[:MOST]
    ]


def _at(driver: Driver, percent: float) -> str:
    return in_words(driver, percentile(driver.spread, percent))


def _headline(options: Appraised, rows: Sequence[Row], known: bool) -> str:
    if not known:
        return "What moves the worth of the options most is not known yet"
    if not rows:
        return "Nothing that varies moves the worth of any option"
    names = {item.option.code: item.option.short_name for item in options.others}
    widest = max(rows, key=lambda row: float(row["swing"] or 0.0))
    ends = sorted(float(widest[end] or 0.0) for end in ("at_low", "at_high"))
    return (
        f"The widest swing is {show.money(widest['swing'])}: {widest['what']} takes {names[str(widest['option'])]} "
        f"from {show.money(ends[0])} to {show.money(ends[1])}"
    )
