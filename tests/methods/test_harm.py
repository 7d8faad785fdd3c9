"""Harm and derived weights, against totals worked out from the open recorded-crime data."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from wayforward import parameters
from wayforward.methods.harm import Volume, Weight, harm, type_weights, weights_with_range

LOOKUP = Path(__file__).parents[3] / "shared" / "data" / "police-uk" / "lookup"
OFFENCES = LOOKUP / "prc_pfa_2017_18_offences_by_force_quarter.csv.gz"
# Not a territorial force, or too small to have a mix (City of London).
NO_MIX = {
    "Action Fraud", "CIFAS", "UK Finance", "Financial Fraud Action UK",
    "British Transport Police", "London, City of",
}  # fmt: skip
needs_lookup = pytest.mark.skipif(not OFFENCES.exists(), reason="needs: ../shared/data/police-uk")


@pytest.fixture(scope="module")
def mixes() -> dict[str, list[Volume]]:
    counts: dict[str, Counter[tuple[str, str]]] = {}
    with gzip.open(OFFENCES, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            # police.uk writes only the first word of a type with a capital.
            key = (row["Policeuk_Cat"].capitalize(), row["Offence_Subgroup"])
            counts.setdefault(row["Force_Name"], Counter())[key] += int(row["Number_of_Offences"])
    return {
        force: [Volume(kind, subgroup, n) for (kind, subgroup), n in count.items()]
        for force, count in counts.items()
        if force not in NO_MIX
    }


@pytest.fixture(scope="module")
def days() -> dict[str, float]:
    table = parameters.load("green-book-2003").get("harm-days")
    found = table.value("days")
    return {subgroup: table.number(f"days/{subgroup}") for subgroup in dict(found)}


@pytest.mark.shared
@needs_lookup
def test_west_midlands_2017_18(mixes: dict[str, list[Volume]], days: dict[str, float]) -> None:
    """shared/acceptance/demand.md: 28,665,659.5 days over 233,393 offences."""
    found = type_weights(mixes["West Midlands"], days)
    assert sum(row.days for row in found.values()) == 28_665_659.5
    assert sum(row.offences for row in found.values()) == 233_393
    # shared/facts/demand-methods.md, to its two decimals.
    published = {
        "Violence and sexual offences": 276.68, "Burglary": 250.57, "Robbery": 365,
        "Possession of weapons": 273.75, "Criminal damage and arson": 9.31, "Vehicle crime": 5,
        "Public order": 7.5, "Other crime": 10, "Drugs": 3.46,
    }  # fmt: skip
    for name, weight in published.items():
        assert found[name].weight == pytest.approx(weight, abs=0.005)
    share = found["Violence and sexual offences"].days / 28_665_659.5
    assert share == pytest.approx(0.6194, abs=5e-5)


@pytest.mark.shared
@needs_lookup
def test_shipped_weights_are_the_derived_ones(mixes: dict[str, list[Volume]], days: dict[str, float]) -> None:
    assert len(mixes) == 42
    derived = weights_with_range(mixes["West Midlands"], list(mixes.values()), days)
    plain = type_weights(mixes["West Midlands"], days)
    shipped = parameters.load("green-book-2003").get("harm")
    types = dict(shipped.value("types"))
    assert set(types) == set(derived)
    for name, weight in derived.items():
        path = f"types/{name}"
        assert shipped.number(f"{path}/weight") == pytest.approx(weight.weight, rel=1e-11)
        assert shipped.number(f"{path}/low") == pytest.approx(weight.low, rel=1e-11)
        assert shipped.number(f"{path}/high") == pytest.approx(weight.high, rel=1e-11)
        assert shipped.number(f"{path}/lightest") == plain[name].lightest
        assert shipped.number(f"{path}/heaviest") == plain[name].heaviest
        assert shipped.number(f"{path}/offences") == plain[name].offences


def test_weights_by_hand() -> None:
    """Three of 10 days and one of 50: 80 days over 4 offences, 20; the other mix gives 30."""
    scheme = {"light": 10.0, "heavy": 50.0}
    own = [Volume("t", "light", 3), Volume("t", "heavy", 1)]
    other = [Volume("t", "light", 1), Volume("t", "heavy", 1)]
    (row,) = type_weights(own, scheme).values()
    assert (row.weight, row.days, row.lightest, row.heaviest) == (20, 80, 10, 50)
    assert weights_with_range(own, [other], scheme) == {"t": Weight(20, 20, 30)}


def test_harm_by_hand() -> None:
    found = harm({"a": 2, "b": 10}, {"a": Weight(100, 50, 300), "b": Weight(1, 1, 1)})
    assert (found.low, found.likely, found.high) == (110, 210, 610)


def test_no_weight_and_no_count_are_named_not_zero() -> None:
    found = harm({"asb": 500, "a": None}, {"a": Weight(1, 1, 1)})
    assert (found.unweighted, found.uncounted) == (("asb",), ("a",))
    assert [row.likely for row in found.rows] == [None, None]


def test_faults() -> None:
    with pytest.raises(ValueError, match="'new' has no days"):
        type_weights([Volume("t", "new", 1)], {})
    with pytest.raises(ValueError, match="below 0"):
        type_weights([Volume("t", "x", -1)], {"x": 1})
    with pytest.raises(ValueError, match="below 0"):
        harm({"a": -1}, {})


def test_type_without_offences_has_no_weight() -> None:
    assert type_weights([Volume("t", "x", 0)], {"x": 1}) == {}
