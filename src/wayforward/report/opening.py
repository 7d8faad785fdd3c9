"""The two pages that open the report: the decision asked for, the options side by side, what isn't known."""

from collections.abc import Sequence

from wayforward.findings import Findings, show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.labels import Labels
from wayforward.pages.present import millions_apart, source_line
from wayforward.report.case_quotes import ILLUSTRATIVE_MARK
from wayforward.report.typeset.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from wayforward.report.withholding import WITHHELD, withheld

MOST_UNKNOWN = 18
SHARE_OF_DRAWS = "Worth less than its cost: in what share of draws, everything that varies drawn at once."
SHOWN_ABOVE = ("appraisal.side_by_side", "appraisal.order", "appraisal.uncertainty")


def opening(findings: Findings, label: Labels, named: Sequence[str]) -> list[Block]:
    """The blocks before the contents list. `named` is what the sections say they wait for, in their order."""
    exercise = findings.case.exercise
    side = findings["appraisal.side_by_side"]
    blocks: list[Block] = [Heading(1, "The decision, and the options side by side", "opening")]
    if exercise.decision_asked:
        blocks.append(Paragraph(exercise.decision_asked, lead=True))
    else:
        blocks.append(Callout("Waiting for the decision asked for, in the words of the director."))
    if withheld(side):
        blocks.append(Callout(f"{side.title}: {WITHHELD}."))
    else:
        blocks.append(Paragraph(f"{side.headline}. {_order_words(findings)}"))
    if withheld(findings["appraisal.uncertainty"]):
        blocks.append(Callout(f"{findings['appraisal.uncertainty'].title}: {WITHHELD}."))
    elif side.rows:
        blocks.append(options_table(side, label, findings["appraisal.uncertainty"].rows))
    blocks.append(Heading(2, "What would change the order", "opening-order", ""))
    blocks.append(Bullets(changes(findings["appraisal.order"], label)))
    blocks.append(PageBreak())
    blocks.append(Heading(2, "What is not known", "opening-unknown", ""))
    blocks.append(Bullets(unknowns(findings, named)))
    return blocks


def _order_words(findings: Findings) -> str:
    if findings["appraisal.order"].value == "ranked":
        return "Ranks are by likely net present social value; a person, not this report, prefers."
    return (
        "Figures are given as ranges, and the options stand in the order in which they were designed, "
        "not in an order of merit."
    )


def options_table(side: Finding, label: Labels, drawn: Sequence[Row] = ()) -> Table:
    """Options across, the same criteria down: the order of criteria is the same everywhere in the report.

    `drawn` says how often each option is worth less than its cost, when everything varies at once.
    """
    short = {row["option"]: row["below_zero"] for row in drawn}
    mark = ILLUSTRATIVE_MARK if side.illustrative else ""
    likely = millions_apart([row["npsv"] for row in side.rows])  # different options never read alike
    criteria = (
        ("Whole-life cost, present value, £m: likely", lambda r: _money(r["cost"])),
        ("Whole-life cost, £m: low to high", lambda r: _range(r, "cost")),
        ("NPSV against business as usual, £m: likely", lambda r: _usual(r) or likely(r["npsv"])),
        ("NPSV, £m: low to high", lambda r: _usual(r) or _range(r, "npsv")),
        ("Payback, years", lambda r: _usual(r) or _payback(r)),
        ("Fits the financial plan", _fits),
        ("Worth less than its cost", lambda r: _usual(r) or show.percent(short.get(r["option"]))),
        ("In full use from", lambda r: _month(r["ownership_from"])),
        ("Expected cost of its risks, £m", lambda r: _money(r["exposure"])),
        ("The procurement in hand", lambda r: str(r["fit"] or show.UNKNOWN)),
        ("Cost: share on weak evidence", lambda r: show.percent(r["cost_weak"])),
        ("Cost: share priced by analogy", lambda r: show.percent(r["cost_analogy"])),
        ("Benefit: share on weak evidence", lambda r: _usual(r) or show.percent(r["benefit_weak"])),
        ("Benefit: share priced by analogy", lambda r: _usual(r) or show.percent(r["benefit_analogy"])),
    )
    return Table(
        caption=f"The options side by side, {side.price_base}{' (partly illustrative)' if mark else ''}",
        id="opening-options",
        columns=(
            Column("", width=2.6),
            *(Column(label("option", str(row["option"])), align="right", width=1.0) for row in side.rows),
        ),
        rows=tuple((Cell(name), *(Cell(write(row)) for row in side.rows)) for name, write in criteria),
        notes=(SHARE_OF_DRAWS, "Weak evidence is grades 5 and 6, or none.", *side.warnings),
        source_note=source_line(side),
    )


