"""The chart of money against everything else: a point an option, what leads told apart by its shape and in words."""

import altair as alt

from wayforward.appraisal.charts_marks import Mark, dotted, in_millions
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.charts import INK, OPTION_COLOURS, WIDTH, Drawing, Label, chart
from wayforward.pages.charts_words import haloed

DEEP, WIDE = 340, WIDTH - 60
LETTER = 7.0  # pixels, at most about that, of a letter of a name
LINE = 6.0  # points of 100 that a line of words is high
ACROSS = "Net present social value, £ million; each thin line is from the 5th to the 95th percentile"
UP = "Value on the other criteria, from low to high scores"
EFFICIENT, BEATEN = "No other option is more on both", "Another option is more on both"
UNORDERED = "No order"
SHAPES = {EFFICIENT: "diamond", BEATEN: "triangle-down", UNORDERED: "circle"}


@chart("appraisal.trade_off")
def trade_off(finding: Finding, label: Label) -> Drawing | None:
    """Net present social value across and value beside money up, with thin lines for the ranges."""
    rows = [row for row in finding.rows if row["npsv"] is not None and row["value"] is not None]
    if not rows:
        return None
    values = [_point(row, label) for row in rows]
    reach = [0.0, *(value[end] for value in values for end in ("low", "npsv", "high"))]
    least, most = min(reach), max(reach)

    def across(end: str) -> alt.X:
        return alt.X(f"{end}:Q", title=ACROSS, scale=alt.Scale(domain=[least, most], nice=True))

    base = alt.Chart(alt.Data(values=values)).encode(color=alt.Color("colour:N", scale=None))
    thin = base.mark_rule(strokeWidth=1, opacity=0.5)
    zero = alt.Chart(alt.Data(values=[{"npsv": 0}])).mark_rule(color=INK, strokeDash=[4, 3])
    drawn = alt.layer(
        zero.encode(x=across("npsv")),
        thin.encode(x=across("low"), x2="high:Q", y=_up("value")),
        thin.encode(x=across("npsv"), y=_up("poor"), y2="good:Q"),
        dotted(base, finding, size=130).encode(x=across("npsv"), y=_up("value"), shape=_shapes(values)),
        *_names(values, across("npsv"), most, most - least),
    )
    return Drawing(drawn.properties(width=WIDE, height=DEEP), _told(values, len(finding.rows) - len(rows)))


def _up(end: str) -> alt.Y:
    return alt.Y(f"{end}:Q", title=UP, scale=alt.Scale(domain=[0, 100]))


def _point(row: Row, label: Label) -> Mark:
    option, by = label("option", str(row["option"])), row["dominated_by"]
    more = show.listed([label("option", code) for code in str(by or "").split(", ") if code])
    npsv, value = in_millions(row["npsv"]) or 0.0, float(row["value"] or 0)
    low, high = (in_millions(row[end]) for end in ("npsv_low", "npsv_high"))
    return {
        "option": option,
        "colour": OPTION_COLOURS[(int(row["place"] or 1) - 1) % len(OPTION_COLOURS)],
        "npsv": npsv,
        "low": npsv if low is None else low,
        "high": npsv if high is None else high,
        "value": value,
        "poor": value if row["value_low"] is None else float(row["value_low"]),
        "good": value if row["value_high"] is None else float(row["value_high"]),
        "standing": UNORDERED if by is None else BEATEN if by else EFFICIENT,
        "name": f"{option}: {more} {'are' if ' and ' in more else 'is'} more on both" if more else option,
    }


def _shapes(values: list[Mark]) -> alt.Shape:
    """A shape for each standing, with its words; no words where no order is given."""
    found = [standing for standing in SHAPES if any(value["standing"] == standing for value in values)]
    legend = None if found == [UNORDERED] else alt.Legend(title=None, orient="top", symbolStrokeColor=INK)
    scale = alt.Scale(domain=found, range=[SHAPES[standing] for standing in found])
    return alt.Shape("standing:N", scale=scale, legend=legend)


def _names(values: list[Mark], x: alt.X, most: float, span: float) -> list[alt.Chart]:
    """The names beside their points, to the right where there is room and else to the left."""
    layers: list[alt.Chart] = []
    right = [value for value in values if _room(value, values, most, span)]
    left = [value for value in values if value not in right]
    for align, own, shift in (("left", right, 9), ("right", left, -9)):
        base = alt.Chart(alt.Data(values=own)).encode(x=x, y=_up("value"))
        layers += haloed(base, "name:N", align=align, dx=shift, dy=-9)
    return layers


def _room(value: Mark, values: list[Mark], most: float, span: float) -> bool:
    """Whether a name to the right of its point stays within the chart and meets no other point."""
    ends = value["npsv"] + span * LETTER * len(value["name"]) / WIDE
    met = [
        other
        for other in values
        if value["npsv"] <= other["npsv"] <= ends and -LINE / 2 < other["value"] - value["value"] < 1.5 * LINE
    ]
    return ends <= most and met == [value]


def _told(values: list[Mark], unknown: int) -> str:
    points = [
        f"{v['name']}, {show.millions(v['npsv'] * 1e6)} and {show.fixed(v['value'], 1)}" for v in values
    ]
    left = f"; of {show.count(unknown, 'option')} one of the two is not known" if unknown else ""
    return (
        "A point an option by net present social value in £ million across and value on the other criteria up, "
        f"each with its range: {'; '.join(points)}{left}."
    )
