"""Read street-level crime files as published on data.police.uk, in both schemas.

A file is loaded whole or refused with every fault found in it. Rows are never dropped: what is
odd but real (no LSOA, a Crime ID that repeats) is kept and noted.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .crime_types import CODE_BY_NAME, ONLY_BEFORE_2013, ONLY_SINCE_2013
from .faults import Fault, IncidentFileError, Notice
from .unpack import Limits, Unpacked, unpack


@dataclass(frozen=True)
class Schema:
    """A published layout: its name and its columns in order."""

    name: str
    columns: tuple[str, ...]


SCHEMA_2013 = Schema(
    "2013",
    (
        "Crime ID",
        "Month",
        "Reported by",
        "Falls within",
        "Longitude",
        "Latitude",
        "Location",
        "LSOA code",
        "LSOA name",
        "Crime type",
        "Last outcome category",
        "Context",
    ),
)
SCHEMA_2010 = Schema(
    "2010",
    (
        "Month",
        "Reported by",
        "Falls within",
        "Easting",
        "Northing",
        "Location",
        "Crime type",
        "Context",
    ),
)
SCHEMAS = (SCHEMA_2013, SCHEMA_2010)

# Columns of the loaded table that a schema lacks are empty.
TEXT_COLUMNS = tuple(dict.fromkeys(SCHEMA_2013.columns + SCHEMA_2010.columns))
LSOA_NAME_END = r" \d{3}[A-Z]$"


@dataclass(frozen=True)
class Check:
    """A rule for one column: `bad` is SQL, true where the value is not allowed."""

    column: str
    bad: str
    allowed: str


def _pattern(column: str, pattern: str) -> str:
    quoted = pattern.replace("'", "''")
    # Length is apart: a bounded repeat of a wide class is slow to match.
    return f"""NOT (length("{column}") <= 80 AND regexp_full_match("{column}", '{quoted}'))"""


def _number(column: str, low: int, high: int, allowed: str) -> Check:
    form = _pattern(column, r"-?\d{1,7}(\.\d{1,15})?")
    value = f'TRY_CAST("{column}" AS DOUBLE)'
    bad = f'"{column}" IS NOT NULL AND ({form} OR NOT {value} BETWEEN {low} AND {high})'
    return Check(column, bad, f"blank, or {allowed}")


def _alone(column: str, other: str) -> Check:
    bad = f'"{column}" IS NOT NULL AND "{other}" IS NULL'
    return Check(column, bad, f"blank where {other} is blank")


def _required(column: str, pattern: str, allowed: str) -> Check:
    return Check(column, f'"{column}" IS NULL OR {_pattern(column, pattern)}', allowed)


def _optional(column: str, pattern: str, allowed: str) -> Check:
    bad = f'"{column}" IS NOT NULL AND {_pattern(column, pattern)}'
    return Check(column, bad, f"blank, or {allowed}")


MONTH = r"20\d\d-(0[1-9]|1[0-2])"
FORCE = r"[A-Z][A-Za-z&, \-]+"
LSOA_NAME = r"\p{Lu}[\p{L}.,'’()& \-]+ \d{3}[A-Z]"
FORCE_ALLOWED = "a force's name in letters, at most 80 characters"
DISTRICT_ALLOWED = "a district and its area number, such as Birmingham 001A"
TYPE_ALLOWED = "a crime type that police.uk has published, of the fourteen since 2013 or the eleven before"
_TYPE_NAMES = ", ".join(f"'{name}'" for name in CODE_BY_NAME)

CHECKS: tuple[Check, ...] = (
    _required("Month", MONTH, "year and month, such as 2014-01"),
    _required("Reported by", FORCE, FORCE_ALLOWED),
    _required("Falls within", FORCE, FORCE_ALLOWED),
    _number("Longitude", -9, 3, "degrees from -9 to 3"),
    _number("Latitude", 49, 62, "degrees from 49 to 62"),
    _alone("Longitude", "Latitude"),
    _alone("Latitude", "Longitude"),
    _number("Easting", 0, 700_000, "National Grid metres from 0 to 700,000"),
    _number("Northing", 0, 1_300_000, "National Grid metres from 0 to 1,300,000"),
    _alone("Easting", "Northing"),
    _alone("Northing", "Easting"),
    _optional("LSOA code", r"[EW]01\d{6}", "E01 or W01 and six digits"),
    _optional("LSOA name", LSOA_NAME, DISTRICT_ALLOWED),
    _alone("LSOA code", "LSOA name"),
    _alone("LSOA name", "LSOA code"),
    Check(
        "Crime type",
        f'"Crime type" IS NULL OR "Crime type" NOT IN ({_TYPE_NAMES})',
        TYPE_ALLOWED,
    ),
)


@dataclass(frozen=True)
class MonthOfForce:
    """The rows of one month as reported by one force; the unit that the store keeps."""

    month: str
    force: str
    rows: int
    rows_without_lsoa: int
    rows_without_crime_id: int


@dataclass(frozen=True)
class StreetFile:
    """A street-level file that was read without fault."""

    file: str
    schema: str
    rows: int
    months: tuple[MonthOfForce, ...]
    source_sha256: str
    content_sha256: str
    notices: tuple[Notice, ...]


def connect(spill: Path) -> duckdb.DuckDBPyConnection:
    """Open an in-memory engine: one thread (so that order and bytes hold), no extension fetched.

    `spill` is a folder for what doesn't fit in memory.
    """
    return duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": "256MB",
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


def load_street_file(
    connection: duckdb.DuckDBPyConnection, source: Path, limits: Limits | None = None
) -> StreetFile:
    """Load one street-level file into the table `street` of `connection`, replacing it.

    Columns of `street`: row (the line in the file), crime_id, month, force, falls_within,
    longitude and latitude (degrees), easting and northing (metres), location, lsoa_code,
    lsoa_name, district, crime_type, last_outcome, context. What is blank is null.

    Raises IncidentFileError with every fault found; the table is then absent.
    """
    limits = limits or Limits()
    connection.execute("DROP TABLE IF EXISTS street; DROP TABLE IF EXISTS published")
    with tempfile.TemporaryDirectory(prefix="wayforward-") as folder:
        plain = Path(folder) / "rows.csv"
        headers = [schema.columns for schema in SCHEMAS]
        unpacked = unpack(source, plain, headers, limits)
        if unpacked.faults:
            raise IncidentFileError(unpacked.faults)
        schema = next(schema for schema in SCHEMAS if schema.columns == unpacked.header)
        _read_text(connection, plain, schema, source.name, unpacked.rows)
    faults = _check(connection, source.name, limits)
    if faults:
        connection.execute("DROP TABLE published")
        raise IncidentFileError(faults)
    connection.execute(_TYPED)
    connection.execute("DROP TABLE published")
    return _describe(connection, source.name, schema, unpacked)


def _read_text(
    connection: duckdb.DuckDBPyConnection, plain: Path, schema: Schema, file: str, rows: int
) -> None:
    """Read every column as text. Nothing is sniffed: the engine's guess, made from the first
    files it sees, shifts the columns where a quoted comma first appears later.
    """
    columns = dict.fromkeys(schema.columns, "VARCHAR")
    shown = ", ".join(
        f'"{column}"' if column in columns else f'NULL::VARCHAR AS "{column}"' for column in TEXT_COLUMNS
    )
    try:
        connection.execute(
            f"""CREATE TABLE published AS
            SELECT row_number() OVER () + 1 AS row, {shown}
            FROM read_csv($path, auto_detect = false, header = false, columns = {columns!r},
                delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '',
                strict_mode = true, parallel = false)""",
            {"path": literal_path(plain)},
        )
    except duckdb.Error as error:
        found = str(error).splitlines()[0]
        raise IncidentFileError([Fault(file, None, None, found, "comma-separated text")]) from None
    read = _one(connection, "SELECT count(*) FROM published")
    if read != rows:
        found = f"{read:,} rows read from {rows:,} lines"
        raise IncidentFileError([Fault(file, None, None, found, "one row a line")])


def literal_path(path: Path) -> str:
    """Return a path that the engine won't take for a pattern of several files."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return 0 if row is None else int(row[0])


