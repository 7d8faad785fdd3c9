"""Charts of what matters beside money: one panel a group, options and criteria in the order of the report."""

from collections.abc import Callable, Mapping, Sequence

import altair as alt

from wayforward.appraisal.charts_marks import Mark, begun, dotted
from wayforward.appraisal.weighing import told_apart
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.methods import ranking
from wayforward.pages.charts import INK, LAPIS, SHADES, WIDTH, Drawing, Label, chart
from wayforward.pages.charts_words import briefly, in_lines, names_axis

DARK = 1.2  # so far along the shades, from the darkest, figures are white
PANEL = (WIDTH - 180) // 2 + 20
ROOM = 0.12  # a narrower part of a panel has no room for its percentage
WHOLE = WIDTH - 150
ROOM_FOR_POINTS = 3.0  # of 100, over the whole width: one of fewer has no room for them
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


def _shade(place: int, of: int) -> tuple[str, str]:
    """The shade of a part, from darkest to lightest by even steps however many parts, and the ink of its figure."""
    along = (len(SHADES) - 1) * place / max(of - 1, 1)
    before = min(int(along), len(SHADES) - 2)
    ends = [bytes.fromhex(shade[1:]) for shade in SHADES[::-1][before : before + 2]]
    mixed = [round(dark + (light - dark) * (along - before)) for dark, light in zip(*ends, strict=True)]
    return f"#{bytes(mixed).hex()}", "white" if along <= DARK else INK


def _options(finding: Finding, label: Label) -> dict[str, str]:
    """The names of the options by code, in the order of the report."""
    return {str(row["option"]): label("option", str(row["option"])) for row in finding.rows}


def _groups(finding: Finding, label: Label) -> dict[str, str]:
    codes = dict.fromkeys(str(row["group"]) for row in finding.rows)
    return told_apart({code: label("stakeholder_group", code) for code in codes})


def _criteria(finding: Finding, label: Label) -> dict[str, str]:
    codes = dict.fromkeys(str(row["criterion"]) for row in finding.rows)
    return briefly(told_apart({code: label("criterion", code) for code in codes}))


@chart("appraisal.acceptability")
def acceptability(finding: Finding, label: Label) -> Drawing | None:
    """Bars to the whole for each option, split by rank, in one panel for each whose weights are taken."""
    if not finding.rows:
        return None
    names = _options(finding, label)
    panels = list(dict.fromkeys(str(row["weights"]) for row in finding.rows))
    ranks = [_rank(place, len(names)) for place in range(len(names))]
    values: list[Mark] = []
    for panel in panels:
        for code, name in names.items():
            rows = finding.where(weights=panel, option=code)
            parts = [(ranks[int(row["rank"] or 0) - 1], float(row["share"] or 0)) for row in rows]
            own = _stacked(parts, ranks, show.percent, ROOM)
            values += [{"panel": begun(panel), "option": name, **mark} for mark in own]
    axis = alt.Axis(format="%", values=[0, 0.5, 1])
    x = alt.X("from:Q", title="Share of draws", axis=axis, scale=alt.Scale(domain=[0, 1]))
    layers = _bars(list(names.values()), x, _key(ranks, len(ranks)))
    firsts = finding.where(weights=panels[0], rank=1)
    told = show.listed([f"{names[str(row['option'])]} {show.percent(row['share'])}" for row in firsts])
    return Drawing(
        _panelled(layers, values, [begun(panel) for panel in panels], 27 * len(names)),
        f"{show.count(len(panels), 'panel')} of bars, one bar an option, split by the share of draws at each rank. "
        f"At the first rank under {panels[0]}: {told}.",
    )


def _rank(place: int, of: int) -> str:
    if place and place == of - 1:
        return "Last"
    return ORDINALS[place] if place < len(ORDINALS) else f"Rank {place + 1}"


def _stacked(
    parts: Sequence[tuple[str, float]], all_parts: Sequence[str], write: Callable[[float], str], room: float
) -> list[Mark]:
    """The parts of one bar, each from where the one before it ends, with its figure where there is room."""
    marks: list[Mark] = []
    begins = 0.0
    for name, size in parts:
        _, ink = _shade(all_parts.index(name), len(all_parts))
        marks.append(
            {
                "part": name,
                "from": begins,
                "to": begins + size,
                "mid": begins + size / 2,
                "text": write(size) if size >= room else "",
                "ink": ink,
            }
        )
        begins += size
    return marks


def _key(parts: Sequence[str], columns: int) -> alt.Color:
    """What the shades mean, in the order in which the parts stand."""
    shades = [_shade(place, len(parts))[0] for place in range(len(parts))]
    return alt.Color(
        "part:N",
        sort=list(parts),
        scale=alt.Scale(domain=list(parts), range=shades),
        legend=alt.Legend(
            title=None,
            orient="top",
            columns=columns,
            labelLimit=300,
            symbolStrokeWidth=0.5,
            symbolStrokeColor=INK,
        ),
    )


