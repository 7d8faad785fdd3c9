"""Experiments with one cash-flow model: ours against EMA Workbench's, sampling included, in the same run."""

import contextlib
import functools
import io
import logging
import time
import warnings
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np

from wayforward.methods import experiments

SCENARIOS, YEARS, RUNS = 2_500, 15, 7
OPTIONS = ("A", "B", "C", "D")  # by 2,500 scenarios: 10,000 experiments
RANGES = {"costs": (0.8, 1.6), "benefits": (0.6, 1.2), "delay": (0.0, 24.0), "take-up": (0.2, 1.0)}
RATES = (0.01, 0.06)
RATE = 0.035


def run() -> Iterator[str]:
    """Milliseconds for 10,000 experiments, how many times slower the peer is, and how far they are apart."""
    flows = _flows()
    for told, ranges in (("one discount rate", RANGES), ("a rate each", {**RANGES, "rate": RATES})):
        factors = None if "rate" in ranges else (1 + RATE) ** -np.arange(YEARS)
        ours = _timed(functools.partial(_ours, flows, ranges, factors))
        inputs, theirs, peer = _peer(flows, ranges)
        again = experiments.run(flows, inputs, factors=factors).npv.T.ravel()
        yield (
            f"{told}: {ours * 1e3:.2f} ms, EMA Workbench {peer:.2f} s: {peer / ours:,.0f} times (goal 500); "
            f"most apart £{np.abs(again - theirs).max():.1g}"
        )


def _flows() -> experiments.CashFlows:
    random = np.random.default_rng(1)
    shape = (len(OPTIONS), YEARS)
    return experiments.cash_flows(OPTIONS, random.uniform(0, 1e6, shape), random.uniform(0, 2e6, shape))


def _ours(
    flows: experiments.CashFlows, ranges: dict[str, tuple[float, float]], factors: np.ndarray | None
) -> object:
    unit = experiments.uniforms(list(ranges), SCENARIOS, seed=1)
    return experiments.run(flows, experiments.within(unit, ranges), factors=factors)


def _peer(
    flows: experiments.CashFlows, ranges: dict[str, tuple[float, float]]
) -> tuple[dict[str, np.ndarray], np.ndarray, float]:
    """The inputs and outcomes of the peer, by option, and its seconds. The model is NumPy, once a run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench import Model, Policy, RealParameter, ScalarOutcome, perform_experiments
    logging.getLogger("EMA").setLevel(logging.ERROR)
    names = {name: name.replace("-", "_") for name in ranges}
    times = np.arange(YEARS)
    fixed = np.append((1 + RATE) ** -times, np.zeros(4))

    def npv(
        costs: float, benefits: float, delay: float, take_up: float, option: int, rate: float = RATE
    ) -> dict[str, float]:
        weights = fixed if rate == RATE else np.append((1 + rate) ** -times, np.zeros(4))
        whole = int(delay // 12)
        part = delay / 12 - whole
        moved = (1 - part) * weights[whole : whole + YEARS] + part * weights[whole + 1 : whole + 1 + YEARS]
        gain = benefits * take_up * (flows.benefits[option] @ moved)
        return {"npv": gain - costs * (flows.costs[option] @ weights[:YEARS])}

    model = Model("cashflows", function=npv)
    model.uncertainties = [RealParameter(names[name], *ranges[name]) for name in ranges]
    model.outcomes = [ScalarOutcome("npv")]
    policies = [Policy(name, option=i) for i, name in enumerate(OPTIONS)]
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):  # its progress bar
        warnings.simplefilter("ignore")
        begun = time.perf_counter()
        table, outcomes = perform_experiments(model, scenarios=SCENARIOS, policies=policies)
        seconds = time.perf_counter() - begun
    first = table[table["policy"] == OPTIONS[0]]
    inputs = {name: first[names[name]].to_numpy(dtype=float) for name in ranges}
    return inputs, np.asarray(outcomes["npv"]), seconds


def _timed(work: Callable[[], object]) -> float:
    work()  # what is loaded at first use is no part of it
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return median(times)
