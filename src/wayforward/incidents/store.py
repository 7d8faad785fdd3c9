"""Keep incidents: each month of each force once, as Parquet, with a manifest of what is held.

The manifest is what the store holds. Parquet files are named after their content and written
first; replacing the manifest, in one step, is what takes them in. So a reader sees the store
before or after an ingest, never half of one, and a file left behind by a crash is not read.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import duckdb

from .faults import Fault, IncidentFileError, IncidentStoreError, Notice
from .police_uk import MonthOfForce, StreetFile, connect, literal_path, load_street_file
from .unpack import Limits

MANIFEST = "manifest.json"
LOCK = ".lock"
STAGING = ".incidents-new-"
FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """One month of one force in the store.

    `source` is the name of the file it came from, `source_sha256` the digest of that file as
    given, `content_sha256` of the bytes inside it. `parquet` is relative to the store's folder.
    """

    month: str
    force: str
    schema: str
    rows: int
    rows_without_lsoa: int
    rows_without_crime_id: int
    source: str
    source_sha256: str
    content_sha256: str
    parquet: str
    parquet_sha256: str

    @property
    def key(self) -> tuple[str, str]:
        return self.month, self.force


@dataclass(frozen=True)
class Ingest:
    """What an ingest did: months taken in, replaced, or held already; and what to know of them."""

    added: tuple[Entry, ...]
    replaced: tuple[Entry, ...]
    unchanged: tuple[Entry, ...]
    notices: tuple[Notice, ...]


def ingest(
    files: Sequence[Path],
    folder: Path,
    replace: bool = False,
    limits: Limits | None = None,
) -> Ingest:
    """Take street-level files into the store at `folder`, all of them or none.

    A month of a force that is held already is left alone if the file's content is the same, and
    replaced if `replace` is true. Raises IncidentFileError with every fault in every file
    (a month given twice or held with other content among them); IncidentStoreError where the
    store itself can't be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            _clear_left_over(folder)
            with tempfile.TemporaryDirectory(dir=folder, prefix=STAGING) as new:
                return _ingest(files, folder, Path(new), replace, limits)
    except (OSError, duckdb.Error) as error:
        raise IncidentStoreError(f"The incident store {folder} can't be used: {error}") from None


def _ingest(files: Sequence[Path], folder: Path, new: Path, replace: bool, limits: Limits | None) -> Ingest:
    held = {entry.key: entry for entry in read_manifest(folder)}
    staged, notices, faults = _stage_all(files, new, limits)
    if not replace:
        faults += _held_with_other_content(staged, held)
    if faults:
        raise IncidentFileError(faults)
    unchanged = [held[entry.key] for entry in staged if _same(entry, held)]
    fresh = [entry for entry in staged if not _same(entry, held)]
    for entry in fresh:
        os.replace(new / entry.parquet, folder / entry.parquet)
    entries = sorted({**held, **{entry.key: entry for entry in fresh}}.values(), key=_order)
    # Before the manifest is flipped: a month that can't be read back is not taken in.
    repeated = repeated_crime_ids(folder, entries)
    _write_manifest(folder, entries)
    replaced = [entry for entry in fresh if entry.key in held]
    _remove_superseded(folder, [held[entry.key] for entry in replaced], entries)
    return Ingest(
        added=tuple(entry for entry in fresh if entry.key not in held),
        replaced=tuple(replaced),
        unchanged=tuple(unchanged),
        notices=(*notices, *repeated),
    )


def _order(entry: Entry) -> tuple[str, str]:
    return entry.key


def _same(entry: Entry, held: dict[tuple[str, str], Entry]) -> bool:
    return entry.key in held and held[entry.key].content_sha256 == entry.content_sha256


def _stage_all(
    files: Sequence[Path], new: Path, limits: Limits | None
) -> tuple[list[Entry], list[Notice], list[Fault]]:
    """Load each file and write its months to `new`; gather faults of all files in one pass."""
    staged: dict[tuple[str, str], Entry] = {}
    notices: list[Notice] = []
    faults: list[Fault] = []
    with connect(new) as connection:
        for source in files:
            try:
                street = load_street_file(connection, source, limits)
            except IncidentFileError as found:
                faults += found.faults
                continue
            # Repeats are noted once for the whole store: most are across months.
            notices += [note for note in street.notices if note.kind != "repeated-crime-id"]
            for month in street.months:
                entry = _stage(connection, street, month, new)
                if entry.key in staged:
                    faults.append(_twice(entry, staged[entry.key].source))
                staged.setdefault(entry.key, entry)
    return sorted(staged.values(), key=_order), notices, faults


