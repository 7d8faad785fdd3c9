"""Optimism bias: an uplift between an upper and a lower bound, cut by mitigation.

OB = U x (1 - sum(c_i x m_i)), not below the lower bound L unless evidence says so; c_i is the share
(a fraction) of the upper bound that risk area i contributes, m_i in 0..1 how far it is mitigated.
A mixed project takes the upper bounds weighted by capital share. Source: Mott MacDonald, Review of
Large Public Procurement in the UK (2002); HM Treasury supplementary guidance on optimism bias.
"""

import math
from collections.abc import Sequence

# Published contributions are rounded to whole percents, so their sum may pass 1 by a little.
ROUNDING = 0.02


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
    for name, values in (("contribution", contributions), ("mitigation", mitigations)):
        for value in values:
            if not 0 <= value <= 1:
                raise ValueError(f"a {name} of {value:g} is outside 0 to 1; write 22% as 0.22")
    if math.fsum(contributions) > 1 + ROUNDING:
        raise ValueError("the contributions of the risk areas add to more than 1")
    reduction = math.fsum(c * m for c, m in zip(contributions, mitigations, strict=True))
    left = upper * (1 - min(reduction, 1))
    return left if lower is None else max(left, lower)


def mixed_upper(shares: Sequence[float], uppers: Sequence[float]) -> float:
    """Return the upper bound of a mixed project: uppers weighted by share of capital cost.

    Raises ValueError where the shares do not add to 1.
    """
    if len(shares) != len(uppers) or not math.isclose(math.fsum(shares), 1, abs_tol=1e-9):
        raise ValueError("give one share for each upper bound; the shares must add to 1")
    return math.fsum(share * upper for share, upper in zip(shares, uppers, strict=True))
