"""The short names of records, for tables, charts and sentences that hold their codes."""

from wayforward.records.base import Versioned
from wayforward.records.case import Case
from wayforward.records.models import Evidence

# Records that people know by a short name; all others go by code and name.
LONGEST = 60


class Labels:
    """label(kind, code) for one case: 'Regional collaboration' for option REG."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def __call__(self, kind: str, code: str) -> str:
        record = self._case.get(f"{kind}:{code}")
        return short(record) if record is not None else code


def short(record: Versioned) -> str:
    """A record's short name, at most 60 characters; evidence goes by its code, under which the annex lists it."""
    if isinstance(record, Evidence):
        return record.code
    name = getattr(record, "short_name", "") or record.label or record.code
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