def _stage(
    connection: duckdb.DuckDBPyConnection, street: StreetFile, month: MonthOfForce, new: Path
) -> Entry:
    slug = re.sub(r"[^a-z0-9]+", "-", month.force.lower()).strip("-")
    name = f"{month.month}-{slug}-{_name_digest(street, month)}.parquet"
    target = new / name
    # COPY takes no parameters in its query, so the one month stands in a table of its own.
    connection.execute("DROP TABLE IF EXISTS month_of_force")
    connection.execute(
        """CREATE TABLE month_of_force AS
        SELECT * FROM street WHERE month = ? AND force = ? ORDER BY row""",
        [month.month, month.force],
    )
    quoted = str(target).replace("'", "''")
    connection.execute(
        f"""COPY (SELECT * FROM month_of_force ORDER BY row)
        TO '{quoted}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"""
    )
    with target.open("rb") as written:
        os.fsync(written.fileno())
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return Entry(
        month=month.month,
        force=month.force,
        schema=street.schema,
        rows=month.rows,
        rows_without_lsoa=month.rows_without_lsoa,
        rows_without_crime_id=month.rows_without_crime_id,
        source=street.file,
        source_sha256=street.source_sha256,
        content_sha256=street.content_sha256,
        parquet=name,
        parquet_sha256=digest,
    )


def _name_digest(street: StreetFile, month: MonthOfForce) -> str:
    # The force's own name is in the digest: two names may come to one slug.
    return hashlib.sha256(f"{street.content_sha256}\n{month.force}".encode()).hexdigest()[:12]


def _twice(entry: Entry, other: str) -> Fault:
    found = f"{entry.month} of {entry.force}, which {other} also holds"
    return Fault(entry.source, None, "Month", found, "each month of a force in one file only")


def _held_with_other_content(staged: Sequence[Entry], held: dict[tuple[str, str], Entry]) -> list[Fault]:
    allowed = "a month not yet in the store; to put this file in its place, ask to replace it"
    return [
        Fault(
            entry.source,
            None,
            "Month",
            f"{entry.month} of {entry.force}, held from {held[entry.key].source}",
            allowed,
        )
        for entry in staged
        if entry.key in held and not _same(entry, held)
    ]


def repeated_crime_ids(folder: Path, entries: Sequence[Entry]) -> tuple[Notice, ...]:
    """Return a notice if a Crime ID occurs on more than one row of the given months."""
    with tempfile.TemporaryDirectory(prefix="wayforward-") as spill, connect(Path(spill)) as engine:
        repeated, rows = engine.execute(
            """SELECT count(*), coalesce(sum(n), 0)::BIGINT FROM (
                SELECT count(crime_id) AS n FROM read_parquet($paths)
                GROUP BY crime_id HAVING count(crime_id) > 1)""",
            {"paths": parquet_paths(folder, entries)},
        ).fetchall()[0]
    if not repeated:
        return ()
    message = f"{repeated:,} Crime IDs occur more than once, on {rows:,} rows; each row is counted"
    return (Notice("repeated-crime-id", "all months held", repeated, message),)


def parquet_paths(folder: Path, entries: Sequence[Entry]) -> list[str]:
    """Return the paths of the months' Parquet files, for `read_parquet`."""
    return [literal_path(folder / entry.parquet) for entry in entries]


def read_manifest(folder: Path) -> tuple[Entry, ...]:
    """Return what the store at `folder` holds, by month and force; nothing if there is no store.

    Raises IncidentStoreError if the manifest can't be understood.
    """
    path = folder / MANIFEST
    if not path.exists():
        return ()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}, this version reads {FORMAT}")
        return tuple(_entry(row) for row in content["months"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IncidentStoreError(
            f"{path} can't be read ({error}). Take the files in again, into an empty folder."
        ) from None


def _entry(row: dict[str, object]) -> Entry:
    for field in fields(Entry):
        if not isinstance(row[field.name], field.type if isinstance(field.type, type) else object):
            raise ValueError(f"{field.name} is {row[field.name]!r}")
    entry = Entry(**row)  # type: ignore[arg-type]  # checked above
    if not re.fullmatch(r"[a-z0-9-]+\.parquet", entry.parquet):
        raise ValueError(f"a Parquet file named {entry.parquet!r}")
    return entry


def _write_manifest(folder: Path, entries: Sequence[Entry]) -> None:
    content = {"format": FORMAT, "months": [asdict(entry) for entry in entries]}
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    write_whole(folder / MANIFEST, text.encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never a part."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, path)


def _clear_left_over(folder: Path) -> None:
    # Only the holder of the lock stages anything, so what is there was left by a killed ingest.
    for left in folder.glob(f"{STAGING}*"):
        shutil.rmtree(left)


def _remove_superseded(folder: Path, old: Sequence[Entry], entries: Sequence[Entry]) -> None:
    in_use = {entry.parquet for entry in entries}
    for entry in old:
        if entry.parquet not in in_use:
            (folder / entry.parquet).unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one ingest at a time into the store; the lock goes with the process that holds it."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def steady(folder: Path) -> Iterator[tuple[Entry, ...]]:
    """Yield what the store holds, and keep an ingest from changing it until read."""
    if not (folder / LOCK).exists():
        yield read_manifest(folder)
        return
    with (folder / LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield read_manifest(folder)
