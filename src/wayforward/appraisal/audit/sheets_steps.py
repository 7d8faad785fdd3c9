"""The sheets of yearly amounts, each a step further than the one before it, with a line in the same row on all."""

from wayforward.appraisal.audit.plan import (
    COUNTED,
    DELAYED,
    EFFECTS,
    GOES_ON,
    GROSS,
    PAID,
    PRESENT,
    PRICED,
    RAMPED,
    STAYS,
    STEP,
    Block,
    Column,
    Plan,
)

WHO = (
    Column("code", "Line", width=12),
    Column("option", "Option", width=18),
    Column("name", "Name", width=56),
)


def _of_lines(sheet: str, meaning: str, *more: Column, look: str = "money", yearly: bool = True) -> Plan:
    """A sheet with a row for each line that has a price, in the order of Lines."""
    return Plan(sheet, meaning, (*WHO, *more), (Block("y", look),) if yearly else (), 3, STEP)


STEP_SHEETS = (
    _of_lines(
        PRICED,
        "Each line at full effect in the price base: amounts, or units times value, over the price level.",
        Column("level", "Level of its own price base", "factor"),
    ),
    _of_lines(
        RAMPED,
        "Share of a year's full effect that a ramp alone leaves, counted from the year in which the line begins.",
        look="factor",
    ),
    _of_lines(
        STAYS,
        "Share of a year's full effect that comes in the same year, or as many whole years on as the lag has.",
        Column("begins", "Years before it begins", "year"),
        Column("lag_years", "Whole years of lag", "year"),
        Column("lag_months", "Months of lag besides", "year"),
        look="factor",
    ),
    _of_lines(
        GOES_ON,
        "Share of a year's full effect that comes a year after that, because of the months of lag.",
        look="factor",
    ),
    _of_lines(
        EFFECTS,
        "From gross to net: reach x take-up x (1 - deadweight) x attribution, with ramp, drop-off and lag.",
        Column("kept", "Share kept", "factor"),
    ),
    _of_lines(DELAYED, "Each line moved by the months that its phase is late."),
    _of_lines(PAID, "Each line times its one correction, in real prices: what is paid or gained."),
    _of_lines(
        COUNTED,
        "What counts: what is paid, less what an asset is still worth at the end.",
        Column("total", "Over all years", "money"),
    ),
    _of_lines(
        PRESENT,
        "Each line in present value, by year and together: likely, at both ends of its own range, and about its "
        "correction.",
        Column("likely", "Present value, likely", "money"),
        Column("low", "Low, by itself", "money"),
        Column("high", "High, by itself", "money"),
        Column("before", "Before correction", "money"),
        Column("after", "After correction", "money"),
        Column("left", "Left of it at the end", "money"),
    ),
    _of_lines(
        GROSS,
        "What each step takes off a line over all years, in real prices: from gross to what counts.",
        Column("gross", "Gross", "money"),
        Column("reach", "Reach", "money"),
        Column("take_up", "Take-up", "money"),
        Column("deadweight", "Deadweight", "money"),
        Column("attribution", "Attribution", "money"),
        Column("ramp", "Ramp", "money"),
        Column("drop_off", "Drop-off", "money"),
        Column("lag", "Lag", "money"),
        Column("late", "Late phase", "money"),
        Column("correction", "Correction", "money"),
        Column("residual", "Left of an asset", "money"),
        Column("net", "Net", "money"),
        yearly=False,
    ),
)
