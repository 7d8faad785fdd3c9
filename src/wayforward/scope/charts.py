"""Charts of scope: cost by area, the grid of ratings, and where the team's days run out."""

import json
from typing import Any

import altair as alt

from wayforward.findings import Finding, show
from wayforward.findings.finding import Row
from wayforward.pages.charts import FONT, INK, LAPIS, SHADES, WIDTH, Drawing, Label, chart

RATINGS = ("high", "medium", "low")
# Light enough for ink to be read on: the darker, the more critical and the more to gain.
TINTS = {1: "#f4f6f9", 2: "#f4f6f9", 3: SHADES[0], 4: SHADES[0], 6: SHADES[1], 9: SHADES[2]}
SIDE, HEAD, CODES_IN_LINE, LINE = 96, 44, 3, 15
GAP = "\N{EM SPACE}"  # a row of plain spaces would be drawn as one
# Services drawn on a page at a size that can be read: all of them, or those inside and some after.
MOST_DRAWN, AFTER_THE_LINE, MOST_INSIDE = 30, 12, 40


@chart("scope.areas")
def areas(finding: Finding, label: Label) -> Drawing:
    """Bars of yearly cost by area, with services and people."""
    rows = list(finding.rows)
    values = [
        {
            "area": row["name"],
            "cost": float(row["known_cost"] or 0) / 1e6,
            "text": f"{_cost(row)}: {_holds(row)}",
        }
        for row in rows
    ]
    most = max((float(str(value["cost"])) for value in values), default=1.0)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("area:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X(
            "cost:Q",
            title="Yearly cost, £ million",
            scale=alt.Scale(domain=[0, most * 1.9]),
            axis=alt.Axis(values=_ticks(most), grid=False, domain=False, titleAnchor="start"),
        ),
    )
    drawn = alt.layer(base.mark_bar(height=22), base.mark_text(align="left", dx=6).encode(text="text:N"))
    told = "; ".join(f"{row['name']} {_cost(row)}, {_holds(row)}" for row in rows)
    return Drawing(
        _fitted(drawn.properties(height=40 * len(values))),
        f"Bars of the yearly cost of services by area of scope. {told}.",
    )


def _cost(row: Row) -> str:
    return "cost not known" if row["known_cost"] is None else show.money(row["known_cost"])


def _holds(row: Row) -> str:
    """How many services and people an area has, and what its cost leaves out."""
    services = show.count(int(row["services"] or 0), "service")
    people = "people not known" if row["people"] is None else f"{float(row['people']):,.0f} people"
    partly = row["without_cost"] and row["known_cost"] is not None
    without = f", {row['without_cost']} without a known cost" if partly else ""
    return f"{services}, {people}{without}"


def _ticks(most: float) -> list[float]:
    """Round marks from nought to the longest bar."""
    step = next(s for s in (m * 10**p for p in range(-3, 9) for m in (1, 2, 5)) if most / s <= 5)
    return [step * i for i in range(int(most / step) + 1)]


