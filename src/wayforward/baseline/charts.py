"""Charts of the baseline: levels of maturity as heat maps, and systems by end of support."""

import json
from textwrap import wrap
from typing import Any

import altair as alt

from wayforward.baseline.models import SUBJECTS
from wayforward.findings import Finding, show
from wayforward.findings.finding import Row
from wayforward.pages.charts import INK, LAPIS, RULE, SHADES, WIDTH, Drawing, Label, chart

TITLES = dict(SUBJECTS)
ON_DARK = 4  # from this level up the shade takes white figures
NAMES = 244  # room for the names of services


def _words(names: dict[str, str]) -> str:
    """An axis shows these words in place of codes."""
    return f"{json.dumps({code: name.split(chr(10)) for code, name in names.items()})}[datum.label]"


def _lined(text: str, wide: int) -> str:
    return "\n".join(wrap(text, wide)) or text


@chart("baseline.maturity")
def maturity(finding: Finding, label: Label) -> Drawing:
    """Functions by dimension with their targets above, services by dimension below."""
    whole = [row for row in finding.rows if not row["service"]]
    services = [row for row in finding.rows if row["service"]]
    panels: list[Any] = []
    subjects = list(dict.fromkeys(str(row["subject"]) for row in whole))
    if subjects:
        each = [
            _function([row for row in whole if row["subject"] == one], 170.0 if place else NAMES)
            for place, one in enumerate(subjects)
        ]
        panels.append(alt.hconcat(*each, spacing=20))
    if services:
        panels.append(_services(services, label))
    drawn = alt.vconcat(*panels, spacing=28).resolve_scale(y="independent", x="independent")
    return Drawing(drawn, _maturity_alt(whole, services))


def _function(rows: list[Row], side: float) -> Any:
    """One function: its dimensions down the side, level and target across."""
    values = []
    for row in rows:
        values += [
            {"row": row["dimension"], "column": "level", **_shade(row["level"], _range(row))},
            {"row": row["dimension"], "column": "target", **_shade(row["target"], "")},
        ]
    names = {str(row["dimension"]): str(row["name"]) for row in rows}
    heads = {"level": "Level", "target": "Target"}
    title = TITLES[str(rows[0]["subject"])]
    return _heat(values, names, heads, (side, 104.0, 21.0)).properties(
        title=alt.TitleParams(title, anchor="start", fontSize=13, font="Source Sans Pro", offset=6)
    )


def _services(rows: list[Row], label: Label) -> Any:
    """Services down the side, dimensions across."""
    values = [
        {"row": row["service"], "column": row["dimension"], **_shade(row["level"], _range(row))}
        for row in rows
    ]
    names = {str(row["service"]): label("service", str(row["service"])) for row in rows}
    heads = {str(row["dimension"]): _lined(str(row["name"]), 11) for row in rows}
    tall = 20.0 if len(names) <= 30 else 16.5
    return _heat(values, names, heads, (NAMES, WIDTH - NAMES, tall)).properties(
        title=alt.TitleParams("Services", anchor="start", fontSize=13, font="Source Sans Pro", offset=6)
    )


def _shade(level: object, spread: str) -> dict[str, object]:
    """How a level is drawn: its shade, its figure always, and the ink that can be read on it."""
    if level is None:
        return {"shade": "white", "text": "not known", "ink": INK, "size": 10.5}
    place = int(float(str(level)))
    ink = "white" if place >= ON_DARK else INK
    return {"shade": SHADES[place - 1], "text": f"{place}{spread}", "ink": ink, "size": 12}


def _range(row: Row) -> str:
    if row["lowest"] is None or row["lowest"] == row["highest"]:
        return ""
    return f" ({row['lowest']} to {row['highest']})"


def _heat(
    values: list[dict[str, object]],
    names: dict[str, str],
    heads: dict[str, str],
    room: tuple[float, float, float],
) -> Any:
    """Cells with their figures. room: points for names, for the cells across, and for each row."""
    side, wide, tall = room
    y = alt.Y("row:N", sort=list(names), title=None, axis=_down(names, side, 12 if tall >= 20 else 11))
    x = alt.X("column:N", sort=list(heads), title=None, axis=_across(heads))
    base = alt.Chart(alt.Data(values=values)).encode(x=x, y=y)
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(color=alt.Color("shade:N", scale=None))
    figures = base.mark_text().encode(
        text="text:N",
        color=alt.Color("ink:N", scale=None),
        size=alt.Size("size:Q", scale=None),
    )
    return alt.layer(cells, figures).properties(width=wide, height=tall * len(names))


