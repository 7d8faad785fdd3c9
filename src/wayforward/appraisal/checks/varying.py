"""Rules of what varies: distributions that are possible, of things that can vary, and correlations that can hold."""

from collections.abc import Iterator

from wayforward.appraisal.checks.common import cell, counted, lines, years_of
from wayforward.appraisal.lines import counts
from wayforward.appraisal.models import (
    BenefitLine,
    Correlation,
    Enquiry,
    FailureCondition,
    Line,
    Uncertainty,
)
from wayforward.appraisal.varying import (
    DELAY,
    driver_of,
    fields_that_vary,
    spread_of,
    uncertainty_spread,
)
from wayforward.methods.correlation import matrix
from wayforward.methods.distributions import distribution
from wayforward.options.models import OptionPhase, OptionRisk
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once

DISCRETE, FIXED = "discrete", "fixed"
VARIES = ("cost_line", "benefit_line", "uncertainty", "option_risk", "option_phase")


@check
def line_has_a_possible_distribution(case: Case) -> Iterator[Wrong]:
    """Impossible probabilities, an uneven normal, a range of what is fixed."""
    for line in lines(case):
        if (line.low is not None and line.low > 1) or (line.high is not None and line.high < 1):
            continue  # told as a range without its likely figure
        if reason := impossible(line):
            field = "outcomes" if line.distribution == DISCRETE else "distribution"
            yield Wrong(line, field, cell(line, field), reason)


@check
def outcomes_belong_to_what_is_discrete(case: Case) -> Iterator[Wrong]:
    rows: list[Line | Uncertainty] = [*lines(case), *case.rows(Uncertainty)]
    for row in rows:
        if row.outcomes and row.distribution != DISCRETE:
            yield Wrong(row, "outcomes", cell(row, "outcomes"), f"blank, or {DISCRETE} in distribution")


@check
def multipliers_are_not_below_nought(case: Case) -> Iterator[Wrong]:
    for line in lines(case):
        if any(float(value) < 0 for value, _ in line.outcomes or []):
            yield Wrong(line, "outcomes", cell(line, "outcomes"), "multipliers of 0 or more")


@check
def what_is_uncertain_can_vary(case: Case) -> Iterator[Wrong]:
    """A phase varies by its delay, a benefit line by an effect that it states."""
    yield from once(case.rows(Uncertainty), "about", "field")
    for row in case.rows(Uncertainty):
        record = case.get(row.about)
        if not isinstance(record, OptionPhase | BenefitLine):
            yield Wrong(row, "about", row.about, "an option phase or a benefit line, as kind:CODE")
            continue
        fields = (DELAY,) if isinstance(record, OptionPhase) else fields_that_vary(record)
        if row.field not in fields:
            yield Wrong(row, "field", row.field, f"what can vary of {row.about}: {', '.join(fields)}")
        elif stated(case, row) is None:
            yield Wrong(row, "field", row.field, f"a field that {row.about} states; this one is blank there")


@check
def uncertainty_has_a_possible_distribution(case: Case) -> Iterator[Wrong]:
    for row in case.rows(Uncertainty):
        now = stated(case, row)
        if now is None:
            continue  # told as something that can't vary
        try:
            uncertainty_spread(row, now)
        except ValueError as error:
            field = "outcomes" if row.distribution == DISCRETE else "distribution"
            yield Wrong(row, field, cell(row, field), told(error, row.reference))


@check
def likely_is_what_the_line_states(case: Case) -> Iterator[Wrong]:
    """The line's own field is the value in use; a likely value beside it would be a second one."""
    for row in case.rows(Uncertainty):
        value = stated(case, row)
        if row.field == DELAY or value is None or row.likely is None or float(row.likely) == value:
            continue
        allowed = f"blank, or {value:g} as {row.about} states in {row.field}"
        yield Wrong(row, "likely", cell(row, "likely"), allowed)


