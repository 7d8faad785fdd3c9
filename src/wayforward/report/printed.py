"""What a report prints, known from its narrative alone: the findings, and the tables that any word of it comes from."""

import re

from wayforward.exercise.models import Assumption, DeclaredInterest, Section
from wayforward.finance.models import Inflation
from wayforward.findings import registered
from wayforward.records.base import Record, kinds
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence, ParameterOverride
from wayforward.report.annexes import ALWAYS
from wayforward.report.compose import quoted_in
from wayforward.report.opening import SHOWN_ABOVE

RECORD = re.compile(r"\(record:([a-z_]+):")
REGISTER = re.compile(r"\(records:([a-z_]+)")
ANNEXED = (Section, Assumption, Citation, DeclaredInterest, Evidence, Inflation, ParameterOverride)


def keys_printed(case: Case) -> list[str]:
    """The findings that the report shows or quotes, by key in order."""
    quoted = {key for section in case.rows(Section) for key in quoted_in(section)}
    return sorted({*ALWAYS, *SHOWN_ABOVE, "exercise.information", *quoted})


def tables_printed(case: Case) -> list[type[Record]]:
    """The tables that the report's words and figures come from, in the order of the work."""
    found: set[type[Record]] = set(ANNEXED)
    for key in keys_printed(case):
        found |= _read_by(key)
    by_kind, by_stem = kinds(), {model.stem: model for model in case.models()}
    for section in case.rows(Section):
        found |= {by_stem[stem] for stem in REGISTER.findall(section.body) if stem in by_stem}
        named = (by_kind.get(kind) for kind in RECORD.findall(section.body))
        found |= {model for model in named if model is not None and issubclass(model, Record)}
    return [model for model in case.models() if model in found]


def _read_by(key: str) -> set[type[Record]]:
    plan = registered()[key]
    return set(plan.reads).union(*(_read_by(need) for need in plan.needs))
