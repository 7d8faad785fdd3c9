"""Charts of the plan in time: slack, the forecast of each day due, and load against capacity by week."""

import json
from datetime import date, timedelta
from typing import Any

import altair as alt

from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.charts import INK, LAPIS, RULE, SHADES, WIDTH, Drawing, Label, chart
from wayforward.pages.charts_words import IN_LINES, in_lines, names_axis

LINE = 24
NAMES = 265
MARKS = ("Due", "As likely before as after", "Before it in 9 of 10 draws")
UPRIGHT = "M-0.12,-1.4H0.12V1.4H-0.12Z"  # a stroke that stands out behind a dot on the same day
KINDS = ("On the critical path", "Other open work")


@chart("exercise.critical_path")
def critical_path(finding: Finding, label: Label) -> Drawing:
    """One line an open package: the days it is expected to take up, and a thin line to its latest end."""
    rows = sorted(finding.rows, key=lambda row: (str(row["expected_start"]), str(row["package"])))
    values = [
        {
            "key": row["package"],
            "from": _noon(str(row["expected_start"]), -12),
            "until": _noon(str(row["expected_end"]), 12),
            "latest": _noon(str(row["latest_end"]), 12),
            "kind": KINDS[0] if row["critical"] else KINDS[1],
            "text": _slack(row),
        }
        for row in rows
    ]
    names = {str(row["package"]): _short(label("work_package", str(row["package"])), 46) for row in rows}
    y = _lines(names)
    moments = [str(v[name]) for v in values for name in ("from", "until", "latest")]
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    bars = base.mark_bar(height=11).encode(
        x=_days("from", moments),
        x2="until:T",
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=list(KINDS), range=[LAPIS, SHADES[1]]),
            legend=alt.Legend(title=None, orient="bottom"),
        ),
    )
    slack = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("until:T", title=None), x2="latest:T")
    ends = base.mark_tick(color=INK, thickness=2, height=11).encode(x="latest:T")
    words = base.mark_text(align="left", dx=6, fontSize=11).encode(x=alt.X("right:T"), text="text:N")
    words = words.transform_calculate(
        right="toDate(datum.until) > toDate(datum.latest) ? datum.until : datum.latest"
    )
    path = [row for row in rows if row["critical"]]
    least = finding.value
    packages = show.count(len(rows), "open work package")
    days = show.count(abs(int(float(least or 0))), "working day")
    return Drawing(
        alt.layer(bars, slack, ends, words).properties(width=WIDTH - NAMES, height=LINE * len(values)),
        f"A time axis with a bar for each of {packages} and a line to the latest day it may end; {len(path)} "
        f"{'is' if len(path) == 1 else 'are'} on the critical path, with {days} "
        f"{'too few' if float(least or 0) < 0 else 'of slack'}.",
    )


def _slack(row: Row) -> str:
    days = int(float(row["slack"] or 0))
    return show.signed(days, f"{abs(days)} day" if abs(days) == 1 else f"{abs(days)} days")


@chart("exercise.forecast")
def forecast(finding: Finding, label: Label) -> Drawing:
    """A line a day due: the day itself, the day as likely before as after, and that of 9 draws in 10."""
    values = [
        {
            "key": str(number),
            "due": _noon(str(row["due"]), 0),
            "half": _noon(str(row["half"]), 0),
            "nine": _noon(str(row["nine_in_ten"]), 0),
            "text": f"{show.percent(row['chance'])} in time",
        }
        for number, row in enumerate(finding.rows)
    ]
    names = {str(n): in_lines(_sentence(str(row["what"])), 40) for n, row in enumerate(finding.rows)}
    y = _lines(names, 12)
    moments = [str(v[name]) for v in values for name in ("due", "half", "nine")]
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    points = [
        {"key": v["key"], "at": v[name], "mark": mark}
        for v in values
        for mark, name in zip(MARKS, ("due", "half", "nine"), strict=True)
    ]
    legend = alt.Legend(title=None, orient="bottom")
    lines = base.mark_rule(color=LAPIS, strokeWidth=1.5).encode(x=_days("half", moments), x2="nine:T")
    drawn = (
        alt.Chart(alt.Data(values=points))
        .mark_point(size=80, filled=True, opacity=1, strokeWidth=2)
        .encode(
            y=y,
            x=_days("at", moments),
            color=alt.Color(
                "mark:N", scale=alt.Scale(domain=list(MARKS), range=[INK, LAPIS, LAPIS]), legend=legend
            ),
            shape=alt.Shape(
                "mark:N",
                scale=alt.Scale(domain=list(MARKS), range=[UPRIGHT, "circle", "square"]),
                legend=legend,
            ),
        )
    )
    words = base.mark_text(align="left", dx=9, fontSize=12).encode(x=alt.X("right:T"), text="text:N")
    words = words.transform_calculate(right="toDate(datum.nine) > toDate(datum.due) ? datum.nine : datum.due")
    told = [
        f"{_sentence(str(row['what']))}: {show.percent(row['chance'])} in time" for row in finding.rows[-3:]
    ]
    return Drawing(
        alt.layer(lines, drawn, words).properties(width=WIDTH - NAMES, height=44 * len(values)),
        f"For each of {show.count(len(values), 'day')} due a stroke, a dot at the day as likely before as after, "
        f"and a line to the day of 9 draws in 10. {'; '.join(told)}.",
    )


