"""Charts of engagement: what public, staff and partners said, each apart, for they are never blended."""

import json

import altair as alt

from wayforward.engagement.findings import FEWEST
from wayforward.engagement.models import AUDIENCES
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.charts import LAPIS, WIDTH, Drawing, Label, chart

HEADING = "heading:"


@chart("engagement.themes")
def themes(finding: Finding, label: Label) -> Drawing:
    """One panel an audience with its populations named: bars of people by theme; a small group has no bar."""
    panels, told = [], []
    for audience, title in AUDIENCES:
        rows = [row for row in finding.rows if row["audience"] == audience]
        if not rows:
            continue
        panels.append(_panel(title, rows))
        shown = [row for row in rows if row["people"] is not None]
        if shown:
            most = max(shown, key=lambda row: float(row["people"] or 0))
            told.append(
                f"{audience}, {show.count(len(rows), 'theme')}, most of all “{most['name']}” "
                f"({show.number(most['people'])} people)"
            )
        else:
            told.append(f"{audience}, {show.count(len(rows), 'theme')}, how many is not known")
    return Drawing(
        alt.vconcat(*panels, spacing=26),
        f"Bars of how many people raised each theme, a panel an audience: {'; '.join(told)}.",
    )


def _panel(title: str, rows: list[Row]) -> alt.LayerChart | alt.FacetChart:
    """One audience: a heading for each population, its themes under it, the most widely held first."""
    lines: list[dict[str, str | float | None]] = []
    for population in dict.fromkeys(row["population"] for row in rows):
        lines.append({"key": f"{HEADING}{population}", "name": str(population or "Population not known")})
        of_population = [row for row in rows if row["population"] == population]
        lines += [_line(row) for row in sorted(of_population, key=lambda row: -float(row["people"] or 0))]
    names = {str(line["key"]): str(line["name"]) for line in lines}
    values = [line for line in lines if "text" in line]
    most = max((float(value["at"] or 0) for value in values), default=0.0) or FEWEST
    axis = alt.Axis(tickCount=5, tickMinStep=1, format=",d")
    scale = alt.Scale(domain=[0, most])
    base = alt.Chart(alt.Data(values=values)).encode(y=_axis(names))
    bars = base.mark_bar(height=14, color=LAPIS).encode(
        x=alt.X("people:Q", title="People who said it", axis=axis, scale=scale)
    )
    text = base.mark_text(align="left", dx=5).encode(x=alt.X("at:Q", scale=scale), text="text:N")
    heading = alt.TitleParams(title, anchor="start", frame="group", fontSize=15)
    return alt.layer(bars, text).properties(width=WIDTH - 350, height=21 * len(lines), title=heading)


def _line(row: Row) -> dict[str, str | float | None]:
    known = row["people"] is not None
    return {
        "key": str(row["theme"]),
        "name": str(row["name"]),
        "people": float(row["people"]) if row["people"] is not None else None,
        "at": float(row["people"] or 0),
        "text": show.number(row["people"]) if known else str(row["note"] or show.UNKNOWN),
    }


def _axis(names: dict[str, str]) -> alt.Y:
    """Each line by its key, for two themes may bear one name; populations in bold."""
    heading = f"indexof(datum.value, '{HEADING}') == 0"
    return alt.Y(
        "key:N",
        sort=list(names),
        scale=alt.Scale(domain=list(names)),
        title=None,
        axis=alt.Axis(
            labelExpr=f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
            labelFontWeight={"condition": {"test": heading, "value": 600}, "value": 400},  # type: ignore[arg-type]  # the stub lacks conditions
            labelLimit=305,
            labelPadding=6,
            ticks=False,
            domain=False,
        ),
    )
