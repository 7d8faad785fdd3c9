"""The canonical form of records: cells in canonical column order, the same bytes for the same content."""

import hashlib
import json
from collections.abc import Iterable

from wayforward.records.base import Versioned, columns


def cells(record: Versioned) -> dict[str, str]:
    """A record as text, column by column, exactly as an export writes it."""
    return {f.name: f.write_cell(getattr(record, f.name)) for f in columns(type(record))}


def canonical(record: Versioned) -> str:
    """A record as canonical JSON: what the event log holds and what fingerprints are made of."""
    return json.dumps(cells(record), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def digest(records: Iterable[Versioned]) -> str:
    """SHA-256 of a table's canonical rows in the order of their codes."""
    return digest_of(canonical(record) for record in sorted(records, key=lambda row: row.code))


def digest_of(texts: Iterable[str]) -> str:
    """SHA-256 of canonical rows that are in the order of their codes."""
    total = hashlib.sha256()
    for text in texts:
        total.update(text.encode())
        total.update(b"\n")
    return total.hexdigest()
