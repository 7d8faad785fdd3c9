"""Numbers and names: data.police.uk, as in the published files of either period."""

import pytest

from wayforward.incidents import (
    CRIME_TYPES_BEFORE_2013,
    CRIME_TYPES_SINCE_2013,
    crime_type_code,
)


def test_fourteen_types_since_2013_and_eleven_before() -> None:
    assert len({crime_type.code for crime_type in CRIME_TYPES_SINCE_2013}) == 14
    assert len({crime_type.code for crime_type in CRIME_TYPES_BEFORE_2013}) == 11


def test_a_code_means_one_name_in_both_sets() -> None:
    names: dict[str, set[str]] = {}
    for crime_type in CRIME_TYPES_SINCE_2013 + CRIME_TYPES_BEFORE_2013:
        names.setdefault(crime_type.code, set()).add(crime_type.name)
    assert [code for code, meant in names.items() if len(meant) > 1] == []


def test_violence_before_and_since_are_told_apart() -> None:
    assert crime_type_code("Violent crime") == "violent-crime"
    assert crime_type_code("Violence and sexual offences") == "violence-and-sexual-offences"


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(ValueError, match=r"“Piracy” is not a police\.uk crime type"):
        crime_type_code("Piracy")
