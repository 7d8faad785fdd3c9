"""Monte Carlo: 100,000 draws of 8 options of 60 lines over 15 years, every line uncertain on its own.

Beside it, in the same run, the plainest vectorised NumPy that does the same: one generator, one call
a chunk, a sum. The goals: within 1.3 times of it; 1,000,000 draws, percentiles and all, under 500 MB.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np

from wayforward.methods import discounting, montecarlo
from wayforward.methods.distributions import Distribution, distribution

DRAWS, OPTIONS, LINES, YEARS, CHUNK, RUNS = 100_000, 8, 60, 15, 10_000, 5
LOW, LIKELY, HIGH = 0.8, 1.0, 1.5
NAMES = [[f"O{option}-L{line:02}" for line in range(LINES)] for option in range(OPTIONS)]
MEMORY = """
import resource
from benchmarks import montecarlo
from wayforward.methods import simulated

values = montecarlo.ours("triangular", 1_000_000)
for option in values.T:
    simulated.mean(option), simulated.percentiles(option)
simulated.probability_best(values)
# Bytes on macOS, kilobytes elsewhere.
import sys
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


def run() -> Iterator[str]:
    """The peak memory of a million draws, then seconds and ratio by shape."""
    megabytes = float(subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True).stdout)
    yield f"1,000,000 draws: {megabytes:.0f} MB at most (goal 500)"
    for shape, plain in PLAIN.items():
        mine, theirs = _timed(lambda s=shape: ours(s, DRAWS), lambda p=plain: _plain(p))
        goal = " (goal 1.3)" if shape == "triangular" else ""
        yield f"{shape}: {mine:.2f} s, plain NumPy {theirs:.2f} s: {mine / theirs:.2f} times{goal}"


def ours(shape: str, draws: int) -> montecarlo.Floats:
    """Net values (draws, options) by the method, discounting included."""
    factors = discounting.factors(discounting.bands({"0+": 0.035}), YEARS)
    inputs: dict[str, Distribution] = {
        name: distribution(shape, LOW, LIKELY, HIGH) for names in NAMES for name in names
    }
    values = [discounting.present_value(option, factors) for option in _amounts()]
    return montecarlo.net_values(values, NAMES, inputs, draws, seed=1)


def _plain(draw: Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]) -> np.ndarray:
    factors = 1.035 ** -np.arange(YEARS)
    values = _amounts() @ factors
    rng, net = np.random.default_rng(1), np.empty((DRAWS, OPTIONS))
    for start in range(0, DRAWS, CHUNK):
        drawn = draw(rng, (CHUNK, OPTIONS, LINES))
        net[start : start + CHUNK] = np.einsum("dol,ol->do", drawn, values)
    return net


def _amounts() -> np.ndarray:
    return np.random.default_rng(2).uniform(-1e6, 1e6, (OPTIONS, LINES, YEARS))


def _ends() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    each = np.ones((OPTIONS, LINES))
    return LOW * each, LIKELY * each, HIGH * each


def _triangular(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.triangular(*_ends(), shape)


def _uniform(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    low, _, high = _ends()
    return rng.uniform(low, high, shape)


def _pert(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    low, likely, high = _ends()
    first = 1 + 4 * (likely - low) / (high - low)
    return low + (high - low) * rng.beta(first, 6 - first, shape)


PLAIN = {"triangular": _triangular, "uniform": _uniform, "pert": _pert}


def _timed(*works: Callable[[], object]) -> list[float]:
    # In turn, so that a busy machine slows them alike.
    times: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for work, taken in zip(works, times, strict=True):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
    return [median(taken) for taken in times]
