"""Charts of the options: when each would be done, what is at risk, and what cannot wait."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import altair as alt

from wayforward.findings import show
from wayforward.findings.finding import Finding, Scalar
from wayforward.options import charts_choices, charts_people  # noqa: F401  # only this module is looked for by name
from wayforward.options.models import PHASES
from wayforward.pages.charts import INK, LAPIS, SHADES, WIDTH, Drawing, Label, chart
from wayforward.pages.charts_words import in_lines, names_axis

MILLION = 1e6
Side = Literal["left", "right"]
MOST = 12
PHASE_NAMES = [title for _, title in PHASES]
PHASE_SHADES = [SHADES[4], SHADES[3], SHADES[2], SHADES[1]]


def _names(finding: Finding, label: Label) -> list[str]:
    """The options of a finding by short name, in the order of the report."""
    return [label("option", code) for code in dict.fromkeys(str(row["option"]) for row in finding.rows)]


def _plain_axis(**more: object) -> alt.Axis:
    return alt.Axis(ticks=False, domain=False, labelPadding=6, **more)  # type: ignore[arg-type]  # axis settings by name


@chart("options.phases")
def phases(finding: Finding, label: Label) -> Drawing | None:
    """A line an option: its four phases one after another on a time axis, ownership named by its first day."""
    spans = [row for row in finding.rows if row["starts"] and row["ends"]]
    if not spans:
        return None
    names, titles = _names(finding, label), dict(PHASES)
    values = [
        {
            "option": label("option", str(row["option"])),
            "phase": titles[str(row["phase"])],
            "starts": row["starts"],
            "until": _next(str(row["ends"])),
        }
        for row in spans
    ]
    owned = [row for row in finding.rows if row["phase"] == "ownership" and row["starts"]]
    starts = [
        {
            "option": label("option", str(row["option"])),
            "starts": row["starts"],
            "text": _month(row["starts"]),
        }
        for row in owned
    ]
    y = alt.Y(
        "option:N", sort=names, scale=alt.Scale(domain=names), title=None, axis=_plain_axis(labelFontSize=13)
    )
    axis = alt.Axis(format="%Y", tickCount="year", labelFontSize=12)
    x = alt.X("starts:T", title=None, scale=alt.Scale(type="utc"), axis=axis)
    shades = alt.Scale(domain=PHASE_NAMES, range=PHASE_SHADES)
    color = alt.Color("phase:N", scale=shades, legend=alt.Legend(title=None, orient="top"))
    bars = alt.Chart(alt.Data(values=values)).mark_bar(height=18, stroke="white", strokeWidth=1)
    text = alt.Chart(alt.Data(values=starts)).mark_text(align="left", dx=6, fontSize=12)
    told = show.listed([f"{start['option']} {start['text']}" for start in starts])
    return Drawing(
        (bars.encode(y=y, x=x, x2="until:T", color=color) + text.encode(y=y, x=x, text="text:N")).properties(
            width=WIDTH - 150, height=34 * len(names)
        ),
        f"A time axis to {show.day(max(str(row['ends']) for row in spans))} with the phases of each option; "
        f"ownership begins: {told or 'not known'}.",
    )


@chart("options.exposure")
def exposure(finding: Finding, label: Label) -> Drawing:
    """A bar an option: the expected cost of its risks, the largest of them named beneath."""
    names = _names(finding, label)
    values = [
        {
            "option": label("option", str(row["option"])),
            "expected": None if row["expected"] is None else float(row["expected"]) / MILLION,
            "text": "not known" if row["expected"] is None else show.millions(row["expected"]),
            "largest": f"Largest: {row['top_risk']} ({show.millions(row['top_expected'])})"
            if row["top_risk"]
            else "",
        }
        for row in finding.rows
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("option:N", sort=names, title=None, axis=_plain_axis()),
        x=alt.X("expected:Q", title="Expected cost of risks, £ million", axis=alt.Axis(tickCount=6)),
    )
    bars = base.mark_bar(height=14, color=LAPIS, yOffset=-7)
    ends = base.mark_text(align="left", dx=6, dy=-7).encode(text="text:N")
    largest = base.mark_text(align="left", dx=2, dy=11, fontSize=12).encode(x=alt.value(0), text="largest:N")
    told = show.listed(
        [f"{label('option', str(r['option']))} {show.money(r['expected'])}" for r in finding.rows]
    )
    return Drawing(
        (bars + ends + largest).properties(width=WIDTH - 150, height=46 * len(names)),
        f"Bars of the expected cost of risks by option, the largest risk named under each: {told}.",
    )


@chart("options.risks")
def risks(finding: Finding, label: Label) -> Drawing | None:
    """Bars of the largest risks by expected cost, each with its option."""
    priced = [row for row in finding.rows if row["expected"] is not None]
    if not priced:
        return None
    largest = sorted(priced, key=lambda row: (-float(row["expected"] or 0), str(row["risk"])))[:MOST]
    values = [
        {
            "name": in_lines(f"{label('option', str(row['option']))}: {row['name']}", 46),
            "expected": float(row["expected"] or 0) / MILLION,
            "text": f"{show.millions(row['expected'])} ({show.percent(row['probability'])} of "
            f"{show.millions(row['impact'])})",
        }
        for row in largest
    ]
    order = [str(value["name"]) for value in values]
    first = largest[0]
    furthest = float(first["expected"] or 0) / MILLION or 1.0
    scale = alt.Scale(domain=[0, furthest * 1.75], nice=False)
    title = "Expected cost, £ million (probability of impact)"
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=names_axis(12, padding=6)),
        x=alt.X("expected:Q", title=title, scale=scale, axis=alt.Axis(tickCount=4)),
    )
    bars = base.mark_bar(height=14, color=LAPIS)
    text = base.mark_text(align="left", dx=5, fontSize=12).encode(text="text:N")
    return Drawing(
        (bars + text).properties(width=WIDTH - 330, height=32 * len(values)),
        f"Bars of the {len(values)} largest of {show.count(len(finding.rows), 'risk')} by expected cost; the largest "
        f"is “{first['name']}” of {label('option', str(first['option']))}, {show.money(first['expected'])}.",
    )


@chart("options.time_critical")
def time_critical(finding: Finding, label: Label) -> Drawing:
    """A time axis with a point for each thing that cannot wait, named beside it."""
    rows = [row for row in finding.rows if row["due"]]
    values = [
        {"key": str(row["item"]), "due": row["due"], "text": f"{_short_day(str(row['due']))}: {row['name']}"}
        for row in rows
    ]
    order = [str(value["key"]) for value in values]
    status, report = str(finding.parameters["status_date"]), str(finding.parameters["report_due"])
    first, last = _reach([*(str(row["due"]) for row in rows), status, report])
    x = alt.X(
        "due:T",
        title=None,
        scale=alt.Scale(type="utc", domain=[first, last]),
        axis=alt.Axis(format="%b %Y", tickCount=6, grid=False),
    )
    y = alt.Y("key:N", sort=order, title=None, axis=None)
    middle = _middle(first, last)
    base = alt.Chart(alt.Data(values=values)).encode(x=x, y=y)
    late = alt.Chart(alt.Data(values=[v for v in values if str(v["due"]) > middle])).encode(x=x, y=y)
    early = alt.Chart(alt.Data(values=[v for v in values if str(v["due"]) <= middle])).encode(x=x, y=y)
    layers = [
        *_marked(status, "Status date", "right", x),
        *_marked(report, "Report due", "left", x),
        base.mark_point(shape="diamond", size=90, filled=True, color=LAPIS, opacity=1),
        early.mark_text(align="left", dx=9, fontSize=12).encode(text="text:N"),
        late.mark_text(align="right", dx=-9, fontSize=12).encode(text="text:N"),
    ]
    told = show.listed([f"{row['name']} by {show.day(row['due'])}" for row in rows[:3]]) or "not known"
    return Drawing(
        alt.layer(*layers).properties(width=WIDTH, height=28 * max(len(values), 1)),
        f"A time axis from {show.day(first)} to {show.day(last)} with {show.count(len(values), 'date')} that "
        f"cannot wait; the soonest: {told}.",
    )


def _marked(day: str, words: str, align: Side, x: alt.X) -> list[alt.Chart]:
    """A line down the chart at a day, named above it: whole where the report is due, dashed otherwise."""
    at = alt.Chart(alt.Data(values=[{"due": day, "text": words}])).encode(x=x)
    named = at.mark_text(align=align, y=-8, fontSize=11, dx=2 if align == "left" else -2)
    dash = [1, 0] if align == "left" else [4, 3]
    return [at.mark_rule(color=INK, strokeDash=dash), named.encode(text="text:N")]


def _reach(days: Sequence[str]) -> tuple[str, str]:
    """The span of the axis: a twentieth beyond the first and last day."""
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    margin = timedelta(days=max(7, (last - first).days // 20))
    return (first - margin).isoformat(), (last + margin).isoformat()


def _middle(first: str, last: str) -> str:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return (start + (end - start) / 2).isoformat()


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _month(day: Scalar) -> str:
    return show.day(day).split(" ", 1)[1]


def _short_day(day: str) -> str:
    number, month, year = show.day(day).split(" ")
    return f"{number} {month[:3]} {year}"