def _bars(names: Sequence[str], x: alt.X, key: alt.Color) -> list[alt.Chart]:
    """Bars by option made of parts, each with its figure."""
    y = alt.Y("option:N", sort=list(names), title=None, axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart().encode(y=y)
    # A thin line about each part: the lightest would else be lost on white.
    bars = base.mark_bar(height=18, stroke=INK, strokeWidth=0.4).encode(x=x, x2="to:Q", color=key)
    ink = alt.Color("ink:N", scale=None, legend=None)
    return [bars, base.mark_text(fontSize=11).encode(x="mid:Q", text="text:N", color=ink)]


def _panelled(
    layers: Sequence[alt.Chart], values: list[Mark], order: Sequence[str], height: int, width: int = PANEL
) -> alt.FacetChart:
    """Layers drawn in a panel for each in the order: two beside each other where there is room."""
    return (
        alt.layer(*layers, data=alt.Data(values=values))
        .properties(width=width, height=height)
        .facet(
            facet=alt.Facet("panel:N", sort=list(order), title=None),
            columns=min(1 if width > PANEL else 2, len(order)),
            spacing={"column": 36, "row": 20},
        )
    )


@chart("appraisal.weighed")
def weighed(finding: Finding, label: Label) -> Drawing | None:
    """Bars of what each option comes to, made of its parts by criterion, in one panel a group."""
    groups, names, criteria = (of(finding, label) for of in (_groups, _options, _criteria))
    known = dict.fromkeys(str(row["group"]) for row in finding.rows if row["total"] is not None)
    if not known:
        return None
    values = [
        {"panel": groups[group], "option": names[code], **mark}
        for group in known
        for code, rows in _by_option(finding.where(group=group)).items()
        for mark in _made_of(rows, criteria)
    ]
    _say_totals(values)
    x = alt.X("from:Q", title="Value, 0 to 100", axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, 100]))
    layers = _bars(list(names.values()), x, _key(list(criteria.values()), 2))
    ends = alt.Chart().encode(y=alt.Y("option:N", sort=list(names.values())), x="end:Q", text="total:N")
    layers.append(ends.mark_text(align="left", dx=5))
    panels = [groups[group] for group in known]
    told = [f"{v['option']} {v['total']}" for v in values if v["panel"] == panels[0] and "total" in v]
    return Drawing(
        _panelled(layers, values, panels, 26 * len(names), WHOLE),
        f"{show.count(len(panels), 'panel')} of bars, one bar an option, made of {show.count(len(criteria), 'part')}, "
        f"one a criterion. By the weights of {panels[0]}: {show.listed(told)}.",
    )


def _by_option(rows: Sequence[Row]) -> dict[str, list[Row]]:
    return {
        code: [r for r in rows if r["option"] == code]
        for code in dict.fromkeys(str(r["option"]) for r in rows)
    }


def _made_of(rows: Sequence[Row], criteria: Mapping[str, str]) -> list[Mark]:
    """The parts of an option's value and its end; of a value that is not known no part, for a part is no whole."""
    total = rows[0]["total"]
    if total is None:
        return [{"end": 0.0, "points": None}]
    parts = [(criteria[str(row["criterion"])], float(row["part"] or 0)) for row in rows]
    made = _stacked(parts, list(criteria.values()), show.fixed, ROOM_FOR_POINTS)
    return [*made, {"end": float(total), "points": float(total)}]


def _say_totals(values: Sequence[Mark]) -> None:
    """Put the totals into words: with as many decimals as keep different ones different."""
    ends = [value for value in values if "end" in value]
    for value, words in zip(ends, ranking.display([value["points"] for value in ends]), strict=True):
        value["total"] = words


@chart("appraisal.weights")
def weights(finding: Finding, label: Label) -> Drawing | None:
    """A dot for each weight on the thin line of its interval, in one panel a group."""
    if not finding.rows:
        return None
    groups, criteria = _groups(finding, label), _criteria(finding, label)
    names = {code: in_lines(name, 34) for code, name in criteria.items()}
    values: list[Mark] = [
        {
            "panel": groups[str(row["group"])],
            "criterion": names[str(row["criterion"])],
            "weight": row["weight"],
            "low": row["low"],
            "high": row["high"],
            "text": show.percent(row["weight"]),
        }
        for row in finding.rows
    ]
    y = alt.Y("criterion:N", sort=list(names.values()), title=None, axis=names_axis(12))
    base = alt.Chart().encode(y=y)
    x = alt.X("low:Q", title="Weight", axis=alt.Axis(format="%", tickCount=4), scale=alt.Scale(zero=True))
    lines = base.mark_rule(strokeWidth=2, color=LAPIS).encode(x=x, x2="high:Q")
    dots = dotted(base, finding, size=70, color=LAPIS).encode(x="weight:Q")
    text = base.mark_text(dy=-11, fontSize=11).encode(x="weight:Q", text="text:N")
    return Drawing(
        _panelled([lines, dots, text], values, list(groups.values()), 34 * len(criteria), width=PANEL - 50),
        f"A dot for the weight of each of {show.count(len(criteria), 'criterion', 'criteria')}, on the line of "
        f"its interval, in {show.count(len(groups), 'panel')}, one a group.",
    )
