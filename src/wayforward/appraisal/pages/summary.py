"""Options, two minutes: what a commissioner reads first, in one table, and two charts.

The criteria come in the order of the table that opens the report, with what only a screen has room for between them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from wayforward.appraisal.pages import turns
from wayforward.appraisal.weighing import ANY
from wayforward.findings import registered, show
from wayforward.findings.finding import Finding, Row, Scalar
from wayforward.pages.answer import answer
from wayforward.pages.frame import brief, frame_of
from wayforward.pages.labels import Labels
from wayforward.pages.opened import opened
from wayforward.pages.pictures import picture
from wayforward.pages.present import millions_apart, on_screen, source_line
from wayforward.pages.working_out import at_hand, earlier

SIDE, DRAWN, RANKS = "appraisal.side_by_side", "appraisal.uncertainty", "appraisal.acceptability"
PEOPLE, FAN, ORDER = "options.people_sums", "appraisal.cash_fan", "appraisal.order"
WHOSE = "appraisal.organisations"
TABLE = (SIDE, ORDER, DRAWN, RANKS, PEOPLE, FAN, WHOSE)
KEYS = (*TABLE, *turns.KEYS)
CHARTS = (RANKS, FAN)
USUAL = "business as usual"
AGAINST = "–"  # of business as usual, against which the others are measured
TITLE = "Options, two minutes"
QUESTION = "What would each option cost, bring and risk, and how sure is that?"


@dataclass(frozen=True)
class Line:
    """One criterion: its words, the finding that says so, and a cell an option."""

    words: str
    key: str
    cells: tuple[str, ...]
    head: str = ""  # over this line and those that follow


def options_summary(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The options across, the criteria down; what isn't known; how often each comes where, and the cash it takes."""
    findings = opened(request, code)
    findings = findings if form == "json" else at_hand(findings)
    found = {key: findings[key] for key in KEYS if key in registered()}
    label = Labels(findings.case)
    side = found[SIDE]
    would_turn = turns.turns(found, [str(row["option"]) for row in side.rows if row["barred"]], label)
    data = {
        **frame_of(findings, found.values()),
        "title": TITLE,
        "question": QUESTION,
        "says": side.headline,
        "firsts": firsts(found, label),
        "options": [label("option", str(row["option"])) for row in side.rows],
        "lines": [
            {"criterion": one.words, "finding": one.key, "options": list(one.cells)}
            for one in lines(found, label)
        ],
        "not_known": not_known(found),
        "not_ranked": [
            {"option": label("option", str(row["option"])), "why": row["barred"]}
            for row in side.rows
            if row["barred"]
        ],
        "turns": [{"words": one.words, "finding": one.key} for one in would_turn],
        "questions": turns.questions(found),
    }
    if form == "json":
        return answer(request, form, "", {**data, "findings": {k: one.to_json() for k, one in found.items()}})
    return answer(
        request,
        form,
        "appraisal/summary.html",
        data,
        rows=lines(found, label),
        prices=side.price_base,
        source=source_line(side),
        illustrative=side.illustrative,
        warnings=notes(found),
        drawn=_drawn(found, label),
        nav="options-summary",
        earlier=earlier(findings),
    )


def _drawn(found: Mapping[str, Finding], label: Labels) -> list[dict[str, Any]]:
    """The charts that there is something to draw for, each with its figures."""
    pictured = {key: drawn for key in CHARTS if key in found and (drawn := picture(found[key], label))}
    return [
        {**brief(found[key]), "picture": pictured[key], "grid": on_screen(found[key], label)}
        for key in CHARTS
        if key in pictured
    ]


