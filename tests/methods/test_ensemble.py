"""Chunks in order, and the same bits wherever they are worked out."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from wayforward.methods import ensemble, montecarlo
from wayforward.methods.distributions import distribution

INPUTS = {
    "build": distribution("pert", 0.9, 1, 1.6),
    "run": distribution("triangular", 0.8, 1, 1.1),
    "saving": distribution("normal", 0.7, 1, 1.3),
    "take-up": distribution("lognormal", 0.5, 1, 2),
}
PAIRS = {("build", "run"): 0.5, ("saving", "take-up"): -0.3}
VALUES = [[-300.0, -100, 250, 210], [-50, -90, 20, 180], [0, 0, 0, 0]]
NAMES = list(INPUTS)
DRAWS = 25_000


@pytest.fixture(scope="module")
def here() -> np.ndarray:
    return draw()


def draw(executor: Executor | None = None) -> np.ndarray:
    return montecarlo.net_values(VALUES, NAMES, INPUTS, DRAWS, 7, PAIRS, executor)


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as started:
        yield started


def test_in_order_here() -> None:
    assert list(ensemble.in_order(partial(pow, 2), range(5))) == [1, 2, 4, 8, 16]


def test_nothing_is_worked_out_before_it_is_asked_for() -> None:
    """So that no more than a chunk is held."""
    asked: list[int] = []
    chunks = ensemble.in_order(asked.append, range(5))
    next(chunks)
    assert asked == [0]


def test_in_order_in_threads(here: np.ndarray) -> None:
    with ThreadPoolExecutor(2) as threads:
        assert draw(threads).tobytes() == here.tobytes()


def test_pool_of_processes_gives_the_same_bits(here: np.ndarray, pool: Executor) -> None:
    assert draw(pool).tobytes() == here.tobytes()


def test_model_in_a_pool_gives_the_same_bits(here: np.ndarray, pool: Executor) -> None:
    model = montecarlo.linear(VALUES, NAMES, INPUTS)
    assert montecarlo.run(model, INPUTS, DRAWS, 7, PAIRS, pool).tobytes() == here.tobytes()


@pytest.mark.extras
def test_two_dask_workers_give_the_same_bits(here: np.ndarray, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs: the extra dask")
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        local_directory=str(tmp_path),
    )
    with cluster, distributed.Client(cluster) as client:
        assert draw(client.get_executor()).tobytes() == here.tobytes()


def test_fault_of_a_task_is_raised(pool: Executor) -> None:
    with pytest.raises(ZeroDivisionError):
        list(ensemble.in_order(partial(divmod, 1), range(3), pool))


def test_what_can_not_run_an_ensemble() -> None:
    with pytest.raises(ValueError, match=r"give a concurrent\.futures pool, or a Dask client's get_executor"):
        ensemble.in_order(abs, range(3), 4)  # type: ignore[arg-type]
