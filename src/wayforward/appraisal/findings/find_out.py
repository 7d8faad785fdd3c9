"""What to find out next: what an answer could be worth to the choice, against what it costs in the time left."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.appraisal.draws import DRAWN_READS, Ensemble, ensemble, lacking
from wayforward.appraisal.findings.basis import stands_on
from wayforward.appraisal.findings.uncertainty import (
    ALL_AT_ONCE,
    barred,
    draw_parameters,
    rests_on_draws,
    still,
    with_usual,
)
from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.models import Enquiry
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar
from wayforward.findings.provenance import given
from wayforward.methods import evpi as all_inputs
from wayforward.methods import evppi as one_input
from wayforward.methods import find_out as method
from wayforward.methods.evppi import PartialInformation
from wayforward.methods.find_out import Found, Question, Verdict

NOBODY = "nobody has been asked"
NOT_ADDED = (
    "Worths do not add up: after one answer the others are worth more or less. "
    "They are the most that an answer could be worth, to a choice made on worth alone."
)
CHOICE = "The choice is among the options that fail no imperative, and business as usual."


COLUMNS = (
    Column("rank", "Rank", "rank"),
    Column("question", "Question"),
    Column("what", "What it would settle"),
    Column("ask", "Whom to ask"),
    Column("worth", "Worth up to", "GBP", apart=True),
    Column("worth_se", "Standard error", "GBP"),
    Column("apart", "Different from nought", "yes or no"),
    Column("days", "Working days", "days"),
    Column("cost", "Cost", "GBP"),
    Column("net", "Worth less cost", "GBP", apart=True),
    Column("in_time", "In the time left", "yes or no"),
    Column("due", "Needed by", "date"),
    Column("verdict", "What follows"),
    Column("enquiry", "Enquiry", refers="enquiry", detail=True),
    Column("driver", "Stream of draws", detail=True),
)


@dataclass(frozen=True)
class Worths:
    """What knowing everything is worth, and each driver, by its name."""

    everything: all_inputs.PerfectInformation
    each: dict[str, PartialInformation]


@finding(
    "appraisal.find_out",
    title="What to find out next",
    question="Which answer would be worth most to the choice, and is there time to get it?",
    method="find_out",
    unit="GBP",
    prices="real",
    reads=(*DRAWN_READS, Enquiry),
    needs=("exercise.days_left", "options.success"),
)
def find_out(case: Reading) -> Result:
    """Questions by what an answer is worth less what it costs; then what nobody has been asked about."""
    options, found, asked = Appraised.of(case), ensemble(case), case.rows(Enquiry)
    worths = values(case, found) if found else None
    left = _working_days(case)
    rows = _rows(found, worths, asked, left) if found and worths else []
    everything = worths.everything if worths else None
    return Result(
        headline=_headline(rows, everything, len(asked)),
        value=everything.evpi if everything else None,
        columns=COLUMNS,
        rows=tuple(rows),
        value_column="net",
        used=rests_on_draws(case, options) + given(asked, "days", "cost", "learns"),
        parameters=draw_parameters(case, found)
        | {
            "worth_of_knowing_everything": everything.evpi if everything else None,
            "its_standard_error": everything.standard_error if everything else None,
            "working_days_left": left,
        },
        warnings=(CHOICE, NOT_ADDED, ALL_AT_ONCE, *still(options), *stands_on(case, options)),
        waiting=(
            *lacking(case),
            *(() if asked else ("an enquiry: whom to ask, in how many days and at what cost",)),
            *(_unsettling(found, asked) if found else ()),
        ),
    )


def values(case: Reading, found: Ensemble) -> Worths:
    """What it is worth to know everything, and each thing that varies, before a choice is made."""
    out = barred(case)
    chosen = [place for place, code in enumerate(found.options) if code not in out]
    worth = with_usual(found.npsv[:, chosen])
    each = one_input.evppi(found.shares, worth, seed=case.exercise.seed) if found.drivers else ()
    names = [driver.name for driver in found.drivers]
    return Worths(all_inputs.from_draws(worth), dict(zip(names, each, strict=True)))


def _working_days(case: Reading) -> float | None:
    """Working days left until the report is due."""
    days = next((row["working_days"] for row in case.need("exercise.days_left").rows), None)
    return None if days is None else max(float(days), 0.0)


def _rows(found: Ensemble, worths: Worths, asked: Sequence[Enquiry], left: float | None) -> list[Row]:
    enquiries = {row.code: row for row in asked}
    drivers = {row.code: found.varying.driver_for(row.about) for row in asked}
    questions = [_question(row, worths.each.get(drivers[row.code] or "")) for row in asked]
    rows = [
        _asked_row(found, worths, enquiries[one.code], drivers[one.code], one)
        for one in method.ranked(questions, left)
    ]
    named = set(drivers.values())
    open_yet = [
        (name, one)
        for name, one in worths.each.items()
        if name not in named and one.told_apart and one.value is not None
    ]
    open_yet.sort(key=lambda pair: (-(pair[1].value or 0.0), pair[0]))
    return [*rows, *(_open_row(found, name, one) for name, one in open_yet)]


def _question(row: Enquiry, worth: PartialInformation | None) -> Question:
    """An enquiry as the method takes it; what settles nothing that varies is worth nothing."""
    return Question(
        code=row.code,
        evppi=worth.value if worth else 0.0,
        told_apart=bool(worth and worth.told_apart),
        learnt=1.0 if row.learns is None else float(row.learns),
        days=None if row.days is None else float(row.days),
        pounds=None if row.cost is None else float(row.cost),
    )


def _asked_row(found: Ensemble, worths: Worths, row: Enquiry, driver: str | None, one: Found) -> Row:
    worth = worths.each.get(driver or "")
    learnt = 1.0 if row.learns is None else float(row.learns)
    error = worth.standard_error if worth else None
    return {
        "rank": one.rank if one.verdict is Verdict.ASK else "",
        "question": row.name,
        "what": found.varying.drivers[driver].words if driver else "nothing that varies",
        "ask": row.ask or None,
        "worth": one.worth,
        "worth_se": "" if worth is None else None if error is None else error * learnt,
        "apart": bool(worth and worth.told_apart),
        "days": None if row.days is None else float(row.days),
        "cost": None if row.cost is None else float(row.cost),
        "net": one.net,
        "in_time": one.in_time,
        "due": row.due.isoformat() if row.due else None,
        "verdict": one.verdict.value,
        "enquiry": row.code,
        "driver": driver or "",
    }


def _open_row(found: Ensemble, name: str, one: PartialInformation) -> Row:
    unknown: dict[str, Scalar] = dict.fromkeys(("days", "cost", "net", "in_time", "due"))
    return {
        "rank": "",
        "question": "not asked yet",
        "what": found.varying.drivers[name].words,
        "ask": None,
        "worth": one.value,
        "worth_se": one.standard_error,
        "apart": one.told_apart,
        **unknown,
        "verdict": NOBODY,
        "enquiry": "",
        "driver": name,
    }


def _unsettling(found: Ensemble, asked: Sequence[Enquiry]) -> tuple[str, ...]:
    """The enquiries about something that does not vary in any draw."""
    idle = [row.code for row in asked if found.varying.driver_for(row.about) is None]
    return (f"a range for what {show.some(idle)} would settle: it does not vary",) if idle else ()


def _headline(rows: Sequence[Row], everything: all_inputs.PerfectInformation | None, asked: int) -> str:
    if everything is None or everything.evpi is None:
        return "What would be worth finding out is not known yet"
    first = [row for row in rows if row["rank"] == 1]
    if first:
        row = first[0]
        also = f", level with {show.count(len(first) - 1, 'other')}" if len(first) > 1 else ""
        error = f"standard error {show.money(row['worth_se'])}"
        return f"'{row['question']}' is worth asking first{also}: up to {show.money(row['worth'])} ({error})"
    if everything.evpi == 0:
        return "Nothing that could be found out would change the choice"
    if not asked:
        most = show.money(everything.evpi)
        return f"Knowing everything would be worth up to {most}, and no question has been put yet"
    return "No question that has been put is known to be worth its cost in the time left"
