"""Charts of the appraisal: options keep one colour everywhere and are named where their mark ends."""

import altair as alt

from wayforward.appraisal import (  # only this module is looked for by name
    charts_money,  # noqa: F401
    charts_trade_off,  # noqa: F401
    charts_uncertainty,  # noqa: F401
    charts_weighing,  # noqa: F401
)
from wayforward.appraisal.charts_marks import MILLION, Mark, begun, dotted, in_millions, option_scale
from wayforward.appraisal.models import BENEFIT_KINDS
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.methods import ranking
from wayforward.pages.charts import INK, LAPIS, SHADES, WIDTH, Drawing, Label, chart
from wayforward.pages.charts_words import haloed

KINDS = [kind for kind, _ in BENEFIT_KINDS if kind != "unmonetised"]  # what has no figure has no bar


@chart("appraisal.costs")
def costs(finding: Finding, label: Label) -> Drawing | None:
    """Bars of what each option would cost more or less than business as usual, by phase, the sum named at the end."""
    phases = list(dict.fromkeys(begun(r["phase"]) for r in finding.rows))
    unknown = {r["option"] for r in finding.rows if r["change"] is None}  # a part is no whole
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "phase": begun(r["phase"]),
            "order": phases.index(begun(r["phase"])),
            "cost": in_millions(r["change"]),
        }
        for r in finding.rows
        if r["change"] and r["option"] not in unknown
    ]
    if not values:
        return None
    names = list(dict.fromkeys(v["option"] for v in values))
    y = alt.Y("option:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False))
    shades = alt.Scale(domain=phases, range=list(reversed(SHADES))[: len(phases)])
    legend = alt.Legend(title=None, orient="top")
    bars = alt.Chart(alt.Data(values=values)).mark_bar(height=18, stroke="white", strokeWidth=1)
    bars = bars.encode(
        y=y,
        x=alt.X("cost:Q", title="Present value, £ million more or less than business as usual"),
        color=alt.Color("phase:N", sort=phases, scale=shades, legend=legend),
        order=alt.Order("order:Q"),
    )
    ends = [_end(name, [v["cost"] for v in values if v["option"] == name]) for name in names]
    text = alt.Chart(alt.Data(values=ends)).mark_text(align="left", dx=6).encode(y=y, x="at:Q", text="text:N")
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=INK).encode(x="x:Q")
    told = show.listed([f"{end['option']} {end['net']}" for end in ends])
    return Drawing(
        (bars + zero + text).properties(width=WIDTH - 200, height=38 * len(names)),
        "Bars by option of cost above or below that of business as usual, split by phase, in £ million of "
        f"present value: {told}.",
    )


def _end(option: str, parts: list[float]) -> Mark:
    """What stands after the bar of an option: the sum of its parts, those below nought taken off."""
    net = sum(parts)
    words = f"{'+' if net > 0 else ''}{show.millions(net * MILLION)}"
    return {"option": option, "at": sum(p for p in parts if p > 0), "net": words, "text": f"{words} in all"}


@chart("appraisal.npsv")
def npsv(finding: Finding, label: Label) -> Drawing | None:
    """A thin line from low to high with a dot at the likely value, for each option."""
    rows = [r for r in finding.rows if r["npsv"] is not None]
    if not rows:
        return None
    texts = ranking.display([in_millions(r["npsv"]) for r in rows])
    values: list[Mark] = [
        {"option": label("option", str(r["option"])), "text": text.replace("-", show.MINUS)}
        | {end: in_millions(r[end]) for end in ("npsv", "low", "high")}
        for r, text in zip(rows, texts, strict=True)
    ]
    names = [label("option", str(r["option"])) for r in finding.rows]
    y = alt.Y(
        "option:N",
        sort=names,
        title=None,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(ticks=False, domain=False),
    )
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    color = alt.Color("option:N", scale=option_scale(finding, label), legend=None)
    x = alt.X("low:Q", title="Net present social value, £ million, low to high")
    ranges = base.mark_rule(strokeWidth=2).encode(x=x, x2="high:Q", color=color)
    dots = dotted(base, finding).encode(x="npsv:Q", color=color)
    text = haloed(base.encode(x="npsv:Q"), "text:N", dy=-13)
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="x:Q")
    told = show.listed([_ranged(label("option", str(r["option"])), r) for r in rows])
    return Drawing(
        alt.layer(zero, *text, ranges, dots).properties(width=WIDTH - 180, height=44 * len(names)),
        f"Range and likely value of net present social value by option: {told}.",
    )


def _ranged(option: str, row: Row) -> str:
    return f"{option} {show.money(row['npsv'])} ({show.money(row['low'])} to {show.money(row['high'])})"