def _down(names: dict[str, str], side: float, size: int) -> alt.Axis:
    return alt.Axis(
        ticks=False,
        domain=False,
        labelFontSize=size,
        labelExpr=_words(names),
        minExtent=side,
        maxExtent=side,
        labelLimit=side - 6,
    )


def _across(heads: dict[str, str]) -> alt.Axis:
    lines = max(len(head.split("\n")) for head in heads.values())
    return alt.Axis(
        orient="top",
        ticks=False,
        domain=False,
        labelAngle=0,
        labelFontSize=11.5,
        labelExpr=_words(heads),
        labelPadding=4 + 14 * (lines - 1),
    )


def _maturity_alt(whole: list[Row], services: list[Row]) -> str:
    told = []
    for subject in dict.fromkeys(str(row["subject"]) for row in whole):
        levels = [row["level"] for row in whole if row["subject"] == subject]
        known = [float(level) for level in levels if level is not None]
        span = f"levels {min(known):.0f} to {max(known):.0f}" if known else "levels not known"
        told.append(f"{TITLES[subject]}, {span} over {len(levels)} dimensions")
    if services:
        known = [float(row["level"]) for row in services if row["level"] is not None]
        count = len({row["service"] for row in services})
        low = sum(level <= 2 for level in known)
        told.append(f"{show.count(count, 'service')}, {low} of {len(known)} levels at 2 or lower")
    return f"Heat maps of maturity from 1 to 5, with the number in each cell. {'; '.join(told)}."


@chart("baseline.support")
def support(finding: Finding, label: Label) -> Drawing:
    """Systems down the side by end of support; the larger the dot, the more stands on the system."""
    rows = list(finding.rows)
    names = {str(row["system"]): label("system", str(row["system"])) for row in rows}
    tall, size = (20.0, 12) if len(rows) <= 32 else (16.0, 11)
    today, due = (str(finding.parameters[name]) for name in ("status_date", "report_due"))
    base = alt.Chart(alt.Data(values=[_dot(row, today, due) for row in rows])).encode(y=_systems(names, size))
    dated, x = base.transform_filter("datum.ends"), _when(rows, finding)
    most = max((float(row["cost_standing"] or 0) for row in rows), default=1.0) or 1.0
    drawn = alt.layer(
        *_marks(finding),
        dated.mark_rule(color=RULE, strokeWidth=1.5).encode(x=x, x2=alt.X2("today:T")),
        dated.transform_filter("isValid(datum.cost)")
        .mark_circle(color=LAPIS, opacity=1)
        .encode(
            x=x,
            size=alt.Size("cost:Q", scale=alt.Scale(domain=[0, most], range=[0, 420]), legend=None),
        ),
        dated.transform_filter("!isValid(datum.cost)")
        .mark_point(color=LAPIS, filled=False, size=60)
        .encode(x=x),
        *(
            dated.transform_filter(f"datum.past === {past}")
            .mark_text(align=side, dx=away, fontSize=size)
            .encode(x=x, text="text:N")
            for past, side, away in (("true", alt.Align("right"), -13), ("false", alt.Align("left"), 15))
        ),
        base.transform_filter("!datum.ends")
        .mark_text(align="left", dx=6, fontSize=size, fontStyle="italic")
        .encode(x="due:T", text="text:N"),
    )
    drawn = drawn.properties(height=tall * len(rows), width=WIDTH)
    return Drawing(
        drawn.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding")), _support_alt(rows)
    )


def _dot(row: Row, today: str, due: str) -> dict[str, object]:
    money = show.money(row["cost_standing"])
    cost = f"cost of what stands on it {money}" if row["cost_standing"] is None else f"{money} a year on it"
    return {
        "system": row["system"],
        "ends": row["ends"],
        "today": today,
        "due": due,
        "past": row["state"] == "past",
        "cost": row["cost_standing"],
        "text": money if row["ends"] and row["cost_standing"] is not None else _untold(row, cost),
    }


def _untold(row: Row, cost: str) -> str:
    return cost if row["ends"] else f"end of support not known; {cost}"


