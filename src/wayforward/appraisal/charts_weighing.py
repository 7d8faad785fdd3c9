"""Charts of what matters beside money: one panel a group, options and criteria in the order of the report."""

import altair as alt

from wayforward.findings import show
from wayforward.findings.finding import Finding
from wayforward.pages.charts import INK, LAPIS, WIDTH, Drawing, Label, chart

RANKS = ("#1d3f72", "#4e70a3", "#86a0c6", "#b9c8df", "#d5deec", "#e4eaf3", "#f3f6fa")  # first is the darkest
DARK = 2  # so many shades, from the first, carry white figures
PANEL = (WIDTH - 180) // 2 + 20
READABLE = 0.12  # a narrower part has no room for its figure


def _shade(place: int, of: int) -> str:
    """The shade of a rank: all of them are used, however few the ranks."""
    return RANKS[place if of <= 2 else min(round(place * (len(RANKS) - 1) / (of - 1)), len(RANKS) - 1)]


@chart("appraisal.acceptability")
def acceptability(finding: Finding, label: Label) -> Drawing | None:
    """Bars to the whole for each option, split by rank, in one panel for each whose weights are taken."""
    if not finding.rows:
        return None
    names = [label("option", code) for code in dict.fromkeys(str(r["option"]) for r in finding.rows)]
    panels = list(dict.fromkeys(str(r["weights"]) for r in finding.rows))
    shades = [_shade(place, len(names)) for place in range(len(names))]
    ranks = [_rank(place + 1, len(names)) for place in range(len(names))]
    values, begun = [], dict.fromkeys(((p, n) for p in panels for n in names), 0.0)
    for r in finding.rows:
        place, share = int(r["rank"] or 0) - 1, float(r["share"] or 0)
        panel, option = str(r["weights"]), label("option", str(r["option"]))
        start = begun[panel, option]
        begun[panel, option] = start + share
        values.append(
            {
                "weights": panel[:1].upper() + panel[1:],
                "option": option,
                "rank": ranks[place],
                "from": start,
                "to": start + share,
                "mid": start + share / 2,
                "text": show.percent(share) if share >= READABLE else "",
                "ink": "white" if shades[place] in RANKS[:DARK] else INK,
            }
        )
    y = alt.Y("option:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart().encode(y=y)
    bars = base.mark_bar(height=18, stroke="white", strokeWidth=1).encode(
        x=alt.X(
            "from:Q",
            title="Share of draws",
            axis=alt.Axis(format="%", values=[0, 0.5, 1]),
            scale=alt.Scale(domain=[0, 1]),
        ),
        x2="to:Q",
        color=alt.Color(
            "rank:N",
            sort=ranks,
            scale=alt.Scale(domain=ranks, range=shades),
            legend=alt.Legend(title=None, orient="top", columns=len(ranks)),
        ),
    )
    text = base.mark_text(fontSize=11).encode(
        x="mid:Q", text="text:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    panel_order = [p[:1].upper() + p[1:] for p in panels]
    drawn = (
        alt.layer(bars, text, data=alt.Data(values=values))
        .properties(width=PANEL, height=27 * len(names))
        .facet(facet=alt.Facet("weights:N", sort=panel_order, title=None), columns=2)
    )
    firsts = [r for r in finding.rows if r["rank"] == 1 and r["weights"] == panels[0]]
    told = show.listed([f"{label('option', str(r['option']))} {show.percent(r['share'])}" for r in firsts])
    return Drawing(
        drawn,
        f"{show.count(len(panels), 'panel')} of bars, one bar an option, split by the share of draws at each rank. "
        f"At the first rank under any weights: {told}.",
    )


def _rank(place: int, of: int) -> str:
    return "First" if place == 1 else "Last" if place == of else str(place)


@chart("appraisal.weights")
def weights(finding: Finding, label: Label) -> Drawing | None:
    """A dot for each weight on the thin line of its interval, in one panel a group."""
    if not finding.rows:
        return None
    criteria = [label("criterion", code) for code in dict.fromkeys(str(r["criterion"]) for r in finding.rows)]
    groups = [
        label("stakeholder_group", code) for code in dict.fromkeys(str(r["group"]) for r in finding.rows)
    ]
    values = [
        {
            "group": label("stakeholder_group", str(r["group"])),
            "criterion": label("criterion", str(r["criterion"])),
            "weight": r["weight"],
            "low": r["low"],
            "high": r["high"],
            "text": show.percent(r["weight"]),
        }
        for r in finding.rows
    ]
    y = alt.Y("criterion:N", sort=criteria, title=None, axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart().encode(y=y)
    x = alt.X("low:Q", title="Weight", axis=alt.Axis(format="%", tickCount=4), scale=alt.Scale(zero=True))
    lines = base.mark_rule(strokeWidth=2, color=LAPIS).encode(x=x, x2="high:Q")
    dots = base.mark_point(
        size=70,
        filled=not finding.illustrative,
        fill="white" if finding.illustrative else LAPIS,
        color=LAPIS,
        strokeWidth=2,
        opacity=1,
    ).encode(x="weight:Q")
    text = base.mark_text(dy=-11, fontSize=11).encode(x="weight:Q", text="text:N")
    return Drawing(
        alt.layer(lines, dots, text, data=alt.Data(values=values))
        .properties(width=PANEL, height=34 * len(criteria))
        .facet(facet=alt.Facet("group:N", sort=groups, title=None), columns=2),
        f"A dot for the weight of each of {show.count(len(criteria), 'criterion', 'criteria')}, on the line of "
        f"its interval, in {show.count(len(groups), 'panel')}, one a group.",
    )