@chart("exercise.capacity")
def capacity(finding: Finding, label: Label) -> Drawing | None:
    """A grid of roles by week: days needed of days there are; shaded where there are too few."""
    rows = list(finding.rows)
    values: list[dict[str, Any]] = [
        {
            "role": in_lines(str(row["role"]), 30),
            "week": str(row["week"]),
            "text": _of(row),
            "kind": _kind(row),
            "ink": "#ffffff" if _kind(row) == TOO_FEW else INK,
        }
        for row in rows
    ]
    roles = list(dict.fromkeys(str(value["role"]) for value in values))
    weeks = sorted({str(value["week"]) for value in values})
    kinds = [kind for kind in (TOO_FEW, ENOUGH, UNKNOWN) if any(v["kind"] == kind for v in values)]
    shades = {TOO_FEW: LAPIS, ENOUGH: SHADES[0], UNKNOWN: "#ffffff"}
    x = alt.X(
        "week:N",
        sort=weeks,
        title="Week from",
        axis=alt.Axis(
            labelExpr=f"{json.dumps({week: _brief(week) for week in weeks})}[datum.value]",
            labelAngle=0,
            orient="top",
            ticks=False,
            domain=False,
        ),
    )
    y = alt.Y("role:N", sort=roles, title=None, axis=names_axis(size=12, limit=220))
    base = alt.Chart(alt.Data(values=values)).encode(x=x, y=y)
    cells = base.mark_rect(stroke=RULE).encode(
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=[shades[kind] for kind in kinds]),
            legend=alt.Legend(
                title=None, orient="bottom", symbolType="square", symbolStrokeColor=RULE, symbolStrokeWidth=1
            ),
        )
    )
    words = base.mark_text(fontSize=11).encode(text="text:N", color=alt.Color("ink:N", scale=None))
    over = [row for row in rows if _kind(row) == TOO_FEW]
    return Drawing(
        (cells + words).properties(width=WIDTH - 210, height=30 * len(roles)),
        f"A grid of {show.count(len(roles), 'role')} by {show.count(len(weeks), 'week')}, days needed of days there "
        "are; "
        f"{show.count(len(over), 'cell')} {'has' if len(over) == 1 else 'have'} too few days"
        + (f", in {show.some(list(dict.fromkeys(str(row['role']) for row in over)), 4)}." if over else "."),
    )


TOO_FEW, ENOUGH, UNKNOWN = "Too few days", "Enough days", "Calendar not known"


def _kind(row: Row) -> str:
    if row["left"] is None:
        return UNKNOWN
    return TOO_FEW if float(row["left"]) < 0 else ENOUGH


def _of(row: Row) -> str:
    there = "?" if row["available"] is None else show.number(row["available"])
    return f"{show.number(row['needed'])} of {there}"


def _lines(names: dict[str, str], size: int = 11) -> alt.Y:
    """One line an item, by its key; a long name in two lines."""
    axis = names_axis(size=size, limit=NAMES - 10, padding=6)
    axis["labelExpr"] = IN_LINES.replace(
        "datum.label", f"{json.dumps(names, ensure_ascii=False)}[datum.value]"
    )
    return alt.Y("key:N", sort=list(names), scale=alt.Scale(domain=list(names)), title=None, axis=axis)


def _days(name: str, moments: list[str]) -> alt.X:
    """An axis of days that leaves room for words at its end, marked at Mondays."""
    first, last = (date.fromisoformat(f(moments)[:10]) for f in (min, max))
    last += timedelta(days=max(9, (last - first).days // 5))
    weeks = (last - first).days // 7 + 1
    start = first + timedelta(days=-first.weekday() % 7)
    marks = [start + timedelta(weeks=n) for n in range(0, weeks, max(1, weeks // 6))]
    return alt.X(
        f"{name}:T",
        title=None,
        scale=alt.Scale(type="utc", domain=[first.isoformat(), last.isoformat()]),
        axis=alt.Axis(
            format="%-d %b",
            grid=False,
            labelFontSize=11,
            values=[
                {"year": d.year, "month": d.month, "date": d.day, "utc": True} for d in marks if d <= last
            ],
        ),
    )


def _noon(day: str, hours: int) -> str:
    """A day's beginning (-12), noon (0) or end (12), as a moment."""
    day_, hour = (
        (date.fromisoformat(day) + timedelta(days=1), 0)
        if hours > 0
        else (date.fromisoformat(day), 12 + hours)
    )
    return f"{day_.isoformat()}T{hour:02d}:00:00Z"


def _brief(day: str) -> str:
    number, month, _ = show.day(day).split()
    return f"{number} {month[:3]}"


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
