"""Charts of the choices: how each meets the success factors, in words and in three shades of one hue."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from wayforward.findings import show
from wayforward.findings.finding import Finding, Row, Scalar
from wayforward.options.findings.sifted import MARKS
from wayforward.pages.charts import INK, RULE, SHADES, Drawing, Label, chart
from wayforward.pages.charts_words import in_lines

Mark = dict[str, Any]
MEETS, PARTLY, FAILS = MARKS["meets"], MARKS["partly"], MARKS["fails"]
WORDS: dict[Scalar, str] = {MEETS: "meets", PARTLY: "in part", FAILS: "fails"}
FILLS: dict[Scalar, str] = {MEETS: SHADES[4], PARTLY: SHADES[2], FAILS: SHADES[0]}
INKS: dict[Scalar, str] = {MEETS: "white", PARTLY: INK, FAILS: INK}
UNKNOWN = "?"
ROW, CELL, SIDE = 29, 56, 205
LINE = 13  # characters in one line of a factor's head


@chart("options.filter")
def framework_filter(finding: Finding, label: Label) -> Drawing | None:
    """A grid of choices by success factor, the word in each cell, and at the end of each row what became of it."""
    cells = [row for row in finding.rows if row["factor_code"]]
    if not any(row["meets"] for row in cells):
        return None
    factors = list(dict.fromkeys(str(row["factor"]) for row in cells))
    ends = _ends([row for row in finding.rows if not row["factor_code"]], label)
    order = [str(end["row"]) for end in ends]
    width = CELL * len(factors)
    y = alt.Y("row:N", sort=order, title=None, axis=None, scale=alt.Scale(domain=order))
    x = alt.X("factor:N", sort=factors, title=None, axis=None)
    base = alt.Chart(alt.Data(values=[_cell(row) for row in cells])).encode(x=x, y=y)
    named = alt.Chart(alt.Data(values=ends)).encode(y=y)
    layers = [
        base.mark_rect(stroke="white", strokeWidth=2).encode(color=alt.Color("fill:N", scale=None)),
        base.mark_text(fontSize=11).encode(text="text:N", color=alt.Color("ink:N", scale=None)),
        *_sides(ends, y),
        named.mark_text(align="left", fontSize=12, fontWeight=600).encode(x=alt.value(-SIDE), text="heads:N"),
        named.mark_text(align="left", fontSize=12).encode(x=alt.value(width + 8), text="verdict:N"),
        *_factor_heads(factors, x),
        *_rules(ends, width),
    ]
    drawn = alt.layer(*layers).properties(width=width, height=ROW * len(order))
    return Drawing(drawn, _told(cells, len(factors), sum(bool(end["name"]) for end in ends)))


def _sides(ends: Sequence[Mark], y: alt.Y) -> list[alt.Chart]:
    """The names of the choices before their rows: those of two lines about the middle."""
    layers = []
    for many in (1, 2):
        own = [end for end in ends if end["name"] and len(end["name"]) == many]
        text = alt.Chart(alt.Data(values=own)).mark_text(
            align="left", fontSize=12, lineHeight=13, dy=-6.5 * (many - 1)
        )
        layers.append(text.encode(x=alt.value(-SIDE), y=y, text="name:N"))
    return layers


def _cell(row: Row) -> Mark:
    meets = row["meets"]
    return {
        "row": row["choice"],
        "factor": row["factor"],
        "text": WORDS.get(meets, UNKNOWN),
        "fill": FILLS.get(meets, "white"),
        "ink": INKS.get(meets, INK),
    }


def _ends(rows: Sequence[Row], label: Label) -> list[Mark]:
    """The rows of the chart: a head for each dimension, then its choices, each with its verdict."""
    found: list[Mark] = []
    before: Scalar = None
    for row in rows:
        if row["dimension"] != before:
            before = row["dimension"]
            found.append({"row": f"head {before}", "heads": before, "name": "", "verdict": ""})
        name = in_lines(label("longlist_choice", str(row["choice"])), 36).split("\n")
        verdict = row["meets"] or "Not decided"
        found.append({"row": row["choice"], "heads": "", "name": name, "verdict": verdict})
    return found


def _factor_heads(factors: Sequence[str], x: alt.X) -> list[alt.Chart]:
    """The names of the factors over their columns, broken into lines that end at one height."""
    lines = {factor: _broken(factor) for factor in factors}
    heads = []
    for place in range(max(len(own) for own in lines.values())):
        values = [{"factor": f, "text": own[-1 - place]} for f, own in lines.items() if place < len(own)]
        text = alt.Chart(alt.Data(values=values)).mark_text(fontSize=10, baseline="bottom")
        # The head of the first dimension stands in the first row: what is over it begins there.
        heads.append(text.encode(x=x, y=alt.value(ROW - 4 - 12 * place), text="text:N"))
    return heads


def _broken(name: str) -> list[str]:
    """A name in lines, as many words in each as fit."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _rules(ends: Sequence[Mark], width: int) -> list[alt.Chart]:
    """A thin line under the head of each dimension."""
    return [
        alt.Chart(alt.Data(values=[{}]))
        .mark_rule(color=RULE, strokeWidth=1)
        .encode(y=alt.value((place + 1) * ROW), x=alt.value(-SIDE), x2=alt.value(width + 100))
        for place, end in enumerate(ends)
        if end["heads"]
    ]


def _told(cells: Sequence[Row], factors: int, choices: int) -> str:
    unknown = sum(row["meets"] is None for row in cells)
    fails = sum(row["meets"] == FAILS for row in cells)
    return (
        f"A grid of {show.count(choices, 'choice')} by {show.count(factors, 'success factor')}, with the "
        f"verdict at the end of each row: in {fails or 'none'} of {len(cells):,} cells the choice fails the "
        f"factor, and {unknown or 'none'} {'is' if unknown == 1 else 'are'} not judged."
    )
