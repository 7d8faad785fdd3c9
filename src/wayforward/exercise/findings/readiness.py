"""How far each section of the report is: written, reviewed, challenged, and what it still waits for from others."""

import re
from collections import defaultdict
from collections.abc import Sequence

from wayforward.exercise.findings.information import state_of
from wayforward.exercise.models import InformationRequest, PeerReview, Section
from wayforward.findings import Column, Result, finding, registered, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.records.models import Comment

QUOTED = re.compile(r"\(finding:([a-z_]+\.[a-z_]+)")
NOT_REVIEWED, READY = "not asked for", "ready"


@finding(
    "exercise.readiness",
    title="Readiness of each section",
    question="Which sections of the report are ready, and what does each still need?",
    method="listing",
    unit="sections ready",
    reads=(Section, PeerReview, Comment, InformationRequest),
)
def readiness(case: Reading) -> Result:
    """Each section: whether it is written, its peer review, open challenges, and information outstanding for it.

    What its quoted figures wait for is said by those findings themselves; pages set the two beside each other.
    """
    sections = sorted(case.rows(Section), key=lambda one: (one.number, one.code))
    challenged = _challenged(case)
    outstanding = _outstanding(case)
    rows = [
        _row(case, section, challenged[section.reference], outstanding[section.code]) for section in sections
    ]
    ready = sum(row["standing"] == READY for row in rows)
    return Result(
        headline=(
            f"{ready or 'None'} of {show.count(len(rows), 'section')} {'is' if ready < 2 else 'are'} ready: written, "
            "passed by peer review, and waiting for nobody"
            if rows
            else "The sections that the report must have are not known yet"
        ),
        columns=(
            Column("section", "Section", refers="section"),
            Column("owner", "Owner"),
            Column("written", "Written", "yes or no"),
            Column("figures", "Findings quoted", "findings"),
            Column("review", "Peer review"),
            Column("challenges", "Open challenges", "challenges"),
            Column("requests", "Information outstanding", "requests"),
            Column("standing", "Standing"),
        ),
        rows=tuple(rows),
        value=ready if rows else None,
        value_column="standing",
        used=given(sections, "owner", "body"),
        parameters={"status_date": case.today.isoformat()},
        waiting=() if rows else ("the sections that the report must have",),
    )


def quoted(section: Section) -> list[str]:
    """The keys of the findings that a section quotes, each once, in the order of the text."""
    return list(dict.fromkeys(QUOTED.findall(section.body)))


def _row(case: Reading, section: Section, challenges: int, requests: int) -> Row:
    written = bool(section.body.strip())
    review = _review(case, section)
    none_such = [key for key in quoted(section) if key not in registered()]
    lacks = [] if section.owner.strip() else ["nobody is named to write it"]
    lacks += [] if written else ["to be written"]
    lacks += [f"quotes what is no finding: {show.some(none_such)}"] if none_such else []
    lacks += [f"{show.count(challenges, 'challenge')} to close"] if challenges else []
    lacks += [f"waits for {show.count(requests, 'piece')} of information"] if requests else []
    lacks += [] if review == READY else [f"to be passed by peer review ({review})"]
    return {
        "section": section.code,
        "owner": section.owner or None,
        "written": written,
        "figures": len(quoted(section)),
        "review": review,
        "challenges": challenges,
        "requests": requests,
        "standing": "; ".join(lacks) or READY,
    }


def _review(case: Reading, section: Section) -> str:
    """The state of the latest round: the least ready of its verdicts, or how many are awaited."""
    rows = [row for row in case.rows(PeerReview) if row.section.code == section.code]
    if not rows:
        return NOT_REVIEWED
    latest = [row for row in rows if row.round == max(one.round for one in rows)]
    back = [row for row in latest if row.verdict]
    if len(back) < len(latest):
        late = any(not row.verdict and row.due and row.due < case.today for row in latest)
        return f"{len(back)} of {len(latest)} returned{', overdue' if late else ''}"
    return min((row.verdict for row in back), key=("not ready", "changes", READY).index)


def _challenged(case: Reading) -> dict[str, int]:
    """Open challenges by section: on it, or on a figure that it quotes."""
    found: defaultdict[str, int] = defaultdict(int)
    quoting: defaultdict[str, list[str]] = defaultdict(list)
    for section in case.rows(Section):
        for key in quoted(section):
            quoting[f"finding:{key}"].append(section.reference)
    for comment in case.rows(Comment):
        if comment.comment_kind == "challenge" and not comment.closed:
            for reference in {comment.about, *quoting[comment.about]}:
                found[reference] += 1
    return found


def _outstanding(case: Reading) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for request in case.rows(InformationRequest):
        if request.section and state_of(request, case.today) not in ("received", "never known"):
            found[request.section.code] += 1
    return found


def of_section(found: Sequence[Row], code: str) -> Row:
    """The row of a section."""
    return next(row for row in found if row["section"] == code)
