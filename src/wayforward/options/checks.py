"""Rules of options: what they are made of, who directs core services, and what is held against them is whole."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from wayforward.exercise.models import Procurement
from wayforward.methods import direction_and_control as control
from wayforward.options.models import (
    BidderContact,
    ChoiceConflict,
    ChoiceFactor,
    FactorVerdict,
    ImpactAssessment,
    LonglistChoice,
    MarketView,
    Option,
    OptionChoice,
    OptionPeople,
    OptionPhase,
    OptionService,
    OptionTerms,
    ProcurementFit,
)
from wayforward.parameters import editions
from wayforward.parameters import load as load_edition
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once
from wayforward.scope.checks import facts, standing

USUAL = "business as usual"
FORCE = "force"
FRAMEWORK, NARROWS, CONTINUES = "calls off a framework", "narrows", "continues"
REGIMES = "procurement-regimes"
# Within this time of a contact every bidder is told the same.
TELL_WITHIN = timedelta(days=14)


@check
def business_as_usual_is_an_option(case: Case) -> Iterator[Wrong]:
    options = sorted(case.rows(Option), key=lambda option: (option.order or 0, option.code))
    usual = [option for option in options if option.option_kind == USUAL]
    if options and not usual:
        found = f"no option that is {USUAL}"
        yield Wrong(
            options[0], "option_kind", found, f"one row with {USUAL}: every option is compared with it"
        )
    for option in usual[1:]:
        allowed = f"do minimum or option: {usual[0].code} is {USUAL} already"
        yield Wrong(option, "option_kind", f"{USUAL} a second time", allowed)


@check
def options_have_one_order(case: Case) -> Iterator[Wrong]:
    yield from once([option for option in case.rows(Option) if option.order is not None], "order")


@check
def each_part_of_an_option_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(OptionPhase), "option", "phase")
    yield from once(case.rows(FactorVerdict), "option", "factor")
    yield from once(case.rows(OptionService), "option", "service")
    yield from once(case.rows(ProcurementFit), "option", "procurement")
    yield from once(case.rows(OptionChoice), "option", "choice")
    yield from once(case.rows(OptionPeople), "option", "vehicle", "employer")
    yield from once(case.rows(OptionTerms), "option", "vehicle")
    yield from once(case.rows(ImpactAssessment), "option", "assessment")


@check
def each_judgement_of_the_longlist_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(ChoiceFactor), "choice", "factor")
    yield from once(case.rows(MarketView), "vehicle", "supplier")


@check
def core_services_stay_under_control(case: Case) -> Iterator[Wrong]:
    """Nobody but the force tasks a core service, and a constable's powers stay with the force's people."""
    for row in case.rows(OptionService):
        ruling = control.rule(facts(row.service), control.effect(row.powers_by, row.employer, row.tasked_by))
        if ruling.verdict is control.Verdict.REFUSED:
            reason = ruling.reason
        elif standing(row.service) == "core" and row.tasked_by not in ("", FORCE):
            reason = "the service is agreed to be core, and others would task it"
        else:
            continue
        field, found = refused_cell(row)
        allowed = (
            f"what keeps {row.service.code} under the direction and control of the chief constable; {reason}"
        )
        yield Wrong(row, field, found, allowed)


def refused_cell(row: OptionService) -> tuple[str, str]:
    """The cell that a refusal is about, and what stands there; blank stands for what is so today."""
    tasked = row.tasked_by or row.service.tasked_by
    if tasked not in ("", FORCE):
        return "tasked_by", row.tasked_by or f"nothing, and today it is {tasked}"
    if row.employer:
        return "employer", row.employer
    return "powers_by", row.powers_by or "nothing"


@check
def posts_change_for_an_outcome(case: Case) -> Iterator[Wrong]:
    """The posts of a service that is not core move to another employer only for a named outcome."""
    for row in case.rows(OptionService):
        moves = row.employer and row.employer != row.service.employer
        if moves and row.outcome is None and standing(row.service) in ("support", "ict"):
            allowed = "the modernisation outcome for which these posts change"
            yield Wrong(row, "outcome", "nothing", allowed)


@check
def options_are_made_of_choices_that_stand(case: Case) -> Iterator[Wrong]:
    """A choice that was discounted is no part of an option."""
    for row in case.rows(OptionChoice):
        if row.choice.verdict == "discounted":
            allowed = f"a choice carried forward; {row.choice.code} is discounted, or its verdict has changed"
            yield Wrong(row, "choice", row.choice.code, allowed)


@check
def preferred_choices_fail_no_factor(case: Case) -> Iterator[Wrong]:
    failed: dict[str, list[str]] = defaultdict(list)
    for row in case.rows(ChoiceFactor):
        if row.meets == "fails":
            failed[row.choice.code].append(row.factor.code)
    for choice in case.rows(LonglistChoice):
        if choice.verdict == "preferred way forward" and choice.code in failed:
            allowed = f"discounted or carried forward: it does not meet {', '.join(failed[choice.code])}"
            yield Wrong(choice, "verdict", choice.verdict, allowed)


@check
def conflicts_are_of_two_choices(case: Case) -> Iterator[Wrong]:
    """A pair of choices conflicts once, whichever of the two is named first."""
    earlier: dict[frozenset[str], ChoiceConflict] = {}
    for row in case.rows(ChoiceConflict):
        pair = frozenset((row.first.code, row.second.code))
        if len(pair) == 1:
            yield Wrong(row, "second", row.second.code, "another choice: none conflicts with itself")
        elif earlier.setdefault(pair, row) is not row:
            allowed = f"a pair that {earlier[pair].code} does not give already: keep one of the two"
            yield Wrong(row, "second", row.second.code, allowed)


@check
def options_hold_no_conflict(case: Case) -> Iterator[Wrong]:
    """Two choices that can't stand together stand in no option."""
    made: dict[str, dict[str, OptionChoice]] = defaultdict(dict)
    for row in case.rows(OptionChoice):
        made[row.option.code][row.choice.code] = row
    for choices in made.values():
        for conflict in case.rows(ChoiceConflict):
            first, second = choices.get(conflict.first.code), choices.get(conflict.second.code)
            if first is None or second is None or first is second:
                continue
            allowed = (
                f"a choice that stands with {first.choice.code}; {conflict.code} says why the two do not"
            )
            yield Wrong(second, "choice", second.choice.code, allowed)


