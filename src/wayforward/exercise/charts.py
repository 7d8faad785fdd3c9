"""Charts of the exercise: its plan on a time axis, and the state of the information asked for; the others beside."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import altair as alt

from wayforward.exercise import charts_time  # noqa: F401  (only this module is looked for by name)
from wayforward.exercise.findings.information import STATES
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.charts import INK, LAPIS, RULE, SHADES, WIDTH, Drawing, Label, chart

STATE_SHADES = {"done": SHADES[4], "in progress": SHADES[2], "not started": SHADES[0], "stopped": "#ffffff"}
HEADING = "heading:"
Side = Literal["left", "right"]
ROW = 15


@chart("exercise.plan")
def plan(finding: Finding, label: Label) -> Drawing:
    """A plain Gantt chart: stages, milestones as diamonds, work packages under their workstream."""
    lines = _lines(finding.rows, label)
    names = {key: words for key, words, _ in lines}
    rows = [{**row, "key": key} for key, _, row in lines if row is not None]
    y = _axis(names)
    x = alt.X(
        "starts:T",
        title=None,
        scale=alt.Scale(type="utc", domain=_span(finding)),
        axis=alt.Axis(format="%-d %b", values=_mondays(finding), grid=False, labelFontSize=11),
    )
    spans = [
        {
            **{name: row[name] for name in ("key", "starts", "kind")},
            "until": _next(row["ends"]),
            "state": str(row["state"]).capitalize(),
        }
        for row in rows
        if row["kind"] != "milestone"
    ]
    bars = (
        alt.Chart(alt.Data(values=[s for s in spans if s["kind"] == "work package"]))
        .mark_bar(height=9, stroke=LAPIS, strokeWidth=0.7)
        .encode(y=y, x=x, x2="until:T", color=_states([str(s["state"]).lower() for s in spans]))
    )
    stages = (
        alt.Chart(alt.Data(values=[s for s in spans if s["kind"] == "stage"]))
        .mark_bar(height=5, color=INK)
        .encode(y=y, x=x, x2="until:T")
    )
    points = [{"key": r["key"], "starts": r["starts"]} for r in rows if r["kind"] == "milestone"]
    diamonds = (
        alt.Chart(alt.Data(values=points))
        .mark_point(shape="diamond", size=70, filled=True, color=INK, opacity=1, xOffset=3)
        .encode(y=y, x=x)
    )
    kinds = {str(row["kind"]) for row in rows}
    marks = [(bars, "work package"), (stages, "stage"), (diamonds, "milestone")]
    held = [mark for mark, kind in marks if kind in kinds]
    drawn = alt.layer(*_rules(finding, x), *held).properties(width=WIDTH - 270, height=ROW * len(names))
    return Drawing(drawn, _plan_alt(finding, rows))


def _lines(rows: Sequence[Row], label: Label) -> list[tuple[str, str, Row | None]]:
    """The lines of the chart from top to bottom: a key, its words and its row; a heading has no row."""
    lines: list[tuple[str, str, Row | None]] = []
    heading = ""
    for row in rows:
        words = {"stage": "Stages", "milestone": "Milestones"}.get(str(row["kind"]), "")
        words = words or label("workstream", str(row["workstream"]))
        if words != heading:
            heading = words
            lines.append((f"{HEADING}{words}", words, None))
        lines.append((f"{row['kind']}:{row['item']}", str(row["name"]), row))
    return lines


def _axis(names: dict[str, str]) -> alt.Y:
    """One line an item, each with its own key, for two items may bear one name; headings in bold."""
    heading = f"indexof(datum.value, '{HEADING}') == 0"
    return alt.Y(
        "key:N",
        sort=list(names),
        scale=alt.Scale(domain=list(names)),
        title=None,
        axis=alt.Axis(
            labelExpr=f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
            labelFontSize=11,
            labelLimit=255,
            labelFontWeight={"condition": {"test": heading, "value": 600}, "value": 400},  # type: ignore[arg-type]  # the stub lacks conditions
            labelPadding=6,
            ticks=False,
            domain=False,
        ),
    )


def _states(present: list[str]) -> alt.Color:
    states = [state for state in STATE_SHADES if state in present]
    return alt.Color(
        "state:N",
        scale=alt.Scale(
            domain=[state.capitalize() for state in states], range=[STATE_SHADES[s] for s in states]
        ),
        legend=alt.Legend(title=None, orient="bottom", symbolStrokeWidth=0.7, symbolStrokeColor=LAPIS),
    )


def _rules(finding: Finding, x: alt.X) -> list[alt.Chart]:
    """Bank holidays as thin rules; the status date and the days due in ink, each named above."""
    told = finding.parameters
    off = [{"starts": _noon(day)} for day in str(told["bank_holidays"]).split("; ") if day]
    report, signoff = str(told["report_due"]), str(told["signoff_due"])
    dates: list[tuple[str, str, Side]] = [(str(told["status_date"]), "Status date", "right")]
    dates += (
        [(report, "Report due and sign-off", "right")]
        if report == signoff
        else [(report, "Report due", "right"), (signoff, "Sign-off", "left")]
    )
    rules = []
    if off:
        rules.append(alt.Chart(alt.Data(values=off)).mark_rule(color=RULE, strokeWidth=2).encode(x=x))
        named = alt.Chart(alt.Data(values=[{**off[0], "text": "Bank holidays"}])).encode(x=x, text="text:N")
        rules.append(named.mark_text(align="left", y=-8, dx=-2, fontSize=11))
    for day, words, align in dates:
        base = alt.Chart(alt.Data(values=[{"starts": _noon(day), "text": words}])).encode(x=x)
        rules.append(base.mark_rule(color=INK, strokeDash=[4, 3] if words == "Status date" else [1, 0]))
        rules.append(base.mark_text(align=align, y=-8, fontSize=11).encode(text="text:N"))
    return rules


def _span(finding: Finding) -> list[str]:
    days = [str(row[name]) for row in finding.rows for name in ("starts", "ends")]
    days += [str(finding.parameters[name]) for name in ("status_date", "report_due", "signoff_due")]
    last = date.fromisoformat(max(days)) + timedelta(days=8)
    return [min(days), last.isoformat()]


def _mondays(finding: Finding) -> list[dict[str, Any]]:
    first, last = (date.fromisoformat(day) for day in _span(finding))
    weeks = (last - first).days // 7 + 1
    start = first + timedelta(days=-first.weekday() % 7)
    step = max(1, weeks // 9)
    days = [start + timedelta(weeks=week) for week in range(0, weeks, step)]
    return [
        {"year": day.year, "month": day.month, "date": day.day, "utc": True} for day in days if day <= last
    ]


def _next(day: object) -> str:
    return (date.fromisoformat(str(day)) + timedelta(days=1)).isoformat()


def _noon(day: str) -> str:
    return f"{day}T12:00:00Z"


def _plan_alt(finding: Finding, rows: Sequence[Row]) -> str:
    count = Counter(str(row["kind"]) for row in rows)
    told = show.listed(
        [show.count(count[kind], kind) for kind in ("stage", "milestone", "work package") if count[kind]]
    )
    first, last = min(str(row["starts"]) for row in rows), max(str(row["ends"]) for row in rows)
    off = [day for day in str(finding.parameters["bank_holidays"]).split("; ") if day]
    status = show.day(finding.parameters["status_date"])
    return (
        f"A time axis from {show.day(first)} to {show.day(last)} with {told}, one line each; thin rules mark "
        f"{show.count(len(off), 'bank holiday')}, and lines the status date, {status}, and the days due."
    )


@chart("exercise.information")
def information(finding: Finding, label: Label) -> Drawing:
    """Bars of how many requests are in each state."""
    count = Counter(str(row["state"]) for row in finding.rows)
    states = [state for state in STATES if count[state]]
    values = [
        {"state": state.capitalize(), "requests": count[state], "text": f"{count[state]:,}"}
        for state in states
    ]
    order = [str(value["state"]) for value in values]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("state:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6)),
        x=alt.X("requests:Q", title="Requests for information", axis=alt.Axis(tickMinStep=1, tickCount=5)),
    )
    bars = base.mark_bar(height=18, color=LAPIS)
    text = base.mark_text(align="left", dx=6).encode(text="text:N")
    told = show.listed([f"{count[state]:,} {state}" for state in states])
    return Drawing(
        (bars + text).properties(width=WIDTH - 160, height=32 * len(values)),
        f"Bars of the {show.count(len(finding.rows), 'request')} for information by state on "
        f"{show.day(finding.parameters['status_date'])}: {told}.",
    )
