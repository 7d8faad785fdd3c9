"""Whether the plan fits the days and the money that the terms of reference give it."""

from wayforward.exercise.models import WorkPackage
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Scalar, Used
from wayforward.findings.provenance import given
from wayforward.methods import effort as effort_method

MEASURES = (
    ("Consultant days", "consultant_effort", "consultant_days", "days"),
    ("Consultancy budget", "consultant_cost", "budget", "GBP"),
    ("Team days", "team_effort", "", "days"),
)


@finding(
    "exercise.effort",
    title="Effort and spend against what is available",
    question="Does the plan fit the days and the money there are?",
    method="effort",
    reads=(WorkPackage,),
)
def effort(case: Reading) -> Result:
    """What the work packages plan to use, against the terms of reference; unknown while any part is not known."""
    packages = case.rows(WorkPackage)
    rows: list[dict[str, Scalar]] = []
    waiting = [] if packages else ["the work packages, with their effort"]
    for measure, field, term, unit in MEASURES:
        stated = getattr(case.exercise, term) if term else None
        use = effort_method.use(
            {package.code: _amount(package, field) for package in packages},
            None if stated is None else float(stated),
        )
        rows.append(
            {
                "measure": measure,
                "available": use.available,
                "planned": use.used.value if packages else None,
                "left": use.left if packages else None,
                "share": use.share if packages else None,
                "unit": "£" if unit == "GBP" else unit,
            }
        )
        if use.used.unknown:
            waiting.append(f"{measure.lower()} of {show.listed(list(use.used.unknown))}")
        if term and stated is None:
            waiting.append(f"{measure.lower()} available")
    terms = tuple(term for _, _, term, _ in MEASURES if term and getattr(case.exercise, term) is not None)
    return Result(
        headline=_effort_headline(rows, bool(packages)),
        columns=(
            Column("measure", "Measure"),
            Column("available", "Available", "unit of the row"),
            Column("planned", "Planned", "unit of the row"),
            Column("left", "Left", "unit of the row"),
            Column("share", "Share planned", "fraction"),
            Column("unit", "Unit"),
        ),
        rows=tuple(rows),
        value_column="left",
        used=(
            *given(packages, *(field for _, field, _, _ in MEASURES)),
            *((Used("exercise", terms),) if terms else ()),
        ),
        warnings=_effort_warnings(case),
        waiting=tuple(waiting),
    )


def _amount(package: WorkPackage, field: str) -> float | None:
    """What a package plans of one measure. No consultant's day costs nothing; a day without a cost is not known."""
    value = getattr(package, field)
    if field == "consultant_cost" and value is None and package.consultant_effort == 0:
        return 0.0
    return None if value is None else float(value)


def _effort_warnings(case: Reading) -> tuple[str, ...]:
    days = case.exercise.team_days
    if days is None:
        return ()
    return (
        f"{show.number(float(days))} of the team's days are for baselining and decide the cut-off of services; "
        "how many there are for all the work was not set.",
    )


def _effort_headline(rows: list[dict[str, Scalar]], packages: bool) -> str:
    if not packages:
        return "The effort that the plan needs is not known yet"
    said = []
    for row in rows:
        if row["share"] is None:
            continue
        money = row["unit"] == "£"
        planned, available = (
            show.money(row[name]) if money else show.number(row[name]) for name in ("planned", "available")
        )
        said.append(f"{planned} of {available}{'' if money else ' consultant days'}")
    over = [row for row in rows if isinstance(row["left"], float) and row["left"] < 0]
    if not said:
        return "Whether the plan fits the days and the budget is not known yet"
    return f"The plan uses {show.listed(said)}" + (": more than there is" if over else "")
