"""Charts of people and of leaving: who would work for whom, and where an option could be stopped at what cost."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.charts import INK, LAPIS, SHADES, WIDTH, Drawing, Label, chart
from wayforward.pages.charts_words import in_lines, names_axis

Mark = dict[str, Any]
MOST = 4  # rows told in words
WIDE = WIDTH - 330
SIDES: tuple[tuple[Literal["left", "right"], str, int], ...] = (("left", "above", 5), ("right", "below", -5))
NOTICE = "Each line begins on the last day of notice and ends at the break point"


@chart("options.people")
def people(finding: Finding, label: Label) -> Drawing | None:
    """Bars of how many more or fewer people each employer would have, with before and after in figures beside them."""
    known = [row for row in finding.rows if row["change"] is not None]
    if not known:
        return None
    values = [_mark(row, name) for row, name in zip(known, _told_apart(known, label), strict=True)]
    order = [value["row"] for value in values]
    y = alt.Y("row:N", sort=order, title=None, axis=names_axis(12, padding=8))
    x = alt.X(
        "change:Q",
        title="Change, full-time equivalents",
        scale=alt.Scale(domain=_with_room([value["change"] for value in values]), nice=False),
        axis=alt.Axis(tickCount=5),
    )
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    zero = alt.Chart(alt.Data(values=[{"change": 0}])).mark_rule(color=INK, strokeWidth=0.75).encode(x=x)
    layers = [base.mark_bar(height=14, color=LAPIS).encode(x=x), zero]
    for align, side, shift in SIDES:
        own = alt.Chart(alt.Data(values=[v for v in values if (v["change"] < 0) == (side == "below")]))
        layers.append(own.mark_text(align=align, dx=shift, fontSize=12).encode(x=x, y=y, text="text:N"))
    figures = base.mark_text(align="left", fontSize=12).encode(x=alt.value(WIDE + 10), text="figures:N")
    step = 32 if any("\n" in name for name in order) else 25
    return Drawing(
        alt.layer(*layers, figures).properties(width=WIDE, height=step * len(values)),
        _people_told(values, len(finding.rows) - len(known)),
    )


def _people_told(values: Sequence[Mark], missing: int) -> str:
    told = "; ".join(f"{value['row']} {value['figures']}" for value in values[:MOST]).replace("\n", " ")
    more = f"; and {show.count(len(values) - MOST, 'other row')}" if len(values) > MOST else ""
    left = f"; for {show.count(missing, 'row')} it is not known" if missing else ""
    return f"Bars of the change in full-time equivalents by option and employer: {told}{more}{left}."


def _with_room(changes: Sequence[float]) -> list[float]:
    """From the furthest below nought to the furthest above, with room for a figure beside either."""
    least, most = min(0.0, *changes), max(0.0, *changes)
    room = (most - least or 1.0) * 0.2
    return [least - room * (least < 0), most + room]


def _told_apart(rows: Sequence[Row], label: Label) -> list[str]:
    """A name for each row: option, employer and vehicle; where two are alike, with the note or the number of each."""
    borne = Counter(_name(row, label) for row in rows)
    told, names = Counter[str](), list[str]()
    for row in rows:
        name = _name(row, label)
        name = in_lines(_noted(row, label) if borne[name] > 1 and row["note"] else name, 46)
        told[name] += 1
        names.append(f"{name} ({told[name]})" if told[name] > 1 else name)
    return names


def _name(row: Row, label: Label) -> str:
    vehicle = f", {label('delivery_vehicle', str(row['vehicle']))}" if row["vehicle"] else ""
    return f"{_employer(row, label)}{vehicle}"


def _noted(row: Row, label: Label) -> str:
    return f"{_employer(row, label)} ({str(row['note']).rstrip('.')})"


def _employer(row: Row, label: Label) -> str:
    employer = str(row["employer"])
    return f"{label('option', str(row['option']))}: {employer[:1].lower()}{employer[1:]}"


def _mark(row: Row, name: str) -> Mark:
    change = float(row["change"] or 0)
    plus = "+" if change > 0 else ""
    return {
        "row": name,
        "change": change,
        "text": f"{plus}{show.number(change)}" if change else "no change",
        "figures": f"{show.number(row['before'])} to {show.number(row['after'])}",
    }


@chart("options.break_points")
def break_points(finding: Finding, label: Label) -> Drawing | None:
    """A time axis: a diamond at each break point with its cost, and a line back to its notice."""
    dated = [row for row in finding.rows if row["falls"]]
    if not dated:
        return None
    values = [_point(row, label) for row in dated]
    days = [value["falls"] for value in values] + [value["from"] for value in values]
    first, last = min(days), max(days)
    scale = alt.Scale(type="utc", domain=_widened(first, last))
    axis = alt.Axis(format="%Y", tickCount="year", grid=True, labelFontSize=12)
    x = alt.X("falls:T", title=NOTICE, scale=scale, axis=axis)
    y = alt.Y("key:N", sort=[value["key"] for value in values], title=None, axis=names_axis(12, padding=8))
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    notice = base.mark_rule(color=SHADES[2], strokeWidth=3).encode(
        x=alt.X("from:T", title=NOTICE, scale=scale, axis=axis), x2="falls:T"
    )
    points = base.mark_point(shape="diamond", size=90, filled=True, color=LAPIS, opacity=1).encode(x=x)
    text = base.mark_text(align="left", dx=10, fontSize=12).encode(x=x, text="text:N")
    told = "; ".join(f"{v['key']} on {show.day(v['falls'])}, {v['text']}" for v in values[:MOST]).replace(
        "\n", " "
    )
    more = f"; and {show.count(len(values) - MOST, 'other')}" if len(values) > MOST else ""
    return Drawing(
        alt.layer(notice, points, text).properties(width=WIDTH - 250, height=32 * len(values)),
        f"A time axis with {show.count(len(values), 'break point')}, each with the cost of leaving and a line "
        f"back to the last day of notice: {told}{more}.",
    )


def _point(row: Row, label: Label) -> Mark:
    return {
        "key": in_lines(
            f"{label('option', str(row['option']))}: {label('break_point', str(row['break_point']))}", 42
        ),
        "falls": str(row["falls"]),
        "from": str(row["notify_by"] or row["falls"]),
        "text": "cost not known" if row["exit_cost"] is None else show.money(row["exit_cost"]),
    }


def _widened(first: str, last: str) -> list[str]:
    """From the start of the first year to two years after the last, so that the words at the end fit."""
    return [f"{first[:4]}-01-01", f"{int(last[:4]) + 2}-01-01"]
