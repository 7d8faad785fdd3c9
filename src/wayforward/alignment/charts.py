"""Charts of alignment: capabilities against priorities, and priorities by weight."""

import json
from textwrap import wrap

import altair as alt

from wayforward.findings import Finding, show
from wayforward.findings.finding import Row
from wayforward.pages.charts import INK, LAPIS, SHADES, WIDTH, Drawing, Label, chart

NAMES = 240
FAINT = "#f4f6f9"
# Strong, moderate and weak in three shades of one hue; the number always stands in the cell.
STRONG, MODERATE, WEAK = SHADES[4], SHADES[2], SHADES[0]


def _words(names: dict[str, str], wide: int) -> str:
    """An axis shows these words, in lines, in place of codes."""
    return f"{json.dumps({code: wrap(name, wide) or [name] for code, name in names.items()})}[datum.label]"


@chart("alignment.matrix")
def matrix(finding: Finding, label: Label) -> Drawing:
    """Capabilities down the side, priorities across, strengths in the cells; orphans on both sides are named."""
    rows = list(finding.rows)
    capabilities = _named(rows, "capability", label)
    priorities = _named(rows, "priority", label)
    cells = alt.Chart(alt.Data(values=[_cell(row) for row in rows])).encode(
        x=alt.X("priority:N", sort=list(priorities), axis=None), y=_down(capabilities)
    )
    drawn = alt.layer(
        cells.mark_rect(stroke="white", strokeWidth=2).encode(color=alt.Color("shade:N", scale=None)),
        cells.mark_text(fontSize=12).encode(text="text:N", color=alt.Color("ink:N", scale=None)),
        *_heads(priorities),
        _orphans(_idle(rows, "capability"), "capability"),
        _orphans(_idle(rows, "priority"), "priority"),
    ).properties(width=WIDTH - NAMES, height=21 * len(capabilities))
    return Drawing(drawn, _matrix_alt(rows, capabilities, priorities))


def _named(rows: list[Row], kind: str, label: Label) -> dict[str, str]:
    return {str(row[kind]): label(kind, str(row[kind])) for row in rows}


def _cell(row: Row) -> dict[str, object]:
    strength = row["strength"]
    value = 0.0 if strength is None else float(strength)
    shade = STRONG if value > 3 else MODERATE if value > 1 else WEAK if value else FAINT
    text = "?" if strength is None else show.number(strength) if value else ""
    return {
        "priority": row["priority"],
        "capability": row["capability"],
        "shade": shade,
        "text": text,
        "ink": "white" if value > 3 else INK,
    }


def _heads(names: dict[str, str]) -> list[alt.Chart]:
    """Names upright over their columns, each centred whatever its number of lines."""
    lined = {code: wrap(name, 30) or [name] for code, name in names.items()}
    drawn = []
    for lines in sorted({len(text) for text in lined.values()}):
        values = [{"priority": c, "text": "\n".join(t)} for c, t in lined.items() if len(t) == lines]
        marks = alt.Chart(alt.Data(values=values)).mark_text(
            angle=270,
            align="left",
            baseline="middle",
            dx=6,
            dy=-6 * (lines - 1),
            fontSize=11,
            lineBreak="\n",
            lineHeight=12,
        )
        drawn.append(marks.encode(x="priority:N", y=alt.value(0), text="text:N"))
    return drawn


def _down(names: dict[str, str]) -> alt.Y:
    axis = alt.Axis(
        ticks=False,
        domain=False,
        labelFontSize=12,
        labelLimit=NAMES - 6,
        minExtent=NAMES,
        maxExtent=NAMES,
        labelExpr=_words(names, 200),
    )
    return alt.Y("capability:N", sort=list(names), title=None, axis=axis)


def _idle(rows: list[Row], kind: str) -> list[str]:
    """The codes on one side that no strength stands against."""
    codes = dict.fromkeys(str(row[kind]) for row in rows)
    linked = {str(row[kind]) for row in rows if row["strength"] != 0}
    return [code for code in codes if code not in linked]


def _orphans(codes: list[str], kind: str) -> alt.Chart:
    """Words across the empty row or down the empty column."""
    text = "serves no priority" if kind == "capability" else "served by no capability"
    data = alt.Chart(alt.Data(values=[{kind: code, "text": text} for code in codes]))
    if kind == "capability":
        marks = data.mark_text(align="left", dx=6, fontSize=11.5, fontStyle="italic")
        return marks.encode(y="capability:N", x=alt.value(0), text="text:N")
    marks = data.mark_text(align="right", angle=270, dx=-6, fontSize=11.5, fontStyle="italic")
    return marks.encode(x="priority:N", y=alt.value(0), text="text:N")


def _matrix_alt(rows: list[Row], capabilities: dict[str, str], priorities: dict[str, str]) -> str:
    links = [float(row["strength"]) for row in rows if row["strength"]]
    strong = sum(link > 3 for link in links)
    idle = [capabilities[code] for code in _idle(rows, "capability")]
    orphans = [priorities[code] for code in _idle(rows, "priority")]
    return (
        f"A matrix of {len(capabilities)} capabilities against {len(priorities)} priorities with "
        f"{len(links)} links, {strong} of them strong (9). Serving no priority: {show.listed(idle) or 'none'}. "
        f"Served by no capability: {show.listed(orphans) or 'none'}."
    )


@chart("alignment.priorities")
def priorities(finding: Finding, label: Label) -> Drawing:
    """Bars of weight, heaviest first; an open bar is a priority that nothing serves."""
    rows = list(finding.rows)
    names = _named(rows, "priority", label)
    base = alt.Chart(alt.Data(values=[_bar(row) for row in rows])).encode(
        y=alt.Y(
            "priority:N",
            sort=list(names),
            title=None,
            axis=alt.Axis(
                ticks=False, domain=False, labelLimit=300, labelExpr=_words(names, 200), labelFontSize=12
            ),
        ),
        x=alt.X("weight:Q", title="Weight", scale=alt.Scale(domain=[0, _longest(rows) * 1.55])),
    )
    bars = base.mark_bar(height=15, stroke=LAPIS, strokeWidth=1.5)
    words = base.mark_text(align="left", dx=6, fontSize=12).encode(text="text:N")
    drawn = alt.layer(bars.encode(color=alt.Color("shade:N", scale=None)), words)
    drawn = drawn.properties(height=24 * len(rows), width=WIDTH)
    return Drawing(
        drawn.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding")), _priorities_alt(rows)
    )


def _longest(rows: list[Row]) -> float:
    return max((float(row["weight"]) for row in rows if row["weight"] is not None), default=1.0) or 1.0


def _bar(row: Row) -> dict[str, object]:
    served = row["capabilities"]
    by = "served by none" if served == 0 else show.count(int(served or 0), "capability", "capabilities")
    weight = "weight not known" if row["weight"] is None else show.number(row["weight"])
    return {
        "priority": row["priority"],
        "weight": float(row["weight"] or 0),
        "shade": "white" if row["orphan"] else LAPIS,
        "text": weight if served is None else f"{weight}: {by}",
    }


def _priorities_alt(rows: list[Row]) -> str:
    orphans = [str(row["name"]) for row in rows if row["orphan"]]
    first = f"{rows[0]['name']} is the heaviest at {show.number(rows[0]['weight'])}"
    none = f"No capability serves {show.listed(orphans)}" if orphans else "Each is served by some capability"
    return f"Bars of {len(rows)} priorities by weight, heaviest first. {first}. {none}, shown by open bars."
