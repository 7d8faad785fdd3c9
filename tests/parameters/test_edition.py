"""Editions: what they pin, overrides and faults."""

import pytest

from wayforward import parameters
from wayforward.parameters.table import names

BOTH = ("green-book-2003", "green-book-2026")


def test_editions_there_are() -> None:
    assert parameters.editions() == BOTH


@pytest.mark.parametrize("name", BOTH)
def test_an_edition_is_dated_sourced_and_named_as_its_file(name: str) -> None:
    edition = parameters.load(name)
    assert edition.name == name
    assert edition.dated[:4] == name[-4:]
    assert edition.source
    assert edition.title
    for parameter in edition.parameters:
        table = edition.get(parameter)
        assert table.source
        assert table.dated[:2] == "20"
        assert table.unit
        assert table.title


def test_every_table_is_pinned_by_an_edition() -> None:
    pinned = {parameters.load(e).get(p).name for e in BOTH for p in parameters.load(e).parameters}
    assert pinned == set(names("tables"))
    assert all(parameters.table.read_table(name).name == name for name in names("tables"))


def test_2003_has_no_schedule_that_was_not_confirmed() -> None:
    old = parameters.load("green-book-2003").parameters
    assert "discount-rate" in old
    assert "discount-rate-health" not in old
    assert "discount-rate-lower" not in old
    assert "discount-rate-lower-required" not in old


def test_2026_demands_the_lower_rate_beyond_fifty_years() -> None:
    required = parameters.load("green-book-2026").get("discount-rate-lower-required")
    assert required.number("beyond_years") == 50


@pytest.mark.parametrize("name", BOTH)
def test_procurement_law_is_that_of_the_day_in_every_edition(name: str) -> None:
    assert len(parameters.load(name).get("procurement-regimes").rows("regimes")) == 3


def test_digest_is_of_the_content() -> None:
    plain = parameters.load("green-book-2003")
    assert len(plain.digest) == 64
    assert plain.digest == parameters.load("green-book-2003", {}).digest
    assert plain.digest != parameters.load("green-book-2026").digest
    changed = parameters.load("green-book-2003", {"discount-rate/0-30": 0.06})
    assert changed.digest != plain.digest
    # An override with the value that is there already changes no content.
    assert parameters.load("green-book-2003", {"discount-rate/0-30": 0.035}).digest == plain.digest


def test_override_replaces_one_value_and_says_so() -> None:
    paths: dict[str, object] = {"discount-rate/0-30": 0.06, "deflator/calendar/2012": 72}
    edition = parameters.load("green-book-2003", paths)
    assert edition.get("discount-rate").number("0-30") == 0.06
    assert edition.get("discount-rate").number("31-75") == 0.03
    assert edition.get("discount-rate").overridden == ("0-30",)
    assert edition.get("deflator").by_year("calendar")[2012] == 72
    assert edition.get("harm").overridden == ()


def test_override_inside_a_list_of_rows() -> None:
    path = "optimism-bias-contributions/capital/1/standard_buildings"
    table = parameters.load("green-book-2003", {path: 0.3}).get("optimism-bias-contributions")
    assert [row["standard_buildings"] for row in table.rows("capital")][:3] == [
        0.34, 0.3, 0.09,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("rate/0-30", "has no parameter 'rate'; it has confidence-grades"),
        ("discount-rate/0-31", "no value '0-31'; there are 0-30"),
        ("discount-rate/0-30/more", "is a single value"),
        ("discount-rate", "names a whole table"),
        ("optimism-bias-contributions/capital/99/area", "there are rows 0 to 5"),
    ],
)
def test_override_of_what_is_not_there(path: str, words: str) -> None:
    with pytest.raises(LookupError) as fault:
        parameters.load("green-book-2003", {path: 0.1})
    assert words in str(fault.value)


@pytest.mark.parametrize("value", ["3%", True, None, float("nan"), [0.1], {"a": 1}])
def test_override_of_another_kind(value: object) -> None:
    with pytest.raises(ValueError, match=r"number|figure|parameter"):
        parameters.load("green-book-2003", {"discount-rate/0-30": value})


def test_a_table_answers_to_its_own_name_too() -> None:
    edition = parameters.load("green-book-2003", {"stpr-standard/0-30": 0.06})
    assert edition.get("stpr-standard") is edition.get("discount-rate")
    assert edition.get("discount-rate").number("0-30") == 0.06
    with pytest.raises(LookupError):
        edition.get("stpr-health")


def test_unknown_edition() -> None:
    with pytest.raises(LookupError) as fault:
        parameters.load("green-book-1997")
    assert str(fault.value) == (
        "there is no edition 'green-book-1997'; there are green-book-2003, green-book-2026"
    )


def test_edition_is_not_a_way_out_of_its_folder() -> None:
    with pytest.raises(LookupError):
        parameters.load("../tables/stpr-standard")
