"""The inputs of a finding, where a field left blank is waited for and no assumption."""

from collections.abc import Iterable

from wayforward.findings.finding import Used
from wayforward.findings.provenance import used
from wayforward.records.base import Record


def given(records: Iterable[Record], *fields: str) -> tuple[Used, ...]:
    """The records as inputs, each by those of the named fields that hold a value."""
    found: list[Used] = []
    for record in records:
        filled = [name for name in fields if getattr(record, name) not in (None, "", {})]
        if filled:
            found += used([record], *filled)
    return tuple(found)
