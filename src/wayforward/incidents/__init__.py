"""The incident store: street-level crime from police.uk, counted by area, type and month."""

from .command import ATTRIBUTION, IncidentRun, take_in_and_count
from .counts import (
    NOT_KNOWN,
    Area,
    Count,
    CountsDoNotReconcileError,
    check_totals,
    count_incidents,
    counts_table,
    write_counts,
)
from .crime_types import (
    CRIME_TYPES_BEFORE_2013,
    CRIME_TYPES_SINCE_2013,
    CrimeType,
    crime_type_code,
)
from .faults import Fault, IncidentFileError, IncidentStoreError, Notice
from .police_uk import StreetFile, connect, load_street_file
from .store import Entry, Ingest, ingest, read_manifest
from .unpack import Limits

__all__ = [
    "ATTRIBUTION",
    "CRIME_TYPES_BEFORE_2013",
    "CRIME_TYPES_SINCE_2013",
    "NOT_KNOWN",
    "Area",
    "Count",
    "CountsDoNotReconcileError",
    "CrimeType",
    "Entry",
    "Fault",
    "IncidentFileError",
    "IncidentRun",
    "IncidentStoreError",
    "Ingest",
    "Limits",
    "Notice",
    "StreetFile",
    "check_totals",
    "connect",
    "count_incidents",
    "counts_table",
    "crime_type_code",
    "ingest",
    "load_street_file",
    "read_manifest",
    "take_in_and_count",
    "write_counts",
]
