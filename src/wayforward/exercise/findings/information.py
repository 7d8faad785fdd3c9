"""The information asked for: what has come, what is still to come, and what nobody will ever know."""

from collections import Counter
from datetime import date

from wayforward.exercise.models import InformationRequest, Section, Workstream
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.provenance import given

STATES = ("received", "promised", "asked", "late", "not asked", "never known")


@finding(
    "exercise.information",
    title="Information asked for",
    question="What has come, what is promised, and what will never be known?",
    method="listing",
    unit="requests still open",
    reads=(InformationRequest, Section, Workstream),
)
def information(case: Reading) -> Result:
    """Every request with its state at the status date, and what is done without it."""
    requests = case.rows(InformationRequest)
    states = {request.code: state_of(request, case.today) for request in requests}
    open_yet = [request for request in requests if states[request.code] != "received"]
    return Result(
        headline=_information_headline(list(states.values())),
        columns=(
            Column("request", "Request", refers="information_request"),
            Column("name", "What is asked for"),
            Column("asked_of", "Asked of"),
            Column("section", "Needed for", refers="section"),
            Column("state", "State"),
            Column("promised", "Promised", "date"),
            Column("fallback", "Without it"),
        ),
        rows=tuple(
            {
                "request": request.code,
                "name": request.name,
                "asked_of": request.asked_of or None,
                "section": request.section.code if request.section else "",
                "workstream": request.workstream.code if request.workstream else "",
                "state": states[request.code],
                "promised": request.promised.isoformat() if request.promised else None,
                "fallback": request.fallback or None,
            }
            for request in requests
        ),
        value=len(open_yet) if requests else None,
        value_column="state",
        used=given(requests, "asked", "promised", "received"),
        parameters={"status_date": case.today.isoformat()},
        waiting=tuple(_waits_for(request, states[request.code]) for request in open_yet)
        or (() if requests else ("the information that the exercise needs",)),
    )


def state_of(request: InformationRequest, today: date) -> str:
    """The state of a request on a day; what is dated later has not happened yet."""
    if request.received and request.received <= today:
        return "received"
    if request.never_known:
        return "never known"
    if not request.asked or request.asked > today:
        return "not asked"
    if not request.promised:
        return "asked"
    return "late" if request.promised < today else "promised"


def _waits_for(request: InformationRequest, state: str) -> str:
    promised = show.day(request.promised.isoformat() if request.promised else None)
    when = {
        "promised": f" (promised for {promised})",
        "late": f" (late: promised for {promised})",
        "asked": " (asked for, no day promised)",
        "not asked": " (not asked for yet)",
        "never known": " (never known)",
    }[state]
    name = request.name[:1].lower() + request.name[1:] if request.name[1:2].islower() else request.name
    without = f". Without it: {request.fallback.rstrip('.')}" if request.fallback else ""
    return f"{name}{when}{without}"


def _information_headline(states: list[str]) -> str:
    if not states:
        return "No information has been asked for yet"
    count = Counter(states)
    told = f"{count['received'] or 'None'} of {show.count(len(states), 'request')} answered"
    rest = [f"{count[state]} {state}" for state in ("late", "not asked", "never known") if count[state]]
    return f"{told}; {show.listed(rest)}" if rest else told
