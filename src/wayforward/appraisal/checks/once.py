"""Rules that count each pound once: savings that look alike, ramps and reach applied twice, costs that are sunk."""

from collections.abc import Callable, Iterator

from wayforward.appraisal.checks.common import (
    SUNK,
    UNMONETISED,
    USUAL,
    cell,
    in_pairs,
    of_one_option,
    yearly,
    years_of,
)
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.methods import twice
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check
from wayforward.records.fields import read_year

NAMES = ("service", "outcome", "beneficiary")
REACHES = ("reach", "take_up")
SAME = 1e-4  # amounts in whole pounds may differ by a rounding


@check
def saving_in_the_plan_belongs_to_usual(case: Case) -> Iterator[Wrong]:
    """A saving that the plan counts already would be counted twice in an option."""
    for line in case.rows(BenefitLine):
        if line.in_plan and line.option.option_kind not in (USUAL, ""):
            allowed = f"no: a saving that is in the plan belongs to {USUAL}, or it is counted twice"
            yield Wrong(line, "in_plan", "yes", allowed)


@check
def saving_of_the_plan_is_not_claimed_again(case: Case) -> Iterator[Wrong]:
    """A line that looks like one of the plan is that one, whatever it says of itself, until a person says more."""
    planned = [line for line in case.rows(BenefitLine) if line.in_plan and line.option.option_kind == USUAL]
    for line in case.rows(BenefitLine):
        if line.in_plan or line.option.option_kind == USUAL:
            continue
        for other in planned:
            alike = other.benefit_kind == line.benefit_kind and maybe_one(case, line, other)
            if alike and not said(case, other, line):
                allowed = (
                    f"how this saving differs from {other.code}, which the financial plan counts already: it "
                    "agrees in service, kind and all else that both name; or no such line"
                )
                yield Wrong(line, "differs", "nothing", allowed)


@check
def same_minutes_come_from_one_practice(case: Case) -> Iterator[Wrong]:
    """The same hours of one service, year by year, from two practices, whatever outcome each is said to serve."""
    for first, second in in_pairs(case):
        both = first.hours and second.hours and "service" in shared(first, second)
        apart = first.practice and second.practice and first.practice != second.practice
        if not (both and apart) or first.benefit_kind != second.benefit_kind or said(case, first, second):
            continue
        ratio = twice.proportion(*amounts_of(case, first, second))
        if ratio is not None and abs(ratio - 1) < SAME and shared(first, second) != NAMES:
            allowed = (
                f"how its hours differ from those of {first.code}{practices(first, second)}: the same service has "
                "the same amounts in every year; or one line for both"
            )
            yield Wrong(second, "differs", "nothing", allowed)


@check
def lines_that_look_like_one_pound_differ(case: Case) -> Iterator[Wrong]:
    """Every pair of an option that could be one saving is told, while nobody says how the two differ."""
    for _, rows in of_one_option(case):
        by_code = {line.code: line for line in rows}
        claims = [claim_of(line, each) for line, each in zip(rows, amounts_of(case, *rows), strict=True)]
        for pair in twice.counted_twice(claims):
            if pair.second is not None and pair.open:
                yield from TOLD[pair.reason](by_code[pair.first], by_code[pair.second])


def alike(first: BenefitLine, second: BenefitLine) -> Iterator[Wrong]:
    """Two practices may free the same minutes: the lines then read alike."""
    allowed = (
        f"how it differs from {first.code}{practices(first, second)}: the two have the same service, outcome, "
        "beneficiary and kind; or one line for both"
    )
    yield Wrong(second, "differs", "nothing", allowed)


def one_saving_two_partners(first: BenefitLine, second: BenefitLine) -> Iterator[Wrong]:
    """One saving has one owner: its parts by partner are not in one proportion year by year by chance."""
    owners = " and ".join(dict.fromkeys(owner(line) for line in (first, second) if owner(line)))
    allowed = (
        f"how it differs from {first.code} ({owners}): the same service, outcome and kind, and amounts in one "
        "proportion year by year; or one line for the saving"
    )
    yield Wrong(second, "differs", "nothing", allowed)


def cashed_and_reused(first: BenefitLine, second: BenefitLine) -> Iterator[Wrong]:
    """Time given up for cash can't be used again, unless neither line is of people's time."""
    if of_time(first) or of_time(second):
        allowed = (
            f"how the time that one of {first.code} and {second.code} cashes differs from what the other uses "
            "again: they have the same service and outcome; or no in hours of both, where neither is of "
            "people's time"
        )
        yield Wrong(second, "differs", "nothing", allowed)


def crime_cost_and_police_part(first: BenefitLine, second: BenefitLine) -> Iterator[Wrong]:
    """Published unit costs of crime include the cost to police, which a line for the same outcome counts too."""
    whole, part = (first, second) if first.benefit_kind == twice.SOCIETAL else (second, first)
    if whole.with_police_cost:
        allowed = (
            f"how it leaves out what {part.code} counts, naming {part.code}: {whole.code} includes the cost to police, "
            "for the same outcome; or a value without that part, and no in with_police_cost"
        )
        yield Wrong(whole, "differs", cell(whole, "differs") or "nothing", allowed)
    else:
        allowed = (
            f"yes or no: {part.code} counts what the same outcome saves the police, so that part may be in only one "
            "of the two"
        )
        yield Wrong(whole, "with_police_cost", "nothing", allowed)


