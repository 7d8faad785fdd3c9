"""Rules of options: business as usual is one of them, and core services stay under direction and control."""

from collections.abc import Iterator

from wayforward.methods import direction_and_control as control
from wayforward.options.models import (
    FactorVerdict,
    Option,
    OptionPhase,
    OptionService,
    ProcurementFit,
)
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once
from wayforward.scope.checks import facts, standing

USUAL = "business as usual"
FORCE = "force"


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
