"""Who was asked, what they said, and what became of it. No group of fewer than ten is shown or deducible."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from wayforward.engagement.models import AUDIENCES, Engagement, EngagementResult, Theme, ThemeAnswer
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar
from wayforward.findings.provenance import given
from wayforward.methods import comparison
from wayforward.methods.totals import total
from wayforward.options.models import Option

FEWEST = 10
FEW = f"fewer than {FEWEST}"
WITHHELD = f"withheld: it would show a group of fewer than {FEWEST}"
NO_BASE = "withheld: how many answered is not known"
ROUNDED = Decimal("1.02")  # shares of one whole, each rounded, may add to a little over 1
SELF_SELECTED = (
    "Where people chose for themselves to take part there is no margin of error: the figures speak for those who "
    "answered, and for nobody else."
)
PEOPLE = {"public": "members of the public", "staff": "members of staff", "partners": "partners"}
ORDER = {value: place for place, (value, _) in enumerate(AUDIENCES)}
AUDIENCE = Column("audience", "Audience")
NOTE = Column("note", "Note")


def _note(people: int | None, whole: int | None) -> str:
    """Why a number of people can't be shown: they are few, or those left over are. '' where it can."""
    if people is None:
        return ""
    if people < FEWEST:
        return FEW
    return WITHHELD if whole is not None and 0 < whole - people < FEWEST else ""


@finding(
    "engagement.who",
    title="Who was asked and who answered",
    question="Whom do the views in this report speak for?",
    method="comparison",
    unit="people",
    reads=(Engagement,),
)
def who(case: Reading) -> Result:
    """Each engagement with its population, those invited and those who answered."""
    held = sorted(case.rows(Engagement), key=lambda row: (ORDER[row.audience], row.code))
    notes = {row.code: _note(row.answered, row.invited) or _note(row.invited, None) for row in held}
    answered = {row.code: None if notes[row.code] else row.answered for row in held}
    invited = {row.code: None if (row.invited or 0) < FEWEST else row.invited for row in held}
    rates = {row.name: row.rate for row in comparison.compare(answered, invited, per=1).rows}
    return Result(
        headline=_who_headline(held, answered),
        columns=(
            Column("engagement", "Engagement", refers="engagement"),
            Column("name", "Name"),
            AUDIENCE,
            Column("population", "Population"),
            Column("invited", "Invited", "people"),
            Column("answered", "Answered", "people"),
            Column("rate", "Share who answered", "fraction"),
            NOTE,
        ),
        rows=tuple(
            {
                "engagement": row.code,
                "name": row.name,
                "audience": row.audience,
                "population": row.population or None,
                "invited": invited[row.code],
                "answered": answered[row.code],
                "rate": rates[row.code],
                "note": notes[row.code],
            }
            for row in held
        ),
        value_column="answered",
        used=given(held, "invited", "answered"),
        warnings=(SELF_SELECTED,) if held else (),
        waiting=tuple(
            f"{lack} of {row.name}"
            for row in held
            for lack, value in (
                ("the population", row.population),
                ("how many were invited, of those", row.invited),
                ("how many answered, of those", row.answered),
            )
            if value in (None, "")
        )
        or (() if held else ("the engagements with staff and the public",)),
    )


def _who_headline(held: list[Engagement], answered: dict[str, int | None]) -> str:
    if not held:
        return "Nobody has been asked yet"
    told = []
    for audience, words in PEOPLE.items():
        shown = total({row.code: answered[row.code] for row in held if row.audience == audience})
        if shown.known:
            told.append(f"{shown.known:,.0f} {words}")
    if not told:
        return "How many people answered is not known yet"
    return f"Answers came from {show.listed(told)}"


@finding(
    "engagement.results",
    title="What people answered",
    question="What did those who were asked say?",
    method="listing",
    unit="fraction",
    reads=(Engagement, EngagementResult),
)
def results(case: Reading) -> Result:
    """The share that gave each answer, of a stated base; withheld where few could be told apart."""
    found = sorted(
        case.rows(EngagementResult),
        key=lambda row: (ORDER[row.engagement.audience], row.engagement.code, row.code),
    )
    notes = _result_notes(found)
    rows: list[Row] = [
        {
            "engagement": row.engagement.code,
            "audience": row.engagement.audience,
            "population": row.engagement.population or None,
            "question": row.question,
            "answer": row.answer,
            "share": None if row.share is None or notes[row.code] else float(row.share),
            "base": None if (row.base or 0) < FEWEST else row.base,
            "note": notes[row.code],
        }
        for row in found
    ]
    return Result(
        headline=_results_headline(rows),
        columns=(
            Column("engagement", "Engagement", refers="engagement"),
            AUDIENCE,
            Column("population", "Population", detail=True),
            Column("question", "Question"),
            Column("answer", "Answer"),
            Column("share", "Share", "fraction"),
            Column("base", "Of how many", "people"),
            NOTE,
        ),
        rows=tuple(rows),
        value_column="share",
        used=given(found, "share", "base"),
        warnings=(SELF_SELECTED,) if found else (),
        waiting=tuple(
            f"the answers to “{row.question}”: {lack}"
            for row in found
            for lack, value in (("a share", row.share), ("how many answered", row.base))
            if value is None
        )
        or (() if found else ("the results of the engagements",)),
    )


