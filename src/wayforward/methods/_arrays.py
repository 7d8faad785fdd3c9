"""Arrays of float64 in which nan stands for 'not known', never for nothing."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# What a method takes as amounts: an array, or rows in which None is not known.
Amounts = ArrayLike | Sequence[float | None] | Sequence[Sequence[float | None]]


def floats(values: Amounts, what: str) -> Floats:
    """Return a read-only float64 copy of values; None becomes nan. Infinity is refused."""
    array = np.array(values, dtype=np.float64)
    if np.isinf(array).any():
        raise ValueError(f"{what}: an infinite amount was given; give a number, or None if unknown")
    array.setflags(write=False)
    return array


def known(value: float) -> float | None:
    """Return value as a float, or None where it is nan."""
    return None if math.isnan(value) else float(value)
