"""Rules of editions, scenarios and business cases: what replaces a value exists, and can be replaced."""

from collections.abc import Iterator
from itertools import pairwise

from wayforward.appraisal.checks.common import cell, edition_of
from wayforward.appraisal.models import CASE_STAGES, BusinessCase, CaseFigure, Scenario, ScenarioValue
from wayforward.appraisal.what_if import MOVABLE, Change, changed
from wayforward.parameters import editions
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once
from wayforward.records.models import ParameterOverride


@check
def overrides_replace_something(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(ParameterOverride), "parameter")
    edition = edition_of(case)
    if edition is None:
        return
    for row in case.rows(ParameterOverride):
        table, _, entry = row.parameter.partition("/")
        try:
            edition.get(table).number(entry)
        except (LookupError, TypeError) as error:
            allowed = f"a number of the edition, as table/entry: {error.args[0]}"
            yield Wrong(row, "parameter", row.parameter, allowed)


@check
def named_editions_are_there(case: Case) -> Iterator[Wrong]:
    rows: list[Scenario | BusinessCase] = [*case.rows(Scenario), *case.rows(BusinessCase)]
    for row in rows:
        if row.edition and row.edition not in editions():
            yield Wrong(row, "edition", row.edition, f"blank, or one of {', '.join(editions())}")


@check
def scenario_changes_what_can_be_changed(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(ScenarioValue), "scenario", "about", "field")
    fields = {model.kind(): names for model, names in MOVABLE.items()}
    for row in case.rows(ScenarioValue):
        kind = row.about.partition(":")[0]
        try:
            changed(case, [Change(row.about, row.field, float(row.value))])
        except ValueError as error:
            field = "about" if kind not in fields else "field" if row.field not in fields[kind] else "value"
            yield Wrong(row, field, cell(row, field), f"what a scenario can change; {error}")


@check
def business_cases_follow_one_another(case: Case) -> Iterator[Wrong]:
    """Each stage stands once, and no later stage stood before an earlier one; a figure is given once in each."""
    yield from once(case.rows(BusinessCase), "case_stage")
    yield from once(case.rows(CaseFigure), "business_case", "option", "figure")
    order = [stage for stage, _ in CASE_STAGES]
    rows = [row for row in case.rows(BusinessCase) if row.stood is not None and row.case_stage in order]
    rows.sort(key=lambda row: order.index(row.case_stage))
    for before, row in pairwise(rows):
        if row.stood < before.stood:
            allowed = f"{before.stood} or later, when the {before.case_stage} case stood"
            yield Wrong(row, "stood", str(row.stood), allowed)
