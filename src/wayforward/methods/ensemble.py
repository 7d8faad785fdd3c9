"""The chunks of an ensemble, worked through in order: in this process, in a pool or on Dask.

A chunk draws from streams of its own and knows nothing of the others, so where it is worked out
can't change a bit of it. Source: P. L'Ecuyer, D. Munger, B. Oreshkin and R. Simard (2017), Random
numbers for parallel computers, Mathematics and Computers in Simulation 135; NumPy, SeedSequence.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")


class Executor(Protocol):
    """What runs tasks elsewhere: a concurrent.futures pool, or a Dask client's get_executor()."""

    def map(self, fn: Callable[..., Any], /, *iterables: Iterable[Any]) -> Iterable[Any]:
        """Return fn of each item, in the order of the items."""


def in_order(
    task: Callable[[int], Result], chunks: Iterable[int], executor: Executor | None = None
) -> Iterator[Result]:
    """Yield task(chunk) for each chunk, in the order of chunks; without an executor, in this process.

    For processes or machines the task must be one that can be sent: a function of a module, or
    functools.partial of one. Raises ValueError where the executor is none; what a task raises is raised.
    """
    if executor is None:
        return map(task, chunks)
    if not callable(getattr(executor, "map", None)):
        raise ValueError(
            f"{executor!r} can't run an ensemble: give a concurrent.futures pool, or a Dask client's get_executor()"
        )
    return iter(executor.map(task, chunks))
