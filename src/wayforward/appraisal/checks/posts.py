"""Rules of posts: officers go as they leave, staff posts that end sooner carry what their exit costs."""

from collections.abc import Iterator, Sequence

import numpy as np

from wayforward.appraisal.checks.common import cell, of_one_option, yearly, years_of
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.finance.models import Turnover
from wayforward.methods import Floats, effects, posts, profiles
from wayforward.options.models import Option, OptionPhase
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check
from wayforward.records.fields import write_year

CASH = "cash-releasing"
OFFICER, STAFF = "officer", "staff"
PENNY = 0.005


@check
def posts_say_whose_they_are(case: Case) -> Iterator[Wrong]:
    for line in case.rows(BenefitLine):
        if line.posts and not line.post_kind:
            yield Wrong(line, "post_kind", "nothing", "officer or staff: the two leave by different rules")


@check
def officer_posts_go_no_faster_than_officers_leave(case: Case) -> Iterator[Wrong]:
    """An officer can't be made redundant, so a post gives cash only once somebody has left."""
    years = years_of(case)
    leavers = by_year(case, OFFICER, "leaving", years)
    for option, rows, released in releasing(case, OFFICER, years):
        found = posts.officers(released, leavers)
        # Years whose leavers are not known may bring any number, so those that are known are the least.
        least = np.cumsum(np.nan_to_num(leavers))
        short = [year for year in found.unknown_years if found.released[year] > least[year] + posts.SAME]
        row = most(rows)
        if found.excess:
            at = found.excess[0].year
            allowed = (
                f"no more than officers leave: by the end of {write_year(years[at])} {option.code} would have "
                f"released {found.released[at]:.6g} posts and {found.leavers[at]:.6g} officers would have left"
            )
            yield Wrong(row, "posts", cell(row, "posts"), allowed)
        elif short:
            lacking = next(year for year, gone in zip(years, leavers, strict=True) if np.isnan(gone))
            allowed = (
                f"posts that officers who leave make free: how many leave in {write_year(lacking)} is not in "
                "turnover, and without it nobody can say that this cash is released"
            )
            yield Wrong(row, "posts", cell(row, "posts"), allowed)


@check
def staff_posts_carry_their_exit_cost(case: Case) -> Iterator[Wrong]:
    """Staff posts that go faster than staff leave end by exit, which a cost line pays for."""
    years = years_of(case)
    leavers = by_year(case, STAFF, "leaving", years)
    each = by_year(case, STAFF, "exit_cost", years)
    for option, rows, released in releasing(case, STAFF, years):
        paying = [
            line
            for line in case.rows(CostLine)
            if line.exit_for is not None and line.exit_for.code in {row.code for row in rows}
        ]
        given = total(paying, years)
        found = posts.staff(released, leavers, each, given)
        row = most(rows)
        beyond = (
            released.sum() > np.nansum(leavers) + posts.SAME
            if np.isnan(found.exits).any()
            else found.exits.sum()
        )
        if found.missing is None and beyond and not paying:
            allowed = (
                f"no more than staff leave (turnover), or a cost line of {option.code} with {row.code} in exit_for: "
                "posts that end by exit have a cost"
            )
            yield Wrong(row, "posts", cell(row, "posts"), allowed)
        elif found.missing is not None and found.missing > PENNY:
            allowed = (
                f"posts whose exit is paid for: {found.exits.sum():.6g} of {option.code} go sooner than staff leave "
                f"and cost £{found.needed.sum():,.0f} by turnover; cost lines with exit_for hold £{given:,.0f}"
            )
            yield Wrong(row, "posts", cell(row, "posts"), allowed)


@check
def exits_are_of_staff_posts(case: Case) -> Iterator[Wrong]:
    for line in case.rows(CostLine):
        if line.exit_for is None:
            continue
        if line.exit_for.option.code != line.option.code:
            yield Wrong(line, "exit_for", line.exit_for.code, f"a benefit line of {line.option.code}")
        elif not line.exit_for.posts or line.exit_for.post_kind == OFFICER:
            allowed = (
                "a benefit line that releases posts of police staff; officers can't be released at a cost"
            )
            yield Wrong(line, "exit_for", line.exit_for.code, allowed)


def releasing(case: Case, kind: str, years: list[int]) -> Iterator[tuple[Option, list[BenefitLine], Floats]]:
    """Each option whose cash comes from posts of one kind: its lines, and the posts it releases in each year."""
    for option, every in of_one_option(case):
        known = [
            (line, found)
            for line in every
            if line.benefit_kind == CASH and line.post_kind == kind and line.posts
            if (found := released_by(case, line, years)) is not None
        ]
        if known:
            yield option, [line for line, _ in known], np.sum([found for _, found in known], axis=0)


def released_by(case: Case, line: BenefitLine, years: list[int]) -> Floats | None:
    """The posts that a line releases in each year, as its amounts grow; None where they are not known."""
    full = yearly(line, years)
    if full is None or not full.any():
        return None
    ramp = effects.Effect(lag_months=line.lag_months, ramp_months=line.ramp_months)
    late = sum(
        phase.delay_months or 0
        for phase in case.rows(OptionPhase)
        if phase.option.code == line.option.code and phase.phase == line.phase
    )
    paid = profiles.shift(effects.benefit(full, ramp, len(years)).amounts, late)[: len(years)]
    # Posts that are gone stay gone, whatever the amounts do later.
    return np.diff(np.maximum.accumulate(paid) / full.max() * float(line.posts), prepend=0.0)


def by_year(case: Case, kind: str, field: str, years: list[int]) -> Floats:
    """What turnover says of people of one kind in each year; nan is not known."""
    given = {row.year: getattr(row, field) for row in case.rows(Turnover) if row.post_kind == kind}
    return np.array([np.nan if given.get(year) is None else float(given[year]) for year in years])


def total(paying: Sequence[CostLine], years: list[int]) -> float | None:
    """What some cost lines hold over all years; None where one is not known."""
    found = [yearly(line, years) for line in paying]
    return (
        None
        if any(one is None for one in found)
        else float(sum(one.sum() for one in found if one is not None))
    )


def most(rows: Sequence[BenefitLine]) -> BenefitLine:
    """The line that releases most posts."""
    return max(rows, key=lambda line: line.posts)
