"""The data dictionary in the docs is what the models give, and says what a reader needs."""

from pathlib import Path

from wayforward.casefile.guide import column_rows, dictionary
from wayforward.casefile.sheets import tables
from wayforward.records.base import model_of

DICTIONARY = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_dictionary_is_up_to_date() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(), "run `make dictionary`"


def test_every_table_has_its_chapter_once() -> None:
    text = dictionary()
    for model in tables().values():
        assert text.count(f"File: `{model.stem}.csv`") == 1


def test_a_column_says_what_may_stand_there() -> None:
    rows = {row[0]: row for row in column_rows(model_of("assessment"))}
    assert rows["level"] == ["level", "Level", "a level from 1 to 5", "", "", ""]
    assert rows["dimension"][2:5] == ["the code of a row of maturity_dimensions", "", "yes"]


def test_every_table_and_column_is_explained() -> None:
    for model in tables().values():
        assert model.meaning().endswith("."), model
        assert len(model.stem) <= 31, "a sheet's name has at most 31 characters"
        assert all(label and allowed for _, label, allowed, *_ in column_rows(model)), model
