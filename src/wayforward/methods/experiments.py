"""Experiments with a cash-flow model: thousands of futures by every option, in one go.

NPV(e, o) = b(e) u(e) sum over t of D(e, t) B'(o, t) - c(e) sum over t of D(e, t) C(o, t), with B and C
the yearly benefits and costs of option o, b and c multipliers, u take-up, D(e, t) = (1 + r(e))^-t
unless factors are given, and B' the benefits moved m(e) months later, m/12 of each year's into the
next. A delay is put into the discount factors instead of the benefits, so that all experiments by all
options come to a product of matrices. Source: HM Treasury, The Green Book; Latin hypercube, McKay,
Beckman and Conover, Technometrics 21 (1979).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Amounts, Floats, floats

Places = NDArray[np.int64]

MONTHS = 12
# What an experiment can vary, and what it is where it does not.
DRIVERS = {"costs": 1.0, "benefits": 1.0, "delay": 0.0, "take-up": 1.0}
RATE = "rate"


@dataclass(frozen=True, eq=False)
class CashFlows:
    """Yearly costs and benefits at full take-up, by option: each (options, years), positive."""

    options: tuple[str, ...]
    costs: Floats
    benefits: Floats


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What came out, each (experiments, options).

    beyond holds the benefits, undiscounted, that delay moves past the last year: npv leaves them out.
    """

    options: tuple[str, ...]
    npv: Floats
    pv_costs: Floats
    pv_benefits: Floats
    beyond: Floats


def cash_flows(options: Sequence[str], costs: Amounts, benefits: Amounts) -> CashFlows:
    """Return checked flows. nan is not known, and leaves the option's outcomes not known.

    Raises ValueError where the shapes differ, an option is named twice or an amount is below 0.
    """
    paid, won = floats(costs, "costs"), floats(benefits, "benefits")
    if paid.ndim != 2 or won.shape != paid.shape or len(options) != len(paid) or not paid.size:
        raise ValueError(
            f"{len(options)} options with costs of shape {paid.shape} and benefits of shape {won.shape}: "
            "give one row an option, over the same years"
        )
    if len(set(options)) < len(options):
        raise ValueError("an option is named twice; each needs a name of its own")
    if (paid < 0).any() or (won < 0).any():
        raise ValueError("an amount is below 0; give costs and benefits as positive amounts")
    return CashFlows(tuple(options), paid, won)


def uniforms(
    names: Sequence[str], experiments: int, *, seed: int = 0, latin: bool = True
) -> dict[str, Floats]:
    """Return for each input a number from 0 to 1 an experiment, (experiments,).

    latin puts one in each of as many equal slices of the range. An input has its own stream by name,
    so that another input more or less changes none. Raises ValueError where there is no experiment.
    """
    if experiments < 1:
        raise ValueError(f"{experiments} experiments were asked for; ask for at least one")
    return {name: _stream(name, experiments, seed, latin) for name in names}


def within(unit: Mapping[str, Amounts], ranges: Mapping[str, tuple[float, float]]) -> dict[str, Floats]:
    """Return numbers from 0 to 1 as values spread evenly over each input's range.

    For any other shape, put unit through the quantiles of a distribution. Raises ValueError where a
    range is missing or runs backwards.
    """
    spread = {}
    for name, numbers in unit.items():
        low, high = ranges.get(name, (float("nan"), float("nan")))
        if not low <= high:
            raise ValueError(f"{name}: a range from {low:g} to {high:g} can't be; give its low and high end")
        spread[name] = low + (high - low) * floats(numbers, name)
    return spread


def run(flows: CashFlows, inputs: Mapping[str, Amounts], *, factors: Amounts | None = None) -> Outcomes:
    """Return the outcomes of every experiment for every option.

    inputs holds, by the names in DRIVERS ("costs", "benefits", "delay" in months, "take-up" from 0 to
    1), one value an experiment, (experiments,); "rate" is a discount rate an experiment, in place of
    factors (years,). Raises ValueError where an input is none of these, lengths differ, a value can't
    be, or there is neither a rate nor factors, or both.
    """
    given = _drivers(inputs)
    count = len(next(iter(given.values())))
    driver = {name: given.get(name, np.full(count, usual)) for name, usual in DRIVERS.items()}
    whole, part = _delay(driver["delay"], flows.costs.shape[1])
    won = (driver["benefits"] * driver["take-up"])[:, None]
    spent, gained = _present(flows, given.get(RATE), factors, whole, part)
    pv_costs, pv_benefits = spent * driver["costs"][:, None], gained * won
    beyond = _between(_late(flows.benefits), whole, part) * won
    return Outcomes(flows.options, pv_benefits - pv_costs, pv_costs, pv_benefits, beyond)


