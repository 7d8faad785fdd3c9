"""Where people's narrative quotes a finding or a record."""

import re
from typing import Any

from wayforward.records.base import record_models
from wayforward.records.case import Case


def records_that_quote(case: Case, target: str) -> list[dict[str, Any]]:
    """The records whose narrative quotes `finding:KEY` or `record:kind:CODE`, in the order of the report."""
    quote = re.compile(rf"\({re.escape(target)}(?=[?/)])")
    found = [
        {"stem": model.stem, "code": row.code, "title": row.label, "number": getattr(row, "number", None)}
        for model in record_models()
        if model.narrative
        for row in case.rows(model)
        if quote.search(getattr(row, model.narrative))
    ]
    return sorted(found, key=lambda one: (one["stem"], one["number"] or 0, one["code"]))
