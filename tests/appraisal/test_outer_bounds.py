"""Low and high of what options are worth against the draws: no draw of lines and risks falls outside them."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.appraisal.drawn_town import FOUR_YEARS, found
from tests.appraisal.test_draws import reading
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.draws import draw
from wayforward.options.models import OptionRisk
from wayforward.records.base import Record

RANGES = [("0.5", "2"), ("0.8", "1.3"), ("1", "1")]
SHAPES = ("", "pert", "triangular", "uniform", "discrete")  # those with ends; the others have percentiles
DRAWS = 200

lines = st.lists(
    st.fixed_dictionaries(
        {
            "side": st.sampled_from(["cost", "benefit"]),
            "name": st.sampled_from(["Estate", "Fleet"]),
            "varies_with": st.sampled_from(["", "Pay"]),
            "ends": st.sampled_from(RANGES),
            "shape": st.sampled_from(SHAPES),
            "amounts": st.lists(st.integers(0, 900), min_size=4, max_size=4),
            "special": st.booleans(),  # a cost with a residual value, a benefit of life or health
        }
    ),
    max_size=4,
)
risks = st.lists(
    st.tuples(st.sampled_from(["Fire", "Flood"]), st.sampled_from(["0.2", "0.5"]), st.integers(1, 900)),
    max_size=2,
)


def add_line(town: Town, code: str, option: Record, told: dict) -> None:
    low, high = told["ends"]
    more = {"low": Decimal(low), "high": Decimal(high), "varies_with": told["varies_with"]}
    more["distribution"] = told["shape"]
    if told["shape"] == "discrete":
        more["outcomes"] = [[low, "0.25"], ["1", "0.5"], [high, "0.25"]] if low != high else [["1", "1"]]
    amounts = "; ".join(f"{2013 + at}-{14 + at}: {amount}" for at, amount in enumerate(told["amounts"]))
    if told["side"] == "cost":
        made = town.cost(code, option, amounts, residual=Decimal(500) if told["special"] else None, **more)
    else:
        health = {"life_or_health": True} if told["special"] else {}
        made = town.benefit(code, option, amounts, "societal", **health, **more)
    made.name = told["name"]


def built(usual_lines: list[dict], own_lines: list[dict], usual_risks: list, own_risks: list) -> Town:
    town = Town()
    for code, kind, rows, chances in (
        ("BAU", "business as usual", usual_lines, usual_risks),
        ("A", "option", own_lines, own_risks),
    ):
        option = town.option(code, 1 if code == "BAU" else 2, kind)
        town.cost(f"C-{code}", option, f"{EVERY_YEAR}: 10")
        town.benefit(f"B-{code}", option, f"{EVERY_YEAR}: 10", "societal")
        for place, told in enumerate(rows):
            add_line(town, f"L-{code}-{place}", option, told)
        for place, (name, chance, impact) in enumerate(chances):
            priced = {"probability": Decimal(chance), "impact": Decimal(impact), "year": 2013 + place}
            town.add(OptionRisk, f"R-{code}-{place}", option=option, name=name, **priced)
    return town


@settings(max_examples=40, deadline=None)
@given(lines, lines, risks, risks)
def test_no_draw_falls_outside_low_and_high(
    usual_lines: list[dict], own_lines: list[dict], usual_risks: list, own_risks: list
) -> None:
    town = built(usual_lines, own_lines, usual_risks, own_risks)
    (row,) = found(town, "npsv").rows
    drawn = draw(reading(town), DRAWS)
    assert drawn is not None
    assert drawn.npsv.min() >= row["low"] - 1e-6
    assert drawn.npsv.max() <= row["high"] + 1e-6


def test_draws_come_near_both_ends_where_one_driver_moves_all() -> None:
    """Pay, evenly from half to double, of 1,000 a year as usual and 600 in the option: 200 to 800 a year saved."""
    town = built([], [], [], [])
    for code, amount in (("BAU", 1000), ("A", 600)):
        option = next(row for rows in town.tables.values() for row in rows if row.code == code)
        pay = {"low": Decimal("0.5"), "high": Decimal(2), "distribution": "uniform"}
        town.cost(f"L-{code}", option, f"{EVERY_YEAR}: {amount}", **pay).name = "Pay"
    (row,) = found(town, "npsv").rows
    assert (row["low"], row["high"]) == pytest.approx((200 * FOUR_YEARS, 800 * FOUR_YEARS))
    drawn = draw(reading(town), 1000)
    assert drawn is not None
    assert np.ptp(drawn.npsv) == pytest.approx(600 * FOUR_YEARS, rel=0.02)