TOLD: dict[str, Callable[[BenefitLine, BenefitLine], Iterator[Wrong]]] = {
    twice.ALIKE: alike,
    twice.TWO_ORGANISATIONS: one_saving_two_partners,
    twice.REUSED: cashed_and_reused,
    twice.POLICE_PART: crime_cost_and_police_part,
}


@check
def a_name_left_blank_tells_nothing_apart(case: Case) -> Iterator[Wrong]:
    """Two priced lines that agree in all that both name could be one saving: what is blank is not known."""
    for first, second in in_pairs(case):
        if first.benefit_kind != second.benefit_kind or first.benefit_kind == UNMONETISED:
            continue
        given = {name: (word(first, name), word(second, name)) for name in NAMES}
        blank = [name for name, words in given.items() if not all(words)]
        clash = any(all(words) and words[0] != words[1] for words in given.values())
        if not blank or clash or not {"service", "outcome"} & set(shared(first, second)):
            continue
        lacking, other = (first, second) if given[blank[0]][1] else (second, first)
        if not said(case, other, lacking):
            allowed = f"its {blank[0]}: in all that both name it is the same saving as {other.code}; or how it differs"
            yield Wrong(lacking, blank[0], "nothing", allowed)


@check
def a_ramp_is_applied_once(case: Case) -> Iterator[Wrong]:
    for line in case.rows(BenefitLine):
        if twice.ramp_twice(claim_of(line, amounts_of(case, line)[0])):
            allowed = (
                "blank, as the yearly amounts rise through those months by themselves; or amounts at full effect "
                "from their first year"
            )
            yield Wrong(line, "ramp_months", cell(line, "ramp_months"), allowed)


@check
def reach_is_applied_once(case: Case) -> Iterator[Wrong]:
    """A finding's figure is of those it reaches; amounts beside units would be two figures for one saving."""
    for line in case.rows(BenefitLine):
        for field in REACHES:
            if line.quotes and getattr(line, field) not in (None, 1):
                allowed = f"blank: {line.quotes} counts those it reaches, so its figure would be cut twice"
                yield Wrong(line, field, cell(line, field), allowed)
        if line.units is not None and (line.amounts or line.quotes):
            instead = "amounts" if line.amounts else "a quoted finding"
            allowed = f"blank, as the line has {instead}; or units with the value of one and no {instead}"
            yield Wrong(line, "units", cell(line, "units"), allowed)


@check
def sunk_costs_are_left_out(case: Case) -> Iterator[Wrong]:
    """What is spent already is the same under every option, so it says nothing between them."""
    for line in case.rows(CostLine):
        if line.nature == SUNK:
            allowed = "no such line: a sunk cost is spent or committed whatever is decided, and no option can change it"
            yield Wrong(line, "nature", SUNK, allowed)


def claim_of(line: BenefitLine, amounts: tuple[float, ...] | None) -> twice.Claim:
    """A line as the method takes it; what it does not say of hours and of police cost could be either."""
    return twice.Claim(
        line.code,
        line.option.code,
        line.benefit_kind,
        service=word(line, "service"),
        outcome=word(line, "outcome"),
        beneficiary=line.beneficiary,
        organisation=line.organisation,
        amounts=amounts,
        of_hours=True,
        with_police=line.with_police_cost is not False,
        ramp_months=line.ramp_months,
        differs=line.differs,
    )


def amounts_of(case: Case, *rows: BenefitLine) -> list[tuple[float, ...] | None]:
    """The amounts of each line over the years appraised and any other that one of them names."""
    named = [read_year(text) for line in rows for text in line.amounts or {}] + years_of(case)
    found = [yearly(line, list(range(min(named), max(named) + 1))) if named else None for line in rows]
    return [None if amounts is None else tuple(amounts.tolist()) for amounts in found]


def of_time(line: BenefitLine) -> bool:
    """Whether a line may be of people's time: only a no says that it is not, and posts say that it is."""
    return line.hours is not False or bool(line.posts)


def maybe_one(case: Case, line: BenefitLine, other: BenefitLine) -> bool:
    """Whether two lines of one service could be one saving: no name clashes, or the amounts agree."""
    if "service" not in shared(line, other):
        return False
    ratio = twice.proportion(*amounts_of(case, line, other))
    words = ((word(line, name), word(other, name)) for name in NAMES)
    return not any(all(pair) and pair[0] != pair[1] for pair in words) or (
        ratio is not None and abs(ratio - 1) < SAME
    )


def said(case: Case, other: BenefitLine, asked: BenefitLine) -> bool:
    """Whether a person says how the line that is asked differs from another."""
    return bool(twice.answers(other, asked, [line.code for line in case.rows(BenefitLine)]))


def shared(first: BenefitLine, second: BenefitLine) -> tuple[str, ...]:
    """The names that two lines both give, alike."""
    return tuple(name for name in NAMES if word(first, name) and word(first, name) == word(second, name))


def word(line: BenefitLine, name: str) -> str:
    """A name as it is compared: a code, or words whatever their case and spaces."""
    value = getattr(line, name)
    return (
        " ".join(str(value).split()).casefold() if isinstance(value, str) else (value.code if value else "")
    )


def practices(first: BenefitLine, second: BenefitLine) -> str:
    """The practices that two lines come from, where they are given."""
    named = [line.practice.partition(":")[2] for line in (first, second) if line.practice]
    return f" (practices {' and '.join(dict.fromkeys(named))})" if named else ""


def owner(line: BenefitLine) -> str:
    """Whose saving a line is."""
    return line.organisation or line.beneficiary