@check
def correlated_things_vary_apart(case: Case) -> Iterator[Wrong]:
    """Both of a pair vary, each by itself; lines of one driver move as one already; a pair is given once."""
    known, told_of = movers(case), dict[frozenset[str], Correlation]()
    for row in case.rows(Correlation):
        for field in ("first", "second"):
            if getattr(row, field) not in known:
                allowed = "a line or an uncertainty that varies, as kind:CODE; this one does not"
                yield Wrong(row, field, getattr(row, field), allowed)
        if row.first not in known or row.second not in known:
            continue
        pair = frozenset((known[row.first], known[row.second]))
        earlier = told_of.setdefault(pair, row)
        if len(pair) == 1:
            yield Wrong(
                row, "second", row.second, f"one that does not move with {row.first} already, as one with it"
            )
        elif earlier is not row:
            yield Wrong(
                row, "second", row.second, f"a pair that {earlier.code} does not give: keep one of the two"
            )


@check
def correlations_can_all_hold(case: Case) -> Iterator[Wrong]:
    known = movers(case)
    pairs: dict[tuple[str, str], float] = {}
    rows = []
    for row in case.rows(Correlation):
        first, second = known.get(row.first, ""), known.get(row.second, "")
        if (
            first
            and second
            and first != second
            and row.rank_correlation is not None
            and (second, first) not in pairs
        ):
            pairs.setdefault((first, second), float(row.rank_correlation))
            rows.append(row)
    try:
        matrix(sorted({name for pair in pairs for name in pair}), pairs)
    except ValueError as error:
        yield Wrong(rows[-1], "rank_correlation", cell(rows[-1], "rank_correlation"), str(error))


@check
def enquiries_settle_something(case: Case) -> Iterator[Wrong]:
    for row in case.rows(Enquiry):
        if row.about.partition(":")[0] not in VARIES:
            allowed = (
                "what it would settle: a line, an uncertainty, a risk or a phase of an option, as kind:CODE"
            )
            yield Wrong(row, "about", row.about, allowed)


@check
def a_limit_is_explained_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(FailureCondition), "option", "threshold")


def impossible(line: Line) -> str:
    """Why a line's distribution can't be; '' where it can."""
    low, high = (None if end is None else float(end) for end in (line.low, line.high))
    try:
        spread = spread_of(line)
        if line.distribution == FIXED:
            distribution(FIXED, low, 1.0, high, what=line.reference)
        if line.distribution == DISCRETE and spread is not None:
            distribution(DISCRETE, low, None, high, spread.outcomes, line.reference)
    except ValueError as error:
        return told(error, line.reference)
    return ""


def told(error: ValueError, reference: str) -> str:
    """What is wrong with a distribution, without the name of its record: the row says that."""
    return f"one that is possible: {str(error).removeprefix(f'{reference}: ')}"


def stated(case: Case, row: Uncertainty) -> float | None:
    """What the record says of the field that varies, None where it can't or is blank; a phase is not late."""
    record = case.get(row.about)
    if isinstance(record, OptionPhase) and row.field == DELAY:
        return float(record.delay_months or 0)
    if isinstance(record, BenefitLine) and row.field in fields_that_vary(record):
        value = getattr(record, row.field)
        return None if value is None else float(value)
    return None


def movers(case: Case) -> dict[str, str]:
    """What varies, by reference, with the name of what moves it; an uncertainty also moves what it is about."""
    varied = [row for row in case.rows(Uncertainty) if row.distribution != FIXED]
    found = {name: row.reference for row in varied for name in (row.reference, row.about)}
    for line in lines(case):
        if counted(line) and not impossible(line) and spread_of(line) is not None:
            found[line.reference] = driver_of(line)
    for risk in case.rows(OptionRisk):
        if counts(risk, years_of(case)) and risk.probability < 1:
            found[risk.reference] = f"risk:{risk.name}"
    return found
