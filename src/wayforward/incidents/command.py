"""What `wayforward incidents FILE... --to DIR` does, without the command line around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .counts import Area, Count, count_incidents, write_counts
from .store import Ingest, ingest

COUNTS_FILE = "counts.csv"
ATTRIBUTION = (
    "Source: data.police.uk. Contains public sector information licensed under the "
    "Open Government Licence v3.0."
)


@dataclass(frozen=True)
class IncidentRun:
    """What was taken in, the counts of all that the store now holds, and where they are."""

    ingest: Ingest
    counts: tuple[Count, ...]
    counts_file: Path


def take_in_and_count(
    files: Sequence[Path], to: Path, area: Area = "district", replace: bool = False
) -> IncidentRun:
    """Take street-level files into the store at `to` and write its counts beside it.

    The counts cover every month that the store holds, not only the files given now. Raises
    IncidentFileError, IncidentStoreError or CountsDoNotReconcileError; the message of each is
    fit to be shown as it stands.
    """
    taken_in = ingest(files, to, replace=replace)
    counts = count_incidents(to, area)
    counts_file = to / COUNTS_FILE
    write_counts(counts, counts_file)
    return IncidentRun(taken_in, counts, counts_file)
