"""Charts of how sure the figures are: ranges over the draws, cash, what moves worth, limits kept, what to find out."""

import altair as alt

from wayforward.appraisal.charts_marks import MILLION, Mark, begun, dotted, option_scale
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row, Scalar
from wayforward.pages.charts import INK, SHADES, WIDTH, Drawing, Label, chart
from wayforward.pages.charts_words import IN_LINES, haloed, in_lines, names_axis

PANELS = 3  # beside each other
MOST_QUESTIONS = 10
ENDS = {"at_low": "What varies at its 10th percentile", "at_high": "at its 90th"}
BARE = alt.Axis(ticks=False, domain=False)


def _millions(value: Scalar) -> float:
    return float(value or 0.0) / MILLION


def _names(finding: Finding, label: Label) -> list[str]:
    """The options of a finding, in their order."""
    return [label("option", code) for code in dict.fromkeys(str(row["option"]) for row in finding.rows)]


def _zero(x: bool = True) -> alt.Chart:
    rule = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=INK, strokeDash=[4, 3])
    return rule.encode(x="at:Q") if x else rule.encode(y="at:Q")


@chart("appraisal.uncertainty")
def uncertainty(finding: Finding, label: Label) -> Drawing | None:
    """A thin line from the 5th to the 95th percentile, a thicker one over the middle half, a dot at the median."""
    ends = ("p5", "p25", "p50", "p75", "p95")
    values: list[Mark] = [
        {"option": label("option", str(row["option"])), "text": show.millions(row["p50"])}
        | {end: _millions(row[end]) for end in ends}
        for row in finding.rows
        if row["p50"] is not None
    ]
    if not values:
        return None
    names, scale = _names(finding, label), option_scale(finding, label)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("option:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=BARE),
        color=alt.Color("option:N", scale=scale, legend=None),
    )
    thin = base.mark_rule(strokeWidth=2).encode(
        x=alt.X(
            "p5:Q", title="Net present social value, £ million: 5th to 95th percentile, and the middle half"
        ),
        x2="p95:Q",
    )
    thick = base.mark_rule(strokeWidth=6, opacity=0.55).encode(x="p25:Q", x2="p75:Q")
    dots = dotted(base, finding).encode(x="p50:Q")
    text = haloed(base.encode(x="p50:Q", color=alt.value(INK)), "text:N", dy=-14)
    told = show.listed([_said(value) for value in values])
    return Drawing(
        alt.layer(_zero(), *text, thin, thick, dots).properties(width=WIDTH - 180, height=46 * len(names)),
        f"Median net present social value by option over the draws, with the 5th to 95th percentile: {told}.",
    )


def _said(value: Mark) -> str:
    low, middle, high = (show.money(value[end] * MILLION) for end in ("p5", "p50", "p95"))
    return f"{value['option']} {middle} ({low} to {high})"


