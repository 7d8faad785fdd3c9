"""The optimism bias of each project: the uplift left of its bounds once its risk areas are mitigated."""

from collections.abc import Mapping
from contextlib import suppress
from math import nan

from wayforward.appraisal.models import BiasArea, BiasShare, CostLine, OptimismBias
from wayforward.findings.compute import Reading
from wayforward.methods import optimism_bias as method

MEASURES = ("capital", "operating", "duration")


def uplifts(case: Reading) -> dict[tuple[str, str], method.Bias]:
    """By project and measure: its optimism bias, by the edition that the case pins."""
    types = case.edition.get("optimism-bias").values["types"]
    found = {}
    for measure in MEASURES:
        bounds = method.bounds(types, measure)  # type: ignore[arg-type]  # a table of rows
        for project in case.rows(OptimismBias):
            with suppress(
                ValueError
            ):  # the checks say what is wrong with the project: its uplift is not known
                found[project.code, measure] = method.bias(project_of(case, project), bounds)
    return found


def uplift_of(line: CostLine, found: Mapping[tuple[str, str], method.Bias]) -> float:
    """What a line is raised by, as a fraction; nan where its project has no bound for it or is not fully known."""
    if line.bias is None:
        return nan
    bias = found.get((line.bias.code, measure_of(line)))
    return nan if bias is None or bias.uplift is None else bias.uplift


def measure_of(line: CostLine) -> str:
    """Which bound raises a line: capital for capital, operating for the rest."""
    return "capital" if line.cost_kind == "capital" else "operating"


def project_of(case: Reading, project: OptimismBias) -> method.Project:
    """A project as the method takes it."""
    shares = {
        row.project_type: float(row.share)
        for row in case.rows(BiasShare)
        if row.bias is project and row.share is not None
    }
    areas = tuple(_area(case, row) for row in case.rows(BiasArea) if row.bias is project)
    return method.Project(project.code, shares, areas, below_lower=bool(project.below_lower))


def _area(case: Reading, row: BiasArea) -> method.RiskArea:
    priced = row.risk is not None and row.risk.counted_in == "the register"
    return method.RiskArea(
        code=row.code,
        contribution=None if row.contribution is None else float(row.contribution),
        mitigation=None if row.mitigation is None else float(row.mitigation),
        evidenced=case.grade(row, "mitigation") is not None,
        cost=0.0,  # its cost is a cost line of its own
        priced=priced,
    )
