"""The weekly highlight report: one page for the steering group, on screen, as data and in print."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wayforward.exercise import weeks
from wayforward.exercise.models import Issue
from wayforward.exercise.standing import WITHHELD, standing
from wayforward.exercise.weeks import Item, Week
from wayforward.findings import Finding, Findings, show
from wayforward.findings.finding import Row
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.marking import of_records
from wayforward.pages.opened import opened
from wayforward.pages.withheld import findings_for, rows_for
from wayforward.records.base import kinds
from wayforward.records.models import Event

QUESTION = "What should the steering group know of this week, and decide for the next?"
KEYS = tuple(
    f"exercise.{name}"
    for name in (
        *("days_left", "dates", "slips", "forecast", "spent", "risks", "actions", "information", "chasing"),
        *("reviews", "readiness"),
    )
)
SAID = ("exercise.days_left", "exercise.forecast", "exercise.spent")
YEARS = range(1900, 2200)
TOP_RISKS = 5
MOST_KINDS = 6  # touched by one act and told one by one


def highlight(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A week of the exercise in words. The week is that of ?week=, any day of it; else that of the status date."""
    findings = opened(request, code)
    asked = request.GET.get("week", "").strip()
    day, fault = day_asked(asked, findings.today)
    week = Week.of(day)
    data = told(request.user, findings, week)
    if fault:
        data["fault"] = fault
    response = answer(
        request,
        form,
        "exercise/highlight.html",
        data,
        asked=asked,
        before=week.before.monday.isoformat(),
        after=week.next.monday.isoformat(),
        of_another=of_another(findings, week),
        nav="plan",
    )
    response.status_code = 400 if fault else 200
    return response


def told(user: Any, findings: Findings, week: Week) -> dict[str, Any]:
    """All that the report of a week says to a person, in plain values."""
    found = {key: findings[key] for key in KEYS}
    shown = {one.key: one for one in findings_for(user, findings, found.values())}
    stands = standing(shown)
    parts = _parts(findings, shown, week, user)
    records = [item.record for part in parts for item in part["items"] if isinstance(item, Item)]
    markings = [one.marking for one in shown.values()]
    return {
        **frame(findings, [*markings, *of_records(findings.case, records)]),
        "title": f"Highlight report, week from {show.day(week.monday.isoformat())}",
        "question": QUESTION,
        "week": week.monday.isoformat(),
        "week_ends": week.sunday.isoformat(),
        "status_date": findings.today.isoformat(),
        "standing": stands.word,
        "why": stands.why,
        "says": [shown[key].headline for key in SAID if key in shown],
        "parts": [_plain(findings, part) for part in parts],
        "since": _since(findings, week),
    }


def day_asked(asked: str, today: date) -> tuple[date, str]:
    """The day asked for, or the status date with what is wrong with the one asked for."""
    if not asked:
        return today, ""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today, "Enter a day as year, month and day, such as 2012-12-17"
    if day.year not in YEARS:
        return today, f"Enter a day from the years {YEARS[0]} to {YEARS[-1]}, such as 2012-12-17"
    return day, ""


def of_another(findings: Findings, week: Week) -> str:
    """What is to be said where the week asked for is not that of the status date; else ''."""
    if week.holds(findings.today):
        return ""
    return (
        "The standing, risks, issues and what is overdue are those of the status date, "
        f"{show.day(findings.today.isoformat())}. "
        "What was done, decided and is due is of the week asked for, as it is recorded now."
    )


def _parts(findings: Findings, found: dict[str, Finding], week: Week, user: Any) -> list[dict[str, Any]]:
    """The parts of the report, in the order to read, with what this person may see."""
    case, today = findings.case, findings.today
    issues = [row for row in case.rows(Issue) if not row.closed or row.closed > today]

    def of_records(title: str, none: str, items: list[Item]) -> dict[str, Any]:
        seen = {row.reference for row in rows_for(user, findings, [item.record for item in items])}
        kept = [item for item in items if item.record.reference in seen]
        left_out = len(items) - len(kept)
        return {"title": title, "none": none, "items": kept, "withheld": left_out}

    def of_finding(
        title: str, none: str, key: str, made: Callable[[Row], dict[str, Any] | None]
    ) -> dict[str, Any]:
        items = [item for row in (found[key].rows if key in found else ()) if (item := made(row))]
        return {"title": title, "none": none if key in found else WITHHELD, "items": items, "withheld": 0}

    overdue = of_finding(
        "Actions overdue, by owner", "No action is overdue.", "exercise.actions", _overdue_action
    )
    overdue["items"].sort(key=lambda item: (item["owner"], item["day"] or ""))
    risks = of_finding("Gravest risks", "No risk is recorded.", "exercise.risks", _risk)
    risks["items"] = risks["items"][:TOP_RISKS]
    return [
        of_records("Done this week", "Nothing with a day in this week.", weeks.done_in(case, week, today)),
        of_records("Decided this week", "No decision was taken.", weeks.decided_in(case, week)),
        of_records("Due by the end of next week", "Nothing is due.", weeks.coming(case, week, today)),
        of_finding("Behind the plan", "No work package is behind its plan.", "exercise.slips", _slip),
        overdue,
        of_finding(
            "Information late",
            "No information is past the day it was expected.",
            "exercise.chasing",
            lambda row: _late_request(row, today),
        ),
        risks,
        of_records("Open issues", "No issue is open.", [_issue(row) for row in issues]),
        of_finding(
            "Dependencies to review", "No dependency is due for review.", "exercise.reviews", _dependency
        ),
    ]