def stacked(
    inputs: Mapping[str, Amounts], outcome: Amounts, options: Sequence[str]
) -> tuple[dict[str, Floats | NDArray[np.str_]], Floats]:
    """Return inputs and one outcome as a table of one row an experiment and option, for PRIM.

    outcome is (experiments, options). The inputs gain a category, "option". Rows run by option.
    """
    table = floats(outcome, "outcome")
    if table.ndim != 2 or table.shape[1] != len(options):
        raise ValueError(f"an outcome of shape {table.shape} does not fit {len(options)} options")
    long: dict[str, Floats | NDArray[np.str_]] = {
        name: np.tile(floats(values, name), len(options)) for name, values in inputs.items()
    }
    return {**long, "option": np.repeat(np.array(options), len(table))}, table.T.ravel()


def _stream(name: str, experiments: int, seed: int, latin: bool) -> Floats:
    random = np.random.default_rng(np.random.SeedSequence([seed, crc32(name.encode())]))
    drawn = random.random(experiments)
    return (random.permutation(experiments) + drawn) / experiments if latin else drawn


def _drivers(inputs: Mapping[str, Amounts]) -> dict[str, Floats]:
    given = {name: floats(values, name) for name, values in inputs.items()}
    strange = sorted(set(given) - {*DRIVERS, RATE})
    if strange or not given:
        named = f"{strange[0]!r} is not" if strange else "no input was given that is"
        raise ValueError(f"{named} one of {', '.join([*DRIVERS, RATE])}")
    shapes = {values.shape for values in given.values()}
    if len(shapes) > 1 or len(next(iter(shapes))) != 1:
        raise ValueError(
            "the inputs do not cover the same experiments: give one value an experiment for each"
        )
    if not next(iter(shapes))[0]:
        raise ValueError("there are no experiments to run")
    for name in ("costs", "benefits", "delay", "take-up"):
        if name in given and (given[name] < 0).any():
            raise ValueError(f"{name}: {np.nanmin(given[name]):g} was given; none can be below 0")
    if "take-up" in given and (given["take-up"] > 1).any():
        raise ValueError(f"take-up: {np.nanmax(given['take-up']):g} was given; write 80% as 0.8")
    if RATE in given and (given[RATE] <= -1).any():
        raise ValueError("rate: -100% or less was given; write 3.5% as 0.035")
    return given


def _delay(months: Floats, years: int) -> tuple[Places, Floats]:
    """Whole years of delay, at most all years, and the part of a year beyond them."""
    late = months / MONTHS
    whole = np.minimum(np.nan_to_num(late), years).astype(np.int64)
    return whole, np.minimum(late - whole, 1.0)[:, None]


def _present(
    flows: CashFlows, rate: Floats | None, factors: Amounts | None, whole: Places, part: Floats
) -> tuple[Floats, Floats]:
    """Present values of costs and of delayed benefits, each (experiments or 1, options)."""
    if (rate is None) == (factors is None):
        raise ValueError("give either a discount rate among the inputs or discount factors, and not both")
    years = flows.costs.shape[1]
    if rate is None:
        weights = floats([] if factors is None else factors, "discount factors")
        if weights.shape != (years,):
            raise ValueError(f"{years} years need {years} discount factors; {weights.size} were given")
        # All experiments share the factors: one present value for each whole year of delay will do.
        steps = np.arange(years + 2)[:, None] + np.arange(years)
        shifted = np.append(weights, 0.0)[np.minimum(steps, years)]
        return (weights @ flows.costs.T)[None, :], _between(shifted @ flows.benefits.T, whole, part)
    # D(t + w) = D(t) D(w) at one rate, so that a delay is a factor and an earlier end: (years, experiments).
    step = 1.0 / (1.0 + rate)
    discount = np.cumprod(np.vstack((np.ones((1, len(rate))), np.tile(step, (years - 1, 1)))), axis=0)
    year, end, late = np.arange(years)[:, None], years - whole, part[:, 0]
    once = step**whole
    moved = discount * ((year < end) * ((1 - late) * once) + (year < end - 1) * (late * once * step))
    return discount.T @ flows.costs.T, moved.T @ flows.benefits.T


def _late(benefits: Floats) -> Floats:
    """What falls past the last year after 0, 1, ... whole years of delay, (delays, options)."""
    gone = np.cumsum(benefits[:, ::-1], axis=1).T
    return np.vstack((np.zeros((1, len(benefits))), gone, gone[-1:]))


def _between(table: Floats, whole: Places, part: Floats) -> Floats:
    """Rows of a table of whole years' delays, (delays, options), at delays between them."""
    first = table[whole]
    return np.asarray(first + part * (table[whole + 1] - first))
