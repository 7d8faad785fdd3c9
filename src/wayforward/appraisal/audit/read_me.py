"""The first sheet: what the workbook is, whose it is, how to audit it, and what each sheet holds."""

from collections.abc import Iterator

from wayforward.appraisal.audit.book import Book, Cell, Formula, Leads
from wayforward.appraisal.audit.check import AGREES, DIFFERS
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.plan import ABOUT, CHECK, ENTERED, FOUND, README, STEP
from wayforward.appraisal.audit.sheets import PLANS
from wayforward.pages.marking import in_words
from wayforward.records.fields import write_year

WHOSE = (
    "Exercise",
    "Organisation",
    "Marking",
    "Notice",
    "Edition",
    "Prices",
    "Years",
    "Do all figures agree?",
)
TO_AUDIT = (
    "Let the program work it out. No result is kept beside a formula, so a preview, a phone or Excel's protected "
    "view shows blanks: choose Enable Editing, or press F9.",
    "Read 'Do all figures agree?' above. If any differs, filter Result on the sheet Check by 'differs'.",
    "Blue was entered; black is a formula. Compare what is blue on Parameters with the sources named there.",
    "Compare what is blue on Lines, Phases, Risks and Plan with the records: their codes are those of the case.",
    "Follow a line: it has the same row on Lines and on every grey sheet, from Priced to Gross to net. Each column "
    "there holds one formula, copied down.",
    "See which lines count: Lines says which are in NPSV and in our cash, and whose they are.",
    "See how they add up: Options takes the sum of Present value and Risks by option, less business as usual, and "
    "for low and high what Changes adds.",
    "Take a second way: Steps comes to the same NPSV by phase, kind, correction, risk and residual value.",
    "Change a blue cell to ask what if. Check says how far each figure moves from the product's, which stay.",
    "Change it back, or fetch the workbook anew: it is written from the records, and nothing in it goes back.",
)
WORDS = (
    (
        "Not known",
        "#N/A on a sheet of amounts and 'not known' in a result mean that something is not known: it is never "
        "nought. 'none' means that there is no such figure, as the payback of what never pays back.",
    ),
    (
        "A line, step by step",
        "Into the price base (Priced), cut to its effect (Effects), moved with its phase (Delayed), times its one "
        "correction (Paid), less what an asset is still worth in the last year (Counted), discounted (Present value).",
    ),
    (
        "Discounting",
        "D(0) = 1 and D(t) = D(t-1) / (1 + r), r being the rate of the band that year t falls in. Mid-year: D(t) / "
        "(1 + r of the year after) to the power of a half.",
    ),
    (
        "Months",
        "An amount is spread evenly over its year. A delay or lag of m months moves m/12 of each year into the "
        "next; a ramp grows evenly, so that its month k, counted from 0, has (k + 1/2) / months of full effect; "
        "drop-off takes its share of what is left after each year of full effect.",
    ),
    (
        "Low and high",
        "At the low end all that varies stands where it is worst for the option, at the high end where it is best; "
        "lines of one driver, range and distribution are joined with those of business as usual, and only what they "
        "change has a range. Changes joins them: Driver no. on Lines and Risks is the same for what varies together. "
        "Payback takes each year at its own end.",
    ),
    (
        "Risks",
        "Probability times impact, in the year of the risk. At the low end of cost none comes about, at the high "
        "end each does in full: low is 0 and high 1 / probability. Those of one name and probability come about "
        "together, in an option and in business as usual.",
    ),
    (
        "What is not here",
        "Simulated figures (chances, percentiles, what finding out is worth), criteria beside money, scenarios, "
        "other editions, switching values. Benefits told in words alone are in no sum. The columns of the years "
        "are fixed: for other years, change the exercise and fetch the workbook anew.",
    ),
)
GROUPS = {ABOUT: "", ENTERED: "Entered. ", STEP: "Step. ", FOUND: "Result. "}


def write_read_me(book: Book, facts: Facts) -> None:
    """What must be known before a figure is used, then how to audit it, then what each sheet holds."""
    book.write(README, _rows(book, facts))


def read_me_size() -> int:
    """How many rows it has."""
    return len(WHOSE) + len(TO_AUDIT) + len(PLANS) + len(WORDS)


def marking_of(facts: Facts) -> str:
    """The marking of the whole case: a workbook of lines may hold anything of it."""
    return in_words(facts.findings.case, [facts.findings.case.marking])


def _rows(book: Book, facts: Facts) -> Iterator[dict[str, Cell]]:
    for about, said in zip(WHOSE, _whose(book, facts), strict=True):
        yield {"about": about, "words": said}
    for at, said in enumerate(TO_AUDIT, 1):
        yield {"about": f"To audit it, {at}", "words": said}
    for plan in PLANS:
        yield {"about": Leads(plan.sheet), "words": GROUPS[plan.group] + plan.meaning}
    for about, said in WORDS:
        yield {"about": about, "words": said}


def _whose(book: Book, facts: Facts) -> tuple[Cell, ...]:
    exercise, edition = facts.case.exercise, facts.case.edition
    first, last = facts.years[0], facts.years[-1]
    result = book[CHECK].down("agrees")
    agree, differ = (f'COUNTIF({result},"{word}")' for word in (AGREES, DIFFERS))
    return (
        f"{exercise.code}: {exercise.title}. The appraisal of its options, with live formulas.",
        exercise.organisation,
        marking_of(facts),
        exercise.notice or "None.",
        f"{edition.title} ({edition.name}): {edition.source}. {edition.note}",
        f"Real, in prices of {write_year(exercise.price_year)}; Plan and Affordability in cash of each year.",
        f"{first} to {last}, discounted to {first}.",
        Formula(
            f'=IF({agree}+{differ}=0,"there is no figure to compare",'
            f'IF({differ}=0,"yes, all "&{agree},"no: "&{differ}&" of "&({agree}+{differ})&" differ; see {CHECK}"))'
        ),
    )