def lines(found: Mapping[str, Finding], label: Labels) -> list[Line]:
    """The criteria, in the same order as everywhere."""
    side = found[SIDE]
    likely = millions_apart([row["npsv"] for row in side.rows])

    def of_side(words: str, write: Callable[[Row], str], head: str = "") -> Line:
        return Line(words, SIDE, tuple(write(row) for row in side.rows), head)

    def besides(words: str, key: str, write: Callable[[Row], str], head: str = "") -> list[Line]:
        return _besides(found, words, key, write, head)

    return [
        of_side("Whole-life cost, present value, £m: likely", lambda r: _money(r["cost"]), "Money"),
        of_side("Whole-life cost, £m: low to high", lambda r: _range(r, "cost_low", "cost_high")),
        of_side("NPSV against business as usual, £m: likely", lambda r: _usual(r) or likely(r["npsv"])),
        of_side("NPSV, £m: low to high", lambda r: _usual(r) or _range(r, "npsv_low", "npsv_high")),
        *besides("NPSV, £m: 5th to 95th percentile", DRAWN, lambda r: _range(r, "p5", "p95")),
        of_side("Payback, years", lambda r: _usual(r) or _payback(r)),
        of_side("Fits the financial plan", _fits),
        *_for_whom(found),
        *besides("Worth less than its cost", DRAWN, lambda r: _chance(r, "below_zero"), "Chance"),
        *besides("Short of the financial plan in some year", DRAWN, lambda r: _chance(r, "breach")),
        *besides(_late(found), DRAWN, lambda r: _chance(r, "late")),
        of_side("In full use from", lambda r: _month(r["ownership_from"]), "Time and people"),
        *besides("Change of posts, full-time equivalents", PEOPLE, lambda r: _posts(r["change"])),
        *besides("People transferred, full-time equivalents", PEOPLE, lambda r: show.number(r["transfers"])),
        of_side("What it means for people", lambda r: str(r["people_effect"] or show.UNKNOWN)),
        of_side("Expected cost of its risks, £m", lambda r: _money(r["exposure"]), "Risk"),
        *_acceptability(found, label),
        of_side("The procurement in hand", lambda r: str(r["fit"] or show.UNKNOWN), "Procurement"),
        of_side("Cost: share on weak evidence", lambda r: show.percent(r["cost_weak"]), "Evidence"),
        of_side("Cost: share priced by analogy", lambda r: show.percent(r["cost_analogy"])),
        of_side("Benefit: share on weak evidence", lambda r: _usual(r) or show.percent(r["benefit_weak"])),
        of_side(
            "Benefit: share priced by analogy", lambda r: _usual(r) or show.percent(r["benefit_analogy"])
        ),
    ]


def _besides(
    found: Mapping[str, Finding], words: str, key: str, write: Callable[[Row], str], head: str
) -> list[Line]:
    """A line from another finding than the table's own; none where there is no such finding or it has no row."""
    if key not in found or not found[key].rows:
        return []
    rows = {row["option"]: row for row in found[key].rows}
    cells = tuple(
        write(rows[one["option"]]) if one["option"] in rows else _usual(one) or show.UNKNOWN
        for one in found[SIDE].rows
    )
    return [Line(words, key, cells, head)]


def _late(found: Mapping[str, Finding]) -> str:
    """What counts as late, as the limits of the case say."""
    months = found[DRAWN].parameters.get("late_beyond_months") if DRAWN in found else None
    return f"More than {show.count(int(float(months)), 'month')} late" if months else "Later than stated"


def firsts(found: Mapping[str, Finding], label: Labels) -> str:
    """Where options are ranked: what money alone puts first, and what money with the other criteria does."""
    ranks = found.get(RANKS)
    money = [str(row["option"]) for row in found[ORDER].rows if row["rank"] == 1]
    if ranks is None or not money:
        return ""
    shares = {str(row["option"]): float(row["share"] or 0) for row in ranks.where(weights=ANY, rank=1)}
    if not shares:
        return ""
    most = max(shares, key=lambda code: shares[code])
    often = f"in {show.percent(shares[most])} of draws, whatever the weights"
    if money == [most]:
        return (
            f"Money alone puts {label('option', most)} first; with the other criteria it stays first {often}."
        )
    names = show.listed([label("option", code) for code in money])
    return f"Money alone puts {names} first; with the other criteria {label('option', most)} comes first {often}."


