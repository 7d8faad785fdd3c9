"""Whether the plan fits the days and the money that the terms of reference give it."""

from datetime import date, timedelta

from wayforward.exercise.findings.plan import bank_holidays
from wayforward.exercise.models import WorkPackage
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Scalar, Used
from wayforward.findings.provenance import given
from wayforward.methods import effort as effort_method
from wayforward.methods import schedule
from wayforward.methods.totals import total

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


@finding(
    "exercise.spent",
    title="Effort and spend so far, by the plan",
    question="How much of the days and the budget is used, and how much is planned still?",
    method="effort",
    reads=(WorkPackage,),
)
def spent(case: Reading) -> Result:
    """What the work done so far was planned to use: all of what is done, and of what is under way the part gone by."""
    packages = [row for row in case.rows(WorkPackage) if row.state != "stopped" or row.starts <= case.today]
    gone = {row.code: share_gone(row, case.today) for row in packages}
    rows: list[dict[str, Scalar]] = []
    for measure, field, term, unit in MEASURES:
        stated = getattr(case.exercise, term) if term else None
        planned = total({row.code: _amount(row, field) for row in packages}).value
        used = total({row.code: _part(_amount(row, field), gone[row.code]) for row in packages}).value
        rows.append(
            {
                "measure": measure,
                "used": used if packages else None,
                "to_come": None if used is None or planned is None or not packages else planned - used,
                "available": None if stated is None else float(stated),
                "unit": "£" if unit == "GBP" else unit,
            }
        )
    waiting = tuple(f"{row['measure'].lower()} of the work packages" for row in rows if row["used"] is None)  # type: ignore[union-attr]  # a word
    return Result(
        headline=_spent_headline(rows),
        columns=(
            Column("measure", "Measure"),
            Column("used", "Used so far", "unit of the row"),
            Column("to_come", "Planned still", "unit of the row"),
            Column("available", "Available", "unit of the row"),
            Column("unit", "Unit"),
        ),
        rows=tuple(rows),
        value_column="used",
        used=(
            *given(packages, "starts", "ends", "state", *(field for _, field, _, _ in MEASURES)),
            Used("exercise", ("consultant_days", "budget")),
        ),
        parameters={"status_date": case.today.isoformat()},
        warnings=(
            "Time sheets and invoices are not recorded: of work under way the part of its working days gone by counts "
            "as used, all of it once its end has passed.",
        ),
        waiting=waiting,
    )


def share_gone(row: WorkPackage, today: date) -> float:
    """The share of a package that is behind us: all where done, none where not started, else by its working days."""
    if row.state == "done":
        return 1.0
    if row.state == "not started" or today < row.starts:
        return 0.0
    off = bank_holidays(row.starts, max(row.ends, row.starts))
    whole = schedule.working_days(row.starts, row.ends, off)
    if today >= row.ends or not whole:
        return 1.0
    return schedule.working_days(row.starts, today - timedelta(days=1), off) / whole


def _part(amount: float | None, share: float) -> float | None:
    """A part of an amount; no part of what is not known is nought."""
    if not share:
        return 0.0
    return None if amount is None else amount * share


def _spent_headline(rows: list[dict[str, Scalar]]) -> str:
    said = []
    for row in rows:
        if row["used"] is None:
            continue
        money = row["unit"] == "£"
        amount = show.money(row["used"]) if money else show.number(row["used"])
        if row["available"] is not None:
            of = show.money(row["available"]) if money else show.number(row["available"])
            said.append(f"{amount} of {of}{'' if money else ' consultant days'}")
    return f"By the plan {show.listed(said)} are used" if said else "What has been used so far is not known"
