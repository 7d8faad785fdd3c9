"""SMAA-2 against the fastest Python peer's loop, in the same run, on the same draws.

No peer has SMAA. The loop is the plainest there is: for each draw, a peer's weighted sum and its ranks; for
confidence factors, once more for each option and draw of scores. Each peer is timed on fewer calls, scaled.
The goals: under 20 ms, and at least 200 times.
"""

import time
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM
from skcriteria.agg.simple import wsm

from wayforward.methods.smaa import draw_weights, smaa
from wayforward.methods.swing_weights import Interval

DRAWS, OPTIONS, CRITERIA, RUNS, TIMED = 10_000, 10, 8, 9, 2_000
NAMES = tuple("abcdefgh")


def run() -> Iterator[str]:
    """Milliseconds with settled and with uncertain scores, and how many times longer the fastest peer takes."""
    generator = np.random.default_rng(1)
    settled = generator.uniform(20, 80, (OPTIONS, CRITERIA))
    uncertain = np.clip(settled + generator.normal(0, 8, (DRAWS, OPTIONS, CRITERIA)), 1, 100)
    weights = draw_weights(NAMES, DRAWS, seed=1)
    name, call = _fastest(settled, weights)
    drawing = _timed(lambda: draw_weights(NAMES, DRAWS, seed=1))
    for what, scores, calls in (
        ("settled scores", settled, DRAWS),
        ("uncertain scores", uncertain, DRAWS + DRAWS * OPTIONS),
    ):
        ours = _timed(lambda given=scores: smaa(given, weights)) + drawing
        peer = call * calls + drawing
        yield (
            f"{what}: {ours * 1e3:.2f} ms with the drawing of weights (goal 20); {name} {peer * 1e3:.0f} ms for "
            f"{calls:,} weighted sums ranked: {peer / ours:.0f} times (goal 200)"
        )
    narrow = dict.fromkeys(NAMES, Interval(0.1, 0.15))
    walking = _timed(lambda: draw_weights(NAMES, DRAWS, seed=1, within=narrow))
    yield f"weights within narrow intervals: {walking * 1e3:.1f} ms"


def _fastest(scores: np.ndarray, weights: np.ndarray) -> tuple[str, float]:
    """The peer that takes least a draw, and its seconds."""
    rising, sums = np.ones(CRITERIA), WSM()
    peers = {
        "scikit-criteria": lambda one: wsm(scores, one),
        "pymcdm": lambda one: rrankdata(sums(scores, one, rising)),
    }
    times = {name: _timed(lambda f=f: [f(one) for one in weights[:TIMED]], 3) for name, f in peers.items()}
    name = min(times, key=lambda one: times[one])
    return name, times[name] / TIMED


def _timed(work: Callable[[], object], runs: int = RUNS) -> float:
    work()  # compiled and warm
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return median(times)