def _for_whom(found: Mapping[str, Finding]) -> list[Line]:
    """What each organisation would gain or lose against business as usual; an option it has no part in is nought."""
    rows = found[WHOSE].rows if WHOSE in found else ()
    net = {(row["organisation"], row["option"]): row["net"] for row in rows}
    named = {row["option"] for row in rows}
    made: list[Line] = []
    for organisation in dict.fromkeys(str(row["organisation"]) for row in rows):
        cells = tuple(
            _usual(row) or show.UNKNOWN
            if row["option"] not in named
            else _money(net.get((organisation, row["option"]), 0.0))
            for row in found[SIDE].rows
        )
        made.append(
            Line(organisation, WHOSE, cells, "" if made else "For whom: net worth, £m, present value")
        )
    return made


def _acceptability(found: Mapping[str, Finding], label: Labels) -> list[Line]:
    """How often each option comes first, under any weights and under each group's."""
    ranks = found.get(RANKS)
    if ranks is None or not ranks.rows:
        return []
    made: list[Line] = []
    for weights in dict.fromkeys(str(row["weights"]) for row in ranks.rows):
        first = {row["option"]: row["share"] for row in ranks.where(weights=weights, rank=1)}
        cells = tuple(
            show.percent(first[row["option"]]) if row["option"] in first else "left out"
            for row in found[SIDE].rows
        )
        head = "" if made else "First on money and the other criteria together: share of draws"
        words = weights[:1].upper() + weights[1:]
        made.append(Line(words, RANKS, cells, head))
    return made


def not_known(found: Mapping[str, Finding]) -> list[str]:
    """What the table and the charts wait for, each thing once; and what is not there to be asked."""
    waits = dict.fromkeys(words for key in TABLE if key in found for words in found[key].waiting)
    return list(waits)


def notes(found: Mapping[str, Finding]) -> list[str]:
    """What must be known of the figures: how weak evidence is told, how sure the drawn ones are, what they stand on."""
    told = [
        "NPSV is net present social value: what an option brings less what it costs, against business as usual.",
        "Weak evidence is grades 5 and 6, or none.",
        *found[SIDE].warnings,
    ]
    drawn, ranks = found.get(DRAWN), found.get(RANKS)
    errors = [
        _largest(drawn, ("below_zero_se", "breach_se", "late_se")),
        _largest(ranks, ("error",)),
    ]
    known = [error for error in errors if error is not None]
    if known:
        told.append(
            "The standard error of a chance or share of draws is at most "
            f"{show.fixed(max(known), 1, 0.01)} percentage points."
        )
    if (error := _largest(drawn, ("p5_se", "p95_se"))) is not None:
        told.append(f"The standard error of a percentile is at most {show.money(error)}.")
    if found[ORDER].value != "ranked" and ranks is not None and ranks.rows:
        told.append("Shares of draws are what the figures give as they stand: no option is ranked.")
    return told


def _largest(one: Finding | None, names: tuple[str, ...]) -> float | None:
    """The largest of some standard errors; None where there is none."""
    values = [row.get(name) for row in (one.rows if one else ()) for name in names]
    return max((float(value) for value in values if value not in (None, "")), default=None)  # type: ignore[arg-type]  # a number: '' and None are left out


def _usual(row: Row) -> str:
    return AGAINST if row["kind"] == USUAL else ""


def _money(value: Scalar) -> str:
    return show.millions(value)


def _range(row: Row, low: str, high: str) -> str:
    if row[low] is None or row[high] is None:
        return show.UNKNOWN
    return f"{show.millions(row[low])} to {show.millions(row[high])}"


def _chance(row: Row, name: str) -> str:
    return show.percent(row[name])


def _payback(row: Row) -> str:
    return "none in the period" if row["payback"] == "" else show.number(row["payback"])


def _fits(row: Row) -> str:
    if row["affordable"] is None:
        return show.UNKNOWN
    return "yes" if row["affordable"] else f"short from {show.financial_year(row['gap_year'])}"


def _month(value: Scalar) -> str:
    return show.UNKNOWN if not value else " ".join(show.day(value).split()[1:])


def _posts(value: Scalar) -> str:
    more = isinstance(value, int | float) and value > 0
    return f"+{show.number(value)}" if more else show.number(value)