def _issue(row: Issue) -> Item:
    return Item(f"raised {_brief(row.raised)}; review by", row, row.owner, row.review)


def _brief(day: date | None) -> str:
    return show.day(day.isoformat() if day else None)


def _overdue_action(row: Row) -> dict[str, Any] | None:
    if row["standing"] != "overdue":
        return None
    return {
        "record": f"action:{row['action']}",
        "what": "was due",
        "owner": row["owner"] or "",
        "day": row["due"],
    }


def _slip(row: Row) -> dict[str, Any]:
    return {
        "record": f"work_package:{row['package']}",
        "what": "; ".join(filter(None, [str(row["why"]), _makes_late(row), "expected end"])),
        "owner": row["owner"] or "",
        "day": row["expected_end"],
    }


def _makes_late(row: Row) -> str:
    return f"makes late: {row['moves']}" if row["moves"] else ""


def _late_request(row: Row, today: date) -> dict[str, Any] | None:
    """A request past the day on which it was expected, with the day from which its fallback holds."""
    if not row["expected"] or date.fromisoformat(str(row["expected"])) >= today:
        return None
    start = row["fallback_from"]
    begun = bool(start) and date.fromisoformat(str(start)) <= today
    words = f"expected {show.day(row['expected'])}; the fallback {'started' if begun else 'starts'}"
    return {
        "record": f"information_request:{row['request']}",
        "what": words,
        "owner": row["asked_of"] or "",
        "day": start,
    }


def _risk(row: Row) -> dict[str, Any]:
    return {
        "record": f"risk:{row['risk']}",
        "what": f"likelihood {row['likelihood'] or show.UNKNOWN}, impact {row['impact'] or show.UNKNOWN}; review by",
        "owner": row["owner"] or "",
        "day": row["review"],
    }


def _dependency(row: Row) -> dict[str, Any] | None:
    if row["register"] != "dependency" or row["standing"] not in ("overdue", "due within a week"):
        return None
    return {
        "record": row["record"],
        "what": f"{row['standing']}; review by",
        "owner": row["owner"] or "",
        "day": row["review"],
    }


def _plain(findings: Findings, part: dict[str, Any]) -> dict[str, Any]:
    """A part in plain values: each thing with the name of its record."""
    items = []
    for item in part["items"]:
        if isinstance(item, Item):
            item = {
                "record": item.record.reference,
                "what": item.what,
                "owner": item.owner,
                "day": item.day.isoformat() if item.day else None,
            }
        _, _, code = str(item["record"]).partition(":")
        record = findings.case.get(str(item["record"]))
        name = record.label if record is not None and record.label else code
        items.append({**item, "name": name, "day_words": show.day(item["day"]) if item["day"] else ""})
    return {**part, "items": items}


def _since(findings: Findings, week: Week) -> list[str]:
    """What the log says was changed in the week: how many records of which kind, by what act."""
    begin, end = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (week.monday, week.next.monday)
    )
    acts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    events = Event.objects.filter(exercise=findings.case.exercise, at__gte=begin, at__lt=end)
    for record, action in events.values_list("record", "action").iterator(chunk_size=2000):
        acts[action, record.partition(":")[0]].add(record)
    return [words for action in dict.fromkeys(act for act, _ in acts) for words in _act(action, acts)]


def _act(action: str, acts: dict[tuple[str, str], set[str]]) -> list[str]:
    """One act in words: by kind of record, or as a whole where it touched many kinds, as an import does."""
    named = kinds()
    counts = {kind: len(some) for (act, kind), some in acts.items() if act == action and kind in named}
    if len(counts) > MOST_KINDS:
        return [f"{show.count(sum(counts.values()), 'record')} of {len(counts)} registers {action}"]
    return [
        f"{show.count(counts[kind], named[kind].words(), named[kind].plural())} {action}"
        for kind in sorted(counts)
    ]