def _systems(names: dict[str, str], size: int) -> alt.Y:
    axis = alt.Axis(ticks=False, domain=False, labelFontSize=size, labelExpr=_words(names), grid=False)
    return alt.Y("system:N", sort=list(names), title=None, axis=axis)


def _when(rows: list[Row], finding: Finding) -> alt.X:
    """The time axis, with room at the right for the figures beside the last dots."""
    days = [str(row["ends"]) for row in rows if row["ends"]]
    days += [str(finding.parameters["status_date"]), str(finding.parameters["report_due"])]
    first, last = int(min(days)[:4]), int(max(days)[:4])
    if any(row["state"] == "past" for row in rows):
        first -= 1  # room for the figures on the left of what is past
    ends = [f"{first}-01-01", f"{last + 1 + max(1, (last - first) // 6)}-01-01"]
    return alt.X(
        "ends:T",
        title="End of support; dots grow with the yearly cost of the services on them",
        scale=alt.Scale(type="utc", domain=ends, nice=False),
        axis=alt.Axis(format="%Y", tickCount="year"),
    )


def _marks(finding: Finding) -> list[alt.LayerChart]:
    """Two lines down the chart: the day the figures stand at, and the day the report is due."""
    drawn = []
    for name, words, side, dash in (
        ("status_date", "figures as at", "right", [1, 0]),
        ("report_due", "report due", "left", [4, 3]),
    ):
        when = str(finding.parameters[name])
        one = alt.Chart(alt.Data(values=[{"when": when, "text": f"{words} {show.day(when)}"}]))
        x = alt.X("when:T", scale=alt.Scale(type="utc"))
        text = one.mark_text(
            align=alt.Align(side), baseline="bottom", dy=-5, dx=5 if side == "left" else -5, fontSize=12
        )
        drawn += [
            one.mark_rule(color=INK, strokeDash=dash).encode(x=x),
            text.encode(x=x, y=alt.value(0), text="text:N"),
        ]
    return drawn


def _support_alt(rows: list[Row]) -> str:
    dated = [row for row in rows if row["ends"]]
    past = [row for row in rows if row["state"] == "past"]
    costed = [row for row in dated if row["cost_standing"] is not None]
    text = (
        f"{show.count(len(rows), 'system')} on a time axis by end of support; {len(past) or 'none'} past it"
    )
    if dated:
        first, last = str(dated[0]["ends"]), str(dated[-1]["ends"])
        text += f", the first on {show.day(first)} and the last on {show.day(last)}"
    if costed:
        largest = max(costed, key=lambda row: float(row["cost_standing"] or 0))
        text += f". Most stands on {largest['name']}: {show.money(largest['cost_standing'])} a year"
    return f"{text}. The end is not known for {len(rows) - len(dated) or 'none'}."


@chart("baseline.support_by_year")
def support_by_year(finding: Finding, label: Label) -> Drawing:
    """Bars by financial year of the cost of the services on systems that lose support in it."""
    values = [
        {
            "year": show.financial_year(row["year"]),
            "cost": float(row["cost_standing"] or 0) / 1e6,
            "text": _on_top(row),
        }
        for row in finding.rows
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("year:N", sort=None, title="Financial year", axis=alt.Axis(labelAngle=0, labelFontSize=12)),
        y=alt.Y("cost:Q", title="Yearly cost of the services on them, £ million"),
    )
    text = base.mark_text(baseline="bottom", dy=-16, lineBreak="\n", fontSize=11.5, lineHeight=13)
    drawn = alt.layer(base.mark_bar(size=30), text.encode(text="text:N")).properties(height=280, width=WIDTH)
    return Drawing(
        drawn.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding")), _year_alt(finding)
    )


def _on_top(row: Row) -> str:
    if not row["count"]:
        return "\nnone known" if row["cost_standing"] is None else "\nnone"
    cost = "cost not known" if row["cost_standing"] is None else show.money(row["cost_standing"])
    return f"{cost}\n{show.count(int(row['count']), 'system')}"


def _year_alt(finding: Finding) -> str:
    told = [
        f"{show.financial_year(row['year'])} {show.count(int(row['count'] or 0), 'system')}, "
        f"{show.money(row['cost_standing'])}"
        for row in finding.rows
        if row["count"]
    ]
    return (
        "Bars by financial year of the yearly cost of services on systems that lose support in it: "
        f"{'; '.join(told) or 'none in any year'}."
    )