@check
def procurement_fit_says_what_it_needs(case: Case) -> Iterator[Wrong]:
    """A framework has a name, a narrower contract a risk, what goes on a legal regime, and advice a day."""
    for row in case.rows(ProcurementFit):
        if row.fit == FRAMEWORK and not row.framework:
            yield Wrong(
                row, "framework", "nothing", f"the name of the framework, as {row.option.code} calls one off"
            )
        if row.fit == NARROWS and not row.change_risk:
            allowed = (
                f"High, Medium or Low: the risk that what {row.option.code} leaves out is a material change"
            )
            yield Wrong(row, "change_risk", "nothing", allowed)
        if bool(row.legal_advice) != (row.advised is not None):
            field = "advised" if row.legal_advice else "legal_advice"
            allowed = "the day on which it was given" if row.legal_advice else "what was advised on that day"
            yield Wrong(row, field, "nothing", allowed)


@check
def a_procurement_that_goes_on_has_a_regime(case: Case) -> Iterator[Wrong]:
    """What may change in a contract hangs on the law it was advertised under."""
    going_on = {
        row.procurement.code: row for row in case.rows(ProcurementFit) if row.fit in (CONTINUES, NARROWS)
    }
    for procurement in case.rows(Procurement):
        if procurement.code in going_on and not procurement.legal_regime:
            row = going_on[procurement.code]
            allowed = f"the law it was advertised under: {row.option.code} {row.fit} it ({row.code})"
            yield Wrong(procurement, "legal_regime", "nothing", allowed)


@check
def a_regime_is_law_by_the_day_the_case_stands_at(case: Case) -> Iterator[Wrong]:
    today, edition = case.exercise.status_date, case.exercise.edition
    if today is None or edition not in editions():
        return
    found = load_edition(edition)
    regimes = found.get(REGIMES).rows("regimes") if REGIMES in found.parameters else ()
    begins = {str(row["title"]): str(row["first_day"]) for row in regimes}
    for procurement in case.rows(Procurement):
        day = begins.get(procurement.legal_regime, "")
        if day > today.isoformat():
            allowed = f"a law in force by {today}; this one is from {day} on"
            yield Wrong(procurement, "legal_regime", procurement.legal_regime, allowed)


@check
def bidders_are_told_the_same(case: Case) -> Iterator[Wrong]:
    """After each contact the record says, within a fortnight, whether all were told, and when."""
    today = case.exercise.status_date
    for row in case.rows(BidderContact):
        if row.told_all is None and today is not None and row.happened + TELL_WITHIN < today:
            allowed = (
                f"yes or no: the contact was on {row.happened}, over {TELL_WITHIN.days} days before {today}"
            )
            yield Wrong(row, "told_all", "nothing", allowed)
        if row.told_all and row.told_on is None:
            yield Wrong(row, "told_on", "nothing", "the day on which all were told")
        if row.told_on is not None and row.told_all is False:
            yield Wrong(row, "told_on", str(row.told_on), "blank, or yes in told_all")
        if row.told_on is not None and row.told_on < row.happened:
            yield Wrong(row, "told_on", str(row.told_on), f"{row.happened} (happened) or later")


@check
def those_who_transfer_are_among_those_after(case: Case) -> Iterator[Wrong]:
    for row in case.rows(OptionPeople):
        if row.transfers is not None and row.after is not None and row.transfers > row.after:
            allowed = f"at most the {row.after:f} people that the employer would have after"
            yield Wrong(row, "transfers", f"{row.transfers:f}", allowed)
