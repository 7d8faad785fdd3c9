"""Which choices can stand together, and of which choices each option is made."""

from collections.abc import Sequence
from contextlib import suppress

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given, used
from wayforward.methods import consistency as method
from wayforward.methods import framework_filter
from wayforward.options.findings.designs import OPTION, USUAL, in_order
from wayforward.options.findings.sifted import DIMENSIONS, in_dimensions
from wayforward.options.models import ChoiceConflict, LonglistChoice, Option, OptionChoice

DISCOUNTED = "discounted"


@finding(
    "options.consistency",
    title="Combinations of choices that can stand together",
    question="How many options could be made of the choices taken forward, and what rules most of them out?",
    method="consistency",
    unit="combinations",
    reads=(LonglistChoice, ChoiceConflict),
)
def consistency(case: Reading) -> Result:
    """Every conflict of two choices taken forward, the one that strikes most combinations first."""
    choices = case.rows(LonglistChoice)
    carried = taken_forward(choices)
    conflicts = _between(case.rows(ChoiceConflict), {code for own in carried.values() for code in own})
    waiting = _waiting(choices, carried, case.rows(ChoiceConflict))
    found = None
    with suppress(ValueError):  # more combinations than can be counted: the warning says so
        found = method.combinations(carried, [(c.first.code, c.second.code) for c in conflicts])
    known = found is not None and not waiting
    return Result(
        headline=_headline(found, len(conflicts), waiting),
        columns=(
            Column("conflict", "Conflict", refers="choice_conflict", detail=True),
            Column("first", "Choice", refers="longlist_choice"),
            Column("second", "Can't stand with", refers="longlist_choice"),
            Column("reason", "Why"),
            Column("strikes", "Strikes", "combinations"),
            Column("alone", "Strikes alone", "combinations"),
        ),
        rows=_conflict_rows(conflicts, found),
        value=found.left if known and found else None,
        value_column="strikes",
        used=used(conflicts, "first", "second")
        + given([c for c in choices if framework_filter.taken(c.verdict)], "verdict"),
        parameters={"possible": found.possible} if known and found else {},
        warnings=_nowhere(choices, found) if known else _too_many(found, waiting),
        waiting=waiting,
    )


def taken_forward(choices: Sequence[LonglistChoice]) -> dict[str, list[str]]:
    """By dimension that the longlist holds, the choices carried forward or preferred."""
    found: dict[str, list[str]] = {}
    for choice in in_dimensions(choices):
        own = found.setdefault(choice.dimension, [])
        if framework_filter.taken(choice.verdict):
            own.append(choice.code)
    return found


def _between(conflicts: Sequence[ChoiceConflict], carried: set[str]) -> list[ChoiceConflict]:
    """Conflicts of two choices taken forward, each pair once."""
    pairs: dict[frozenset[str], ChoiceConflict] = {}
    for one in conflicts:
        pair = frozenset((one.first.code, one.second.code))
        if len(pair) == 2 and pair <= carried:
            pairs.setdefault(pair, one)
    return list(pairs.values())


def _conflict_rows(conflicts: Sequence[ChoiceConflict], found: method.Consistency | None) -> tuple[Row, ...]:
    strikes = found.strikes if found else [None] * len(conflicts)
    rows: list[Row] = [
        {
            "conflict": conflict.code,
            "first": conflict.first.code,
            "second": conflict.second.code,
            "reason": conflict.reason,
            "strikes": strike.strikes if strike else None,
            "alone": strike.alone if strike else None,
        }
        for conflict, strike in zip(conflicts, strikes, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-float(row["strikes"] or 0), str(row["conflict"]))))


def _waiting(
    choices: Sequence[LonglistChoice],
    carried: dict[str, list[str]],
    conflicts: Sequence[ChoiceConflict],
) -> tuple[str, ...]:
    if not choices:
        return ("the longlist of choices",)
    lacking = [f"what becomes of “{choice.name}”" for choice in choices if not choice.verdict]
    lacking += [f"a choice taken forward in {DIMENSIONS[d].lower()}" for d, own in carried.items() if not own]
    return (*lacking, *(() if conflicts else ("which choices can't stand together in one option",)))


def _nowhere(choices: Sequence[LonglistChoice], found: method.Consistency | None) -> tuple[str, ...]:
    stands = found.stands_in if found else {}
    return tuple(
        f"“{choice.name}” is taken forward and stands in no consistent combination."
        for choice in choices
        if stands.get(choice.code) == 0
    )


def _too_many(found: method.Consistency | None, waiting: Sequence[str]) -> tuple[str, ...]:
    if found is not None or waiting:
        return ()
    return (f"There are more combinations than are counted ({method.MOST:,}): discount choices first.",)