def _check(connection: duckdb.DuckDBPyConnection, file: str, limits: Limits) -> list[Fault]:
    """Return a fault for each value that a check refuses, with its first row, in row order."""
    faults = []
    if _one(connection, "SELECT count(*) FROM published") == 0:
        return [Fault(file, None, None, "no rows below the header", "at least one row")]
    for check in CHECKS:
        found = connection.execute(
            f"""SELECT coalesce("{check.column}", 'blank') AS found, min(row), count(*)
            FROM published WHERE {check.bad}
            GROUP BY found ORDER BY min(row) LIMIT {limits.faults}"""
        ).fetchall()
        faults += [Fault(file, row, check.column, value, check.allowed, rows) for value, row, rows in found]
    return sorted(faults, key=lambda fault: fault.row or 0)[: limits.faults]


# In the older schema a crime without a place may stand at 0, 0: no place, not the grid's origin.
_NO_PLACE = '(TRY_CAST("Easting" AS DOUBLE) = 0 AND TRY_CAST("Northing" AS DOUBLE) = 0)'

_TYPED = f"""CREATE TABLE street AS SELECT
    row::INTEGER AS row,
    "Crime ID" AS crime_id,
    "Month" AS month,
    "Reported by" AS force,
    "Falls within" AS falls_within,
    "Longitude"::DOUBLE AS longitude,
    "Latitude"::DOUBLE AS latitude,
    CASE WHEN {_NO_PLACE} THEN NULL ELSE "Easting"::DOUBLE END AS easting,
    CASE WHEN {_NO_PLACE} THEN NULL ELSE "Northing"::DOUBLE END AS northing,
    "Location" AS location,
    "LSOA code" AS lsoa_code,
    "LSOA name" AS lsoa_name,
    regexp_replace("LSOA name", '{LSOA_NAME_END}', '') AS district,
    "Crime type" AS crime_type,
    "Last outcome category" AS last_outcome,
    "Context" AS context
FROM published ORDER BY row"""