def _fitted(drawn: Any) -> Any:
    """The chart at the width of the page, labels included."""
    return drawn.properties(width=WIDTH, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


@chart("scope.grid")
def grid(finding: Finding, label: Label) -> Drawing:
    """Nine cells, High at the top and at the right, with the codes of the services in each."""
    cells = _cells(finding)
    bottom = max(cell["bottom"] for cell in cells)
    data = alt.Chart(alt.Data(values=cells))
    x, x2 = _across("left"), alt.X2("right:Q")
    drawn = alt.layer(
        data.mark_rect(stroke="white", strokeWidth=3).encode(
            x=x, x2=x2, y=_down("top", bottom), y2=alt.Y2("bottom:Q"), color=alt.Color("tint:N", scale=None)
        ),
        data.mark_text(align="left", baseline="top", dx=9, dy=8, fontWeight="bold").encode(
            x=x, y=_down("top", bottom), text="count:N"
        ),
        data.mark_text(
            align="left", baseline="top", dx=9, dy=28, fontSize=11.5, lineBreak="\n", lineHeight=LINE
        ).encode(x=x, y=_down("top", bottom), text="codes:N"),
        *_heads(cells, bottom),
    )
    return Drawing(drawn.properties(width=WIDTH, height=bottom), _grid_alt(finding))


def _cells(finding: Finding) -> list[dict[str, Any]]:
    """Where each cell stands, in points of the picture, as tall as its row of cells needs."""
    found = {(row["criticality"], row["benefit"]): row for row in finding.rows}
    wide, top, cells = (WIDTH - SIDE) / 3, float(HEAD), []
    for criticality in RATINGS:
        lines = max(-(-int(found[criticality, b]["count"] or 0) // CODES_IN_LINE) for b in RATINGS)
        bottom = top + 42 + LINE * max(lines, 1)
        for place, benefit in enumerate(reversed(RATINGS)):
            row = found[criticality, benefit]
            codes = str(row["services"]).split("; ") if row["count"] else []
            lined = [codes[i : i + CODES_IN_LINE] for i in range(0, len(codes), CODES_IN_LINE)]
            cells.append(
                {
                    "left": SIDE + place * wide,
                    "right": SIDE + (place + 1) * wide,
                    "top": top,
                    "bottom": bottom,
                    "tint": TINTS[(3 - RATINGS.index(criticality)) * (place + 1)],
                    "count": show.count(len(codes), "service"),
                    "codes": "\n".join(GAP.join(line) for line in lined),
                    "criticality": criticality,
                    "benefit": benefit,
                }
            )
        top = bottom
    return cells


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=None)


def _down(field: str, bottom: float) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[bottom, 0], nice=False), axis=None)


def _heads(cells: list[dict[str, Any]], bottom: float) -> list[alt.Chart]:
    """High, Medium and Low over the columns and beside the rows, each with its letter."""
    words = [
        {"x": (c["left"] + c["right"]) / 2, "y": HEAD - 12, "text": _lettered(str(c["benefit"]))}
        for c in cells[:3]
    ]
    words += [
        {"x": SIDE - 40, "y": (c["top"] + c["bottom"]) / 2, "text": _lettered(str(c["criticality"]))}
        for c in cells[::3]
    ]
    titles = [{"x": (SIDE + WIDTH) / 2, "y": 12, "text": "Benefit opportunity"}]
    upright = [{"x": 9, "y": (HEAD + bottom) / 2, "text": "Criticality"}]
    return [
        _text(words).mark_text(),
        _text(titles).mark_text(fontWeight="bold"),
        _text(upright).mark_text(fontWeight="bold", angle=270),
    ]


def _text(values: list[dict[str, object]]) -> alt.Chart:
    bottom_free = alt.Y("y:Q", axis=None)
    return alt.Chart(alt.Data(values=values)).encode(x=_across("x"), y=bottom_free, text="text:N")


def _lettered(rating: str) -> str:
    return f"{rating.capitalize()} ({rating[0].upper()})"


def _grid_alt(finding: Finding) -> str:
    told = [
        f"{row['count']} {str(row['criticality'])[0].upper()} {str(row['benefit'])[0].upper()}"
        for row in finding.rows
        if row["count"]
    ]
    return (
        "A grid of three by three places services by criticality, then benefit opportunity, each "
        f"High, Medium or Low: {show.listed(told)}."
    )


@chart("scope.cutoff")
def cutoff(finding: Finding, label: Label) -> Drawing:
    """Days to baseline one service after another, in rank order, against the days of the team."""
    ranked = [row for row in finding.rows if row["cumulative"] is not None]
    rows = _near_the_line(ranked)
    names = {str(row["service"]): label("service", str(row["service"])) for row in rows}
    step, size = (20.0, 13) if len(rows) <= MOST_DRAWN else (15.0, 12)
    base = alt.Chart(alt.Data(values=[_step(row) for row in rows])).encode(y=_names(names, size))
    layers = [
        base.mark_bar(height=step * 0.72).encode(
            x=alt.X("start:Q", title="Days to baseline, added up in order of score"),
            x2=alt.X2("end:Q"),
            color=alt.Color("tint:N", scale=None),
        ),
        *_beside(base, "score", -44, size),
        *_beside(base, "days", -8, size),
    ]
    days = finding.parameters.get("team_days")
    if days is not None:
        layers += _line(float(days))
    drawn = alt.layer(*layers).properties(height=step * len(rows))
    if rest := _rest(ranked, rows):
        told = alt.TitleParams(
            rest, orient="bottom", anchor="start", fontSize=12, fontWeight="normal", font=FONT, offset=10
        )
        drawn = drawn.properties(title=told)
    return Drawing(_fitted(drawn), _cutoff_alt(finding, ranked, rest))


