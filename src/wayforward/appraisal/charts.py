"""Charts of the appraisal: options keep one colour everywhere and are named where their mark ends."""

from itertools import pairwise
from typing import Any

import altair as alt

from wayforward.findings import show
from wayforward.findings.finding import Finding, Scalar
from wayforward.methods import ranking
from wayforward.pages.charts import INK, LAPIS, OPTION_COLOURS, SHADES, WIDTH, Drawing, Label, chart

MILLION = 1e6


Mark = dict[str, Any]  # what one mark of a chart is drawn from


def _millions(value: Scalar) -> float | None:
    return None if value is None else float(value) / MILLION


def option_scale(finding: Finding, label: Label) -> alt.Scale:
    """Each option its own colour, in the order of the report."""
    names = [label("option", code) for code in dict.fromkeys(str(r["option"]) for r in finding.rows)]
    shift = 0 if finding.key in ("appraisal.affordability", "appraisal.cost_by_year") else 1
    return alt.Scale(domain=names, range=list(OPTION_COLOURS[shift : shift + len(names)]))


@chart("appraisal.costs")
def costs(finding: Finding, label: Label) -> Drawing | None:
    """Bars of what each option would cost more or less than business as usual, by phase, the sum named at the end."""
    phases = list(dict.fromkeys(str(r["phase"]) for r in finding.rows))
    unknown = {r["option"] for r in finding.rows if r["change"] is None}  # a part is no whole
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "phase": r["phase"],
            "order": phases.index(str(r["phase"])),
            "cost": _millions(r["change"]),
        }
        for r in finding.rows
        if r["change"] and r["option"] not in unknown
    ]
    if not values:
        return None
    names = list(dict.fromkeys(v["option"] for v in values))
    base = alt.Chart(alt.Data(values=values))
    y = alt.Y("option:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False))
    bars = base.mark_bar(height=18, stroke="white", strokeWidth=1).encode(
        y=y,
        x=alt.X("cost:Q", title="Present value, £ million more or less than business as usual"),
        color=alt.Color(
            "phase:N",
            sort=phases,
            scale=alt.Scale(domain=phases, range=list(reversed(SHADES))[: len(phases)]),
            legend=alt.Legend(title=None, orient="top"),
        ),
        order=alt.Order("order:Q"),
    )
    ends = []
    for name in names:
        parts = [v["cost"] for v in values if v["option"] == name]
        net = sum(parts)
        sign = "+" if net > 0 else ""
        text = f"{sign}{show.millions(net * MILLION)} in all"
        ends.append({"option": name, "at": sum(p for p in parts if p > 0), "text": text})
    text = alt.Chart(alt.Data(values=ends)).mark_text(align="left", dx=6).encode(y=y, x="at:Q", text="text:N")
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=INK).encode(x="x:Q")
    told = show.listed([f"{end['option']} {end['text'].removesuffix(' in all')}" for end in ends])
    return Drawing(
        (bars + zero + text).properties(width=WIDTH - 200, height=38 * len(names)),
        "Bars by option of cost above or below that of business as usual, split by phase, in £ million of "
        f"present value: {told}.",
    )


