"""Rules of correction for bias: one a line, by a project or by the grade of its evidence, with what it needs."""

from collections.abc import Iterator

from wayforward.appraisal.checks.common import cell, lines
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.appraisal.priced import BIAS, GRADE
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check

NONE = "none"


@check
def a_line_is_corrected_once(case: Case) -> Iterator[Wrong]:
    """An uplift on top of a correction by grade, or beside a statement that there is none."""
    for line in case.rows(CostLine):
        if line.bias is not None and line.correction != BIAS:
            stated = {GRADE: "it is corrected by its grade", NONE: "it says that none is made"}
            why = stated.get(line.correction, "its correction is blank")
            yield Wrong(line, "bias", line.bias.code, f"blank, as {why}; or {BIAS} in correction")


@check
def optimism_bias_names_a_project(case: Case) -> Iterator[Wrong]:
    for line in case.rows(CostLine):
        if line.correction == BIAS and line.bias is None:
            yield Wrong(line, "bias", "nothing", f"the project for whose {BIAS} it is raised")


@check
def optimism_bias_is_of_costs(case: Case) -> Iterator[Wrong]:
    """A benefit is not cut by a cost's uplift: its shortfall is corrected by the grade of its evidence."""
    for line in case.rows(BenefitLine):
        if line.correction == BIAS:
            yield Wrong(line, "correction", BIAS, f"{GRADE}, or none with its reason: {BIAS} is of costs")


@check
def no_correction_has_a_reason(case: Case) -> Iterator[Wrong]:
    for line in lines(case):
        if line.correction == NONE and not line.correction_reason.strip():
            found = cell(line, "correction_reason")
            yield Wrong(line, "correction_reason", found, "why this line is not corrected for bias")
