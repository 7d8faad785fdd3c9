"""Moving a yearly profile when the phase it belongs to moves.

An amount is spread evenly over its financial year, so a delay of m months moves m/12 of each
year's amount into the next; whole years move as they are. Totals are conserved.
Source: arithmetic; the even spread is this software's convention.
"""

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats

MONTHS = 12


def shift(amounts: Amounts, months: int) -> Floats:
    """Return amounts (..., years) moved later by whole months (earlier if negative).

    A delay lengthens the profile by as many years as it needs; a move forward keeps the length.
    A year that is not known (nan) makes each year it reaches nan. Raises ValueError where a move
    forward would put an amount before the first year.
    """
    profile = floats(amounts, "profile")
    whole, part = divmod(months, MONTHS)
    stay, go = (MONTHS - part) / MONTHS, part / MONTHS
    moved = np.array(profile)
    if part:
        moved = _padded(profile * stay, after=1)
        moved[..., 1:] += profile * go
    if whole >= 0:
        return _padded(moved, before=whole)
    early, kept = moved[..., :-whole], moved[..., -whole:]
    if early.any():
        raise ValueError(
            f"moving this profile {-months} months forward puts an amount before its first year; "
            "start the profile earlier or move it less"
        )
    lost = profile.shape[-1] - kept.shape[-1]
    return _padded(kept, after=max(lost, 0))


def _padded(profile: Floats, before: int = 0, after: int = 0) -> Floats:
    """A profile with years of nothing before and after it: np.pad takes sixteen times as long."""
    years = profile.shape[-1]
    wider = np.zeros((*profile.shape[:-1], before + years + after))
    wider[..., before : before + years] = profile
    return wider


def fit(amounts: Amounts, years: int) -> tuple[Floats, Floats]:
    """Return the profile cut or filled up to a horizon of years, and the amounts beyond it.

    Nothing is dropped: what falls after the horizon is returned for the caller to show.
    """
    profile = floats(amounts, "profile")
    kept = profile[..., :years]
    short = max(years - profile.shape[-1], 0)
    return _padded(kept, after=short), np.array(profile[..., years:])
