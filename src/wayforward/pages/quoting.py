"""Where people's narrative quotes a finding or a record."""

import re
from typing import Any

from wayforward.findings import Findings
from wayforward.pages.withheld import barred, rows_for
from wayforward.records.base import record_models
from wayforward.records.case import Case


def quoted_in(user: Any, findings: Findings, target: str) -> list[dict[str, Any]]:
    """The records that a person may see whose narrative quotes something."""
    told = records_that_quote(findings.case, target)
    if not told or not barred(user, findings):
        return told
    seen = {
        (model.stem, row.code)
        for model in record_models()
        if model.narrative
        for row in rows_for(user, findings, findings.case.rows(model))
    }
    return [one for one in told if (one["stem"], one["code"]) in seen]


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
