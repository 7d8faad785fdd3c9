"""The answer to a what-if: the findings of the case with some records otherwise, beside those of the record."""

from collections.abc import Mapping
from dataclasses import dataclass

from wayforward.appraisal.pages.asked import Asked, Refused, changes
from wayforward.appraisal.pages.inputs import Input
from wayforward.appraisal.what_if import changed
from wayforward.findings import Findings, registered
from wayforward.findings.finding import Finding

ORDER, WORTH, DRAWN = "appraisal.order", "appraisal.npsv", "appraisal.uncertainty"
GAP, PLAN, RANKS = "appraisal.gap", "appraisal.affordability", "appraisal.acceptability"
KEYS = (ORDER, WORTH, DRAWN, GAP, PLAN, RANKS)


@dataclass(frozen=True)
class Answer:
    """What was asked, and the findings before and after by key."""

    asked: Asked
    before: Mapping[str, Finding]
    after: Mapping[str, Finding]


def answered(findings: Findings, one: Asked, every: Mapping[str, Input]) -> Answer:
    """The answer; nothing is stored. Raises Refused where the records can't be so."""
    before = {key: findings[key] for key in KEYS if key in registered()}
    if not one:
        return Answer(one, before, before)
    try:
        rows = changed(findings.case, changes(findings.case, one, every))
        otherwise = findings.supposing(rows, one.edition)
        return Answer(one, before, {key: otherwise[key] for key in before})
    except Refused:
        raise
    except (ValueError, LookupError) as impossible:  # of the methods, each naming the record
        raise Refused(f"That can't be worked out: {impossible}.") from impossible
