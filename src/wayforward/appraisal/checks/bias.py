"""Rules of optimism bias: the types of work of a project, its risk areas, and the lines that it raises."""

from collections import defaultdict
from collections.abc import Iterator
from math import fsum, isclose

from wayforward.appraisal.bias import MEASURES, measure_of
from wayforward.appraisal.checks.common import cell, edition_of
from wayforward.appraisal.models import BiasArea, BiasShare, CostLine, OptimismBias
from wayforward.findings.provenance import grade_of
from wayforward.methods import optimism_bias as method
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once

Bounds = dict[str, dict[str, method.Bounds]]


def bounds_of(case: Case) -> Bounds | None:
    """By measure and type of work, the bounds of the edition; None where it is not known."""
    edition = edition_of(case)
    if edition is None:
        return None
    types = edition.get("optimism-bias").values["types"]
    return {measure: method.bounds(types, measure) for measure in MEASURES}  # type: ignore[arg-type]  # a table of rows


def of_projects(case: Case) -> dict[str, list[BiasShare]]:
    """The types of work of each project that has any share of."""
    found: dict[str, list[BiasShare]] = defaultdict(list)
    for row in case.rows(BiasShare):
        if row.share:
            found[row.bias.code].append(row)
    return found


@check
def shares_of_a_project_add_up(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(BiasShare), "bias", "project_type")
    for code, rows in of_projects(case).items():
        total = fsum(float(row.share) for row in rows)
        if not isclose(total, 1, abs_tol=1e-9):
            allowed = f"shares of {code} that add up to 1; they come to {total:.6g}"
            yield Wrong(rows[-1], "share", cell(rows[-1], "share"), allowed)


@check
def contributions_are_at_most_the_whole(case: Case) -> Iterator[Wrong]:
    """Published contributions are rounded, so their sum may pass 1 by a little."""
    areas: dict[str, list[BiasArea]] = defaultdict(list)
    for area in case.rows(BiasArea):
        if area.contribution is not None:
            areas[area.bias.code].append(area)
    for code, rows in areas.items():
        total = fsum(float(row.contribution) for row in rows)
        if total > 1 + method.ROUNDING + 1e-9:
            allowed = f"contributions of {code} that add up to at most 1; they come to {total:.6g}"
            yield Wrong(rows[-1], "contribution", cell(rows[-1], "contribution"), allowed)


@check
def types_of_work_are_in_the_edition(case: Case) -> Iterator[Wrong]:
    bounds = bounds_of(case)
    for row in case.rows(BiasShare):
        known = bounds["capital"] if bounds else {row.project_type: None}
        if row.project_type and row.project_type not in known:
            allowed = f"a type of {case.exercise.edition}: {', '.join(known)}"
            yield Wrong(row, "project_type", row.project_type, allowed)


@check
def types_of_a_project_share_a_bound(case: Case) -> Iterator[Wrong]:
    """Outsourcing is bounded by its operating cost and works by their capital: no one uplift fits both."""
    bounds = bounds_of(case) or {}
    for code, rows in of_projects(case).items():
        known = [(row, found) for row in rows if (found := bounded(row.project_type, bounds))]
        odd = next((row for row, found in known if found != known[0][1]), None)
        if odd is not None:
            allowed = (
                f"a project of its own: it is bounded by other costs than {known[0][0].project_type} in {code}, so "
                "that no one uplift fits the two"
            )
            yield Wrong(odd, "project_type", odd.project_type, allowed)


def bounded(project_type: str, bounds: Bounds) -> set[str]:
    """The measures for which a type of work has both bounds."""
    both = method.Bounds(None, None)
    found = {measure: types.get(project_type, both) for measure, types in bounds.items()}
    return {measure for measure, one in found.items() if one.upper is not None and one.lower is not None}


@check
def a_project_bounds_the_lines_it_raises(case: Case) -> Iterator[Wrong]:
    """A revenue line is raised by a bound of operating cost, a capital line by one of capital."""
    bounds = bounds_of(case)
    shares = of_projects(case)
    for line in case.rows(CostLine):
        if line.bias is None or bounds is None or line.bias.code not in shares:
            continue
        types = [row.project_type for row in shares[line.bias.code]]
        if not any(measure_of(line) in bounded(name, bounds) for name in types):
            allowed = (
                f"a project with a bound of {measure_of(line)} cost, which {' and '.join(types)} has not; or another "
                "correction"
            )
            yield Wrong(line, "bias", line.bias.code, allowed)


@check
def a_project_is_of_the_option_it_raises(case: Case) -> Iterator[Wrong]:
    for line in case.rows(CostLine):
        option = line.bias.option if line.bias is not None else None
        if option is not None and option.code != line.option.code:
            allowed = (
                f"a project of {line.option.code} or of any option; {line.bias.code} is of {option.code}"
            )
            yield Wrong(line, "bias", line.bias.code, allowed)


@check
def a_project_raises_some_line(case: Case) -> Iterator[Wrong]:
    named = {line.bias.code for line in case.rows(CostLine) if line.bias is not None}
    for project in case.rows(OptimismBias):
        if project.code not in named:
            allowed = f"a project that a cost line names; none names {project.code}, so it raises nothing"
            yield Wrong(project, "name", cell(project, "name"), allowed)


@check
def mitigation_says_by_what(case: Case) -> Iterator[Wrong]:
    for area in case.rows(BiasArea):
        if area.mitigation and not area.mitigated_by.strip():
            allowed = f"what has been done that takes off {float(area.mitigation):.0%} of this risk area"
            yield Wrong(area, "mitigated_by", "nothing", allowed)


@check
def below_the_lower_bound_on_evidence(case: Case) -> Iterator[Wrong]:
    """A project goes below its lower bound for a reason, and only as far as cited mitigation takes it."""
    for area in case.rows(BiasArea):
        if not area.bias.below_lower or not area.mitigation:
            continue
        if grade_of(case, area.reference, ("mitigation",)) is None:
            allowed = (
                f"a share that a citation in use supports, as {area.bias.code} is to go below its lower bound; or no "
                "reason in below_lower"
            )
            yield Wrong(area, "mitigation", cell(area, "mitigation"), allowed)


@check
def mitigation_is_paid_for_by_the_same_option(case: Case) -> Iterator[Wrong]:
    raised: dict[str, set[str]] = defaultdict(set)
    for line in case.rows(CostLine):
        if line.bias is not None:
            raised[line.bias.code].add(line.option.code)
    for area in case.rows(BiasArea):
        own = {area.bias.option.code} if area.bias.option is not None else raised[area.bias.code]
        if area.cost_line is not None and own and area.cost_line.option.code not in own:
            allowed = f"a cost line of {' or '.join(sorted(own))}, which has the project"
            yield Wrong(area, "cost_line", area.cost_line.code, allowed)
