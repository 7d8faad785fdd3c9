"""The answer to a what-if: the findings of the case with some records otherwise, beside those of the record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from wayforward.appraisal.pages.asked import Asked, Refused, changes
from wayforward.appraisal.pages.inputs import Input
from wayforward.appraisal.varying import DELAY
from wayforward.appraisal.what_if import changed
from wayforward.findings import Findings, registered
from wayforward.findings.finding import Finding
from wayforward.pages.labels import Labels

ORDER, WORTH, DRAWN = "appraisal.order", "appraisal.npsv", "appraisal.uncertainty"
GAP, PLAN, RANKS = "appraisal.gap", "appraisal.affordability", "appraisal.acceptability"
KEYS = (ORDER, WORTH, DRAWN, GAP, PLAN, RANKS)
OF_DELAYS = (
    "appraisal.costs",
)  # says what late phases move past the last year; asked only where one is moved
REFERENCE = re.compile(r"\b([a-z][a-z_]*):([A-Za-z0-9][A-Za-z0-9-]*)(?:/([a-z_]+))?")


@dataclass(frozen=True)
class Answer:
    """What was asked, and the findings before and after by key."""

    asked: Asked
    before: Mapping[str, Finding]
    after: Mapping[str, Finding]


def answered(findings: Findings, one: Asked, every: Mapping[str, Input]) -> Answer:
    """The answer; nothing is stored. Raises Refused where the records can't be so."""
    late = any(name == DELAY for key in one.moved for _, name in every[key].targets)
    before = {key: findings[key] for key in (*KEYS, *(OF_DELAYS if late else ())) if key in registered()}
    if not one:
        return Answer(one, before, before)
    try:
        rows = changed(findings.case, changes(findings.case, one, every))
        otherwise = findings.supposing(rows, one.edition)
        return Answer(one, before, {key: otherwise[key] for key in before})
    except Refused:
        raise
    except (ValueError, LookupError) as impossible:  # of the methods, each naming the record
        words = REFERENCE.sub(partial(_in_words, Labels(findings.case)), str(impossible)).rstrip(".")
        raise Refused(f"That can't be worked out: {words}.") from impossible


def _in_words(label: Labels, found: re.Match[str]) -> str:
    """A record by the name that people know it by, in place of its kind and code."""
    kind, code, field = found.groups()
    return label(kind, code) + (f", {field.replace('_', ' ')}" if field else "")
