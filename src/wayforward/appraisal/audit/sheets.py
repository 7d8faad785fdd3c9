"""All the sheets of the workbook in their order: what it is, what was entered, each step, what follows."""

from wayforward.appraisal.audit.plan import ABOUT, BY_ROW, CHECK, README, Column, Plan, told
from wayforward.appraisal.audit.sheets_entered import ENTERED_SHEETS
from wayforward.appraisal.audit.sheets_found import FOUND_SHEETS
from wayforward.appraisal.audit.sheets_steps import STEP_SHEETS

PLANS = (
    Plan(
        README,
        "What this workbook is, and how to audit it.",
        (told("about", "About", width=30), told("words", "What it says", "words", 110)),
        group=ABOUT,
    ),
    Plan(
        CHECK,
        "Each figure of the product beside this workbook's own; the difference must be 0.00.",
        (
            told("key", "Finding", width=26),
            told("figure", "Figure", width=44),
            told("of", "Of", width=56),
            told("given", "As the product gives it", BY_ROW),
            Column("found", "As this workbook finds it", BY_ROW),
            Column("apart", "Difference", BY_ROW),
            Column("agrees", "Result", width=12),
            told("within", "Agrees within", "exact"),
        ),
        frozen=3,
        group=ABOUT,
    ),
    *ENTERED_SHEETS,
    *STEP_SHEETS,
    *FOUND_SHEETS,
)
