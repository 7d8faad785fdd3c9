"""The first sheet: what the workbook is, whose it is, and how to check it."""

from collections.abc import Iterator

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.plan import CHECK, PLANS, README
from wayforward.pages.marking import in_words
from wayforward.records.fields import write_year

HOW_TO_READ = (
    (
        "Typed and worked out",
        "What somebody entered is blue. Black figures are formulas, and no result is kept beside them: the program "
        "that opens this file works them out. A sheet's columns are one or the other throughout, but for the "
        "Value of business as usual among the parameters.",
    ),
    (
        "How to check it",
        "Open Check: every figure that the product gives stands beside this workbook's own, which comes from the "
        "entries alone; the difference must be 0.00. Then follow any cell back: Present value, Counted, Paid, "
        "Delayed, Effects, Priced and Lines hold the same line in the same row.",
    ),
    (
        "How to ask what if",
        "Change a blue cell. Check then shows how far each figure moves from the product's, which stay as they were.",
    ),
    (
        "Not known",
        "#N/A in a sheet of amounts and 'not known' in a result both mean that something is not known: it is never "
        "nought. 'none' means that there is no such figure, as the payback of what never pays back. Options says "
        "what each option waits for; an option that waits is worked out once that cell is emptied.",
    ),
    (
        "A line, step by step",
        "Into the price base (Priced), cut to its effect (Effects), moved with its phase (Delayed), times its one "
        "correction (Paid), less what an asset is still worth in the last year (Counted), discounted (Present value).",
    ),
    (
        "Discounting",
        "D(0) = 1 and D(t) = D(t-1) / (1 + r), r being the rate of the band that year t falls in.",
    ),
    (
        "Months",
        "An amount is spread evenly over its year. A delay or lag of m months moves m/12 of each year into the "
        "next; a ramp grows evenly, so that its month k, counted from 0, has (k + 1/2) / months of full effect; "
        "drop-off takes its share of what is left after each year of full effect.",
    ),
    (
        "Low and high",
        "At the low end every benefit is low and every cost high, at the high end the reverse. Business as usual "
        "stays at its likely amounts. A line that stands unchanged in an option and in business as usual cancels: "
        "Counted marks it 1, and it has no range.",
    ),
    (
        "Risks",
        "Probability times impact, in the year of the risk. At the low end of cost none comes about, at the high "
        "end each does in full.",
    ),
    (
        "What is not here",
        "Simulated figures (chances, percentiles, what finding out is worth), criteria beside money, benefits "
        "weighed by income, and benefits told in words alone, which are in Lines and in no sum.",
    ),
)


def write_read_me(book: Book, facts: Facts) -> None:
    """What must be known before a figure is used, then what each sheet holds."""
    book.write(README, _rows(book, facts))


def read_me_size() -> int:
    """How many rows it has."""
    return len(ABOUT) + len(HOW_TO_READ) + len(PLANS)


ABOUT = (
    "Exercise",
    "Organisation",
    "What it is",
    "Edition",
    "Prices",
    "Years",
    "Marking",
    "Notice",
    "All figures agree",
)


def marking_of(facts: Facts) -> str:
    """The marking of the whole case: a workbook of lines may hold anything of it."""
    return in_words(facts.findings.case, [facts.findings.case.marking])


def _rows(book: Book, facts: Facts) -> Iterator[dict[str, Cell]]:
    exercise, edition = facts.case.exercise, facts.case.edition
    first, last = facts.years[0], facts.years[-1]
    agrees = book[CHECK].down("agrees")
    words: tuple[Cell, ...] = (
        f"{exercise.code}: {exercise.title}",
        exercise.organisation,
        "The appraisal of the options as a workbook with live formulas, for whoever audits its figures.",
        f"{edition.title} ({edition.name}): {edition.source}. {edition.note}",
        f"Real, in prices of {write_year(exercise.price_year)}; Plan and Affordability in cash of each year.",
        f"{first} to {last}, discounted to {first}.",
        marking_of(facts),
        exercise.notice or "None.",
        Formula(f'=IF(COUNTIF({agrees},"no")=0,"yes","no: see the sheet Check")'),
    )
    for about, told in (*zip(ABOUT, words, strict=True), *HOW_TO_READ):
        yield {"about": about, "words": told}
    for plan in PLANS:
        yield {"about": f"Sheet {plan.sheet}", "words": plan.meaning}
