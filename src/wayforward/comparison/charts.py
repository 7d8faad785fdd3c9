"""Charts of comparison: each measure with its peers in order, this organisation among them."""

import json
from textwrap import wrap
from typing import Any

import altair as alt

from wayforward.findings import Finding, show
from wayforward.findings.finding import Row
from wayforward.methods.ranking import display
from wayforward.pages.charts import INK, LAPIS, RULE, WIDTH, Drawing, Label, chart

NAMES, GAP = 150, 26
PEER = "#8a96a3"


@chart("comparison.peers")
def peers(finding: Finding, label: Label) -> Drawing:
    """Two measures a line: peers by value, this organisation dark, the median as a line."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in finding.rows:
        groups.setdefault((str(row["measure"]), str(row["period"])), []).append(row)
    most = max(len(rows) for rows in groups.values())
    panels = [_panel(rows, label, most) for rows in groups.values()]
    lines = [alt.hconcat(*panels[i : i + 2], spacing=GAP) for i in range(0, len(panels), 2)]
    drawn = alt.vconcat(*lines, spacing=22).resolve_scale(x="independent", y="independent")
    return Drawing(drawn, _alt(list(groups.values())))


def _panel(rows: list[Row], label: Label, most: int) -> Any:
    """One measure; those left out stand below, open, without a rank."""
    names = {str(row["peer"]): label("peer", str(row["peer"])) for row in rows}
    values = _values(rows)
    size = 12 if most <= 20 else 11
    longest = max((float(row["value"]) for row in rows if row["value"] is not None), default=1.0) or 1.0
    x = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, longest * 1.35]),
        axis=alt.Axis(tickCount=4, labelFontSize=11, domain=False),
    )
    base = alt.Chart(alt.Data(values=values)).encode(y=_names(names, rows, size))
    figures = {"x": "place:Q", "text": "text:N"}  # twice: white round them keeps them clear of the line
    dots = base.transform_filter("isValid(datum.value)")
    layers = [
        dots.mark_rule(color=RULE).encode(x=alt.X("zero:Q"), x2=alt.X2("value:Q")),
        dots.mark_circle(size=70, opacity=1, strokeWidth=1.5).encode(
            x=x, color=alt.Color("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None)
        ),
        base.mark_text(align="left", dx=8, fontSize=size, stroke="white", strokeWidth=4).encode(**figures),
        base.mark_text(align="left", dx=8, fontSize=size).encode(**figures),
    ]
    if rows[0]["median"] is not None:
        layers[:0] = _median(float(rows[0]["median"]))
    return alt.layer(*layers).properties(
        width=(WIDTH - GAP) / 2 - NAMES,
        height=(18 if most <= 20 else 14) * len(rows),
        title=_title(rows),
    )


def _title(rows: list[Row]) -> alt.TitleParams:
    unit = str(rows[0]["unit"])
    if not all(_compared(row) for row in rows):
        unit += "; open: left out"
    return alt.TitleParams(
        str(rows[0]["measure"]),
        subtitle=wrap(unit[:1].upper() + unit[1:], 56),
        offset=18,
        anchor="start",
        font="Source Sans Pro",
        subtitleFont="Source Sans Pro",
        fontSize=13,
        subtitleFontSize=11.5,
    )


def _values(rows: list[Row]) -> list[dict[str, object]]:
    shown = display([None if row["value"] is None else float(row["value"]) for row in rows])
    return [
        {
            "peer": row["peer"],
            "value": row["value"],
            "zero": 0,
            "place": float(row["value"] or 0),
            "fill": LAPIS if row["own"] else PEER if _compared(row) else "white",
            "edge": LAPIS if row["own"] else PEER,
            "text": text,
        }
        for row, text in zip(rows, shown, strict=True)
    ]


def _compared(row: Row) -> bool:
    return row["left_out"] == "compared"


def _names(names: dict[str, str], rows: list[Row], size: int) -> alt.Y:
    own = json.dumps([str(row["peer"]) for row in rows if row["own"]])
    axis = alt.Axis(
        ticks=False,
        domain=False,
        grid=False,
        labelFontSize=size,
        labelColor=INK,
        labelLimit=NAMES - 6,
        minExtent=NAMES,
        maxExtent=NAMES,
        labelExpr=f"{json.dumps(names)}[datum.label]",
        labelFontWeight={
            "condition": {"test": f"indexof({own}, datum.value) >= 0", "value": "bold"},
            "value": "normal",
        },
    )
    return alt.Y("peer:N", sort=list(names), title=None, axis=axis)


def _median(value: float) -> list[alt.Chart]:
    data = alt.Chart(alt.Data(values=[{"median": value, "text": "median"}]))
    text = data.mark_text(baseline="bottom", dy=-3, fontSize=11)
    return [
        data.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1).encode(x="median:Q"),
        text.encode(x="median:Q", y=alt.value(0), text="text:N"),
    ]


def _alt(groups: list[list[Row]]) -> str:
    told = []
    for rows in groups:
        known = [float(row["value"]) for row in rows if row["value"] is not None]
        own = next((row for row in rows if row["own"]), None)
        value = f"{show.number(own['value'], 2)} here, " if own and own["value"] is not None else ""
        if known and rows[0]["median"] is not None:
            told.append(f"{rows[0]['measure']} {value}median {show.number(rows[0]['median'], 2)}")
    return (
        "Dots of each peer by measure, highest first, with the median as a dashed line and this organisation "
        f"dark: {'; '.join(told)}."
    )
