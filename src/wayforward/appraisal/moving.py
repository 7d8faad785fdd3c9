"""The options as a model of what moves them: numbers in, numbers out, so that it can be sent to another process.

It knows of no record and no framework; `draws` makes it from a case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wayforward.methods import Floats
from wayforward.methods.distributions import Distribution, quantile

SHARES = ("reach", "take_up", "deadweight", "attribution")  # fields that lie from 0 to 1
COLUMNS = 3  # of an option before its years: benefits, cost, months late


@dataclass(frozen=True)
class Mover:
    """What multiplies or delays lines: a driver, how far it reaches here, of which field, and what is stated now."""

    driver: str
    spread: Distribution
    field: str
    now: float

    def at(self, shares: Mapping[str, Floats], size: int) -> Floats:
        """Its value in each draw. Where its share is nan, or it has none, it stands as the record states it."""
        drawn = shares.get(self.driver)
        if drawn is None:
            return np.full(size, self.now)
        still = np.isnan(drawn)
        if not still.any():
            return self._within(quantile(self.spread, drawn))
        return np.where(still, self.now, self._within(quantile(self.spread, np.where(still, 0.5, drawn))))

    def _within(self, drawn: Floats) -> Floats:
        """A share is never below nothing or above all, nor is a number of units below nothing."""
        if self.field == "":
            return drawn
        return np.clip(drawn, 0.0, 1.0 if self.field in SHARES else np.inf)


Key = tuple[bool, tuple[Mover, ...], Mover | None]


@dataclass(frozen=True, eq=False)
class Part:
    """Lines of an option that vary as one, less those of business as usual: pounds by months late and by year.

    `movers` multiply them: an effect that varies is not in the pounds. `worth` is in present value and `cash` in cash
    of the year, both (delays, years); a part that no delay moves has one row.
    """

    benefit: bool
    movers: tuple[Mover, ...]
    delay: Mover | None
    worth: Floats
    cash: Floats

    @property
    def drivers(self) -> set[str]:
        """What moves it."""
        return {mover.driver for mover in (*self.movers, *([self.delay] if self.delay else []))}


@dataclass(frozen=True)
class Lateness:
    """The delays of an option's phases: the most that is stated (None: nothing is), and those that vary."""

    stated: int | None
    drawn: tuple[Mover, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """All options as parts; called with a chunk of shares it gives a row a draw (see `Ensemble`).

    A driver without a share, or whose share is nan, stands as the records state it.
    """

    options: tuple[tuple[tuple[Part, ...], Lateness], ...]
    drivers: tuple[str, ...]
    years: int

    def __call__(self, shares: Mapping[str, Floats]) -> Floats:
        """Columns by option: benefits, cost, months late, and cash needed by year."""
        size = len(next(iter(shares.values()))) if shares else 1
        columns: list[Floats] = []
        for parts, lateness in self.options:
            columns += _option(parts, lateness, shares, size, self.years)
        return np.column_stack(columns)

    def worths(self, shares: Mapping[str, Floats]) -> Floats:
        """Benefits less cost of each option, (draws, options)."""
        table = self(shares)
        width = COLUMNS + self.years
        return np.asarray(table[:, ::width] - table[:, 1::width])

    def moved(self, option: int) -> set[str]:
        """The drivers that move what an option is worth, needs or takes."""
        parts, lateness = self.options[option]
        late = {mover.driver for mover in lateness.drawn}
        return late.union(*(part.drivers for part in parts))

    def only(self, option: int, by_year: Floats) -> "Model":
        """The worth of one option alone, each year's weighed as given (years,); its cash is left out."""
        parts, lateness = self.options[option]
        weighed = (replace(part, worth=part.worth * by_year, cash=part.cash[:, :0]) for part in parts)
        return Model(((tuple(part for part in weighed if part.worth.any()), lateness),), self.drivers, 0)


def with_shares(model: Model, names: tuple[str, ...], shares: Mapping[str, Floats]) -> Floats:
    """The shares of a chunk, then what the model gives for them."""
    return np.column_stack([*(shares[name] for name in names), model(shares)])


def _option(
    parts: Sequence[Part], lateness: Lateness, shares: Mapping[str, Floats], size: int, years: int
) -> list[Floats]:
    """The columns of one option: benefits, cost, months late, cash needed by year."""
    benefits, cost, need = np.zeros(size), np.zeros(size), np.zeros((years, size))
    for part in parts:
        times = _times(part, shares, size)
        worth, cash = part.worth.sum(axis=1), part.cash
        if part.delay is None:
            value, spent = worth[0] * times, cash[0][:, None] * times
        else:
            late = months_late(part.delay, shares, size)
            value, spent = worth[late] * times, cash[late].T * times
        if part.benefit:
            benefits += value
            need -= spent
        else:
            cost += value
            need += spent
    late_months = np.full(size, np.nan if lateness.stated is None else float(lateness.stated))
    for delay in lateness.drawn:
        # fmax: of two, the one that is known.
        late_months = np.fmax(late_months, months_late(delay, shares, size))
    return [benefits, cost, late_months, *need]


def _times(part: Part, shares: Mapping[str, Floats], size: int) -> Floats:
    """What multiplies a part in each draw: its lines' place in their range, and how far an effect reaches."""
    times = np.ones(size)
    for mover in part.movers:
        drawn = mover.at(shares, size)
        times = times * (1 - drawn if mover.field == "deadweight" else drawn)
    return times


def months_late(
    delay: Mover, shares: Mapping[str, Floats], size: int
) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """Whole months late, never before the plan."""
    return np.clip(np.rint(delay.at(shares, size)), 0, most_months(delay)).astype(np.intp)


def most_months(delay: Mover) -> int:
    """The most whole months of a delay, drawn or stated; of one without end, all but one in a million."""
    spread = delay.spread
    open_ended = spread.shape in ("normal", "lognormal")
    most = quantile(spread, np.array([1 - 1e-6]))[0] if open_ended else spread.high
    return int(max(np.ceil(most), delay.now, 0))
