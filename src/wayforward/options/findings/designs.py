"""The options themselves, and how they pass the tests that any option must pass."""

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.options.models import OPTION_KINDS, FactorVerdict, Option, SuccessFactor

OPTION = Column("option", "Option", refers="option")
USUAL = "business as usual"
KINDS = dict(OPTION_KINDS)


def in_order(options: list[Option]) -> list[Option]:
    """Options in the order that the report keeps everywhere."""
    return sorted(options, key=lambda option: (option.order, option.code))


@finding(
    "options.list",
    title="The options",
    question="What are the ways forward that are compared?",
    method="listing",
    reads=(Option,),
)
def options(case: Reading) -> Result:
    """Every option in the order of the report."""
    found = in_order(case.rows(Option))
    usual = any(option.option_kind == USUAL for option in found)
    return Result(
        headline=_list_headline(found, usual),
        columns=(
            OPTION,
            Column("name", "Name"),
            Column("kind", "Kind"),
            Column("summary", "What it is"),
        ),
        rows=tuple(
            {
                "option": option.code,
                "name": option.name,
                "kind": KINDS[option.option_kind],
                "summary": option.summary or None,
            }
            for option in found
        ),
        value_column="summary",
        used=given(found, "summary"),
        waiting=(
            *(f"what {option.short_name} is, in words" for option in found if not option.summary),
            *(() if usual else ("an option of kind business as usual",)),
        ),
    )


def _list_headline(found: list[Option], usual: bool) -> str:
    if not found:
        return "No option has been designed yet"
    told = f"{show.count(len(found), 'option')} {'is' if len(found) == 1 else 'are'} described"
    return (
        f"{told}, business as usual among them"
        if usual
        else f"{told}, and business as usual is not among them"
    )


@finding(
    "options.factors",
    title="Options against the critical success factors",
    question="Which options pass every test that any option must pass?",
    method="listing",
    reads=(Option, SuccessFactor, FactorVerdict),
)
def factors(case: Reading) -> Result:
    """Every option against every factor; a verdict that nobody has given is not known."""
    found, tests = in_order(case.rows(Option)), case.rows(SuccessFactor)
    verdicts = {(row.option.code, row.factor.code): row for row in case.rows(FactorVerdict)}
    rows: list[Row] = []
    for option in found:
        for factor in tests:
            verdict = verdicts.get((option.code, factor.code))
            rows.append(
                {
                    "option": option.code,
                    "factor": factor.code,
                    "passes": verdict.passes if verdict else None,
                    "reason": (verdict.reason or None) if verdict else None,
                    "imperative": factor.imperative,
                    "grade": _grade(case, verdict),
                }
            )
    return Result(
        headline=_factors_headline(rows, found),
        columns=(
            OPTION,
            Column("factor", "Critical success factor", refers="success_factor"),
            Column("passes", "Passes", "yes or no"),
            Column("reason", "Why"),
            Column("imperative", "Imperative", "words"),
            Column("grade", "Grade of evidence", "grade"),
        ),
        rows=tuple(rows),
        value_column="passes",
        pivot=("factor", "option", "passes"),
        used=given(verdicts.values(), "passes"),
        waiting=_factors_waiting(rows, found, tests),
    )


def _grade(case: Reading, verdict: FactorVerdict | None) -> int | str | None:
    """The grade of what a verdict rests on; '' where it rests on no evidence, None where there is no verdict."""
    if verdict is None or verdict.passes is None:
        return None
    return case.grade(verdict, "passes") or ""


def _factors_waiting(rows: list[Row], found: list[Option], tests: list[SuccessFactor]) -> tuple[str, ...]:
    if not found or not tests:
        return tuple(
            words
            for words, have in (("the options", found), ("the critical success factors", tests))
            if not have
        )
    names = {test.code: test.name for test in tests}
    lacking = []
    for option in found:
        bare = [row for row in rows if row["option"] == option.code and row["passes"] is None]
        if bare:
            told = show.listed([f"“{names[str(row['factor'])]}”" for row in bare])
            lacking.append(f"whether {option.short_name} passes {told}")
    return tuple(lacking)


def _factors_headline(rows: list[Row], found: list[Option]) -> str:
    if not any(row["passes"] is not None for row in rows):
        return "Which options pass the critical success factors is not known yet"
    passing = [
        option
        for option in found
        if all(row["passes"] is True for row in rows if row["option"] == option.code)
    ]
    failing = {row["option"] for row in rows if row["passes"] is False}
    told = (
        f"{len(passing) or 'None'} of {show.count(len(found), 'option')} "
        f"{'passes' if len(passing) == 1 else 'pass'} every critical success factor"
    )
    fails = [option.short_name for option in found if option.code in failing]
    if not fails:
        return told
    return f"{told}; {show.listed(fails)} {'fails' if len(fails) == 1 else 'fail'} at least one"