@chart("appraisal.npsv")
def npsv(finding: Finding, label: Label) -> Drawing | None:
    """A thin line from low to high with a dot at the likely value, for each option."""
    rows = [r for r in finding.rows if r["npsv"] is not None]
    if not rows:
        return None
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "npsv": _millions(r["npsv"]),
            "low": _millions(r["low"]),
            "high": _millions(r["high"]),
            "text": text.replace("-", show.MINUS),
        }
        for r, text in zip(rows, ranking.display([_millions(r["npsv"]) for r in rows]), strict=True)
    ]
    names = [label("option", str(r["option"])) for r in finding.rows]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "option:N",
            sort=names,
            title=None,
            scale=alt.Scale(domain=names),
            axis=alt.Axis(ticks=False, domain=False),
        )
    )
    scale = option_scale(finding, label)
    ranges = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title="Net present social value, £ million, low to high"),
        x2="high:Q",
        color=alt.Color("option:N", scale=scale, legend=None),
    )
    dots = base.mark_point(
        size=90,
        filled=not finding.illustrative,
        fill="white" if finding.illustrative else None,
        strokeWidth=2,
        opacity=1,
    ).encode(x="npsv:Q", color=alt.Color("option:N", scale=scale, legend=None))
    text = base.mark_text(dy=-13).encode(x="npsv:Q", text="text:N")
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="x:Q")
    told = show.listed(
        [
            f"{label('option', str(r['option']))} {show.money(r['npsv'])} "
            f"({show.money(r['low'])} to {show.money(r['high'])})"
            for r in rows
        ],
        last="and",
    )
    return Drawing(
        (zero + ranges + dots + text).properties(width=WIDTH - 180, height=44 * max(len(names), 1)),
        f"Range and likely value of net present social value by option: {told}.",
    )


@chart("appraisal.benefits")
def benefits(finding: Finding, label: Label) -> Drawing | None:
    """One small panel a kind of benefit, never stacked: kinds are not added."""
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "kind": str(r["kind"]).capitalize(),
            "benefit": _millions(r["present"]),
            "text": show.millions(r["present"]),
        }
        for r in finding.rows
        if r["present"] is not None
    ]
    if not values:
        return None
    names = [label("option", code) for code in dict.fromkeys(str(r["option"]) for r in finding.rows)]
    kinds = ["Cash-releasing", "Non-cash-releasing", "Societal"]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "option:N",
            sort=names,
            scale=alt.Scale(domain=names),
            title=None,
            axis=alt.Axis(ticks=False, domain=False),
        )
    )
    bars = base.mark_bar(height=14, color=LAPIS).encode(
        x=alt.X("benefit:Q", title="£ million, present value", axis=alt.Axis(tickCount=4))
    )
    text = base.mark_text(align="left", dx=4).encode(x="benefit:Q", text="text:N")
    panel = (bars + text).properties(width=(WIDTH - 180) // 3 - 18, height=28 * max(len(names), 1))
    best = max(values, key=lambda v: v["benefit"])
    return Drawing(
        panel.facet(column=alt.Column("kind:N", sort=kinds, title=None)),
        "Three panels of bars, one a kind of benefit, present value by option"
        f"; the longest bar is {best['kind'].lower()} for {best['option']}, "
        f"{show.money(best['benefit'] * MILLION)}.",
    )


@chart("appraisal.affordability")
def affordability(finding: Finding, label: Label) -> Drawing | None:
    """Lines of what is left over by year, each named at its end."""
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "year": show.financial_year(r["year"]),
            "left": _millions(r["headroom"]),
            "usual": r["option"] == finding.rows[0]["option"],  # business as usual comes first
        }
        for r in finding.rows
        if r["headroom"] is not None
    ]
    if not values:
        return None
    years = [show.financial_year(y) for y in dict.fromkeys(r["year"] for r in finding.rows)]
    scale = option_scale(finding, label)
    base = alt.Chart(alt.Data(values=values))
    x = alt.X("year:O", sort=years, title="Financial year", axis=alt.Axis(labelAngle=0, labelFontSize=11))
    lines = base.mark_line(strokeWidth=2).encode(
        x=x,
        y=alt.Y("left:Q", title="Left over, £ million, cash"),
        color=alt.Color("option:N", scale=scale, legend=None),
        strokeDash=alt.condition("datum.usual", alt.value([5, 4]), alt.value([1, 0])),
    )
    last = [v for v in values if v["year"] == years[-1]]
    height = max(v["left"] for v in values) - min(v["left"] for v in values)
    spread = _apart([v["left"] for v in last], 0.055 * height)
    ends = [{**v, "at": at} for v, at in zip(last, spread, strict=True)]
    text = (
        alt.Chart(alt.Data(values=ends)).mark_text(align="left", dx=8).encode(x=x, y="at:Q", text="option:N")
    )
    zero = alt.Chart(alt.Data(values=[{"y": 0}])).mark_rule(color=INK).encode(y="y:Q")
    short = sum(v["left"] < 0 for v in values)
    return Drawing(
        (zero + lines + text).properties(width=WIDTH - 130, height=320),
        f"A line an option of money left over by year from {years[0]} to {years[-1]}; "
        f"{short} of {len(values)} points lie below nothing left.",
    )