def _near_the_line(ranked: list[Row]) -> list[Row]:
    """All services where they fit; else those inside and some after the last of them."""
    if len(ranked) <= MOST_DRAWN:
        return ranked
    inside = max((place for place, row in enumerate(ranked, start=1) if row["inside"]), default=0)
    return ranked[: min(inside + AFTER_THE_LINE, MOST_INSIDE + AFTER_THE_LINE) if inside else MOST_DRAWN]


def _rest(ranked: list[Row], drawn: list[Row]) -> str:
    """A sentence about the services that are not drawn."""
    left = ranked[len(drawn) :]
    if not left:
        return ""
    days = show.number(sum(float(row["days"] or 0) for row in left))
    inside = sum(bool(row["inside"]) for row in left)
    where = (
        f"{inside} of them inside"
        if inside
        else "all below the line"
        if any(row["inside"] for row in drawn)
        else "further down"
    )
    return (
        f"Not drawn: {show.count(len(left), 'service')}, {where}, {days} days in all; "
        f"the data list all {len(ranked)}."
    )


def _names(names: dict[str, str], size: int) -> alt.Y:
    """Services down the side, with room for two columns of figures between name and bar."""
    words = f"{json.dumps(names)}[datum.label]"
    axis = alt.Axis(ticks=False, domain=False, offset=80, labelFontSize=size, labelExpr=words)
    return alt.Y("service:N", sort=None, title=None, axis=axis)


def _step(row: Row) -> dict[str, object]:
    end, days = float(row["cumulative"] or 0), float(row["days"] or 0)
    return {
        "service": row["service"],
        "start": end - days,
        "end": end,
        "tint": LAPIS if row["inside"] else SHADES[1],
        "score": show.number(row["score"]),
        "days": show.number(row["days"]),
    }


def _beside(base: alt.Chart, field: str, place: float, size: int) -> list[alt.Chart]:
    """A column of figures left of the bars, under its heading."""
    head = alt.Chart(alt.Data(values=[{"text": field}])).mark_text(
        align="right", baseline="bottom", dy=-4, fontSize=size
    )
    return [
        base.mark_text(align="right", fontSize=size).encode(x=alt.value(place), text=f"{field}:N"),
        head.encode(x=alt.value(place), y=alt.value(0), text="text:N"),
    ]


def _line(days: float) -> list[alt.Chart]:
    """The days that the team has, as a line down the chart."""
    one = alt.Chart(alt.Data(values=[{"days": days, "text": f"the team's {show.number(days)} days"}]))
    text = one.mark_text(align="center", baseline="bottom", dy=-4)
    return [
        one.mark_rule(color=INK, strokeDash=[4, 3]).encode(x="days:Q"),
        text.encode(x="days:Q", y=alt.value(0), text="text:N"),
    ]


def _cutoff_alt(finding: Finding, rows: list[Row], rest: str) -> str:
    inside = [row for row in rows if row["inside"]]
    unranked = len(finding.rows) - len(rows)
    days = finding.parameters.get("team_days")
    have = "an unknown number of days" if days is None else f"{show.number(days)} days"
    first = ", ".join(str(row["name"]) for row in rows[:3])
    return (
        f"Bars that add up the days to baseline of {len(rows)} services in order of score, beginning with "
        f"{first}; the team has {have}, and {len(inside)} services fit. "
        f"{unranked or 'None'} could not be ranked.{f' {rest}' if rest else ''}"
    )