def _describe(
    connection: duckdb.DuckDBPyConnection, file: str, schema: Schema, unpacked: Unpacked
) -> StreetFile:
    months = connection.execute(
        """SELECT month, force, count(*), count(*) - count(lsoa_code), count(*) - count(crime_id)
        FROM street GROUP BY month, force ORDER BY month, force"""
    ).fetchall()
    return StreetFile(
        file=file,
        schema=schema.name,
        rows=unpacked.rows,
        months=tuple(MonthOfForce(*row) for row in months),
        source_sha256=unpacked.source_sha256,
        content_sha256=unpacked.content_sha256,
        notices=_notices(connection, file, schema),
    )


def _notices(connection: duckdb.DuckDBPyConnection, file: str, schema: Schema) -> tuple[Notice, ...]:
    without_lsoa = _one(connection, "SELECT count(*) FROM street WHERE lsoa_code IS NULL")
    notices = []
    if without_lsoa:
        why = " (the older files never have one)" if schema is SCHEMA_2010 else ""
        message = f"{without_lsoa:,} rows have no LSOA{why} and are counted as “not known”"
        notices.append(Notice("missing-lsoa", file, without_lsoa, message))
    notices += _repeats_in_file(connection, file)
    notices += _commas(connection, file)
    notices += _mixed_types(connection, file)
    return tuple(notices)


def _repeats_in_file(connection: duckdb.DuckDBPyConnection, file: str) -> list[Notice]:
    repeated = _one(
        connection,
        """SELECT count(*) FROM (SELECT crime_id FROM street
        GROUP BY crime_id HAVING count(crime_id) > 1)""",
    )
    if not repeated:
        return []
    message = f"{repeated:,} Crime IDs occur more than once in the file; each row is counted"
    return [Notice("repeated-crime-id", file, repeated, message)]


def _commas(connection: duckdb.DuckDBPyConnection, file: str) -> list[Notice]:
    first, rows = connection.execute(
        "SELECT min(row), count(*) FROM street WHERE contains(location, ',')"
    ).fetchall()[0]
    if not rows:
        return []
    message = f"{rows:,} locations hold a comma within quotes, first on row {first}"
    return [Notice("quoted-comma", file, rows, message)]


def _mixed_types(connection: duckdb.DuckDBPyConnection, file: str) -> list[Notice]:
    names = connection.execute("SELECT DISTINCT crime_type FROM street").fetchall()
    present = {name for (name,) in names}
    before, since = present & ONLY_BEFORE_2013, present & ONLY_SINCE_2013
    if not (before and since):
        return []
    both = ", ".join(sorted(before | since))
    message = f"crime types of both sets, before and since 2013: {both}"
    return [Notice("mixed-crime-types", file, len(before | since), message)]
