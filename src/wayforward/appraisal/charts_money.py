"""Charts of the money: what an option's worth is made of, who pays and gains, and of which value it is."""

import altair as alt

from wayforward.appraisal.charts_marks import MILLION, Mark
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.charts import INK, LAPIS, OPTION_COLOURS, SHADES, WIDTH, Drawing, Label, chart

GAIN, LOSS = SHADES[3], OPTION_COLOURS[1]


@chart("appraisal.steps")
def steps(finding: Finding, label: Label) -> Drawing | None:
    """A small waterfall an option, read downwards, all on one scale."""
    rows = [r for r in finding.rows if isinstance(r["amount"], float) and r["step"] != "Business as usual"]
    if not rows:
        return None
    names = list(dict.fromkeys(str(r["step"]) for r in finding.rows if r["step"] != "Business as usual"))
    names.sort(key=lambda name: name == "Net present social value")
    values = [_step(row, label) for row in rows]
    options = list(dict.fromkeys(v["option"] for v in values))
    base = alt.Chart(alt.Data(values=values))
    y = alt.Y(
        "step:N",
        sort=names,
        title=None,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(ticks=False, domain=False),
    )
    bars = base.mark_bar(height=12).encode(
        y=y,
        x=alt.X("from:Q", title="£ million, present value", axis=alt.Axis(tickCount=4)),
        x2="to:Q",
        color=alt.Color("fill:N", scale=None),
    )
    text = base.mark_text(align="left", dx=4, fontSize=11).encode(y=y, x="end:Q", text="text:N")
    zero = base.mark_rule(color=INK, strokeWidth=0.7).encode(x=alt.datum(0))
    columns = 2 if len(options) > 1 else 1
    width = (WIDTH - 230) // columns - 30
    told = show.listed([f"{v['option']} {show.money(v['amount'])}" for v in values if v["total"]])
    return Drawing(
        (zero + bars + text)
        .properties(width=width, height=19 * len(names))
        .facet(facet=alt.Facet("option:N", sort=options, title=None), columns=columns),
        f"A waterfall an option, from business as usual by benefits and costs down to its net present social value: "
        f"{told}.",
    )


def _step(row: Row, label: Label) -> Mark:
    amount, begins, ends = (float(row[name] or 0) for name in ("amount", "begins", "ends"))
    sign = "+" if amount > 0 and not row["total"] else ""
    return {
        "option": label("option", str(row["option"])),
        "step": row["step"],
        "amount": amount,
        "total": bool(row["total"]),
        "from": begins / MILLION,
        "to": ends / MILLION,
        "end": max(begins, ends, 0.0) / MILLION,
        "fill": LAPIS if row["total"] else GAIN if amount > 0 else LOSS,
        "text": f"{sign}{show.millions(amount)}",
    }


@chart("appraisal.organisations")
def organisations(finding: Finding, label: Label) -> Drawing | None:
    """Bars of each organisation's net position, to either side of business as usual, an option a panel."""
    rows = [r for r in finding.rows if isinstance(r["net"], float)]
    if not rows:
        return None
    names = list(dict.fromkeys(str(r["organisation"]) for r in rows))
    values: list[Mark] = [
        {
            "option": label("option", str(r["option"])),
            "organisation": r["organisation"],
            "net": float(r["net"] or 0) / MILLION,
            "end": max(float(r["net"] or 0), 0.0) / MILLION,
            "fill": LAPIS if float(r["net"] or 0) >= 0 else LOSS,
            "text": show.millions(r["net"]),
        }
        for r in rows
    ]
    worse = [f"{v['organisation']} under {v['option']}" for v in values if v["net"] < 0]
    values += _without(finding, label, "net", values, "organisation", names)
    return Drawing(
        _panels(values, names, "organisation", "net"),
        "Bars of the net position of each organisation by option, in present value against business as usual; "
        + (f"below nought: {show.listed(worse)}." if worse else "none lies below nought."),
    )


