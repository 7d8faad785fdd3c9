"""Which options fail an imperative and so are not ranked, and how good the evidence for the verdicts is."""

from collections.abc import Iterable, Sequence

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.options.findings.designs import OPTION, in_order
from wayforward.options.models import FactorVerdict, Option, SuccessFactor


def barred(verdicts: Iterable[FactorVerdict]) -> dict[str, list[FactorVerdict]]:
    """By option that fails an imperative, what was found of each: such an option is not ranked."""
    found: dict[str, list[FactorVerdict]] = {}
    for row in verdicts:
        if row.factor.imperative and row.passes is False:
            found.setdefault(row.option.code, []).append(row)
    return found


def factors_failed(verdicts: Iterable[FactorVerdict]) -> str:
    """The imperatives by name and kind: 'Strategic fit (strategic)'."""
    return show.listed([f"{row.factor.name} ({row.factor.imperative})" for row in verdicts])


@finding(
    "options.success",
    title="Options that pass, and options that an imperative bars",
    question="Which options fail a strategic, operational or financial imperative, and on what evidence?",
    method="grades",
    reads=(Option, SuccessFactor, FactorVerdict),
)
def success(case: Reading) -> Result:
    """By option: factors passed, failed and not judged, the imperatives failed, and the evidence behind them."""
    found, factors = in_order(case.rows(Option)), case.rows(SuccessFactor)
    verdicts = case.rows(FactorVerdict)
    by_option = {o.code: [v for v in verdicts if v.option.code == o.code] for o in found}
    rows = [_row(case, option, factors, by_option[option.code]) for option in found] if factors else []
    imperatives = [factor for factor in factors if factor.imperative]
    return Result(
        headline=_headline(rows, found, imperatives),
        columns=(
            OPTION,
            Column("passes", "Passes", "factors"),
            Column("fails", "Fails", "factors"),
            Column("unknown", "Not judged", "factors"),
            Column("fails_which", "Fails which", "words"),
            Column("imperatives_failed", "Imperatives failed", "words"),
            Column("may_rank", "May be ranked", "yes or no"),
            Column("grade", "Worst grade of evidence", "grade"),
            Column("bare", "Verdicts without evidence", "factors"),
        ),
        rows=tuple(rows),
        value_column="may_rank",
        used=given(verdicts, "passes"),
        warnings=()
        if imperatives or not factors
        else ("No success factor is marked as an imperative, so failing one bars no option.",),
        waiting=_waiting(found, factors, imperatives, by_option),
    )


def _row(
    case: Reading, option: Option, factors: Sequence[SuccessFactor], own: Sequence[FactorVerdict]
) -> Row:
    known = [verdict for verdict in own if verdict.passes is not None]
    failed = [verdict.factor for verdict in known if verdict.passes is False]
    unsettled = _unsettled(factors, own)
    barring = barred(own).get(option.code, [])
    grades = [case.grade(verdict, "passes") for verdict in known]
    graded = [grade for grade in grades if grade is not None]
    return {
        "option": option.code,
        "passes": len(known) - len(failed) if known else None,
        "fails": len(failed) if known else None,
        "unknown": len(factors) - len(known),
        "fails_which": show.listed([factor.name for factor in failed]) if known else None,
        "imperatives_failed": factors_failed(barring) if barring or not unsettled else None,
        "may_rank": False if barring else None if unsettled else True,
        "grade": max(graded) if graded else "" if known else None,
        "bare": len(grades) - len(graded) if known else None,
    }


def _unsettled(factors: Sequence[SuccessFactor], own: Sequence[FactorVerdict]) -> list[SuccessFactor]:
    """The imperatives that nobody has judged yet."""
    judged = {verdict.factor.code for verdict in own if verdict.passes is not None}
    return [factor for factor in factors if factor.imperative and factor.code not in judged]


def _headline(rows: Sequence[Row], found: Sequence[Option], imperatives: Sequence[SuccessFactor]) -> str:
    names = {option.code: option.short_name for option in found}
    if not any(row["passes"] is not None for row in rows):
        return "Which options would fail an imperative is not known yet"
    if not imperatives:
        return "No success factor is marked as an imperative: failing one bars no option"
    failing = [names[str(row["option"])] for row in rows if row["may_rank"] is False]
    open_yet = sum(row["may_rank"] is None for row in rows)
    told = (
        f"{show.listed(failing)} {'fails' if len(failing) == 1 else 'fail'} an imperative and may not be ranked"
        if failing
        else "No option is known to fail an imperative"
    )
    return f"{told}; of {show.count(open_yet, 'option')} it is not known" if open_yet else told


def _waiting(
    found: Sequence[Option],
    factors: Sequence[SuccessFactor],
    imperatives: Sequence[SuccessFactor],
    by_option: dict[str, list[FactorVerdict]],
) -> tuple[str, ...]:
    lacking = [
        words
        for words, have in (("the options", found), ("the critical success factors", factors))
        if not have
    ]
    if factors and not imperatives:
        lacking.append("which success factors are strategic, operational or financial imperatives")
    for option in found:
        unsettled = _unsettled(factors, by_option[option.code])
        if unsettled:
            told = show.listed([f"“{factor.name}”" for factor in unsettled])
            lacking.append(f"whether {option.short_name} passes {told}")
    return tuple(lacking)