def _usual(row: Row) -> str:
    """Business as usual is what the others are measured against."""
    return "–" if row["kind"] == "business as usual" else ""


def _money(value: object) -> str:
    return show.millions(value if isinstance(value, float | int | str) else None)


def _range(row: Row, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if low is None or high is None:
        return show.UNKNOWN
    return f"{show.millions(low)} to\n{show.millions(high)}"


def _payback(row: Row) -> str:
    return "none in the period" if row["payback"] == "" else show.number(row["payback"])


def _fits(row: Row) -> str:
    if row["affordable"] is None:
        return show.UNKNOWN
    return "yes" if row["affordable"] else f"short from {show.financial_year(row['gap_year'])}"


def _month(value: object) -> str:
    return show.UNKNOWN if not value else " ".join(show.day(str(value)).split()[1:])


def changes(order: Finding, label: Labels) -> tuple[str, ...]:
    """What would bring each option level with another; those that an imperative bars together at the end."""
    if withheld(order):
        return (f"{WITHHELD}.",)
    out = [label("option", str(row["option"])) for row in order.rows if row["barred"]]
    told = [
        f"{label('option', str(row['option']))} would come {row['overtakes']}."
        if row["npsv"] is not None
        else f"{label('option', str(row['option']))}: not known."
        for row in order.rows
        if not row["barred"]
    ]
    if out:
        fail = "fails" if len(out) == 1 else "fail"
        told.append(f"{show.listed(out)} {fail} an imperative and would come in no order while that stands.")
    return tuple(told) or ("Not known: no option has been costed.",)


def requests_open(findings: Findings) -> list[tuple[Row, str]]:
    """The information asked for and not here: each request's row, and what its finding says of it."""
    asked = findings["exercise.information"]
    rows = [row for row in asked.rows if row["state"] != "received"]
    return list(zip(rows, asked.waiting, strict=True)) if rows else []


def unknowns(findings: Findings, named: Sequence[str]) -> tuple[str, ...]:
    """What was never known, what the tables above wait for, then what the sections wait for, each thing once.

    Only what a section names may be cut from the list, so that nothing is left unsaid.
    """
    asked = requests_open(findings)
    never = [(row, words) for row, words in asked if row["state"] == "never known"]
    told = {words.partition(". Without it: ")[0] for _, words in never}
    items = [f"{row['name']}: {row['fallback'] or 'no fallback was agreed'}" for row, _ in never]
    above = [words for key in SHOWN_ABOVE for words in findings[key].waiting]
    sections = [words for words in dict.fromkeys(named) if words not in told]
    items += [f"Waiting for {words}" for words in dict.fromkeys(above) if words not in {*told, *sections}]
    items += [
        f"{findings[key].title}: {WITHHELD}"
        for key in (*SHOWN_ABOVE, "exercise.information")
        if withheld(findings[key])
    ]
    room = max(MOST_UNKNOWN - len(items), 0)
    items += [f"Waiting for {words}" for words in sections[:room]]
    if more := len(sections[room:]):
        items.append(f"And {more} more, each named in its section")
    return tuple(f"{item.rstrip('.')}." for item in items) or ("Nothing that the report needs is unknown.",)
