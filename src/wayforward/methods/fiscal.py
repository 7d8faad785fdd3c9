"""Who gains and who pays: the net position of each organisation, kind by kind.

net(o, t) = sum of the benefits of organisation o in year t - sum of its costs. Over all organisations
the positions add up to the whole: a line with no organisation stands under none, and is not lost.
Fiscal value is cash (cash-releasing benefits less costs paid in cash); what is not cash stands beside
it by kind, never added in unsaid. Source: HM Treasury, The Green Book: financial and distributional
analysis; HM Treasury and New Economy, cost benefit analysis guidance for local partnerships (2014):
fiscal, economic and social value apart.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.discounting import present_value

# The organisation of a line that names none.
NOT_STATED = ""
CASH = "cash-releasing"


@dataclass(frozen=True, eq=False)
class Flow:
    """A benefit or cost line: whose it is, its kind and its yearly amounts (years,), positive.

    kind and value (fiscal, economic or social) are those of a benefit; for a cost, cash says whether
    it is paid in cash.
    """

    organisation: str
    benefit: bool
    amounts: Floats
    kind: str = ""
    value: str = ""
    cash: bool = True


@dataclass(frozen=True, eq=False)
class Position:
    """An organisation's yearly amounts (years,), nan where not known.

    benefits are by kind and values the same benefits by value, so that neither is added to the other.
    net is all benefits less all costs; fiscal is cash-releasing benefits less costs paid in cash.
    """

    organisation: str
    costs: Floats
    benefits: Mapping[str, Floats]
    values: Mapping[str, Floats]
    fiscal: Floats
    net: Floats


def flow(
    organisation: str | None,
    amounts: Amounts,
    *,
    benefit: bool,
    kind: str = "",
    value: str = "",
    cash: bool = True,
) -> Flow:
    """Return a checked flow. Raises ValueError where the amounts are not one a year."""
    yearly = floats(amounts, "line amounts")
    if yearly.ndim != 1:
        raise ValueError(f"a line's amounts of shape {yearly.shape} were given; give one amount a year")
    return Flow((organisation or NOT_STATED).strip(), benefit, yearly, kind, value, cash)


def shared(line: Flow, shares: Mapping[str, float]) -> tuple[Flow, ...]:
    """Return a flow split between organisations by their shares, in order of name.

    Raises ValueError where a share is outside 0 to 1 or the shares do not add to 1.
    """
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name}: a share of {share:g} is outside 0 to 1; write 30% as 0.3")
    if not math.isclose(math.fsum(shares.values()), 1, abs_tol=1e-9):
        raise ValueError(f"the shares of {', '.join(sorted(shares))} must add to 1")
    return tuple(
        replace(line, organisation=name.strip(), amounts=line.amounts * shares[name])
        for name in sorted(shares)
    )


def positions(lines: Sequence[Flow], years: int) -> tuple[Position, ...]:
    """Return the position of each organisation over the years, in order of name, not stated last.

    Raises ValueError where a line covers another number of years.
    """
    names = sorted({line.organisation for line in lines}, key=lambda name: (name == NOT_STATED, name))
    return tuple(
        _position(name, [line for line in lines if line.organisation == name], years) for name in names
    )


def whole(lines: Sequence[Flow], years: int) -> Position:
    """Return the position of all organisations together, under no name."""
    return _position(NOT_STATED, lines, years)


def relative(option: Sequence[Flow], usual: Sequence[Flow]) -> tuple[Flow, ...]:
    """Return the flows of an option with those of business as usual taken off (as amounts below 0)."""
    less = tuple(replace(line, amounts=-line.amounts) for line in usual)
    return (*option, *less)


def worth(position: Position, discount_factors: Amounts) -> float:
    """Return the present value of an organisation's net position; nan while a year is not known."""
    return float(present_value(position.net, discount_factors))


def _position(name: str, lines: Sequence[Flow], years: int) -> Position:
    costs = [line for line in lines if not line.benefit]
    gains = [line for line in lines if line.benefit]
    by_kind = {
        kind: _sum([line for line in gains if line.kind == kind], years)
        for kind in sorted({line.kind for line in gains})
    }
    by_value = {
        value: _sum([line for line in gains if line.value == value], years)
        for value in sorted({line.value for line in gains})
    }
    cash = _sum([line for line in costs if line.cash], years)
    spent = _sum(costs, years)
    return Position(
        organisation=name,
        costs=spent,
        benefits=by_kind,
        values=by_value,
        fiscal=by_kind.get(CASH, np.zeros(years)) - cash,
        net=_sum(gains, years) - spent,
    )


def _sum(lines: Sequence[Flow], years: int) -> Floats:
    for line in lines:
        if line.amounts.shape != (years,):
            raise ValueError(
                f"a line of {line.organisation or 'no organisation'} covers {line.amounts.size} years, not "
                f"{years}: give every line over the same years"
            )
    # Exact sums, so that the order of the lines can't change a figure.
    columns = zip(*(line.amounts.tolist() for line in lines), strict=True)
    return np.array([math.fsum(column) for column in columns]) if lines else np.zeros(years)
