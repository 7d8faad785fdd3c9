"""Count incidents by area, crime type and month, and prove that no row was lost on the way."""

import csv
import hashlib
import io
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .faults import IncidentStoreError
from .police_uk import connect
from .store import Entry, parquet_paths, steady, write_whole

Area = Literal["district", "lsoa"]
# District names begin with a capital and LSOA codes with E or W: no area can be taken for this.
NOT_KNOWN = "not known"
COLUMNS = ("area", "crime_type", "month", "count")

_AREA_COLUMN: dict[str, str] = {"district": "district", "lsoa": "lsoa_code"}


@dataclass(frozen=True, order=True)
class Count:
    """Incidents of one published crime type in one area in one month (YYYY-MM)."""

    area: str
    crime_type: str
    month: str
    count: int


class CountsDoNotReconcileError(Exception):
    """Counts don't add up to the rows that were taken in. None of them is to be used."""


def count_incidents(
    folder: Path,
    area: Area = "district",
    forces: Sequence[str] = (),
    months: Sequence[str] = (),
) -> tuple[Count, ...]:
    """Count what the store at `folder` holds, for the forces and months given (none: all).

    `area` is "district", the name of the district that the LSOA's name begins with, or "lsoa",
    its code. Rows without an LSOA are counted in the area "not known". Only counts above zero
    are returned, ordered by area, crime type and month.

    Raises IncidentStoreError if nothing held matches or a file was changed since it was taken
    in; CountsDoNotReconcileError if the counts don't add up to the rows taken in.
    """
    if area not in _AREA_COLUMN:
        raise ValueError(f"area is “{area}”; it can be “district” or “lsoa”")
    with steady(folder) as held:
        entries = _selected(folder, held, forces, months)
        for entry in entries:
            _check_unchanged(folder, entry)
        counts = _count(folder, entries, _AREA_COLUMN[area])
    check_totals(counts, entries)
    return counts


def _count(folder: Path, entries: Sequence[Entry], area_column: str) -> tuple[Count, ...]:
    with tempfile.TemporaryDirectory(prefix="wayforward-") as spill, connect(Path(spill)) as engine:
        rows = engine.execute(
            f"""SELECT coalesce({area_column}, $not_known) AS area, crime_type, month, count(*)
            FROM read_parquet($paths) GROUP BY ALL""",
            {"not_known": NOT_KNOWN, "paths": parquet_paths(folder, entries)},
        ).fetchall()
    return tuple(sorted(Count(*row) for row in rows))


def _selected(
    folder: Path, held: Sequence[Entry], forces: Sequence[str], months: Sequence[str]
) -> list[Entry]:
    chosen = [
        entry
        for entry in held
        if (not forces or entry.force in forces) and (not months or entry.month in months)
    ]
    if not chosen:
        what = ", ".join(f"{entry.month} of {entry.force}" for entry in held) or "nothing"
        raise IncidentStoreError(f"No month to count: the store {folder} holds {what}.")
    return chosen


def _check_unchanged(folder: Path, entry: Entry) -> None:
    try:
        with (folder / entry.parquet).open("rb") as held:
            digest = hashlib.file_digest(held, "sha256").hexdigest()
    except FileNotFoundError:
        digest = "absent"
    if digest != entry.parquet_sha256:
        raise IncidentStoreError(
            f"{entry.parquet} is not as it was when {entry.source} was taken in. "
            f"Take {entry.source} in again, into an empty folder."
        )


def check_totals(counts: Sequence[Count], entries: Sequence[Entry]) -> None:
    """Check that the counts of each month add up to the rows taken in, and "not known" to the
    rows without an LSOA. Raises CountsDoNotReconcileError naming the first month that doesn't.
    """
    counted: Counter[str] = Counter()
    not_known: Counter[str] = Counter()
    for row in counts:
        counted[row.month] += row.count
        if row.area == NOT_KNOWN:
            not_known[row.month] += row.count
    taken_in: Counter[str] = Counter()
    without_lsoa: Counter[str] = Counter()
    for entry in entries:
        taken_in[entry.month] += entry.rows
        without_lsoa[entry.month] += entry.rows_without_lsoa
    for month in sorted(counted.keys() | taken_in.keys()):
        _same_total(month, "rows", counted[month], taken_in[month])
        _same_total(month, "rows without an LSOA", not_known[month], without_lsoa[month])


def _same_total(month: str, what: str, counted: int, taken_in: int) -> None:
    if counted != taken_in:
        raise CountsDoNotReconcileError(
            f"{month}: {counted:,} {what} counted, {taken_in:,} taken in. Don't use these counts."
        )


def write_counts(counts: Sequence[Count], path: Path) -> None:
    """Write counts as CSV (area, crime_type, month, count), UTF-8 with LF, in one step."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((row.area, row.crime_type, row.month, row.count) for row in sorted(counts))
    write_whole(path, text.getvalue().encode())


def counts_table(counts: Sequence[Count]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Lay counts out to be read: a header, then a row an area and crime type, a column a month,
    with a last row of totals. Over twelve months only the total is shown.
    """
    months = sorted({row.month for row in counts})
    shown = months if len(months) <= 12 else []
    by_cell = Counter({(row.area, row.crime_type, row.month): row.count for row in counts})
    header = ("Area", "Crime type", *shown, *(() if len(shown) == 1 else ("Total",)))
    places = sorted({(row.area, row.crime_type) for row in counts})
    body = [
        _line(area, crime_type, [by_cell[area, crime_type, month] for month in months], shown)
        for area, crime_type in places
    ]
    totals = [sum(row.count for row in counts if row.month == month) for month in months]
    return header, [*body, _line("All areas", "All types", totals, shown)]


def _line(area: str, crime_type: str, by_month: Sequence[int], shown: Sequence[str]) -> tuple[str, ...]:
    cells = list(by_month) if shown else []
    if len(shown) != 1:
        cells.append(sum(by_month))
    return area, crime_type, *(f"{cell:,}" for cell in cells)
