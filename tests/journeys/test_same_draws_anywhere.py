"""The draws of the worked case: the same bits in this process, in a pool of processes and on two Dask workers."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from wayforward.appraisal.draws import DRAWN_READS, Ensemble, draw
from wayforward.casefile import load
from wayforward.findings import Findings
from wayforward.findings.compute import Reading
from wayforward.findings.registry import Declared

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"
DRAWS = 25_000
PLAN = Declared("test.draws", "", "", "", "", DRAWN_READS, (), "", lambda case: None)  # type: ignore[arg-type,return-value]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading(Findings(load(CASE), keep=False), PLAN)


@pytest.fixture(scope="module")
def here(reading: Reading) -> Ensemble:
    found = draw(reading, DRAWS)
    assert found is not None
    return found


def alike(one: Ensemble | None, other: Ensemble) -> bool:
    assert one is not None
    names = ("shares", "benefits", "cost", "late", "need")
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in names)


@pytest.fixture
def pool() -> Iterator[Any]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as started:
        yield started


def test_a_pool_of_processes_gives_the_same_bits(reading: Reading, here: Ensemble, pool: Any) -> None:
    assert alike(draw(reading, DRAWS, pool), here)


@pytest.mark.extras
def test_two_dask_workers_give_the_same_bits(reading: Reading, here: Ensemble, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs: the extra dask")
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path)
    )
    with cluster, distributed.Client(cluster) as client:
        assert alike(draw(reading, DRAWS, client.get_executor()), here)
