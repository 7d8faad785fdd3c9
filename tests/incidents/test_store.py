"""The store takes in all or nothing, once, and the same bytes each time."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from wayforward.incidents import (
    IncidentFileError,
    IncidentStoreError,
    count_incidents,
    ingest,
    read_manifest,
    store,
)


def held(folder: Path) -> dict[str, bytes]:
    """Return the store's files and their bytes, without the lock."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".lock"}


def changed_copy(source: Path, folder: Path) -> Path:
    """Return a copy of a file with one outcome changed: the same month, other content."""
    text = source.read_text(encoding="utf-8").replace("Under investigation", "Unknown", 1)
    copy = folder / "changed.csv"
    copy.write_text(text, encoding="utf-8")
    return copy


def test_the_manifest_says_what_is_held(made_up: list[Path], tmp_path: Path) -> None:
    ingest(made_up, tmp_path)
    assert [
        (entry.month, entry.force, entry.schema, entry.rows, entry.rows_without_lsoa, entry.source)
        for entry in read_manifest(tmp_path)
    ] == [
        ("2011-09", "Midshire Police", "2010", 14, 14, "2011-09-midshire-street.csv"),
        ("2014-01", "Midshire Police", "2013", 18, 1, "2014-01-midshire-street.csv"),
        ("2014-02", "Aberwen Police", "2013", 6, 0, "2014-02-aberwen-street.csv"),
        ("2014-02", "Midshire Police", "2013", 12, 2, "2014-02-midshire-street.csv"),
    ]


def test_parquet_is_zstd_in_the_order_of_the_file(data: Path, tmp_path: Path) -> None:
    (entry,) = ingest([data / "2014-01-midshire-street.csv"], tmp_path).added
    path = str(tmp_path / entry.parquet)
    codecs = duckdb.execute("SELECT DISTINCT compression FROM parquet_metadata(?)", [path])
    assert codecs.fetchall() == [("ZSTD",)]
    rows = duckdb.execute("SELECT row FROM read_parquet(?)", [path]).fetchall()
    assert rows == [(number,) for number in range(2, 20)]


def test_same_files_same_bytes_in_any_order(made_up: list[Path], tmp_path: Path) -> None:
    ingest(made_up, tmp_path / "a")
    for path in reversed(made_up):
        ingest([path], tmp_path / "b")
    assert len(held(tmp_path / "a")) == 5
    assert held(tmp_path / "a") == held(tmp_path / "b")


def test_the_same_month_again_changes_nothing(made_up: list[Path], tmp_path: Path) -> None:
    ingest(made_up, tmp_path)
    before = held(tmp_path)
    again = ingest(made_up, tmp_path)
    assert (len(again.unchanged), again.added, again.replaced) == (4, (), ())
    assert held(tmp_path) == before


def test_a_compressed_copy_is_the_same_month(data: Path, tmp_path: Path) -> None:
    source = data / "2014-02-aberwen-street.csv"
    packed = tmp_path / "2014-02-aberwen-street.csv.gz"
    packed.write_bytes(gzip.compress(source.read_bytes()))
    ingest([source], tmp_path / "store")
    assert len(ingest([packed], tmp_path / "store").unchanged) == 1


def test_a_month_twice_for_one_force_is_refused(data: Path, tmp_path: Path) -> None:
    source = data / "2014-01-midshire-street.csv"
    with pytest.raises(IncidentFileError) as raised:
        ingest([source, changed_copy(source, tmp_path)], tmp_path / "store")
    (fault,) = raised.value.faults
    assert (fault.file, fault.column) == ("changed.csv", "Month")
    assert fault.found == "2014-01 of Midshire Police, which 2014-01-midshire-street.csv also holds"
    assert read_manifest(tmp_path / "store") == ()


def test_a_month_held_is_replaced_only_when_asked(data: Path, tmp_path: Path) -> None:
    source = data / "2014-01-midshire-street.csv"
    folder = tmp_path / "store"
    ingest([source], folder)
    changed = changed_copy(source, tmp_path)
    before = held(folder)
    with pytest.raises(IncidentFileError, match="ask to replace it"):
        ingest([changed], folder)
    assert held(folder) == before
    (entry,) = ingest([changed], folder, replace=True).replaced
    assert entry.source == "changed.csv"
    assert held(folder).keys() == {"manifest.json", entry.parquet}