def _result_notes(found: Sequence[EngagementResult]) -> dict[str, str]:
    """Why a share can't be shown, by code of the result; '' where it can."""
    questions: defaultdict[tuple[str, str], list[EngagementResult]] = defaultdict(list)
    for row in found:
        questions[row.engagement.code, row.question].append(row)
    notes: dict[str, str] = {}
    for answers in questions.values():
        notes.update(_question_notes(answers))
    return notes


def _question_notes(answers: list[EngagementResult]) -> dict[str, str]:
    """Hide small groups, then the smallest others until those hidden together are no small group either."""
    known = [r for r in answers if r.share is not None and r.base is not None]
    people = {r.code: round((r.share or 0) * (r.base or 0)) for r in known}
    notes = {r.code: NO_BASE if r.share is not None and r.base is None else "" for r in answers}
    notes.update({r.code: _note(people[r.code], r.base) for r in answers if r.code in people})
    whole = sum(r.share or 0 for r in known)
    if len({r.base for r in answers}) != 1 or len(known) < len(answers) or whole > ROUNDED:
        return notes  # answers that are not shares of one whole give nothing away together
    unlisted = max(round((1 - whole) * (known[0].base or 0)), 0)
    shown = sorted((people[code], code) for code in people if not notes[code])
    hidden = unlisted + sum(people[code] for code in people if notes[code])
    while 0 < hidden < FEWEST and shown:
        more, code = shown.pop(0)
        notes[code] = WITHHELD
        hidden += more
    return notes


def _results_headline(rows: list[Row]) -> str:
    if not rows:
        return "No answers are known yet"
    shown = [row for row in rows if row["share"] is not None]
    if not shown:
        return "No answer can be shown yet"
    widest = max(shown, key=lambda row: float(row["share"] or 0))
    return (
        f"The answer most widely given is “{widest['answer']}” to “{widest['question']}”: "
        f"{show.percent(widest['share'])} of {show.number(widest['base'])} ({widest['audience']})"
    )


@finding(
    "engagement.themes",
    title="What people said, and which option answers it",
    question="What did people tell the exercise, and what became of it?",
    method="listing",
    unit="people",
    reads=(Engagement, Theme, ThemeAnswer, Option),
)
def themes(case: Reading) -> Result:
    """Each theme with how many said it, the options that it shaped, and how; or why none answers it."""
    found = sorted(
        case.rows(Theme),
        key=lambda row: (ORDER[row.engagement.audience], row.engagement.code, -(row.people or 0), row.code),
    )
    answers: defaultdict[str, list[ThemeAnswer]] = defaultdict(list)
    for answer in sorted(case.rows(ThemeAnswer), key=lambda row: (row.option.order, row.code)):
        answers[answer.theme.code].append(answer)
    rows = [_theme_row(theme, answers[theme.code]) for theme in found]
    return Result(
        headline=_themes_headline(rows),
        columns=(
            Column("theme", "Theme", refers="theme"),
            Column("name", "What they said"),
            AUDIENCE,
            Column("engagement", "Engagement", refers="engagement"),
            Column("population", "Population"),
            Column("people", "How many said it", "people"),
            Column("options", "Options it shaped"),
            Column("answer", "What became of it"),
            NOTE,
        ),
        rows=tuple(rows),
        value_column="people",
        used=given(found, "people"),
        warnings=(SELF_SELECTED,) if found else (),
        waiting=(
            *(f"how many said “{theme.name}”" for theme in found if theme.people is None),
            *(f"what becomes of “{row['name']}”" for row in rows if row["answer"] is None),
        )
        or (() if found else ("the themes that people raised",)),
    )


def _theme_row(theme: Theme, answers: list[ThemeAnswer]) -> dict[str, Scalar]:
    note = _note(theme.people, theme.engagement.answered)
    return {
        "theme": theme.code,
        "name": theme.name,
        "audience": theme.engagement.audience,
        "engagement": theme.engagement.code,
        "population": theme.engagement.population or None,
        "people": None if note else theme.people,
        "options": "; ".join(dict.fromkeys(answer.option.short_name for answer in answers)),
        "answer": " ".join(f"{a.option.short_name}: {a.how}" for a in answers) or theme.why_not or None,
        "note": note,
    }


def _themes_headline(rows: list[dict[str, Scalar]]) -> str:
    if not rows:
        return "What people said is not known yet"
    shaped = sum(bool(row["options"]) for row in rows)
    refused = sum(not row["options"] and row["answer"] is not None for row in rows)
    unsaid = len(rows) - shaped - refused
    rest = [
        f"{count} {'is' if count == 1 else 'are'} {words}"
        for count, words in ((refused, "declined with a reason"), (unsaid, "still without an answer"))
        if count
    ]
    told = f"{shaped or 'None'} of {show.count(len(rows), 'theme')} shaped an option"
    return f"{told}; {show.listed(rest)}" if rest else told