@chart("appraisal.benefits")
def benefits(finding: Finding, label: Label) -> Drawing | None:
    """One small panel a kind of benefit, never stacked: kinds are not added."""
    known = [r for r in finding.rows if r["present"] is not None]
    if not known:
        return None
    codes = dict.fromkeys(str(r["option"]) for r in finding.rows)
    names = [label("option", code) for code in codes]
    kinds = [kind for kind in KINDS if any(r["kind"] == kind for r in finding.rows)]
    values = [
        {
            "option": label("option", code),
            "kind": begun(kind),
            **_benefit(finding.where(option=code, kind=kind)),
        }
        for kind in kinds
        for code in codes
    ]
    axis = alt.Axis(ticks=False, domain=False)
    y = alt.Y("option:N", sort=names, scale=alt.Scale(domain=names), title=None, axis=axis)
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    x = alt.X("benefit:Q", title="£ million, present value", axis=alt.Axis(tickCount=4))
    bars = base.mark_bar(height=14, color=LAPIS).encode(x=x)
    text = base.mark_text(align="left", dx=4).encode(x="at:Q", text="text:N")
    panel = (bars + text).properties(width=(WIDTH - 180) // len(kinds) - 18, height=28 * len(names))
    best = max(known, key=lambda r: float(r["present"] or 0))
    return Drawing(
        panel.facet(column=alt.Column("kind:N", sort=[begun(kind) for kind in kinds], title=None)),
        f"{show.count(len(kinds), 'panel')} of bars, one a kind of benefit, present value by option; the longest bar "
        f"is {best['kind']} for {label('option', str(best['option']))}, {show.money(best['present'])}.",
    )


def _benefit(rows: list[Row]) -> Mark:
    """The bar of an option's benefits of one kind, or in words why there is none."""
    if not rows:
        return {"benefit": None, "at": 0.0, "text": "no line"}
    amount = in_millions(rows[0]["present"])
    return {"benefit": amount, "at": max(amount or 0.0, 0.0), "text": show.millions(rows[0]["present"])}


@chart("appraisal.affordability")
def affordability(finding: Finding, label: Label) -> Drawing | None:
    """Lines of what is left over by year, each named at its end."""
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "year": show.financial_year(r["year"]),
            "left": in_millions(r["headroom"]),
            "usual": r["option"] == finding.rows[0]["option"],  # business as usual comes first
        }
        for r in finding.rows
        if r["headroom"] is not None
    ]
    if not values:
        return None
    years = [show.financial_year(y) for y in dict.fromkeys(r["year"] for r in finding.rows)]
    x = alt.X("year:O", sort=years, title="Financial year", axis=alt.Axis(labelAngle=0, labelFontSize=11))
    color = alt.Color("option:N", scale=option_scale(finding, label), legend=None)
    lines = (
        alt.Chart(alt.Data(values=values))
        .mark_line(strokeWidth=2)
        .encode(
            x=x,
            y=alt.Y("left:Q", title="Left over, £ million, cash"),
            color=color,
            strokeDash=alt.condition("datum.usual", alt.value([5, 4]), alt.value([1, 0])),
        )
    )
    zero = alt.Chart(alt.Data(values=[{"y": 0}])).mark_rule(color=INK).encode(y="y:Q")
    short = sum(v["left"] < 0 for v in values)
    return Drawing(
        alt.layer(zero, lines, *_named_at_ends(values, x, color)).properties(width=WIDTH - 130, height=320),
        f"A line an option of money left over by year from {years[0]} to {years[-1]}; "
        f"{short} of {len(values)} points lie below nothing left.",
    )


def _named_at_ends(values: list[Mark], x: alt.X, color: alt.Color) -> list[alt.Chart]:
    """The name of each line, led to from its end."""
    last = list({v["option"]: v for v in values}.values())
    height = max(v["left"] for v in values) - min(v["left"] for v in values)
    places = _apart([v["left"] for v in last], 0.055 * height)
    base = alt.Chart(alt.Data(values=[{**v, "at": at} for v, at in zip(last, places, strict=True)]))
    leader = base.mark_rule(strokeWidth=1, xOffset=3, x2Offset=14)
    return [
        leader.encode(x=x, x2="year", y="left:Q", y2="at:Q", color=color),
        base.mark_text(align="left", dx=18).encode(x=x, y="at:Q", text="option:N"),
    ]


def _apart(places: list[float], step: float) -> list[float]:
    """Places for labels, each at least a step from the next and together as near to where they belong as can be.

    Least squares: where labels would meet, their block stands about the middle of what they name.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    blocks: list[tuple[float, int]] = []  # the sum of what belongs together, and how many
    for rank, i in enumerate(order):
        total, many = places[i] - rank * step, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / many:
            before, count = blocks.pop()
            total, many = total + before, many + count
        blocks.append((total, many))
    level = [total / many for total, many in blocks for _ in range(many)]
    return [level[order.index(i)] + order.index(i) * step for i in range(len(places))]


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
