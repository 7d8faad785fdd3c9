"""Tables against the figures of their sources, and that nobody can change them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from wayforward import parameters
from wayforward.parameters.table import read_table

# D6 of shared/acceptance/appraisal.md: Mott MacDonald (2002), table 2, in percent:
# duration upper and lower, capital upper and lower.
BOUNDS = {
    "non-standard-buildings": (39, 2, 51, 4),
    "standard-buildings": (4, 1, 24, 2),
    "non-standard-civil-engineering": (25, 3, 66, 6),
    "standard-civil-engineering": (20, 1, 44, 3),
    "equipment-and-development": (54, 10, 200, 10),
}
KEYS = ("duration_upper", "duration_lower", "capital_upper", "capital_lower")


@pytest.mark.parametrize(("kind", "percents"), BOUNDS.items())
def test_optimism_bias_bounds(kind: str, percents: tuple[int, ...]) -> None:
    table = read_table("optimism-bias-mott-macdonald-2002")
    found = [100 * table.number(f"types/{kind}/{key}") for key in KEYS]
    assert found == pytest.approx(percents)


def test_contributions_are_flagged() -> None:
    """shared/facts/appraisal-methods.md 2.3: 23/34, 11/29, 5/9, 9/4, 6/2, 13/11 per cent."""
    table = read_table("optimism-bias-contributions-2002")
    found = [(row["non_standard_buildings"], row["standard_buildings"]) for row in table.rows("capital")]
    assert found == [
        (0.23, 0.34), (0.11, 0.29), (0.05, 0.09), (0.09, 0.04), (0.06, 0.02), (0.13, 0.11),
    ]  # fmt: skip
    assert table.confirm


def test_outsourcing_has_no_works_duration() -> None:
    table = read_table("optimism-bias-mott-macdonald-2002")
    assert table.number("types/outsourcing/operating_upper") == 0.41
    assert table.number("types/outsourcing/operating_lower") == 0
    for key in ("duration_upper", "duration_lower"):
        assert table.value(f"types/outsourcing/{key}") == "not applicable"
        with pytest.raises(TypeError, match="not a number"):
            table.number(f"types/outsourcing/{key}")


@pytest.mark.parametrize(
    ("name", "percents"),
    [
        ("stpr-standard", (3.5, 3, 2.5, 2, 1.5, 1)),
        ("stpr-health", (1.5, 1.29, 1.07, 0.86, 0.64, 0.43)),
        ("stpr-lower-2026", (3, 2.57, 2.14, 1.71, 1.29, 0.86)),
    ],
)
def test_discount_rates(name: str, percents: tuple[float, ...]) -> None:
    """Department for Transport, TAG data page (shared/facts/appraisal-methods.md 2.1)."""
    values = read_table(name).values
    assert list(values) == ["0-30", "31-75", "76-125", "126-200", "201-300", "301+"]
    assert [100 * float(str(rate)) for rate in values.values()] == pytest.approx(percents)


def test_deflator() -> None:
    """HM Treasury, December 2025: 17 years, 2024 = 100."""
    table = read_table("gdp-deflator-2025-12")
    series = table.by_year("calendar")
    assert list(series) == list(range(2008, 2025))
    assert (series[2008], series[2013], series[2024]) == (66.89, 73.4795, 100)
    assert table.confirm


def test_grades_run_from_one_to_six() -> None:
    """shared/facts/appraisal-methods.md 2.4, from memory, so flagged."""
    table = read_table("confidence-grades-2014")
    found = [table.number(f"grades/{grade}/correction") for grade in range(1, 7)]
    assert found == [0, 0.05, 0.1, 0.15, 0.25, 0.4]
    assert len({table.value(f"grades/{grade}/wording") for grade in range(1, 7)}) == 6
    assert table.confirm


def test_other_marks_of_evidence_have_six_steps() -> None:
    """shared/facts/appraisal-methods.md 2.4: the worst of data, impact and age drives the grade."""
    table = read_table("confidence-grades-2014")
    for ladder in ("impact", "age"):
        assert len({table.value(f"{ladder}/{mark}") for mark in range(1, 7)}) == 6


def test_lowest_fifth_as_found_by_others() -> None:
    """shared/facts/appraisal-methods.md 2.6: Fujiwara 2010 gives 2.5, 2.4 with data of 2015."""
    table = read_table("distribution-elasticity-2018")
    assert table.number("elasticity") == 1.3
    assert table.number("lowest_fifth/fujiwara_2010") == 2.5
    assert table.number("lowest_fifth/data_2015") == 2.4


def test_the_rate_is_the_sum_of_its_parts() -> None:
    """HM Treasury, 16 December 2025: 0.5 + 1 + 1 x 2 = 3.5%; the lower rate leaves out the first."""
    parts = read_table("stpr-components")
    rest = parts.number("catastrophe_risk") + parts.number("elasticity") * parts.number("growth")
    assert rest + parts.number("pure_time_preference") == pytest.approx(
        read_table("stpr-standard").number("0-30")
    )
    assert rest == pytest.approx(read_table("stpr-lower-2026").number("0-30"))


def test_procurement_regimes_leave_no_day_without_one() -> None:
    """Each starts on the day after the one before it ends; only the last has no end. Flagged."""
    table = read_table("procurement-regimes")
    rows = table.rows("regimes")
    assert [row["first_day"] for row in rows] == ["2006-01-31", "2015-02-26", "2025-02-24"]
    for earlier, later in pairwise(rows):
        ends = date.fromisoformat(str(earlier["last_day"]))
        assert ends + timedelta(days=1) == date.fromisoformat(str(later["first_day"]))
    assert rows[-1]["last_day"] == ""
    assert table.confirm


def test_what_is_from_memory_is_flagged() -> None:
    for name in ("distribution-quintiles-2003", "estimate-classes-18r-97"):
        assert read_table(name).confirm
        assert "From memory" in read_table(name).note


def test_derived_harm_carries_its_attribution() -> None:
    note = read_table("harm-police-uk-west-midlands-2017-18").note
    assert "Open Government Licence v3.0" in note


def test_both_schemes_know_the_same_types() -> None:
    harm = read_table("harm-police-uk-west-midlands-2017-18")
    counts = dict(read_table("harm-counts").value("types"))
    assert set(counts) - set(dict(harm.value("types"))) == set(harm.value("unweighted"))
    assert len(counts) == 14


def test_values_can_not_be_changed() -> None:
    table = parameters.load("green-book-2003").get("deflator")
    with pytest.raises(TypeError):
        table.values["calendar"] = 1  # type: ignore[index]
    with pytest.raises(TypeError):
        table.value("calendar")["2012"] = 1  # type: ignore[index]


def test_asking_for_another_kind() -> None:
    table = read_table("stpr-standard")
    with pytest.raises(TypeError, match="not a series by year"):
        table.by_year("0-30")
    with pytest.raises(TypeError, match="not a list of rows"):
        table.rows("0-30")


def test_unknown_table() -> None:
    with pytest.raises(LookupError, match="there is no 'stpr' in tables"):
        read_table("stpr")
