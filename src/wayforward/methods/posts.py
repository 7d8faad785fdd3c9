"""Posts that release cash: officers no faster than they leave, staff at the cost of their exit.

A police officer holds an office and can't be made redundant, so by the end of year t an option
releases cash from at most as many officer posts as officers have left by then:
releasable(t) = min(released(t), leavers(t)), both counted from the first year. Staff posts beyond the
leavers end by exit: exits(t) is the highest that released - leavers has been by year t, each exit has
its cost, and the cost missing is what the option's lines do not hold of it.
Source: Winsor, Independent Review of Police Officer and Staff Remuneration and Conditions (2012):
officers hold an office, staff are employees; the rest is arithmetic.
"""

import math
from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats, known

# Posts are whole or part-time; a smaller excess is rounding.
SAME = 1e-9


@dataclass(frozen=True)
class Excess:
    """A year (0 = the first) by whose end more posts are released than people have left, and by how many."""

    year: int
    posts: float


@dataclass(frozen=True, eq=False)
class OfficerPosts:
    """Officer posts by the end of each year (years,), nan where not known.

    released and leavers are running totals; releasable is how many posts can release cash by then.
    excess lists the years in which the posts claimed run ahead; unknown_years could not be held
    against the leavers.
    """

    released: Floats
    leavers: Floats
    releasable: Floats
    excess: tuple[Excess, ...]
    unknown_years: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class StaffPosts:
    """Staff posts beyond the leavers, which end by exit.

    exits are the new ones of each year (years,) and needed their cost in pounds; given is the exit cost
    that the option holds over all years. missing is the sum that is lacking, 0 where there is enough,
    None where something is not known.
    """

    exits: Floats
    needed: Floats
    given: float | None
    missing: float | None


def officers(released: Amounts, leavers: Amounts) -> OfficerPosts:
    """Hold officer posts released in each year against the officers who leave in it, shape (years,).

    A year that is not known makes itself and the later ones not known. Raises ValueError where a
    number is below 0 or the years differ.
    """
    posts, gone = _running(released, leavers)
    over = posts - gone
    return OfficerPosts(
        released=posts,
        leavers=gone,
        releasable=np.minimum(posts, gone),
        excess=tuple(Excess(year, value) for year, value in enumerate(over.tolist()) if value > SAME),
        unknown_years=tuple(np.flatnonzero(np.isnan(over)).tolist()),
    )


def supported_share(found: OfficerPosts) -> Floats:
    """Return the fraction of the posts released by each year's end that can release cash, (years,).

    Multiply the cash claimed for officer posts by it. 1 where no post is released yet; nan not known.
    """
    none = found.released <= SAME
    divisor = np.where(none, 1.0, found.released)
    return np.where(none, 1.0, found.releasable / divisor)


def staff(released: Amounts, leavers: Amounts, exit_cost: Amounts | None, given: float | None) -> StaffPosts:
    """Return the exits that staff posts released beyond the leavers need, and the exit cost missing.

    released and leavers are posts of each year (years,); exit_cost is pounds a post, one or one a year,
    and given what the option's lines hold for exits, over all years and in the same prices; None is not
    known. Leavers of a later year don't undo an exit. Raises ValueError where a number is below 0 or
    the years differ.
    """
    posts, gone = _running(released, leavers)
    cost = floats(math.nan if exit_cost is None else exit_cost, "exit cost of a post")
    if cost.shape not in ((), posts.shape):
        raise ValueError(f"{cost.size} exit costs were given for {posts.size} years: give one, or one a year")
    for name, least in (("exit cost of a post", cost.min(initial=0.0)), ("exit cost given", given or 0.0)):
        if least < 0:
            raise ValueError(f"the {name} is {least:g}; give pounds, 0 or more")
    so_far = np.maximum.accumulate(np.maximum(posts - gone, 0.0))
    exits = np.diff(so_far, prepend=0.0)
    # Without an exit there is nothing to pay, whatever a post would cost.
    needed = np.where(exits == 0, 0.0, exits * cost)
    return StaffPosts(exits, needed, given, _missing(known(float(needed.sum())), given))


def _missing(needed: float | None, given: float | None) -> float | None:
    if needed is None or (given is None and needed > 0):
        return None
    return max(needed - (given or 0.0), 0.0)


def _running(released: Amounts, leavers: Amounts) -> tuple[Floats, Floats]:
    posts, gone = floats(released, "posts released"), floats(leavers, "leavers")
    if posts.ndim != 1 or posts.shape != gone.shape:
        raise ValueError(
            f"posts released of shape {posts.shape} do not fit leavers of shape {gone.shape}: give one "
            "number a year of each"
        )
    for name, values in (("posts released", posts), ("leavers", gone)):
        if (values < 0).any():
            year = int(np.flatnonzero(values < 0)[0])
            raise ValueError(f"{name} of {values[year]:g} in year {year}: give 0 or more")
    return np.cumsum(posts), np.cumsum(gone)
