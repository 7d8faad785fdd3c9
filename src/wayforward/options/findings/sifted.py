"""The framework-filter: how each choice of the longlist meets the success factors, beside what became of it."""

from collections.abc import Sequence

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import framework_filter as method
from wayforward.options.models import (
    LONGLIST_DIMENSIONS,
    MEETS,
    VERDICTS,
    ChoiceFactor,
    LonglistChoice,
    SuccessFactor,
)

DIMENSIONS = dict(LONGLIST_DIMENSIONS)
MARKS = dict(MEETS)
WORDS = dict(VERDICTS)


@finding(
    "options.filter",
    title="The framework-filter: choices against the success factors",
    question="How does each choice of the longlist meet the success factors, and what became of it?",
    method="framework_filter",
    reads=(LonglistChoice, SuccessFactor, ChoiceFactor),
)
def framework_filter(case: Reading) -> Result:
    """A row for each choice and factor, and one for the verdict; what nobody judged is not known."""
    found, factors = in_dimensions(case.rows(LonglistChoice)), case.rows(SuccessFactor)
    cells = {(cell.choice.code, cell.factor.code): cell for cell in case.rows(ChoiceFactor)}
    sifted = method.sift([_choice(one, factors, cells) for one in found], [f.code for f in factors])
    rows = [row for one in found for row in _rows(one, factors, cells)]
    return Result(
        headline=_headline(found, sifted, any(cell.meets for cell in cells.values())),
        columns=(
            Column("dimension", "Dimension"),
            Column("choice", "Choice", refers="longlist_choice"),
            Column("factor", "Critical success factor"),
            Column("meets", "Meets it", "words"),
            Column("reason", "Why"),
            Column("factor_code", "Code of the factor", detail=True),
        ),
        rows=tuple(rows),
        value_column="meets",
        pivot=("choice", "factor", "meets"),
        used=given(found, "verdict", "reason") + given(cells.values(), "meets", "reason"),
        warnings=_warnings(found, sifted),
        waiting=_waiting(found, factors, cells, sifted),
    )


VERDICT = "Verdict"


def in_dimensions(choices: Sequence[LonglistChoice]) -> list[LonglistChoice]:
    """Choices by dimension, in the order of the filter."""
    order = list(DIMENSIONS)
    return sorted(choices, key=lambda row: (order.index(row.dimension), row.code))


Cells = dict[tuple[str, str], ChoiceFactor]


def _choice(one: LonglistChoice, factors: Sequence[SuccessFactor], cells: Cells) -> method.Choice:
    keys = ((factor.code, (one.code, factor.code)) for factor in factors)
    meets = {code: cells[key].meets for code, key in keys if key in cells}
    return method.Choice(one.code, one.dimension, one.verdict, meets)


def _rows(one: LonglistChoice, factors: Sequence[SuccessFactor], cells: Cells) -> list[Row]:
    named = {"dimension": DIMENSIONS[one.dimension], "choice": one.code}
    rows: list[Row] = []
    for factor in factors:
        cell = cells.get((one.code, factor.code))
        rows.append(
            {
                **named,
                "factor": factor.name,
                "factor_code": factor.code,
                "meets": MARKS[cell.meets] if cell and cell.meets else None,
                "reason": (cell.reason or None) if cell else None,
            }
        )
    verdict = WORDS[one.verdict] if one.verdict else None
    return [
        *rows,
        {**named, "factor": VERDICT, "factor_code": "", "meets": verdict, "reason": one.reason or None},
    ]


def _headline(found: Sequence[LonglistChoice], sifted: method.Filtered, judged: bool) -> str:
    if not found:
        return "No choice has been put through the filter yet"
    if not judged:
        return f"How {show.count(len(found), 'choice')} of the longlist would meet the success factors is not known yet"
    onward = [one for one in sifted.choices if method.taken(one.verdict)]
    every = sum(not (one.partly or one.fails or one.to_judge) for one in onward)
    failing = sum(bool(one.fails) for one in onward)
    told = (
        f"Of {show.count(len(onward), 'choice')} taken forward, {every or 'none'} "
        f"{'meets' if every == 1 else 'meet'} every success factor"
    )
    return f"{told} and {failing} {'fails' if failing == 1 else 'fail'} at least one" if failing else told


def _warnings(found: Sequence[LonglistChoice], sifted: method.Filtered) -> tuple[str, ...]:
    names = {one.code: one.name for one in found}
    return (
        *(f"“{names[one.code]}” is {one.at_odds}." for one in sifted.choices if one.at_odds),
        *(f"{DIMENSIONS[d]} has more than one preferred way forward." for d in sifted.several_preferred),
        *(
            f"{DIMENSIONS[d]} has no choice left: no option can be made of these."
            for d in sifted.nothing_taken
        ),
    )


def _waiting(
    found: Sequence[LonglistChoice],
    factors: Sequence[SuccessFactor],
    cells: Cells,
    sifted: method.Filtered,
) -> tuple[str, ...]:
    lacking = [
        words
        for words, have in (("the longlist of choices", found), ("the critical success factors", factors))
        if not have
    ]
    names = {factor.code: factor.name for factor in factors}
    for one, through in zip(found, sifted.choices, strict=True):
        if not one.verdict:
            lacking.append(f"what becomes of “{one.name}”")
        elif not one.reason:
            lacking.append(f"why “{one.name}” was so judged")
        if through.to_judge:
            lacking.append(f"how “{one.name}” meets {_named(through.to_judge, names)}")
        bare = [
            code for code in (*through.partly, *through.fails) if not cells[one.code, code].reason.strip()
        ]
        if bare:
            lacking.append(f"why “{one.name}” does not meet {_named(bare, names)} in full")
    return tuple(lacking)


def _named(codes: Sequence[str], names: dict[str, str]) -> str:
    if len(codes) == len(names) > 1:
        return f"any of the {len(names)} success factors"
    return show.listed([f"“{names[code]}”" for code in codes])
