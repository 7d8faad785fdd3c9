"""Whether an option keeps core services under the direction and control of the chief constable."""

from collections import Counter

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.provenance import given
from wayforward.methods import direction_and_control as method
from wayforward.options.findings.designs import OPTION, USUAL, in_order
from wayforward.options.models import DeliveryVehicle, Option, OptionService
from wayforward.scope.models import ModernisationOutcome, Service
from wayforward.scope.services import facts

FACTS = ("powers_by", "employer", "tasked_by", "information")
EFFECTS = ("powers_by", "employer", "tasked_by")


@finding(
    "options.control",
    title="Direction and control under each option",
    question="Does each option keep core services under the direction and control of the chief constable?",
    method="direction_and_control",
    reads=(Option, OptionService, Service, DeliveryVehicle, ModernisationOutcome),
)
def control(case: Reading) -> Result:
    """Each change to a service, with what follows from who would task, employ and exercise powers."""
    found = in_order(case.rows(Option))
    changes = [
        change for option in found for change in case.rows(OptionService) if change.option.code == option.code
    ]
    rulings = {change.code: ruled(change) for change in changes}
    return Result(
        headline=_control_headline(changes, rulings),
        columns=(
            OPTION,
            Column("service", "Service", refers="service"),
            Column("change", "What changes"),
            Column("vehicle", "By what vehicle", refers="delivery_vehicle"),
            Column("outcome", "For which outcome", refers="modernisation_outcome"),
            Column("verdict", "Verdict", "words"),
            Column("reason", "Why"),
        ),
        rows=tuple(
            {
                "option": change.option.code,
                "service": change.service.code,
                "change": change.change,
                "vehicle": change.vehicle.code if change.vehicle else "",
                "outcome": change.outcome.code if change.outcome else "",
                "verdict": rulings[change.code].verdict.value,
                "reason": rulings[change.code].reason,
            }
            for change in changes
        ),
        value_column="verdict",
        used=given(changes, *EFFECTS) + given([change.service for change in changes], *FACTS),
        waiting=_control_waiting(found, changes, rulings),
    )


def ruled(change: OptionService) -> method.Ruling:
    """What the rule says of one change to a service."""
    effect = method.effect(change.powers_by, change.employer, change.tasked_by)
    return method.rule(facts(change.service), effect)


def _control_waiting(
    found: list[Option], changes: list[OptionService], rulings: dict[str, method.Ruling]
) -> tuple[str, ...]:
    if not found:
        return ("the options, with the services that they would change",)
    touched = {change.option.code for change in changes}
    lacking = [
        f"the services that {option.short_name} would change"
        for option in found
        if option.code not in touched and option.option_kind != USUAL
    ]
    lacking += [
        f"the facts of {change.service.name} under {change.option.short_name}: {rulings[change.code].reason}"
        for change in changes
        if rulings[change.code].verdict is method.Verdict.UNSETTLED
    ]
    return tuple(lacking)


def _control_headline(changes: list[OptionService], rulings: dict[str, method.Ruling]) -> str:
    if not changes:
        return "Which services the options would change is not known yet"
    count = Counter(ruling.verdict for ruling in rulings.values())
    refused = [c for c in changes if rulings[c.code].verdict is method.Verdict.REFUSED]
    rest = [
        f"{count[verdict]} {words}"
        for verdict, words in (
            (method.Verdict.LEGAL_ADVICE, "for legal advice"),
            (method.Verdict.UNSETTLED, "unsettled"),
        )
        if count[verdict]
    ]
    told = f"No change of {len(changes):,} to a service is refused"
    if refused:
        which = show.some([f"{c.service.name} under {c.option.short_name}" for c in refused])
        told = (
            f"{len(refused)} of {show.count(len(changes), 'change')} to services "
            f"{'is' if len(refused) == 1 else 'are'} refused ({which})"
        )
    return f"{told}; {show.listed(rest)}" if rest else told
