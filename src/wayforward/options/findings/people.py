"""What each option means for people by employer, what moving or releasing them costs, and on what terms."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import totals
from wayforward.options.findings.designs import OPTION, USUAL, in_order
from wayforward.options.models import VAT, DeliveryVehicle, Option, OptionPeople, OptionTerms
from wayforward.scope.models import PARTIES

EMPLOYERS = dict(PARTIES)
VATS = dict(VAT)
COUNTED = ("before", "after", "transfers", "pension_cost", "redundancy_cost")
POSTS = "full-time equivalents"
MEASURES = (
    Column("before", "Before", POSTS),
    Column("after", "After", POSTS),
    Column("change", "Change", POSTS),
    Column("transfers", "Transferred to it", POSTS),
    Column("pension_cost", "Pension cost", "GBP"),
    Column("redundancy_cost", "Redundancy cost", "GBP"),
)


@finding(
    "options.people",
    title="People by employer, before and after each option",
    question="Whom would people work for under each option, and what would moving or releasing them cost?",
    method="totals",
    unit=POSTS,
    prices="real",
    reads=(Option, DeliveryVehicle, OptionPeople),
)
def people(case: Reading) -> Result:
    """Each option by employer: posts before, after and transferred, pension and redundancy cost."""
    found, by_option = _own(case)
    rows = [
        {
            "option": option.code,
            "employer": EMPLOYERS[row.employer],
            "vehicle": row.vehicle.code if row.vehicle else "",
            **_measured([row]),
            "note": row.note or "",
        }
        for option in found
        for row in by_option[option.code]
    ]
    return Result(
        headline=_people_headline(found, by_option),
        columns=(
            OPTION,
            Column("employer", "Employer"),
            Column("vehicle", "Vehicle", refers="delivery_vehicle"),
            *MEASURES,
            Column("note", "Note"),
        ),
        rows=tuple(rows),
        value_column="after",
        used=given(case.rows(OptionPeople), *COUNTED),
        waiting=_people_waiting(found, by_option),
    )


@finding(
    "options.people_sums",
    title="People under each option, all employers together",
    question="How many posts would each option change or transfer, at what cost, and were the unions consulted?",
    method="totals",
    unit=POSTS,
    prices="real",
    reads=(Option, DeliveryVehicle, OptionPeople, OptionTerms),
)
def people_sums(case: Reading) -> Result:
    """By option, sums over employers; a sum of which a part is not known is not known."""
    found, by_option = _own(case)
    terms = case.rows(OptionTerms)
    rows: list[Row] = []
    for option in found:
        measured = _measured(by_option[option.code])
        costs = [measured["pension_cost"], measured["redundancy_cost"]]
        row: Row = {
            "option": option.code,
            **measured,
            "cost": _sum(costs),
            "unions_consulted": _consulted([t for t in terms if t.option.code == option.code]),
        }
        if by_option[option.code] or row["unions_consulted"] is not None:
            rows.append(row)
    return Result(
        headline=_sums_headline(rows, found),
        columns=(
            OPTION,
            *MEASURES,
            Column("cost", "Pension and redundancy together", "GBP"),
            Column("unions_consulted", "Unions and staff associations consulted", "yes or no"),
        ),
        rows=tuple(rows),
        value_column="change",
        used=given(case.rows(OptionPeople), *COUNTED) + given(terms, "unions_consulted"),
        waiting=_people_waiting(found, by_option),
    )


People = dict[str, list[OptionPeople]]


def _own(case: Reading) -> tuple[list[Option], People]:
    """The options in their order, and by option its rows of people, employers in theirs."""
    found, order = in_order(case.rows(Option)), list(EMPLOYERS)
    rows = sorted(case.rows(OptionPeople), key=lambda row: (order.index(row.employer), row.code))
    return found, {option.code: [r for r in rows if r.option.code == option.code] for option in found}


def _measured(rows: Sequence[OptionPeople]) -> dict[str, float | None]:
    """What is counted, summed over rows; None where a part is not known or there is no row."""
    sums = {name: _sum([getattr(row, name) for row in rows]) for name in COUNTED}
    before, after = sums["before"], sums["after"]
    change = None if before is None or after is None else after - before
    return {
        "before": before,
        "after": after,
        "change": change,
        **{name: sums[name] for name in COUNTED[2:]},
    }


def _sum(values: Iterable[Decimal | float | None]) -> float | None:
    """The sum; None where a part is not known or there is none to add."""
    parts = {str(place): None if v is None else float(v) for place, v in enumerate(values)}
    return totals.total(parts).value if parts else None


def _consulted(terms: Sequence[OptionTerms]) -> bool | None:
    """Whether unions were consulted on all the terms of an option; None while that is not known."""
    told = [one.unions_consulted for one in terms]
    if False in told:
        return False
    return None if not told or None in told else True


def _people_headline(found: Sequence[Option], by_option: People) -> str:
    leaving = {option.code: _leaving(by_option[option.code]) for option in found}
    known = [option for option in found if leaving[option.code] is not None]
    if not known:
        return "Whom people would work for under each option is not known yet"
    moving = [option for option in known if leaving[option.code]]
    if not moving:
        return f"Nobody would move to another employer under {show.listed([o.short_name for o in known])}"
    told = [f"{show.number(leaving[o.code], 1)} under {o.short_name}" for o in moving]
    return f"Full-time equivalents that would move to another employer: {show.listed(told)}"


def _leaving(rows: Sequence[OptionPeople]) -> float | None:
    """The full-time equivalents that employers other than the force would take over; None while not known."""
    others = [row.transfers for row in rows if row.employer != "force"]
    return _sum(others) if others or not rows else 0.0


def _sums_headline(rows: Sequence[Row], found: Sequence[Option]) -> str:
    names = {option.code: option.short_name for option in found}
    known = [row for row in rows if row["change"] is not None]
    if not known:
        return "How many posts each option would change is not known yet"
    told = []
    for row in known:
        change = float(row["change"] or 0)
        words = (
            "no more or fewer"
            if not change
            else f"{show.number(abs(change), 1)} {'more' if change > 0 else 'fewer'}"
        )
        told.append(f"{words} under {names[str(row['option'])]}")
    return f"Posts, full-time equivalents, all employers together: {show.listed(told)}"


WAITED = {
    "before": "posts before",
    "after": "posts after",
    "transfers": "transfers",
    "pension_cost": "pension cost",
    "redundancy_cost": "redundancy cost",
}


def _people_waiting(found: Sequence[Option], by_option: People) -> tuple[str, ...]:
    if not found:
        return ("the options, with the people of each employer",)
    lacking = []
    for option in found:
        own = by_option[option.code]
        if not own:
            lacking.append(f"people by employer under {option.short_name}")
        for row in own:
            blank = [words for name, words in WAITED.items() if getattr(row, name) is None]
            if blank:
                employer = EMPLOYERS[row.employer]
                lacking.append(
                    f"{show.listed(blank)} of {employer[:1].lower()}{employer[1:]} under {option.short_name}"
                )
    return tuple(lacking)


@finding(
    "options.terms",
    title="The terms of each option",
    question="Who would own data and designs, for how long is an option agreed, and who was consulted?",
    method="listing",
    unit="years",
    reads=(Option, DeliveryVehicle, OptionTerms),
)
def terms(case: Reading) -> Result:
    """Each option and vehicle: tax, term, owners of data and of designs, and whether unions were consulted."""
    found, every = in_order(case.rows(Option)), case.rows(OptionTerms)
    by_option = {option.code: [row for row in every if row.option.code == option.code] for option in found}
    return Result(
        headline=_terms_headline(found, by_option),
        columns=(
            OPTION,
            Column("vehicle", "Vehicle", refers="delivery_vehicle"),
            Column("vat", "Value added tax", "words"),
            Column("term_years", "Term", "years"),
            Column("data_owner", "Owner of the data", "words"),
            Column("property_owner", "Owner of designs and software", "words"),
            Column("unions_consulted", "Unions and staff associations consulted", "yes or no"),
            Column("consulted_on", "Consulted on", "date"),
            Column("note", "Note"),
        ),
        rows=tuple(_terms_row(row) for option in found for row in by_option[option.code]),
        value_column="term_years",
        used=given(every, *TERMS, "consulted_on"),
        waiting=_terms_waiting(found, by_option),
    )


TERMS = ("vat", "term_years", "data_owner", "property_owner", "unions_consulted")


def _terms_row(row: OptionTerms) -> Row:
    day = row.consulted_on.isoformat() if row.consulted_on else None
    return {
        "option": row.option.code,
        "vehicle": row.vehicle.code if row.vehicle else "",
        "vat": VATS[row.vat] if row.vat else None,
        "term_years": None if row.term_years is None else float(row.term_years),
        "data_owner": row.data_owner or None,
        "property_owner": row.property_owner or None,
        "unions_consulted": row.unions_consulted,
        "consulted_on": "" if row.unions_consulted is False else day,
        "note": row.note or "",
    }


def _terms_headline(found: Sequence[Option], by_option: dict[str, list[OptionTerms]]) -> str:
    stated = [option for option in found if by_option[option.code]]
    if not stated:
        return "On what terms the options would be agreed is not known yet"
    owned = sum(all(row.data_owner for row in by_option[o.code]) for o in stated)
    consulted = sum(_consulted(by_option[o.code]) is True for o in stated)
    return (
        f"Of {show.count(len(stated), 'option')} with terms, {owned or 'none'} "
        f"{'says' if owned == 1 else 'say'} who would own the data; "
        f"unions and staff associations were consulted on {consulted or 'none'}"
    )


def _terms_waiting(found: Sequence[Option], by_option: dict[str, list[OptionTerms]]) -> tuple[str, ...]:
    if not found:
        return ("the options, with their terms",)
    words = dict(
        zip(
            TERMS,
            (
                *("whether value added tax is recovered", "the term", "who would own the data"),
                *("who would own designs and software", "whether unions were consulted"),
            ),
            strict=True,
        )
    )
    lacking = []
    for option in found:
        own = by_option[option.code]
        if not own and option.option_kind != USUAL:
            lacking.append(f"the terms of {option.short_name}")
        blank = [words[name] for name in TERMS if any(getattr(row, name) in (None, "") for row in own)]
        if any(row.unions_consulted and row.consulted_on is None for row in own):
            blank.append("when unions were consulted")
        if blank:
            lacking.append(f"{show.listed(blank)}: {option.short_name}")
    return tuple(lacking)