def _headline(found: method.Consistency | None, conflicts: int, waiting: Sequence[str]) -> str:
    if found is None or not found.possible:
        return "Which choices could stand together in one option is not known yet"
    told = f"{show.count(found.possible, 'combination')} of the choices taken forward"
    if waiting:
        return f"{told} {_are(found.possible)} possible; how many are consistent is not known yet"
    after = show.count(conflicts, "conflict")
    left = f"{found.left:,}" if found.left else "none"
    return f"Of {told}, {left} {_are(found.left or 1)} left after {after}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


@finding(
    "options.combinations",
    title="The choices that each option is made of",
    question="Of which choices is each option made, and can they stand together?",
    method="consistency",
    reads=(Option, OptionChoice, LonglistChoice, ChoiceConflict),
)
def combinations(case: Reading) -> Result:
    """Each option by dimension, with the choices it is made of and what clashes with any of them."""
    found, made = in_order(case.rows(Option)), case.rows(OptionChoice)
    choices, names = _by_dimension(case), {c.code: c.name for c in case.rows(LonglistChoice)}
    conflicts = {(c.first.code, c.second.code): c for c in case.rows(ChoiceConflict)}
    own = {
        option.code: [row.choice.code for row in made if row.option.code == option.code] for option in found
    }
    held = {code: method.combination(set(codes), choices, list(conflicts)) for code, codes in own.items()}
    rows: list[Row] = [
        {
            "option": option.code,
            "dimension": DIMENSIONS[dimension],
            "choices": show.listed([names[c] for c in choices[dimension] if c in own[option.code]]) or None,
            "clash": _clash(dimension, choices, held[option.code].clashes, names),
        }
        for option in found
        if own[option.code]
        for dimension in choices
    ]
    return Result(
        headline=_made_headline(found, own, held),
        columns=(
            OPTION,
            Column("dimension", "Dimension"),
            Column("choices", "Made of", "words"),
            Column("clash", "What it can't stand with", "words"),
        ),
        rows=tuple(rows),
        value_column="choices",
        pivot=("dimension", "option", "choices"),
        used=used(made, "choice") + used([c for p, c in conflicts.items() if _strikes(p, held)]),
        warnings=_made_warnings(found, made, held, names),
        waiting=_made_waiting(found, own, held),
    )


Held = dict[str, method.Combination]


def _strikes(pair: method.Conflict, held: Held) -> bool:
    return any(pair in one.clashes for one in held.values())


def _by_dimension(case: Reading) -> dict[str, list[str]]:
    """Every choice of the longlist by dimension, discounted ones too: an option may be made of one."""
    found: dict[str, list[str]] = {}
    for choice in in_dimensions(case.rows(LonglistChoice)):
        found.setdefault(choice.dimension, []).append(choice.code)
    return found


def _clash(
    dimension: str,
    choices: dict[str, list[str]],
    clashes: Sequence[method.Conflict],
    names: dict[str, str],
) -> str:
    """What choices of one dimension clash with, '' for nothing."""
    here = choices[dimension]
    against = [b if a in here else a for a, b in clashes if a in here or b in here]
    return show.listed([f"“{names[code]}”" for code in dict.fromkeys(against)])


def _made_headline(found: Sequence[Option], own: dict[str, list[str]], held: Held) -> str:
    made = [option for option in found if own[option.code]]
    if not made:
        return "Of which choices the options are made is not known yet"
    clashing = [option.short_name for option in made if held[option.code].clashes]
    if clashing:
        return f"{show.listed(clashing)} {'holds' if len(clashing) == 1 else 'hold'} choices that can't stand together"
    return f"No conflict is known among the choices of {show.count(len(made), 'option')}"


def _made_warnings(
    found: Sequence[Option], made: Sequence[OptionChoice], held: Held, names: dict[str, str]
) -> tuple[str, ...]:
    told = []
    for option in found:
        one = held[option.code]
        told += [
            f"{option.short_name} holds “{names[a]}” and “{names[b]}”, which can't stand together."
            for a, b in one.clashes
        ]
        if one.repeats:
            dimensions = show.listed([DIMENSIONS[d].lower() for d in one.repeats])
            told.append(f"{option.short_name} holds several choices of {dimensions}.")
    told += [
        f"{row.option.short_name} is made of “{row.choice.name}”, which was discounted."
        for row in made
        if row.choice.verdict == DISCOUNTED
    ]
    return tuple(told)


def _made_waiting(found: Sequence[Option], own: dict[str, list[str]], held: Held) -> tuple[str, ...]:
    if not found:
        return ("the options, with the choices that each is made of",)
    lacking = []
    for option in found:
        if option.option_kind == USUAL and not own[option.code]:
            continue  # what goes on as it is was not chosen
        if not own[option.code]:
            lacking.append(f"the choices that {option.short_name} is made of")
        elif held[option.code].lacks:
            dimensions = show.listed([DIMENSIONS[d].lower() for d in held[option.code].lacks])
            lacking.append(f"the choice of {dimensions} for {option.short_name}")
    return tuple(lacking)