def _apart(places: list[float], step: float) -> list[float]:
    """Places for labels at line ends, moved up where need be so that each is a step from the next."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + step)
    return moved


@chart("appraisal.evidence_shares")
def evidence_shares(finding: Finding, label: Label) -> Drawing:
    """Bars to the whole: the share of cost and of benefit on each grade, darkest the weakest."""
    shades = ("#eef2f8", "#d5deec", "#b9c8df", "#86a0c6", "#4e70a3", "#1d3f72", "#0b0c0c")
    names = {str(grade): f"Grade {grade}" for grade in range(1, 7)} | {"assumption": "No evidence"}
    weak = [r for r in finding.rows if str(r["grade"]) in ("5", "6", "assumption")]
    return Drawing(
        _shares(finding, label, "grade", names, shades),
        f"Two panels of bars, cost and benefit, by option and evidence grade; {len(weak)} of {len(finding.rows)} "
        "parts stand on grades 5, 6 or no evidence.",
    )


@chart("appraisal.estimate_classes")
def estimate_classes(finding: Finding, label: Label) -> Drawing:
    """Bars to the whole: the share of cost and of benefit in each class, darkest the least certain."""
    names = {
        "quoted": "Quoted",
        "built up": "Built up",
        "analogy": "By analogy",
        "assumption": "Not stated",
    }
    by_analogy = [
        r for r in finding.rows if r["estimate_class"] == "analogy" and float(r["share"] or 0) > 0.5
    ]
    return Drawing(
        _shares(finding, label, "estimate_class", names, (SHADES[0], SHADES[2], SHADES[4], INK)),
        "Two panels of bars, cost and benefit, by option and estimate class; in "
        f"{len(by_analogy)} of them more than half is priced by analogy.",
    )


def _shares(
    finding: Finding, label: Label, column: str, names: dict[str, str], shades: tuple[str, ...]
) -> alt.FacetChart:
    """One bar an option in each of two panels, cost and benefit, split by a class."""
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "side": str(r["side"]).capitalize(),
            "class": names[str(r[column])],
            "order": list(names).index(str(r[column])),
            "share": float(r["share"]),
        }
        for r in finding.rows
        if r["share"] is not None
    ]
    options = [label("option", code) for code in dict.fromkeys(str(r["option"]) for r in finding.rows)]
    present = {v["class"] for v in values}
    shown = [(name, shade) for name, shade in zip(names.values(), shades, strict=True) if name in present]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height=16, stroke=INK, strokeWidth=0.4)
        .encode(
            y=alt.Y("option:N", sort=options, title=None, axis=alt.Axis(ticks=False, domain=False)),
            x=alt.X(
                "share:Q",
                title="Share of present value",
                axis=alt.Axis(format="%", values=[0, 0.5, 1]),
                scale=alt.Scale(domain=[0, 1]),
            ),
            color=alt.Color(
                "class:N",
                sort=[name for name, _ in shown],
                scale=alt.Scale(domain=[name for name, _ in shown], range=[shade for _, shade in shown]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=(WIDTH - 180) // 2 - 10, height=28 * max(len(options), 1))
        .facet(column=alt.Column("side:N", sort=["Cost", "Benefit"], title=None))
    )


# Modules of their own that use what stands above; only this one is looked for by name.
from wayforward.appraisal import charts_money, charts_uncertainty, charts_weighing  # noqa: E402, F401
