"""Expected value of perfect information: the most that finding everything out could be worth.

EVPI = E[max over d of V_d] - max over d of E[V_d]: what would be had if the best option were always
chosen, less what the best single choice gives. Source: Raiffa and Schlaifer, Applied Statistical
Decision Theory, 1961; Briggs, Claxton and Sculpher, Decision Modelling for Health Economic
Evaluation, 2006.
"""

import math
from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.ranking import SAME

# Probabilities are typed: they sum to 1 to the last digit that a person can type.
SUM_TO_ONE = 1e-9


@dataclass(frozen=True)
class PerfectInformation:
    """Expected values, and what perfect information adds, in the unit of the values.

    best holds the positions of the options with the greatest expected value: two are a tie. All
    figures are None, and best is empty, while a value is not known. The standard error is None
    where the figures are exact.
    """

    expected: tuple[float, ...] | None
    best: tuple[int, ...]
    with_information: float | None
    evpi: float | None
    standard_error: float | None


def from_payoffs(payoffs: Amounts, probabilities: Amounts) -> PerfectInformation:
    """Return the exact EVPI of options over scenarios; payoffs (options, scenarios).

    Raises ValueError where probabilities do not fit, are negative or do not sum to 1.
    """
    values = _table(payoffs, "payoffs")
    weights = check_probabilities(probabilities, values.shape[1])
    if np.isnan(values).any():
        return PerfectInformation(None, (), None, None, None)
    expected = tuple(math.fsum((row * weights).tolist()) for row in values)
    informed = math.fsum((values.max(axis=0) * weights).tolist())
    gain = max(informed - max(expected), 0.0)
    return PerfectInformation(expected, _best(expected, values), informed, gain, None)


def from_draws(values: Amounts) -> PerfectInformation:
    """Return the EVPI of options from equally likely draws, values (draws, options).

    The standard error is that of the mean gain over the best option, the same draws being used for
    all options.
    """
    drawn = _table(values, "values")
    if np.isnan(drawn).any():
        return PerfectInformation(None, (), None, None, None)
    means = drawn.mean(axis=0)
    expected = tuple(float(mean) for mean in means)
    gains = drawn.max(axis=1) - drawn[:, int(means.argmax())]
    gain = float(gains.mean())
    error = float(gains.std(ddof=1) / math.sqrt(len(gains))) if len(gains) > 1 else None
    return PerfectInformation(expected, _best(expected, drawn), max(expected) + gain, gain, error)


def check_probabilities(probabilities: Amounts, scenarios: int) -> Floats:
    """Return the probabilities of scenarios, checked.

    Raises ValueError where they do not fit, one is not known or negative, or the sum is not 1.
    """
    given = floats(probabilities, "probabilities")
    if given.shape != (scenarios,):
        raise ValueError(f"{scenarios} scenarios need {scenarios} probabilities; {given.size} were given")
    if np.isnan(given).any():
        raise ValueError("a probability is not known; give one for each scenario, or none at all")
    if (given < 0).any():
        raise ValueError(f"a probability of {given.min():g} was given; none can be below 0")
    total = math.fsum(given.tolist())
    if abs(total - 1) > SUM_TO_ONE:
        raise ValueError(f"the probabilities sum to {total:.12g}, not to 1; mend them so that they do")
    return given


def _table(values: Amounts, what: str) -> Floats:
    table = floats(values, what)
    if table.ndim != 2 or 0 in table.shape:
        raise ValueError(f"{what} of shape {table.shape}: give a table with at least one row and column")
    return table


def _best(expected: tuple[float, ...], values: Floats) -> tuple[int, ...]:
    most = max(expected) - SAME * float(np.abs(values).max())
    return tuple(i for i, mean in enumerate(expected) if mean >= most)
