"""Charts of demand: the share of incidents beside the share of harm, by area and by type."""

import altair as alt

from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.charts import INK, LAPIS, SHADES, WIDTH, Drawing, Label, chart

COUNT, HARM = "Share of incidents", "Share of harm"
COLOURS = alt.Scale(domain=[COUNT, HARM], range=[SHADES[1], LAPIS])


def _of_one_set(finding: Finding) -> list[Row]:
    """The rows of the first incident set: sets are never added."""
    return [row for row in finding.rows if row["incident_set"] == finding.rows[0]["incident_set"]]


@chart("demand.harm")
def harm(finding: Finding, label: Label) -> Drawing:
    """Two bars an area: its share of incidents beside its share of harm."""
    main = str(finding.parameters.get("main_scheme", ""))
    measures = [(COUNT, "share_count")] + ([(HARM, f"share_{main}")] if main else [])
    rows = sorted(_of_one_set(finding), key=lambda row: -float(row["share_count"] or 0))
    order = [str(row["name"]) for row in rows]
    values = [
        {"area": row["name"], "measure": measure, "share": row[column], "text": show.percent(row[column])}
        for row in rows
        for measure, column in measures
        if row[column] is not None
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("area:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6)),
        yOffset=alt.YOffset("measure:N", sort=[COUNT, HARM], scale=alt.Scale(paddingInner=0.1)),
        x=alt.X("share:Q", title="Share of the whole area", axis=alt.Axis(format="%", tickCount=5)),
    )
    bars = base.mark_bar().encode(
        color=alt.Color("measure:N", scale=COLOURS, legend=alt.Legend(title=None, orient="top"))
    )
    text = base.mark_text(align="left", dx=5, fontSize=12).encode(text="text:N")
    told = show.listed([_told(row, main) for row in rows[:3]])
    return Drawing(
        (bars + text).properties(width=WIDTH - 160, height=44 * len(rows)),
        f"Bars for each of {show.count(len(rows), 'area')}, share of incidents and share of harm "
        f"({label('harm_scheme', main) if main else 'not known'}); the most incidents: {told}.",
    )


def _told(row: Row, main: str) -> str:
    harm_share = f" and {show.percent(row[f'share_{main}'])}" if main else ""
    return f"{row['name']} {show.percent(row['share_count'])}{harm_share}"


def _shares(row: Row) -> str:
    """Both shares of a type, each named: two figures with nothing between them read as a range."""
    incidents = f"{show.percent(row['share_count'])} of incidents"
    harm = "no weight" if row["share_harm"] is None else f"{show.percent(row['share_harm'])} of harm"
    return f"{incidents}, {harm}"


@chart("demand.harm_by_type")
def harm_by_type(finding: Finding, label: Label) -> Drawing:
    """A line a type from its share of incidents (open) to its share of harm (filled)."""
    scheme = finding.rows[0]["scheme"]
    rows = [row for row in _of_one_set(finding) if row["scheme"] == scheme]
    order = [str(row["crime_type"]) for row in rows]
    values = [
        {
            "type": row["crime_type"],
            "count": row["share_count"],
            "harm": row["share_harm"],
            "text": _shares(row),
            "end": max(float(row["share_count"] or 0), float(row["share_harm"] or 0)),
        }
        for row in rows
    ]
    weighed = [value for value in values if value["harm"] is not None]
    y = alt.Y(
        "type:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelPadding=12),
    )
    furthest = max(float(value["end"] or 0) for value in values) or 1.0
    # Marks as far as the dots go: what is right of them is room for words.
    step = 0.1 if furthest >= 0.2 else 0.02
    marks = [place * step for place in range(int(furthest / step) + 1)]
    x = alt.X(
        "count:Q",
        title="Share of all incidents (open) and of all harm (filled)",
        scale=alt.Scale(domain=[0, furthest * 1.62], nice=False),
        axis=alt.Axis(format="%", values=marks, domain=False),
    )
    lines = (
        alt.Chart(alt.Data(values=weighed))
        .mark_rule(color=SHADES[2], strokeWidth=3)
        .encode(y=y, x=x, x2="harm:Q")
    )
    opened = (
        alt.Chart(alt.Data(values=values))
        .mark_point(size=80, fill="white", stroke=LAPIS, strokeWidth=2, opacity=1)
        .encode(y=y, x=x)
    )
    filled = (
        alt.Chart(alt.Data(values=weighed))
        .mark_point(size=80, filled=True, color=LAPIS, opacity=1)
        .encode(y=y, x=alt.X("harm:Q"))
    )
    words = alt.Chart(alt.Data(values=values)).encode(y=y, x="end:Q", text="text:N")
    # Twice: white round the words keeps them clear of the lines.
    text = words.mark_text(align="left", dx=10, fontSize=12, stroke="white", strokeWidth=4) + words.mark_text(
        align="left", dx=10, fontSize=12, color=INK
    )
    top = show.listed(
        [
            f"{str(row['crime_type']).lower()} {show.percent(row['share_count'])} and "
            f"{show.percent(row['share_harm'])}"
            for row in rows[:3]
        ]
    )
    return Drawing(
        (lines + opened + filled + text).properties(width=WIDTH - 230, height=26 * len(order)),
        f"For each of {show.count(len(order), 'type')} of incident a line from its share of incidents to its "
        f"share of harm by {label('harm_scheme', str(scheme))}; the most harm: {top}.",
    )
