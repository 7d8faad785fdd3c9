"""Optimism bias: an uplift between an upper and a lower bound, cut by mitigation.

OB = U x (1 - sum(c_i x m_i)), not below the lower bound L unless evidence says so; c_i is the share
(a fraction) of the upper bound that risk area i contributes, m_i in 0..1 how far it is mitigated.
A mixed project takes the upper bounds weighted by capital share. Source: Mott MacDonald, Review of
Large Public Procurement in the UK (2002); HM Treasury supplementary guidance on optimism bias.
A project goes below L only where it says why, and then only as far as the mitigations that have
evidence would take it alone: this software's reading of the guidance, as is the lower bound of a mixed
project, weighted like the upper.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.totals import Total, total

# Published contributions are rounded to whole percents, so their sum may pass 1 by a little.
ROUNDING = 0.02


@dataclass(frozen=True)
class Bounds:
    """Upper and lower bound (fractions of the estimate) of a type; both None = not applicable to it."""

    upper: float | None
    lower: float | None


@dataclass(frozen=True)
class RiskArea:
    """What a risk area contributes to the upper bound, and what has been done against it.

    contribution and mitigation are fractions, None where not known. cost is what the mitigation
    itself costs in pounds. priced says that the risk stands in the risk register with its price:
    it then leaves the uplift altogether, so that it is counted once.
    """

    code: str
    contribution: float | None
    mitigation: float | None
    evidenced: bool = False
    cost: float | None = 0.0
    priced: bool = False


@dataclass(frozen=True)
class Project:
    """A project with its types, by share of capital cost, and its risk areas, for one measure.

    below_lower says that a reason is given for going below the lower bound.
    """

    code: str
    shares: Mapping[str, float]
    areas: tuple[RiskArea, ...] = field(default=())
    below_lower: bool = False


@dataclass(frozen=True)
class Bias:
    """The optimism bias left (a fraction) and what it is made of.

    applicable is False where the type has no bound for the measure: no figure is then given, which
    is not a bias of nought. uplift and reduction are None while the areas in unknown are not known.
    held says that the lower bound held the uplift up; unevidenced are the mitigations without
    evidence; priced are the areas left to the risk register; cost is that of the mitigations.
    """

    code: str
    applicable: bool
    upper: float | None
    lower: float | None
    reduction: float | None
    uplift: float | None
    held: bool
    unevidenced: tuple[str, ...]
    priced: tuple[str, ...]
    unknown: tuple[str, ...]
    cost: Total


def bounds(types: Mapping[str, Mapping[str, object]], measure: str) -> dict[str, Bounds]:
    """Read the bounds of one measure ('capital', 'duration', 'operating') of each type of project.

    types is the edition's table 'optimism-bias'. A cell that is absent or no number ("not
    applicable") gives None.
    """
    return {
        name: Bounds(_number(row.get(f"{measure}_upper")), _number(row.get(f"{measure}_lower")))
        for name, row in types.items()
    }


def bias(project: Project, types: Mapping[str, Bounds]) -> Bias:
    """Return the optimism bias of a project, for the measure that types holds the bounds of.

    Raises ValueError, naming the project, where a type is unknown, shares do not add to 1, an area
    stands twice, a fraction is outside 0 to 1, or only a part of the project has a bound.
    """
    upper, lower = _mixed(project, types)
    _check_areas(project)
    mitigated = {area.code: _mitigated(area) for area in project.areas}
    lacking = tuple(sorted(code for code, value in mitigated.items() if value is None))
    cost = total({area.code: area.cost for area in project.areas if area.mitigation != 0})
    unevidenced = tuple(sorted(a.code for a in project.areas if a.mitigation and not _proven(a)))
    priced = tuple(sorted(area.code for area in project.areas if area.priced))
    reduction = left = None
    if upper is not None and lower is not None and not lacking:
        reduction = math.fsum(value or 0.0 for value in mitigated.values())
        proven = math.fsum(mitigated[area.code] or 0.0 for area in project.areas if _proven(area))
        floor = min(lower, _left(upper, proven)) if project.below_lower else lower
        left = max(_left(upper, reduction), floor)
    return Bias(
        code=project.code,
        applicable=upper is not None,
        upper=upper,
        lower=lower,
        reduction=reduction,
        uplift=left,
        held=left is not None and left > _left(upper or 0.0, reduction or 0.0),
        unevidenced=unevidenced,
        priced=priced,
        unknown=lacking,
        cost=cost,
    )


def raised(amounts: Amounts, uplift: float | None, mitigation: Amounts = 0.0) -> Floats:
    """Return base costs x (1 + uplift) + the cost of the mitigation itself, of the same shape.

    amounts are base costs before any allowance for risk. An uplift that is not known gives nan.
    """
    base, spent = floats(amounts, "base costs"), floats(mitigation, "cost of mitigation")
    return np.asarray(base * (1 + (math.nan if uplift is None else uplift)) + spent)


def works_months(months: float, uplift: float | None) -> float | None:
    """Return a works duration with its optimism bias, in months; None where the bias is not known."""
    if months < 0:
        raise ValueError(f"works of {months:g} months were given; a duration is 0 or more")
    return None if uplift is None else months * (1 + uplift)


def uplift(
    upper: float,
    contributions: Sequence[float],
    mitigations: Sequence[float],
    lower: float | None = None,
) -> float:
    """Return the optimism bias (a fraction) left after mitigation.

    lower is the floor; None means that evidence supports going below it. Raises ValueError where
    shares are outside 0..1, add to more than 1, or differ in number from the mitigations.
    """
    if len(contributions) != len(mitigations):
        raise ValueError(f"{len(contributions)} risk areas were given with {len(mitigations)} mitigations")
    _check_fractions(contributions, mitigations)
    left = _left(upper, math.fsum(c * m for c, m in zip(contributions, mitigations, strict=True)))
    return left if lower is None else max(left, lower)


def mixed_upper(shares: Sequence[float], uppers: Sequence[float]) -> float:
    """Return the upper bound of a mixed project: uppers weighted by share of capital cost.

    Raises ValueError where the shares do not add to 1.
    """
    if len(shares) != len(uppers) or not math.isclose(math.fsum(shares), 1, abs_tol=1e-9):
        raise ValueError("give one share for each upper bound; the shares must add to 1")
    return math.fsum(share * upper for share, upper in zip(shares, uppers, strict=True))


def _mixed(project: Project, types: Mapping[str, Bounds]) -> tuple[float | None, float | None]:
    for name, share in project.shares.items():
        if name not in types:
            raise ValueError(f"{project.code}: no type of project {name!r}; there are {', '.join(types)}")
        if not 0 <= share <= 1:
            raise ValueError(f"{project.code}: a share of {share:g} is outside 0 to 1; write 30% as 0.3")
    parts = {name: share for name, share in project.shares.items() if share > 0}
    if not math.isclose(math.fsum(parts.values()), 1, abs_tol=1e-9):
        raise ValueError(f"{project.code}: the shares of its types must add to 1")
    without = [name for name in parts if types[name].upper is None or types[name].lower is None]
    if len(without) == len(parts):
        return None, None
    if without:
        raise ValueError(
            f"{project.code}: there is no such bound for {', '.join(without)}; appraise that part as a "
            "project of its own"
        )
    shares = list(parts.values())
    uppers, lowers = [types[name].upper for name in parts], [types[name].lower for name in parts]
    return mixed_upper(shares, [u or 0.0 for u in uppers]), mixed_upper(shares, [v or 0.0 for v in lowers])


def _check_areas(project: Project) -> None:
    twice = sorted(code for code, times in Counter(area.code for area in project.areas).items() if times > 1)
    if twice:
        raise ValueError(f"{project.code}: the risk area {twice[0]} stands twice; a risk is counted once")
    try:
        _check_fractions(
            [area.contribution for area in project.areas], [area.mitigation for area in project.areas]
        )
    except ValueError as fault:
        raise ValueError(f"{project.code}: {fault}") from None


def _check_fractions(contributions: Sequence[float | None], mitigations: Sequence[float | None]) -> None:
    for name, values in (("contribution", contributions), ("mitigation", mitigations)):
        for value in values:
            if value is not None and not 0 <= value <= 1:
                raise ValueError(f"a {name} of {value:g} is outside 0 to 1; write 22% as 0.22")
    if math.fsum(value for value in contributions if value is not None) > 1 + ROUNDING:
        raise ValueError("the contributions of the risk areas add to more than 1")


def _mitigated(area: RiskArea) -> float | None:
    """What the area takes off the upper bound; None where that is not known."""
    gone = 1.0 if area.priced else area.mitigation
    if gone == 0 or area.contribution == 0:
        return 0.0
    return None if gone is None or area.contribution is None else area.contribution * gone


def _proven(area: RiskArea) -> bool:
    return area.evidenced or area.priced


def _left(upper: float, reduction: float) -> float:
    return upper * (1 - min(reduction, 1))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
