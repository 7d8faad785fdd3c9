"""Regret: how much worse an option does than the best would have done, in each scenario or draw.

r(a, s) = max over a' of v(a', s) - v(a, s). Minimax regret chooses the option whose greatest regret
is least (Savage, Journal of the American Statistical Association 46, 1951). The least expected
regret is the expected value of perfect information. Source: Savage 1951; Raiffa and Schlaifer,
Applied Statistical Decision Theory, 1961.
"""

import math
from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats, known
from wayforward.methods.evpi import check_probabilities
from wayforward.methods.ranking import SAME

SHARE = 0.95


@dataclass(frozen=True)
class Regret:
    """Regrets of one option, in the unit of the values; None where not known.

    at_share is the least amount that regret does not exceed in the share asked for (95%).
    expected and at_share are None for scenarios without probabilities; the standard error is that of
    the expected regret and is None for scenarios, which are not a sample.
    """

    maximum: float | None
    expected: float | None
    standard_error: float | None
    at_share: float | None


@dataclass(frozen=True)
class Regrets:
    """The regrets of each option, and the positions of those with the least maximum: two are a tie.

    unknown counts the scenarios or draws in which a value is not known. While there is one, no
    option's regret is known and none is least.
    """

    options: tuple[Regret, ...]
    least_maximum: tuple[int, ...]
    unknown: int


def table(payoffs: Amounts) -> Floats:
    """Return the regret of each option in each scenario, (options, scenarios), as payoffs are.

    Where one payoff of a scenario is not known, no regret in it is.
    """
    values = _payoffs(payoffs)
    # max carries nan on, so that an unknown option leaves the others' regret unknown too.
    return np.asarray(values.max(axis=0) - values)


def over_scenarios(
    payoffs: Amounts, probabilities: Amounts | None = None, *, share: float = SHARE
) -> Regrets:
    """Return the regrets of options over scenarios; payoffs (options, scenarios), more being better.

    Raises ValueError where probabilities do not fit or do not sum to 1.
    """
    values = _payoffs(payoffs)
    regrets = table(values)
    weights = None if probabilities is None else check_probabilities(probabilities, values.shape[1])
    rows = tuple(_row(row, weights, share, sampled=False) for row in regrets)
    return _together(rows, regrets, values)


def over_draws(values: Amounts, *, share: float = SHARE) -> Regrets:
    """Return the regrets of options over equally likely draws; values (draws, options)."""
    drawn = _payoffs(floats(values, "values").T)
    regrets = table(drawn)
    weights = np.full(drawn.shape[1], 1 / drawn.shape[1])
    rows = tuple(_row(row, weights, share, sampled=True) for row in regrets)
    return _together(rows, regrets, drawn)


def _payoffs(payoffs: Amounts) -> Floats:
    values = floats(payoffs, "payoffs")
    if values.ndim != 2 or 0 in values.shape:
        raise ValueError(
            f"payoffs of shape {values.shape} give no regret: give at least one option and one "
            "scenario, as a table"
        )
    return values


def _row(regret: Floats, weights: Floats | None, share: float, *, sampled: bool) -> Regret:
    maximum = known(float(regret.max()))
    if weights is None or maximum is None:
        return Regret(maximum, None, None, None)
    expected = float(regret @ weights)
    error = float(regret.std(ddof=1) / math.sqrt(len(regret))) if sampled and len(regret) > 1 else None
    return Regret(maximum, expected, error, _at(regret, weights, share))


def _at(regret: Floats, weights: Floats, share: float) -> float:
    """The least regret r with at least the share of probability at or below r."""
    if not 0 < share <= 1:
        raise ValueError(f"a share of {share:g} was asked for; write 95% as 0.95")
    order = np.argsort(regret, kind="stable")
    reached = np.cumsum(weights[order])
    # A sum of weights that should reach the share exactly may stop a hair below it.
    first = int(np.searchsorted(reached, share * (1 - SAME)))
    return float(regret[order[min(first, len(order) - 1)]])


def _together(rows: tuple[Regret, ...], regrets: Floats, values: Floats) -> Regrets:
    unknown = int(np.isnan(regrets).any(axis=0).sum())
    if unknown:
        return Regrets(rows, (), unknown)
    maxima = regrets.max(axis=1)
    # Regrets are differences: they are the same when they agree to the precision of the values.
    slack = SAME * float(np.abs(values).max())
    least = tuple(int(i) for i in np.flatnonzero(maxima <= maxima.min() + slack))
    return Regrets(rows, least, 0)
