"""A register: searched as it is shown, put in an order, narrowed, and cut into pages."""

import pytest
from django.http import QueryDict
from django.test import Client

from wayforward.pages.listing import Asked, page_of

AT = "/exercises/TOWN/records"


def codes(client: Client, query: str, stem: str = "services") -> list[str]:
    return [row["code"] for row in client.get(f"{AT}/{stem}.json{query}").json()["records"]]


# services.csv: S1 costs 310000, S2 120000, S3 40000; 9.5, 4 and 1.5 people; only S1 and S2 have a demand.
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=310000", ["S1"]),  # as stored
        ("?q=£310,000", ["S1"]),  # as its own page shows it
        ("?q=wardens", ["S2", "S3"]),  # S3 shows its parent by name
        ("?sort=yearly_cost", ["S3", "S2", "S1"]),
        ("?sort=-yearly_cost", ["S1", "S2", "S3"]),
        ("?sort=yearly_demand", ["S2", "S1", "S3"]),  # the unknown comes last
        ("?sort=-yearly_demand", ["S1", "S2", "S3"]),  # either way
        ("?sort=name", ["S1", "S3", "S2"]),
        ("?sort=-code", ["S3", "S2", "S1"]),
        ("?sort=nonsense", ["S1", "S2", "S3"]),
    ],
)
def test_rows_are_found_as_shown_and_stand_in_the_order_asked_for(
    director: Client, query: str, found: list[str]
) -> None:
    assert codes(director, query) == found


def test_every_column_of_every_register_can_be_sorted_by(director: Client) -> None:
    from wayforward.pages.listing import heads
    from wayforward.records.base import record_models

    for model in record_models():
        for head in heads(model, ""):
            for way in ("", "-"):
                address = f"{AT}/{model.stem}.json?sort={way}{head['sort']}"
                assert director.get(address).status_code == 200, address


# services.csv: S3 alone is part of S2; powers_by is none, constable, none; agreed_category support, core, blank.
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?only-parent=S2", ["S3"]),
        ("?only-parent=S9", []),
        ("?only-powers_by=none", ["S1", "S3"]),
        ("?only-powers_by=none&only-agreed_category=support", ["S1"]),
        ("?only-powers_by=none&q=desk", ["S3"]),
        ("?only-information=no", ["S1", "S2", "S3"]),
        ("?only-nothing=x", ["S1", "S2", "S3"]),  # no such column: as if it were not asked
        ("?only-yearly_cost=310000", ["S1", "S2", "S3"]),  # not one of a few values
    ],
)
def test_a_register_is_narrowed_by_the_values_of_a_column(
    director: Client, query: str, found: list[str]
) -> None:
    assert codes(director, query) == found


def test_a_filter_offers_what_there_is_and_keeps_the_search(director: Client) -> None:
    page = director.get(f"{AT}/services?q=e&only-powers_by=none").content.decode()
    assert 'href="?q=e&amp;only-powers_by=constable"' in page
    assert 'href="?q=e"' in page, "the way back to all"
    assert 'name="only-powers_by" value="none"' in page, "a new search keeps what is shown only"
    assert "only-information" not in page, "all have the same value: nothing to narrow"


def test_a_head_says_how_its_column_is_sorted(director: Client) -> None:
    page = director.get(f"{AT}/services?q=e&sort=name").content.decode()
    assert 'aria-sort="ascending"' in page
    assert "?q=e&amp;sort=-name" in page


@pytest.mark.parametrize(
    ("page", "number"), [("", 1), ("2", 2), ("-1", 1), ("0", 1), ("x", 1), ("²", 1), ("99", 3), ("9" * 30, 3)]
)
def test_what_is_no_page_is_the_first(page: str, number: int) -> None:
    rows = list(range(101))  # 50 a page: three pages
    assert page_of(rows, Asked.of(QueryDict(f"page={page}"))).number == number  # type: ignore[arg-type]


def test_data_is_not_cut_into_pages(director: Client) -> None:
    page = director.get(f"{AT}/services?q=e&page=2").content.decode()
    assert 'href="/exercises/TOWN/records/services.json?q=e"' in page
