"""Counts. Expected values: by hand for the rows of data/, by the csv module for real files."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from wayforward.incidents import (
    NOT_KNOWN,
    Count,
    CountsDoNotReconcileError,
    IncidentStoreError,
    check_totals,
    count_incidents,
    counts_table,
    ingest,
    read_manifest,
    take_in_and_count,
    write_counts,
)


@pytest.fixture
def folder(made_up: list[Path], tmp_path: Path) -> Path:
    ingest(made_up, tmp_path / "store")
    return tmp_path / "store"


def by_csv_module(paths: list[Path], area: Callable[[dict[str, str]], str]) -> Counter[object]:
    counted: Counter[object] = Counter()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                counted[area(row) or NOT_KNOWN, row["Crime type"], row["Month"]] += 1
    return counted


def as_counter(counts: tuple[Count, ...]) -> Counter[object]:
    return Counter({(row.area, row.crime_type, row.month): row.count for row in counts})


def test_february_by_district_by_hand(folder: Path) -> None:
    counts = count_incidents(folder, months=["2014-02"])
    assert counts == (
        Count("Aberwen", "Anti-social behaviour", "2014-02", 1),
        Count("Aberwen", "Burglary", "2014-02", 1),
        Count("Aberwen", "Vehicle crime", "2014-02", 2),
        Count("Aberwen", "Violence and sexual offences", "2014-02", 1),
        Count("Bassetlaw", "Burglary", "2014-02", 1),
        Count("Bassetlaw", "Robbery", "2014-02", 1),
        Count("Kingsmere, City of", "Drugs", "2014-02", 1),
        Count("Kingsmere, City of", "Robbery", "2014-02", 1),
        Count("Middleham", "Anti-social behaviour", "2014-02", 1),
        Count("Middleham", "Burglary", "2014-02", 1),
        Count("Middleham", "Shoplifting", "2014-02", 2),
        Count("Middleham", "Violence and sexual offences", "2014-02", 1),
        Count("Oxbridge", "Anti-social behaviour", "2014-02", 1),
        Count("Oxbridge", "Vehicle crime", "2014-02", 1),
        Count("not known", "Other crime", "2014-02", 1),
        Count("not known", "Violence and sexual offences", "2014-02", 1),
    )


def test_one_force_by_lsoa_by_hand(folder: Path) -> None:
    counts = count_incidents(folder, "lsoa", forces=["Midshire Police"], months=["2014-01"])
    by_area: Counter[str] = Counter()
    for row in counts:
        by_area[row.area] += row.count
    assert by_area == {"E01990001": 4, "E01990002": 3, "E01990003": 5, "E01990004": 5, NOT_KNOWN: 1}


def test_a_late_quoted_comma_is_counted_in_its_own_lsoa(folder: Path) -> None:
    """The case of shared/acceptance: only a later file of the set holds a quoted comma."""
    counts = count_incidents(folder, "lsoa", forces=["Midshire Police"])
    assert [row for row in counts if row.area == "E01028009"] == [
        Count("E01028009", "Burglary", "2014-02", 1)
    ]


def test_rows_without_lsoa_are_counted_not_dropped(folder: Path) -> None:
    """By hand: 14 of the older schema, 1 in January and 2 in February; 50 rows in all."""
    counts = count_incidents(folder)
    assert sum(row.count for row in counts) == 50
    assert sum(row.count for row in counts if row.area == NOT_KNOWN) == 17
    old = {row.crime_type: row.count for row in counts if row.month == "2011-09"}
    assert old["Anti-social behaviour"] == 3
    assert old["Violent crime"] == 2
    assert len(old) == 11


def test_a_lost_or_moved_row_fails_loud(folder: Path) -> None:
    counts, entries = list(count_incidents(folder)), read_manifest(folder)
    check_totals(counts, entries)
    lost = ("2011-09", "Anti-social behaviour")
    short = [row for row in counts if (row.month, row.crime_type) != lost]
    with pytest.raises(CountsDoNotReconcileError, match="2011-09: 11 rows counted, 14 taken in"):
        check_totals(short, entries)
    moved = [
        replace(row, area="Oxbridge") if row.area == NOT_KNOWN and row.month == "2014-01" else row
        for row in counts
    ]
    with pytest.raises(CountsDoNotReconcileError, match="2014-01: 0 rows without an LSOA counted"):
        check_totals(moved, entries)
    with pytest.raises(CountsDoNotReconcileError, match="2014-02: 18 rows counted, 0 taken in"):
        check_totals(counts, [entry for entry in entries if entry.month != "2014-02"])


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")])
def test_a_changed_file_is_not_counted(folder: Path, harm: Callable[[Path], object]) -> None:
    harm(folder / read_manifest(folder)[0].parquet)
    with pytest.raises(IncidentStoreError, match="not as it was when 2011-09-midshire-street"):
        count_incidents(folder)


def test_nothing_to_count_says_what_is_held(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(IncidentStoreError, match="2014-02 of Aberwen Police"):
        count_incidents(folder, months=["2020-01"])
    with pytest.raises(IncidentStoreError, match="holds nothing"):
        count_incidents(tmp_path / "absent")
    with pytest.raises(ValueError, match="can be “district” or “lsoa”"):
        count_incidents(folder, "ward; DROP TABLE street")  # type: ignore[arg-type]


def test_counts_are_written_in_one_order_and_read_back(folder: Path, tmp_path: Path) -> None:
    counts = count_incidents(folder)
    write_counts(tuple(reversed(counts)), tmp_path / "counts.csv")
    text = (tmp_path / "counts.csv").read_bytes().decode("utf-8")
    assert text.startswith("area,crime_type,month,count\nAberwen,Anti-social behaviour,2014-02,1\n")
    assert '"Kingsmere, City of",Drugs,2014-02,1\n' in text
    with (tmp_path / "counts.csv").open(newline="") as stream:
        rows = [(r["area"], r["crime_type"], r["month"], r["count"]) for r in csv.DictReader(stream)]
    assert rows == [(c.area, c.crime_type, c.month, str(c.count)) for c in counts]


def test_the_table_of_one_month_has_no_second_total() -> None:
    header, lines = counts_table([Count("B", "Drugs", "2014-01", 1200), Count("A", "Drugs", "2014-01", 3)])
    assert header == ("Area", "Crime type", "2014-01")
    assert lines == [
        ("A", "Drugs", "3"),
        ("B", "Drugs", "1,200"),
        ("All areas", "All types", "1,203"),
    ]


def test_the_table_of_several_months_has_totals() -> None:
    header, lines = counts_table([Count("A", "Drugs", "2014-01", 1), Count("A", "Drugs", "2014-03", 2)])
    assert header == ("Area", "Crime type", "2014-01", "2014-03", "Total")
    assert lines == [("A", "Drugs", "1", "2", "3"), ("All areas", "All types", "1", "2", "3")]


def test_the_table_of_over_twelve_months_shows_totals_only() -> None:
    months = [f"2014-{month:02}" for month in range(1, 13)] + ["2015-01"]
    header, lines = counts_table([Count("A", "Drugs", month, 2) for month in months])
    assert header == ("Area", "Crime type", "Total")
    assert lines == [("A", "Drugs", "26"), ("All areas", "All types", "26")]


def test_the_command_takes_in_counts_and_writes(data: Path, tmp_path: Path) -> None:
    take_in_and_count([data / "2014-01-midshire-street.csv"], tmp_path)
    run = take_in_and_count([data / "2014-02-midshire-street.csv"], tmp_path)
    assert sum(row.count for row in run.counts) == 30
    assert [entry.month for entry in run.ingest.added] == ["2014-02"]
    assert run.counts_file == tmp_path / "counts.csv"
    assert len(run.counts_file.read_text().splitlines()) == len(run.counts) + 1


def test_the_command_writes_the_same_bytes_twice(made_up: list[Path], tmp_path: Path) -> None:
    first = take_in_and_count(made_up, tmp_path / "a").counts_file.read_bytes()
    assert take_in_and_count(made_up[::-1], tmp_path / "b").counts_file.read_bytes() == first


@pytest.mark.shared
def test_real_counts_are_those_of_the_csv_module(real: Callable[[str], list[Path]], tmp_path: Path) -> None:
    paths = real("2014-0[12]-*-street.csv.gz")
    ingest(paths, tmp_path)
    by_district = by_csv_module(paths, lambda row: row["LSOA name"].rpartition(" ")[0])
    assert as_counter(count_incidents(tmp_path)) == by_district
    by_lsoa = by_csv_module(paths, lambda row: row["LSOA code"])
    assert as_counter(count_incidents(tmp_path, "lsoa")) == by_lsoa


@pytest.mark.shared
def test_west_midlands_january_2014_by_district(real: Callable[[str], list[Path]], tmp_path: Path) -> None:
    """18,631 rows: shared/acceptance. The seven districts of the force hold all but 17."""
    counts = take_in_and_count(real("2014-01-west-midlands-street.csv.gz"), tmp_path).counts
    of_the_force = {
        "Birmingham",
        "Coventry",
        "Dudley",
        "Sandwell",
        "Solihull",
        "Walsall",
        "Wolverhampton",
    }
    assert sum(row.count for row in counts) == 18_631
    assert sum(row.count for row in counts if row.area not in of_the_force) == 17
