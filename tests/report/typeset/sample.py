"""A made-up report with everything a report can hold, at its real size or nearly.

The force, its options and every figure are invented for these tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from wayforward.report.typeset import fonts
from wayforward.report.typeset.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Markdown,
    Narrative,
    Paragraph,
    Table,
)
from wayforward.report.typeset.narrative import InlineQuote, UnknownQuote

YEARS = ("2012-13", "2013-14", "2014-15", "2015-16", "2016-17")
SECTIONS = (
    "Background and the case for change",
    "Scope of services",
    "Where technology stands today",
    "Alignment with priorities",
    "Comparison and collaboration",
    "Options considered",
    "Appraisal of the options",
    "Delivery, risk and affordability",
    "Recommendation and next steps",
)

BACKGROUND = """\
The force spends [](finding:spend) a year on technology, and [](finding:share) of it keeps running
what was bought before January 2008. What the force decides on 23 January 2013 sets what its
officers can do until 2016-17.

Two pressures meet. The grant falls each year to 2014-15, and three systems on which response
depends pass the end of their support. The [terms of reference](https://example.org/terms) ask for
options that are affordable, lawful and quick to begin.[^1] The systems are shown in
[](#fig-cost), their cost in [](#tbl-options) and what remains open in [](#next-steps).

## What officers said

- *Mobile data* is the change most often asked for; it would free [](finding:hours) a year.
- Custody, case and command systems **do not share** a person record.
- Nothing in the evidence says that a single supplier is needed.

1. Agree what must stay in-house.
2. Test the market for the rest.

> "We key the same name four times before the end of a shift" is how one team put it.

| Question | Who answers | By when |
|---|---|---|
| Which powers stay with constables | Chief officers | 4 January 2013 |
| Which contracts end first | Procurement | 11 January 2013 |

![](finding:gaps)

## Lessons from section 4 of the plan

What was learnt elsewhere bears on option 2 and on level 3 of the descriptors, as `SVC-012` shows.

[^1]: Terms of reference, section 4, para 2.1, pp. 3-4.
"""


@cache
def chart() -> tuple[str, bytes]:
    """A line chart of five options as SVG and PNG."""
    import altair as alt
    import vl_convert

    vl_convert.register_font_directory(str(fonts.folder()))
    colours = ["#6f777b", "#84909d", "#0072b2", "#d55e00", "#009e73"]
    names = ["Business as usual", "Do minimum", "In-house", "Regional", "Partner"]
    values = [
        {"year": year, "option": name, "cost": round(21 + place * 1.3 - step * place * 0.7, 1)}
        for place, name in enumerate(names)
        for step, year in enumerate(YEARS)
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("year:O", title="Financial year", axis=alt.Axis(labelAngle=0, grid=False)),
        y=alt.Y("cost:Q", title="Cost, £m (2012-13 prices)", scale=alt.Scale(zero=True)),
        color=alt.Color("option:N", scale=alt.Scale(domain=names, range=colours), legend=None),
    )
    ends = base.transform_filter("datum.year == '2016-17'").mark_text(align="left", dx=6, fontSize=12)
    drawn = (base.mark_line(strokeWidth=2.5) + ends.encode(text="option:N")).properties(width=560, height=260)
    drawn = drawn.configure(font="Source Sans Pro, sans-serif").configure_axis(
        labelFontSize=12, titleFontSize=12, domainColor="#c9ced6", titleFontWeight="normal"
    )
    drawn = drawn.configure_view(stroke=None)
    text = drawn.to_json()
    return vl_convert.vegalite_to_svg(text), vl_convert.vegalite_to_png(text, scale=2)


def cost_figure(name: str = "fig-cost", step: int = 0) -> Figure:
    """The chart with its alternative text and data table."""
    svg, png = chart()
    table = Table(
        "not shown",
        "not-shown",
        (Column("Option"), *(Column(year, "£m", "right") for year in YEARS)),
        tuple(
            (option, *(f"{21 + place - year * place * 0.7:.1f}" for year in range(5)))
            for place, option in enumerate(("Business as usual", "Do minimum", "Partner"))
        ),
    )
    return Figure(
        f"The partner option costs least from 2014-15{' again' * step}",
        name,
        "Line chart of yearly cost by option. Business as usual stays level; the other lines fall, "
        "the partner option fastest, and cross it in 2014-15.",
        svg,
        png,
        table,
        "force finance plan, evidence grade 2; 2012-13 prices",
    )


def options_table() -> Table:
    """Seven options side by side, as the opening pages show them."""
    names = (
        "Business as usual",
        "Do minimum",
        "In-house",
        "Regional collaboration",
        "Framework call-offs",
        "Innovation partner",
        "Joint venture",
    )
    rows: tuple[tuple[str | Cell, ...], ...] = (
        ("Cost over ten years, £m", *("212.0", "205.4", "188.1", "171.9", "180.2", "168.7",
         Cell("174.0", emphasis="illustrative"))),
        ("Net present value, £m", "0.0", "4.1", "18.9 (8.1 to 27.0)", "31.2 (12.0 to 44.5)",
         "22.4 (9.9 to 30.1)", Cell("33.8 (−3.2 to 61.0)", "Rests on one supplier's estimate."),
         Cell("not known", emphasis="muted")),
        ("Payback", "none", "6 years", "5 years", "4 years", "4 years", "4 years", "not known"),
        ("Officer hours freed a year", "0", "11,000", "96,000", "120,000", "104,000",
         Cell("131,000", "Rests on one supplier's estimate."), "not known"),
        ("Delivery risk", Cell("L", emphasis="shade-1"), Cell("L", emphasis="shade-1"),
         Cell("M", emphasis="shade-3"), Cell("M", emphasis="shade-3"),
         Cell("M", emphasis="shade-3"), Cell("H", emphasis="shade-5"),
         Cell("H", emphasis="shade-5")),
        ("Procurement", "None", "Existing contracts", "Recruitment", "Section 22 agreement",
         "Existing frameworks", "Competitive dialogue, 14 months", "Competitive dialogue"),
    )  # fmt: skip
    return Table(
        "No option costs more than business as usual",
        "tbl-options",
        (Column("Criterion"), *(Column(name, align="right") for name in names)),
        rows,
        ("Ranges are 5% to 95%. Money is in 2012-13 prices, relative to business as usual.",),
        "appraisal of options, evidence grades 2 to 6",
    )


def annex_table(rows: int) -> Table:
    """Every figure used, with its method, inputs and grade."""
    return Table(
        "Every figure in this report and where it comes from",
        "tbl-figures",
        (
            Column("Figure"),
            Column("Value", align="right"),
            Column("Method"),
            Column("Inputs and evidence"),
            Column("Grade", align="right"),
        ),
        tuple(
            (
                Cell(f"appraisal.npsv.option-{place:03}", id=f"used:{place}"),
                f"{place * 1.7:,.1f}",
                "discounting, Green Book 2003",
                f"cost lines CL-{place:03} to CL-{place + 4:03}; source document DOC-{place % 40:02}",
                str(place % 6 + 1),
            )
            for place in range(rows)
        ),
        source_note="record of findings",
    )


class SampleQuotes:
    """Quotes from a handful of made-up findings."""

    values = {
        "finding:spend": InlineQuote("£21.4m", "used:0", "Finance plan 2012-13, evidence E-014."),
        "finding:share": InlineQuote("63%", "used:1", "Systems register, evidence E-020."),
        "finding:hours": InlineQuote("120,000 hours", "used:2"),
        "finding:npsv?option=partner": InlineQuote("£33.8m (−3.2 to 61.0)", "used:3", "Model run."),
    }

    def inline(self, target: str) -> InlineQuote:
        try:
            return self.values[target]
        except KeyError:
            raise UnknownQuote(f"no finding is called {target}") from None

    def block(self, target: str, caption: str = "") -> Sequence[Block]:
        if target != "finding:gaps":
            raise UnknownQuote(f"no finding is called {target}")
        levels = (
            Column("Capability"),
            Column("Today", "level", "right"),
            Column("Needed", "level", "right"),
        )
        rows = tuple(
            (name, Cell(f"{low}", emphasis=f"shade-{low}"), Cell(f"{high}", emphasis=f"shade-{high}"))
            for name, low, high in (("Mobile data", 1, 4), ("Intelligence", 2, 4), ("Custody", 3, 5))
        )
        return [Table("Mobile data has furthest to go", "tbl-gaps", levels, rows)]


def _section(place: int, title: str) -> list[Block]:
    blocks: list[Block] = [Heading(1, title, f"section-{place}", str(place))]
    if place == 1:
        return [*blocks, Narrative(BACKGROUND, "background", "narrative/background.md")]
    blocks.append(
        Narrative(
            f"The work on {title.lower()} found that [](finding:share) of cost stands on one "
            "platform, and that no option removes it before 2014-15.\n\n"
            "## What the evidence shows\n\nFigures agree between the two registers, except where "
            "[](#tbl-options) says otherwise. "
            + "Where they differ, the later one is used and the other is kept on record. " * 4
            + "\n",
            f"part-{place}",
            f"narrative/part-{place}.md",
        )
    )
    if place == 3:
        blocks.append(Callout("Waiting for the end of support of four systems (systems owner)."))
    if place == 7:
        blocks.append(cost_figure())
    if place == 9:
        blocks += [
            Heading(2, "Next steps", "next-steps"),
            Bullets(("Agree the shortlist.", "Open the market test.", "Name benefit owners.")),
        ]
    return blocks


def report(annex_rows: int = 60) -> Document:
    """The sample report."""
    blocks: list[Block] = [
        Heading(1, "Decision asked for", "decision"),
        Paragraph(
            "Choose which two of five options go to outline business case, and approve the next "
            "stage of work.",
            lead=True,
        ),
        Markdown("The range for the partner option is [](finding:npsv?option=partner), so the order "
                 "of the first two is **not settled**."),
        options_table(),
        Heading(2, "What is not known", "not-known"),
        Bullets(("What the joint venture would pay for the estate.", "End of support of 4 systems.")),
        Contents(),
    ]  # fmt: skip
    for place, title in enumerate(SECTIONS, start=1):
        blocks.extend(_section(place, title))
    blocks += [
        Heading(1, "Evidence", "annex-evidence", "A"),
        Paragraph("Each figure quoted in this report, with the method that made it."),
        annex_table(annex_rows),
        Heading(1, "Versions", "annex-versions", "B"),
        Paragraph("Parameters: Green Book 2003 edition."),
    ]
    return Document(
        "Technology options 2012-13",
        "Report to the commissioner",
        "0.4",
        date(2013, 1, 23),
        "Draft for comment",
        "Restricted until published",
        tuple(blocks),
        draft=True,
        notice="Made-up example: no figure here describes a real force.",
    )
