"""The procurement in hand, the law it falls under by its date, and what each option does with it."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date

from wayforward.exercise.models import Procurement
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.options.findings.designs import OPTION, in_order
from wayforward.options.models import PROCUREMENT_FITS, Option, ProcurementFit
from wayforward.parameters import Table

FITS = dict(PROCUREMENT_FITS)
REGIMES = "procurement-regimes"
ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
WRITTEN_DAY = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(show.MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
YEAR_ALONE = re.compile(r"\b((?:19|20)\d{2})\b")
Span = tuple[date, date]


@finding(
    "options.procurement",
    title="The procurement in hand",
    question="What was advertised, how far has it come, and which law does it fall under?",
    method="listing",
    prices="cash",
    reads=(Procurement,),
)
def procurement(case: Reading) -> Result:
    """Every procurement in hand, with the law in force on the day of its notice."""
    found = case.rows(Procurement)
    regimes = case.edition.get(REGIMES) if REGIMES in case.edition.parameters else None
    laws = {one.code: law_on(notice_days(one.notice), regimes) for one in found}
    return Result(
        headline=_hand_headline(found, laws),
        columns=(
            Column("procurement", "Procurement", refers="procurement"),
            Column("notice", "Notice", "words"),
            Column("law", "Law in force on that day", "words"),
            Column("law_recorded", "Law as recorded", "words"),
            Column("scope", "Scope as advertised", "words"),
            Column("value_low", "Value from", "GBP"),
            Column("value_high", "Value to", "GBP"),
            Column("term_years", "Term", "years"),
            Column("authorities", "Authorities", "words"),
            Column("stage", "Stage reached", "words"),
            Column("bidders", "Bidders", "words"),
            Column("spend", "Spent so far", "GBP"),
        ),
        rows=tuple(_hand_row(one, laws[one.code]) for one in found),
        value_column="law",
        used=given(found, *HAND, "legal_regime"),
        parameters={"law": regimes.name, "law_source": regimes.source} if regimes else {},
        warnings=_hand_warnings(found, laws, regimes),
        waiting=_hand_waiting(found, laws, regimes),
    )


HAND = (
    "notice",
    "scope",
    "value_low",
    "value_high",
    "term_years",
    "authorities",
    "stage",
    "bidders",
    "spend",
)


def notice_days(text: str) -> Span | None:
    """The first and last day that a notice may be of, from its words: 'January 2012' is one of 31 days.

    None where they name no date.
    """
    for pattern, read in ((ISO_DAY, _iso), (WRITTEN_DAY, _written), (YEAR_ALONE, _year)):
        spans = [span for match in pattern.finditer(text) if (span := read(match)) is not None]
        if spans:
            return min(first for first, _ in spans), max(last for _, last in spans)
    return None


def _iso(match: "re.Match[str]") -> Span | None:
    return _day(int(match[1]), int(match[2]), int(match[3]))


def _written(match: "re.Match[str]") -> Span | None:
    year, month = int(match[3]), [m.lower() for m in show.MONTHS].index(match[2].lower()) + 1
    if match[1]:
        return _day(year, month, int(match[1]))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(match: "re.Match[str]") -> Span:
    return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError:  # words that look like a date and are none
        return None


def law_on(days: Span | None, regimes: Table | None) -> str | None:
    """The title of the law in force on all of these days; None where that is not known."""
    if days is None or regimes is None:
        return None
    for row in regimes.rows("regimes"):
        first, last = str(row["first_day"]), str(row["last_day"]) or date.max.isoformat()
        if first <= days[0].isoformat() and days[1].isoformat() <= last:
            return str(row["title"])
    return None


def _hand_row(one: Procurement, law: str | None) -> Row:
    return {
        "procurement": one.code,
        "notice": one.notice or None,
        "law": law,
        "law_recorded": one.legal_regime or None,
        "scope": one.scope or None,
        "value_low": None if one.value_low is None else float(one.value_low),
        "value_high": None if one.value_high is None else float(one.value_high),
        "term_years": None if one.term_years is None else float(one.term_years),
        "authorities": one.authorities or None,
        "stage": one.stage or None,
        "bidders": one.bidders or None,
        "spend": None if one.spend is None else float(one.spend),
    }


Laws = dict[str, str | None]


def _hand_headline(found: Sequence[Procurement], laws: Laws) -> str:
    if not found:
        return "Whether a procurement is in hand is not known yet"
    known = Counter(law for law in laws.values() if law)
    if not known:
        return "Which law the procurement in hand falls under is not known yet"
    if len(found) == 1:
        return f"By the day of its notice the procurement in hand falls under the {next(iter(known))}"
    told = show.listed(
        [f"{count} {'falls' if count == 1 else 'fall'} under the {law}" for law, count in known.items()]
    )
    return f"Of {len(found):,} procurements in hand, {told}"


def _hand_warnings(found: Sequence[Procurement], laws: Laws, regimes: Table | None) -> tuple[str, ...]:
    told = [
        f"{one.name} is recorded under {one.legal_regime}; on the day of its notice the {law} was in force."
        for one in found
        if (law := laws[one.code]) and one.legal_regime and law.lower() not in one.legal_regime.lower()
    ]
    if regimes and any(laws.values()):
        confirm = " Its dates are to be confirmed before use." if regimes.confirm else ""
        told.append(f"The law by date is from: {regimes.source}.{confirm}")
    return tuple(told)


def _hand_waiting(found: Sequence[Procurement], laws: Laws, regimes: Table | None) -> tuple[str, ...]:
    if not found:
        return ("the procurement in hand, or word that there is none",)
    words = dict(
        zip(
            HAND,
            (
                *("the notice", "the scope as advertised", "the lowest value", "the highest value"),
                *("the term", "the authorities", "the stage reached", "the bidders", "what has been spent"),
            ),
            strict=True,
        )
    )
    lacking = []
    for one in found:
        blank = [words[name] for name in HAND if getattr(one, name) in (None, "")]
        if blank:
            lacking.append(f"{show.listed(blank)} of {one.name}")
        if one.notice and regimes and laws[one.code] is None:
            lacking.append(f"the day of the notice of {one.name}, by which the law is known")
    if regimes is None:
        lacking.append("a table of procurement law by date in this edition")
    return tuple(lacking)


@finding(
    "options.procurement_fit",
    title="What each option does with the procurement in hand",
    question="Can the procurement in hand be used, and how long would each option take to an award?",
    method="listing",
    unit="months",
    prices="real",
    reads=(Option, Procurement, ProcurementFit),
)
def procurement_fit(case: Reading) -> Result:
    """Each option against each procurement in hand; a fit that nobody has judged is not known."""
    found, hand = in_order(case.rows(Option)), case.rows(Procurement)
    fits = {(row.option.code, row.procurement.code): row for row in case.rows(ProcurementFit)}
    pairs = [(option, one, fits.get((option.code, one.code))) for option in found for one in hand]
    rows = [_fit_row(option, one, fit) for option, one, fit in pairs]
    return Result(
        headline=_fit_headline(rows),
        columns=(
            OPTION,
            Column("procurement", "Procurement", refers="procurement"),
            Column("fit", "What it does with it", "words"),
            Column("framework", "Framework", "words"),
            Column("months_to_award", "Time to award", "months"),
            Column("award_cost", "Cost of getting to award", "GBP"),
            Column("change_risk", "Risk that the change is material", "words"),
            Column("challenge_risk", "Risk of challenge", "words"),
            Column("legal_advice", "Legal advice given", "words"),
            Column("advised", "Advised on", "date"),
            Column("note", "Note"),
        ),
        rows=tuple(rows),
        value_column="fit",
        used=given(fits.values(), "fit", *PARTS),
        warnings=_unadvised(pairs),
        waiting=tuple(words for option, _, fit in pairs for words in _fit_waiting(option, fit))
        or (() if rows else ("the options and the procurement in hand",)),
    )


PARTS = (
    *("framework", "months_to_award", "award_cost", "change_risk", "challenge_risk"),
    *("legal_advice", "advised"),
)


def _fit_row(option: Option, procurement: Procurement, fit: ProcurementFit | None) -> Row:
    named = {"option": option.code, "procurement": procurement.code}
    if fit is None:
        return {**named, "fit": None, **dict.fromkeys((*PARTS, "note"))}
    asked = _asked(fit)
    return {
        **named,
        "fit": FITS[fit.fit] if fit.fit else None,
        "framework": fit.framework or _blank("framework", asked),
        "months_to_award": _blank("months_to_award", asked)
        if fit.months_to_award is None
        else float(fit.months_to_award),
        "award_cost": _blank("award_cost", asked) if fit.award_cost is None else float(fit.award_cost),
        "change_risk": fit.change_risk or _blank("change_risk", asked),
        "challenge_risk": fit.challenge_risk or _blank("challenge_risk", asked),
        "legal_advice": fit.legal_advice or _blank("legal_advice", asked),
        "advised": fit.advised.isoformat() if fit.advised else _blank("advised", asked),
        "note": fit.note or None,
    }


def _blank(name: str, asked: Sequence[str]) -> str | None:
    """A blank: not known where it is asked for, or else there is none."""
    return None if name in asked else ""


def _asked(fit: ProcurementFit) -> tuple[str, ...]:
    """What must be known of a fit. An option that needs no procurement has no award to challenge."""
    if fit.fit == "needs none":
        return ("months_to_award",)
    asked = ("months_to_award", "award_cost", "challenge_risk", "legal_advice", "advised")
    more = {
        "narrows": ("change_risk",),
        "calls off a framework": ("framework",),
        "": ("change_risk", "framework"),
    }
    return (*asked, *more.get(fit.fit, ()))


WAITED = {
    "months_to_award": "the time to award",
    "award_cost": "the cost of getting to award",
    "challenge_risk": "the risk of challenge",
    "legal_advice": "the legal advice",
    "change_risk": "the risk that the change is material",
    "framework": "the framework by name",
}


def _fit_waiting(option: Option, fit: ProcurementFit | None) -> list[str]:
    if fit is None or not fit.fit:
        return [f"what {option.short_name} does with the procurement in hand"]
    lacks = [
        words for name, words in WAITED.items() if name in _asked(fit) and getattr(fit, name) in (None, "")
    ]
    if fit.legal_advice and not fit.advised:
        lacks.append("the day of the legal advice")
    return [f"{show.listed(lacks)}: {option.short_name}"] if lacks else []


def _unadvised(pairs: Sequence[tuple[Option, Procurement, ProcurementFit | None]]) -> tuple[str, ...]:
    names = [
        option.short_name for option, _, fit in pairs if fit and fit.fit == "narrows" and not fit.legal_advice
    ]
    if not names:
        return ()
    told = show.listed(list(dict.fromkeys(names)))
    return (f"{told} would narrow what was advertised, and no legal advice on that is recorded.",)


def _fit_headline(rows: list[Row]) -> str:
    judged = Counter(str(row["fit"]) for row in rows if row["fit"])
    if not judged:
        return "What the options do with the procurement in hand is not known yet"
    words = {
        "Continues it as advertised": ("continues it as advertised", "continue it as advertised"),
        "Narrows it": ("narrows it", "narrow it"),
        "Calls off a named framework": ("calls off a framework", "call off a framework"),
        "Starts afresh": ("starts afresh", "start afresh"),
        "Needs none": ("needs none", "need none"),
    }
    told = [f"{judged[fit]} {words[fit][judged[fit] != 1]}" for fit in FITS.values() if judged[fit]]
    return (
        f"Of {show.count(judged.total(), 'option')} set against the procurement in hand, {show.listed(told)}"
    )
