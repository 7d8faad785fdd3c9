"""Monte Carlo simulation with common random numbers.

Every input has a stream of its own: chunk c of an input is drawn by PCG64 from
SeedSequence([seed, crc32(name), c]). So every option meets the same draws of an input; adding,
removing or reordering inputs, lines or options changes no other draw; and 25,000 draws begin with
the same 10,000. A linear value is discounted first:
value = fixed + sum over inputs of (present value that moves with the input) x (its multiplier).
Source: A. M. Law, Simulation Modeling and Analysis, 5th edition (2015), chapter 11 (common random
numbers); NumPy, SeedSequence.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from zlib import crc32

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.correlation import LEAST, correlate, matrix
from wayforward.methods.distributions import Distribution, quantile
from wayforward.methods.ensemble import Executor, in_order

CHUNK = 10_000

Pairs = Mapping[tuple[str, str], float]
# One chunk of draws, (draws,) by input, to its outputs: (draws,) or (draws, outputs).
Model = Callable[[Mapping[str, Floats]], Floats]


@dataclass(frozen=True, eq=False)
class Linear:
    """Values that are linear in inputs: fixed (options,) and weights (options, inputs), in pounds.

    Called with multipliers by input, each (draws,), it gives the values (draws, options).
    """

    names: tuple[str, ...]
    fixed: Floats
    weights: Floats

    def __call__(self, drawn: Mapping[str, Floats]) -> Floats:
        """Return the values (draws, options) at multipliers by input."""
        size = len(next(iter(drawn.values()))) if drawn else 1
        return _weighed(self, ((name, drawn[name]) for name in self.names), size)


@dataclass(frozen=True, eq=False)
class _Sample:
    """What is drawn; tied are the inputs that move together, in order of name, with their ranks."""

    inputs: dict[str, Distribution]
    draws: int
    seed: int
    tied: tuple[str, ...]
    ranks: Floats

    def chunks(self) -> range:
        return range(-(-self.draws // CHUNK))

    def size(self, chunk: int) -> int:
        return min(CHUNK, self.draws - chunk * CHUNK)


def uniforms(seed: int, names: Sequence[str], chunk: int, size: int) -> Floats:
    """Return draws (size, names) between 0 and 1, ends excluded; fewer draws begin like more."""
    found = np.empty((len(names), size))
    for row, name in zip(found, names, strict=True):
        stream = np.random.SeedSequence([seed, crc32(name.encode()), chunk])
        np.random.Generator(np.random.PCG64(stream)).random(out=row)
    np.maximum(found, LEAST, out=found)
    return found.T


def linear(
    present_values: Amounts,
    moves_with: Sequence[str | None] | Sequence[Sequence[str | None]],
    inputs: Mapping[str, Distribution],
) -> Linear:
    """Return the linear model of lines whose likely present values are (options, lines), signed.

    moves_with names the input that multiplies each line, (lines,) or (options, lines); None = it
    is fixed. Lines that move with one input are added up first, so that splitting or reordering them
    changes nothing. A line that is not known makes its option's values not known. Raises ValueError
    where the shapes don't fit or a name is not an input.
    """
    lines = floats(present_values, "present values")
    if lines.ndim != 2:
        raise ValueError(f"present values are needed by option and line, and have shape {lines.shape}")
    names = _by_option(moves_with, *lines.shape)
    parts: list[dict[str | None, list[float]]] = [{} for _ in lines]
    for row, (values, movers) in enumerate(zip(lines.tolist(), names, strict=True)):
        for value, name in zip(values, movers, strict=True):
            if name is not None and name not in inputs:
                raise ValueError(f"option {row}: a line moves with {name}, which is not an input")
            parts[row].setdefault(name, []).append(value)
    # In order of name, so that the order in which lines are given can't change a bit.
    used = tuple(sorted({name for part in parts for name in part if name is not None}))
    fixed = np.array([math.fsum(part.get(None, ())) for part in parts])
    weights = np.array([[math.fsum(part.get(name, ())) for name in used] for part in parts])
    return Linear(used, fixed, weights.reshape(len(parts), len(used)))


def net_values(
    present_values: Amounts,
    moves_with: Sequence[str | None] | Sequence[Sequence[str | None]],
    inputs: Mapping[str, Distribution],
    draws: int,
    seed: int,
    correlations: Pairs | None = None,
    executor: Executor | None = None,
) -> Floats:
    """Return net present values (draws, options) of lines given as to linear().

    No more than a chunk of the inputs is held at a time; multipliers() gives them again. Raises
    ValueError as linear() and multipliers() do.
    """
    model = linear(present_values, moves_with, inputs)
    sample = _sample(inputs, draws, seed, correlations)
    return _gather(partial(_linear_chunk, model, sample), sample, executor)


def multipliers(
    inputs: Mapping[str, Distribution], draws: int, seed: int, correlations: Pairs | None = None
) -> Floats:
    """Return all draws of all inputs, (draws, inputs): 8 bytes each, 48 MB for 100,000 of 60.

    Raises ValueError where draws or seed make no sense, two names can't be told apart by their
    stream, a fixed input is to move with another, or correlation.matrix() refuses the pairs.
    """
    sample = _sample(inputs, draws, seed, correlations)
    found = np.empty((len(sample.inputs), draws))
    place = {name: row for row, name in enumerate(sample.inputs)}
    for chunk in sample.chunks():
        start = chunk * CHUNK
        for name, values in _drawn(sample, chunk, tuple(sample.inputs)):
            found[place[name], start : start + CHUNK] = values
    return found.T


def run(
    model: Model,
    inputs: Mapping[str, Distribution],
    draws: int,
    seed: int,
    correlations: Pairs | None = None,
    executor: Executor | None = None,
) -> Floats:
    """Return a model's outputs (draws, outputs); it is called with a chunk at a time, (draws,) by input.

    The model must work draw by draw: an output may depend on its own draw only. Raises ValueError
    as multipliers() does, and where the model doesn't give one row a draw.
    """
    sample = _sample(inputs, draws, seed, correlations)
    return _gather(partial(_model_chunk, model, sample), sample, executor)


def _sample(inputs: Mapping[str, Distribution], draws: int, seed: int, correlations: Pairs | None) -> _Sample:
    if draws < 1:
        raise ValueError(f"{draws} draws were asked for; ask for at least 1")
    if seed < 0:
        raise ValueError(f"the seed is {seed}; give a whole number from 0")
    streams: dict[int, str] = {}
    for name in inputs:
        other = streams.setdefault(crc32(name.encode()), name)
        if other != name:
            raise ValueError(f"{other} and {name} would be drawn alike (their checksums agree); rename one")
    pairs = correlations or {}
    tied = tuple(sorted(set(chain.from_iterable(pairs)) & set(inputs)))
    ranks = matrix(tied, pairs)
    for name in tied:
        if inputs[name].shape == "fixed":
            raise ValueError(f"{name} is fixed, so it can't move with another input; leave the pair out")
    return _Sample(dict(inputs), draws, seed, tied, ranks)


def _drawn(sample: _Sample, chunk: int, names: Sequence[str]) -> Iterator[tuple[str, Floats]]:
    """Yield (name, values) of one chunk, in the order of names; held one at a time unless tied."""
    size = sample.size(chunk)
    shares: dict[str, Floats] = {}
    if not set(names).isdisjoint(sample.tied):
        moved = correlate(uniforms(sample.seed, sample.tied, chunk, size), sample.ranks)
        shares = dict(zip(sample.tied, moved.T, strict=True))
    for name in names:
        own = shares[name] if name in shares else uniforms(sample.seed, [name], chunk, size)[:, 0]
        yield name, quantile(sample.inputs[name], own)


def _weighed(model: Linear, drawn: Iterable[tuple[str, Floats]], size: int) -> Floats:
    values = np.repeat(model.fixed[:, None], size, axis=1)
    for (_, multiplier), weights in zip(drawn, model.weights.T, strict=True):
        for option in np.flatnonzero(weights):
            values[option] += weights[option] * multiplier
    return values.T


def _linear_chunk(model: Linear, sample: _Sample, chunk: int) -> Floats:
    return _weighed(model, _drawn(sample, chunk, model.names), sample.size(chunk))


def _model_chunk(model: Model, sample: _Sample, chunk: int) -> Floats:
    outputs = np.asarray(model(dict(_drawn(sample, chunk, tuple(sample.inputs)))), dtype=np.float64)
    if outputs.ndim not in (1, 2) or len(outputs) != sample.size(chunk):
        raise ValueError(
            f"the model gave shape {outputs.shape} for {sample.size(chunk)} draws; it must give a row a draw"
        )
    return outputs.reshape(len(outputs), -1)


def _gather(task: Callable[[int], Floats], sample: _Sample, executor: Executor | None) -> Floats:
    found = np.empty((0, 0))
    for chunk, rows in enumerate(in_order(task, sample.chunks(), executor)):
        if chunk == 0:
            found = np.empty((sample.draws, rows.shape[1]))
        found[chunk * CHUNK : chunk * CHUNK + len(rows)] = rows
    return found


def _by_option(
    moves_with: Sequence[str | None] | Sequence[Sequence[str | None]], options: int, lines: int
) -> list[Sequence[str | None]]:
    shared = [item for item in moves_with if item is None or isinstance(item, str)]
    own = [item for item in moves_with if item is not None and not isinstance(item, str)]
    rows: list[Sequence[str | None]] = [*own] if own else [shared] * options
    if (shared and own) or len(rows) != options or any(len(row) != lines for row in rows):
        raise ValueError(
            f"each of {options} options and {lines} lines needs the input it moves with, or None"
        )
    return rows
