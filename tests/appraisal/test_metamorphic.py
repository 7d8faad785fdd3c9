"""What must hold of a whole appraisal however its lines are written: shifted, in another order, joined by others."""

import random
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.appraisal.drawn_town import normal_town, plain_town
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.casefile import load
from wayforward.findings import Findings
from wayforward.records.case import Case

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


@pytest.fixture(scope="module")
def worked() -> Findings:
    return Findings(load(CASE), keep=False)


def drawn_town(first_year: int) -> Town:
    """A and business as usual over three years, from a year on: the fourth or the first is left free."""
    town = Town()
    usual, a = town.option("BAU", 1, "business as usual"), town.option("A", 2)
    years = [f"{year}-{year - 1999:02d}" for year in range(first_year, first_year + 3)]

    def written(*amounts: int) -> str:
        return "; ".join(f"{year}: {amount}" for year, amount in zip(years, amounts, strict=True))

    town.cost("C-BAU", usual, written(100, 200, 300))
    town.cost("C-A", a, written(400, 50, 20), low=Decimal("0.8"), high=Decimal("1.5"))
    town.benefit("B-A", a, written(0, 90, 80), "societal", low=Decimal("0.5"), high=Decimal(2))
    return town


def figures(town: Town, key: str, *names: str) -> list[float]:
    (row,) = Findings(town.case(), keep=False)[key].rows
    return [float(row[name]) for name in names]  # type: ignore[arg-type]  # known, as nothing is lacking


def test_a_year_later_all_is_worth_a_year_of_discount_less() -> None:
    names = ("npsv", "low", "high", "costs", "benefits")
    now, later = (figures(drawn_town(year), "appraisal.npsv", *names) for year in (2013, 2014))
    assert later == pytest.approx([value / 1.035 for value in now], rel=1e-9)
    drawn = ("mean", "p5", "p50", "p95")
    now, later = (figures(drawn_town(year), "appraisal.uncertainty", *drawn) for year in (2013, 2014))
    assert later == pytest.approx([value / 1.035 for value in now], rel=1e-9)


def test_an_option_of_noughts_moves_no_draw_of_another() -> None:
    def rows(town: Town) -> dict[str, object]:
        found = Findings(town.case(), keep=False)["appraisal.uncertainty"].rows
        return {str(row["option"]): row for row in found}

    alone, town = rows(normal_town()), normal_town()
    none = town.option("Z", 3)
    town.cost("C-Z", none, f"{EVERY_YEAR}: 100").name = "C-BAU"
    town.benefit("B-Z", none, f"{EVERY_YEAR}: 0", "societal")
    both = rows(town)
    for name in ("mean", "p5", "p50", "p95", "below_zero"):
        assert both["A"][name] == alone["A"][name]  # type: ignore[index]  # a row
        assert both["Z"][name] == 0  # type: ignore[index]  # a row


def test_the_order_of_rows_moves_nothing(worked: Findings) -> None:
    tables = {model: list(worked.case.rows(model)) for model in worked.case.models()}
    chance = random.Random(1)
    for rows in tables.values():
        chance.shuffle(rows)
    shuffled = Findings(Case(worked.case.exercise, tables), keep=False)
    for key in ("appraisal.npsv", "appraisal.gap", "appraisal.uncertainty", "appraisal.find_out"):
        assert shuffled[key].rows == worked[key].rows, key


def test_no_answer_is_worth_more_than_all_of_them(worked: Findings) -> None:
    found = worked["appraisal.find_out"]
    assert found.rows
    for row in found.rows:
        if row["worth"] not in ("", None):
            assert 0 <= float(row["worth"]) <= float(found.value)  # type: ignore[arg-type]  # pounds


def test_the_shares_of_an_option_over_ranks_add_up_to_one(worked: Findings) -> None:
    by: dict[tuple[object, object], float] = defaultdict(float)
    for row in worked["appraisal.acceptability"].rows:
        by[row["weights"], row["option"]] += float(row["share"])  # type: ignore[arg-type]  # a share
    assert len(by) == 24  # six sets of weights, four options that no imperative bars
    assert list(by.values()) == pytest.approx([1.0] * 24)


def test_what_is_certain_is_the_same_in_every_draw() -> None:
    # A saves 20 a year and brings 50 a year for certain.
    worth = 70 * sum(1.035**-t for t in range(4))
    drawn = figures(plain_town(), "appraisal.uncertainty", "mean", "p5", "p95")
    assert drawn == pytest.approx([worth] * 3)