@chart("appraisal.cash_fan")
def cash_fan(finding: Finding, label: Label) -> Drawing | None:
    """A panel an option on one scale: cash taken by each year, its band from 5th to 95th percentile and its median."""
    values: list[Mark] = [
        {"option": label("option", str(row["option"])), "year": show.financial_year(row["year"])}
        | {end: _millions(row[end]) for end in ("p5", "p50", "p95")}
        for row in finding.rows
        if row["p50"] is not None
    ]
    if not values:
        return None
    names = _names(finding, label)
    years = [show.financial_year(year) for year in dict.fromkeys(row["year"] for row in finding.rows)]
    color = alt.Color("option:N", scale=option_scale(finding, label), legend=None)
    marked = [years[0], years[len(years) // 2], years[-1]]
    x = alt.X("year:O", sort=years, title=None, axis=alt.Axis(labelAngle=0, values=marked, labelFontSize=11))
    base = alt.Chart().encode(x=x, color=color)
    band = base.mark_area(opacity=0.22).encode(
        y=alt.Y("p5:Q", title="£ million, cash, summed", axis=alt.Axis(tickCount=5)), y2="p95:Q"
    )
    line = base.mark_line(strokeWidth=2).encode(y="p50:Q")
    zero = alt.Chart().mark_rule(color=INK).encode(y=alt.datum(0))
    columns = min(PANELS, len(names))
    panel = alt.layer(band, line, zero, data=alt.Data(values=values)).properties(
        width=(WIDTH - 60) // columns - 42, height=130
    )
    last = {value["option"]: value for value in values if value["year"] == years[-1]}
    told = show.listed([f"{name} {show.money(one['p50'] * MILLION)}" for name, one in last.items()])
    return Drawing(
        panel.facet(
            facet=alt.Facet("option:N", sort=names, title=None),
            columns=columns,
            spacing={"column": 46, "row": 20},
        ),
        f"A panel an option of cash taken above business as usual, summed from {years[0]}, as a band from the 5th to "
        f"the 95th percentile with the median; medians by the end of {years[-1]}: {told}.",
    )


@chart("appraisal.tornado")
def tornado(finding: Finding, label: Label) -> Drawing | None:
    """A panel an option: bars from its worth as stated to its worth at either end of one uncertainty, widest first."""
    if not finding.rows:
        return None
    names = _names(finding, label)
    most = 8 if len(names) <= PANELS else 5
    panels = []
    ends = [_millions(row[end]) for row in finding.rows for end in ("at_low", "at_high")]
    domain = [min(ends), max(ends)]
    for code, name in zip(dict.fromkeys(str(row["option"]) for row in finding.rows), names, strict=True):
        rows = [row for row in finding.rows if row["option"] == code][:most]
        panels.append(_panel(rows, name, domain, last=name == names[-1]))
    widest = max(finding.rows, key=lambda row: float(row["swing"] or 0.0))
    return Drawing(
        alt.vconcat(*panels, spacing=14),
        f"A panel an option of bars by uncertainty, from its 10th to its 90th percentile, widest first; the widest is "
        f"{widest['what']} for {label('option', str(widest['option']))}, {show.money(widest['swing'])}.",
    )


def _panel(rows: list[Row], name: str, domain: list[float], last: bool) -> alt.LayerChart:
    values: list[Mark] = [
        {"what": in_lines(str(row["what"]), 50), "end": words}
        | {"from": _millions(row["npsv"]), "to": _millions(row[end])}
        for row in rows
        for end, words in ENDS.items()
    ]
    order = list(dict.fromkeys(value["what"] for value in values))
    # Where both ends lie on one side the nearer is drawn last, so that it is seen.
    values.sort(key=lambda value: -abs(value["to"] - value["from"]))
    base = alt.Chart(alt.Data(values=values))
    axis = alt.Axis(title="NPSV, £ million") if last else alt.Axis(labels=False, ticks=False, title=None)
    scale = alt.Scale(domain=list(ENDS.values()), range=[SHADES[1], SHADES[3]])
    legend = alt.Legend(title=None, orient="top", labelLimit=WIDTH)
    bars = base.mark_bar(height=12).encode(
        y=alt.Y("what:N", sort=order, title=None, axis=names_axis(12)),
        x=alt.X("from:Q", scale=alt.Scale(domain=domain), axis=axis),
        x2="to:Q",
        color=alt.Color("end:N", scale=scale, legend=legend),
    )
    stated = alt.Chart(alt.Data(values=values[:1])).mark_rule(color=INK).encode(x="from:Q")
    title = alt.Title(name, anchor="start", frame="group", fontSize=13, color=INK)
    step = 26 if any("\n" in what for what in order) else 17
    return (bars + stated).properties(width=WIDTH - 310, height=step * len(order), title=title)


@chart("appraisal.good_enough")
def good_enough(finding: Finding, label: Label) -> Drawing | None:
    """A panel a limit, and one for all of them: the share of draws in which each option keeps it."""
    values: list[Mark] = [
        {
            "option": label("option", str(row["option"])),
            "limit": in_lines(begun(row["limit"]), 30),
            "share": float(row["share"]),
            "text": show.percent(row["share"]),
        }
        for row in finding.rows
        if row["share"] is not None
    ]
    if not values:
        return None
    names = _names(finding, label)
    every = list(dict.fromkeys(value["limit"] for value in values))
    limits = [every[-1], *every[:-1]]  # all of them together first
    columns = 2 if len(limits) == 4 else min(PANELS, len(limits))
    base = alt.Chart().encode(
        y=alt.Y("option:N", sort=names, scale=alt.Scale(domain=names), title=None, axis=BARE)
    )
    axis = alt.Axis(format="%", values=[0, 0.5, 1])
    x = alt.X("share:Q", title="Share of draws", scale=alt.Scale(domain=[0, 1]), axis=axis)
    color = alt.Color("option:N", scale=option_scale(finding, label), legend=None)
    bars = base.mark_bar(height=14).encode(x=x, color=color)
    text = base.mark_text(align="left", dx=4).encode(x="share:Q", text="text:N")
    panel = alt.layer(bars, text, data=alt.Data(values=values)).properties(
        width=(WIDTH - 150) // columns - 40, height=24 * len(names)
    )
    together = [value for value in values if value["limit"] == limits[0]]
    told = show.listed([f"{value['option']} {value['text']}" for value in together])
    return Drawing(
        panel.facet(
            facet=alt.Facet("limit:N", sort=limits, title=None, header=alt.Header(labelExpr=IN_LINES)),
            columns=columns,
        ),
        f"Bars by option of the share of draws that keep each limit, a panel a limit; {limits[0].lower()}: {told}.",
    )


@chart("appraisal.find_out")
def find_out(finding: Finding, label: Label) -> Drawing | None:
    """Bars of what an answer could be worth with one standard error either way, and the working days that it takes."""
    rows = [row for row in finding.rows if row["worth"] and row["apart"]][:MOST_QUESTIONS]
    if not rows:
        return None
    values: list[Mark] = [
        {
            "question": _question(row),
            "asked": bool(row["enquiry"]),
            "worth": float(row["worth"] or 0.0),
            "low": max(float(row["worth"] or 0.0) - float(row["worth_se"] or 0.0), 0.0),
            "high": float(row["worth"] or 0.0) + float(row["worth_se"] or 0.0),
            "text": _effort(row),
        }
        for row in rows
    ]
    scale, unit = (MILLION, "£ million") if values[0]["worth"] >= MILLION else (1000.0, "£ thousand")
    for value in values:
        value |= {name: value[name] / scale for name in ("worth", "low", "high")}
    order = [value["question"] for value in values]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "question:N",
            sort=order,
            title=None,
            axis=names_axis(),
        )
    )
    bars = base.mark_bar(height=16).encode(
        x=alt.X("worth:Q", title=f"Worth up to, {unit}; the thin line is one standard error either way"),
        color=alt.condition("datum.asked", alt.value(SHADES[3]), alt.value(SHADES[1])),
    )
    error = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    text = base.mark_text(align="left", dx=6).encode(x="high:Q", text="text:N")
    return Drawing(
        (bars + error + text).properties(width=WIDTH - 330, height=36 * len(values)),
        f"Bars of what each of {show.count(len(values), 'answer')} could be worth; the longest is "
        f"{max(rows, key=lambda row: float(row['worth'] or 0.0))['what']}, "
        f"{show.money(max(float(row['worth'] or 0.0) for row in rows))}.",
    )


def _question(row: Row) -> str:
    return in_lines(str(row["question"]) if row["enquiry"] else str(row["what"]), 44)


def _effort(row: Row) -> str:
    """What stands after a bar: the days that an answer takes, or that nobody has been asked."""
    if not row["enquiry"]:
        return "not asked"
    if row["days"] is None:
        return "days not known"
    return f"{show.number(row['days'])} working day{'' if row['days'] == 1 else 's'}"
