"""Tornado: what a result does when one input at a time goes from its 10th to its 90th percentile.

The others stand at their likely values, so that the bars start from the result that is reported
(at the means they would start from another). Swing = the greatest less the least of the result at
low, likely and high. Source: R. T. Clemen and T. Reilly, Making Hard Decisions with DecisionTools,
3rd edition (2013), chapter 5 (deterministic sensitivity analysis).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Floats
from wayforward.methods.distributions import Distribution, percentile
from wayforward.methods.ranking import rank

LOW, HIGH = 10.0, 90.0


@dataclass(frozen=True)
class Bar:
    """One input: its low and high values, and the result at each; None where that is not known.

    rank 1 is the widest swing; tied where another input swings as far.
    """

    name: str
    low: float
    high: float
    at_low: float | None
    at_high: float | None
    swing: float | None
    rank: int | None
    tied: bool


@dataclass(frozen=True)
class Tornado:
    """The result with every input at likely, and a bar an input: widest first, ties by name."""

    at_likely: float | None
    bars: tuple[Bar, ...]


def tornado(
    model: Callable[[Mapping[str, Floats]], Floats],
    inputs: Mapping[str, Distribution],
    output: int = 0,
    low: float = LOW,
    high: float = HIGH,
) -> Tornado:
    """Return the tornado of one output of a model, as montecarlo.run() takes it, or montecarlo.linear().

    The model is called once, with two rows an input and one at likely. low and high are percentiles.
    Raises ValueError where they are not in order between 0 and 100, or where the model doesn't give a
    row for each it is given.
    """
    if not 0 < low < high < 100:
        raise ValueError(f"the percentiles {low:g} and {high:g} must be in order, between 0 and 100")
    rows = 2 * len(inputs) + 1
    table = {name: np.full(rows, given.likely, dtype=np.float64) for name, given in inputs.items()}
    for place, (name, given) in enumerate(inputs.items()):
        table[name][2 * place + 1 : 2 * place + 3] = percentile(given, low), percentile(given, high)
    outputs = np.asarray(model(table), dtype=np.float64)
    if outputs.ndim not in (1, 2) or len(outputs) != rows:
        raise ValueError(f"the model gave shape {outputs.shape} for {rows} rows; it must give a row a row")
    likely, *results = [_known(value) for value in outputs.reshape(rows, -1)[:, output].tolist()]
    ends = dict(zip(inputs, zip(results[::2], results[1::2], strict=True), strict=True))
    swings = {name: _swing(likely, *pair) for name, pair in ends.items()}
    bars = []
    for row in rank(swings):
        given = inputs[row.code]
        reach = percentile(given, low), percentile(given, high)
        bars.append(Bar(row.code, *reach, *ends[row.code], row.score, row.rank, row.tied))
    return Tornado(likely, tuple(bars))


def _swing(*results: float | None) -> float | None:
    found = [result for result in results if result is not None]
    return max(found) - min(found) if len(found) == len(results) else None


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