def test_one_bad_file_keeps_all_out_and_all_faults_are_told(
    data: Path, one_row: Callable[..., Path], tmp_path: Path
) -> None:
    bad = one_row(Month="2014-13")
    worse = tmp_path / "worse.csv"
    worse.write_text(bad.read_text().replace("2014-13", "2014-14"))
    folder = tmp_path / "store"
    with pytest.raises(IncidentFileError) as raised:
        ingest([bad, data / "2014-01-midshire-street.csv", worse], folder)
    assert [fault.file for fault in raised.value.faults] == ["street.csv", "worse.csv"]
    assert held(folder) == {}


def test_an_ingest_cut_short_leaves_the_store_as_it_was(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([data / "2014-01-midshire-street.csv"], tmp_path)
    before = read_manifest(tmp_path), count_incidents(tmp_path)

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write_manifest", full)
        with pytest.raises(IncidentStoreError, match="No space left"):
            ingest([data / "2014-02-midshire-street.csv"], tmp_path)
    assert (read_manifest(tmp_path), count_incidents(tmp_path)) == before
    assert len(ingest([data / "2014-02-midshire-street.csv"], tmp_path).added) == 1


def test_what_a_killed_ingest_left_is_cleared(data: Path, tmp_path: Path) -> None:
    left = tmp_path / ".incidents-new-x1"
    left.mkdir()
    (left / "part.parquet").write_bytes(b"half")
    (entry,) = ingest([data / "2014-01-midshire-street.csv"], tmp_path).added
    assert held(tmp_path).keys() == {"manifest.json", entry.parquet}


def test_repeated_crime_ids_are_found_across_months(made_up: list[Path], tmp_path: Path) -> None:
    """By hand: ...0e stands in January and February, ...19 twice in one file."""
    (note,) = [note for note in ingest(made_up, tmp_path).notices if note.kind == "repeated-crime-id"]
    assert note.count == 2
    assert "2 Crime IDs occur more than once, on 4 rows" in note.message


def test_a_file_of_two_forces_is_kept_as_two(one_row: Callable[..., Path], tmp_path: Path) -> None:
    # Two names that come to the same letters are still two forces.
    path = one_row(Reported_by="Mid-shire Police")
    path.write_text(path.read_text().replace("Midshire", "Mid shire", 1))
    entries = ingest([path], tmp_path / "store").added
    assert [(entry.force, entry.rows) for entry in entries] == [
        ("Mid shire Police", 1),
        ("Mid-shire Police", 1),
    ]
    assert len({entry.parquet for entry in entries}) == 2


def test_a_folder_may_have_any_name(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *?"
    ingest([data / "2014-01-midshire-street.csv"], folder)
    ingest([data / "2014-02-midshire-street.csv"], folder)
    assert sum(row.count for row in count_incidents(folder)) == 30


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-30],
        lambda text: text.replace('"format": 1', '"format": 99'),
        lambda text: text.replace('"rows": 18', '"rows": "18"'),
        lambda text: text.replace('"parquet": "', '"parquet": "../'),
        lambda text: text.replace('"month"', '"moon"'),
        lambda text: json.dumps([text]),
    ],
)
def test_a_spoilt_manifest_is_refused(data: Path, tmp_path: Path, spoil: Callable[[str], str]) -> None:
    ingest([data / "2014-01-midshire-street.csv"], tmp_path)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(spoil(manifest.read_text()))
    with pytest.raises(IncidentStoreError, match=r"manifest\.json can't be read"):
        ingest([data / "2014-02-midshire-street.csv"], tmp_path)


def test_a_folder_that_is_a_file_is_refused(data: Path, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    with pytest.raises(IncidentStoreError, match="can't be used"):
        ingest([data / "2014-01-midshire-street.csv"], tmp_path / "store")


@pytest.mark.shared
def test_staffordshire_eight_months(real: Callable[[str], list[Path]], tmp_path: Path) -> None:
    """25 repeated Crime IDs and 3,025 rows without LSOA: shared/facts, demand-methods."""
    taken_in = ingest(real("2014-*-staffordshire-street.csv.gz"), tmp_path)
    assert len(taken_in.added) == 8
    assert sum(entry.rows_without_lsoa for entry in taken_in.added) == 3_025
    (repeated,) = [note for note in taken_in.notices if note.kind == "repeated-crime-id"]
    assert repeated.count == 25