@chart("appraisal.values")
def values(finding: Finding, label: Label) -> Drawing | None:
    """Bars of fiscal, economic and social value side by side, never stacked: they are not added."""
    rows = [r for r in finding.rows if isinstance(r["present"], float)]
    if not rows:
        return None
    order = ("Fiscal, cash-releasing", "Fiscal, not cash-releasing", "Economic", "Social")
    found: list[Mark] = []
    for row in rows:
        option = label("option", str(row["option"]))
        found += [_value(option, name, amount) for name, amount in _apart(row) if amount is not None]
    names = [name for name in order if any(v["value"] == name for v in found)]
    longest = max(found, key=lambda v: v["amount"])
    found += _without(finding, label, "present", found, "value", names)
    return Drawing(
        _panels(found, names, "value", "amount"),
        "Bars of value by option, fiscal value that releases cash apart from what does not, economic and social value "
        f"beside them; the longest is {longest['value'].lower()} for {longest['option']}, "
        f"{show.money(longest['amount'] * MILLION)}.",
    )


def _apart(row: Row) -> list[tuple[str, float | None]]:
    """The bars of one row: of fiscal value, what releases cash apart."""
    if row["value"] != "fiscal":
        return [(str(row["value"]).capitalize(), float(row["present"] or 0))]
    cash = row["cash-releasing"]
    released = float(cash) if isinstance(cash, float) else None
    rest = float(row["present"] or 0) - (released or 0.0)
    other = [row["non-cash-releasing"], row["societal"]]
    return [
        ("Fiscal, cash-releasing", released),
        ("Fiscal, not cash-releasing", rest if any(isinstance(one, float) for one in other) else None),
    ]


def _value(option: str, name: str, amount: float | None) -> Mark:
    size = amount or 0.0
    return {
        "option": option,
        "value": name,
        "amount": size / MILLION,
        "end": max(size, 0.0) / MILLION,
        "fill": LAPIS if size >= 0 else LOSS,
        "text": show.millions(size),
    }


def _without(
    finding: Finding, label: Label, column: str, found: list[Mark], row: str, names: list[str]
) -> list[Mark]:
    """What stands where an option has no bar: that the figure is not known, or that no line makes one."""
    drawn = {(v["option"], v[row]) for v in found}
    unknown = {str(r["option"]) for r in finding.rows if r[column] is None}
    missing: list[Mark] = []
    for code in dict.fromkeys(str(r["option"]) for r in finding.rows):
        option, words = label("option", code), show.UNKNOWN if code in unknown else "no line"
        missing += [
            {"option": option, row: name, "end": 0.0, "text": words}
            for name in names
            if (option, name) not in drawn
        ]
    return missing


def _panels(values: list[Mark], names: list[str], row: str, amount: str) -> alt.FacetChart:
    """Bars by name in a panel an option, all on one scale, each with its figure at its end."""
    options = list(dict.fromkeys(v["option"] for v in values))
    base = alt.Chart(alt.Data(values=values))
    bare = alt.Axis(ticks=False, domain=False)
    y = alt.Y(f"{row}:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=bare)
    title = "£ million, present value, against business as usual"
    x = alt.X(f"{amount}:Q", title=title, axis=alt.Axis(tickCount=5))
    bars = base.mark_bar(height=14).encode(y=y, x=x, color=alt.Color("fill:N", scale=None))
    text = base.mark_text(align="left", dx=4, fontSize=12).encode(y=y, x="end:Q", text="text:N")
    zero = base.mark_rule(color=INK, strokeWidth=0.7).encode(x=alt.datum(0))
    header = alt.Header(labelAngle=0, labelAlign="left")
    return (
        (zero + bars + text)
        .properties(width=WIDTH - 300, height=24 * len(names))
        .facet(row=alt.Row("option:N", sort=options, title=None, header=header))
        .resolve_scale(y="shared")
    )
