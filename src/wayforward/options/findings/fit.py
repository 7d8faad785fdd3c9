"""Whether an option keeps direction and control, and what it does with the procurement in hand."""

from collections import Counter

from wayforward.exercise.models import Procurement
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import direction_and_control as method
from wayforward.options.findings.designs import OPTION, USUAL, in_order
from wayforward.options.models import (
    PROCUREMENT_FITS,
    DeliveryVehicle,
    Option,
    OptionService,
    ProcurementFit,
)
from wayforward.scope.models import ModernisationOutcome, Service
from wayforward.scope.services import facts

FACTS = ("powers_by", "employer", "tasked_by", "information")
EFFECTS = ("powers_by", "employer", "tasked_by")
FITS = dict(PROCUREMENT_FITS)


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
    rulings = {change.code: method.rule(facts(change.service), _effect(change)) for change in changes}
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


def _effect(change: OptionService) -> method.Effect:
    return method.effect(change.powers_by, change.employer, change.tasked_by)


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


@finding(
    "options.procurement_fit",
    title="What each option does with the procurement in hand",
    question="Can the procurement in hand be used, and how long would each option take to an award?",
    method="listing",
    unit="months",
    reads=(Option, Procurement, ProcurementFit),
)
def procurement_fit(case: Reading) -> Result:
    """Each option against each procurement in hand; a fit that nobody has judged is not known."""
    found, hand = in_order(case.rows(Option)), case.rows(Procurement)
    fits = {(row.option.code, row.procurement.code): row for row in case.rows(ProcurementFit)}
    rows = [
        _fit_row(option, procurement, fits.get((option.code, procurement.code)))
        for option in found
        for procurement in hand
    ]
    names = {option.code: option.short_name for option in found}
    return Result(
        headline=_fit_headline(rows),
        columns=(
            OPTION,
            Column("procurement", "Procurement", refers="procurement"),
            Column("fit", "What it does with it", "words"),
            Column("months_to_award", "Time to award", "months"),
            Column("note", "Note"),
        ),
        rows=tuple(rows),
        value_column="fit",
        used=given(fits.values(), "fit", "months_to_award"),
        waiting=tuple(
            f"what {names[str(row['option'])]} does with the procurement in hand"
            for row in rows
            if row["fit"] is None
        )
        or (() if rows else ("the options and the procurement in hand",)),
    )


def _fit_row(option: Option, procurement: Procurement, fit: ProcurementFit | None) -> Row:
    months = fit.months_to_award if fit else None
    return {
        "option": option.code,
        "procurement": procurement.code,
        "fit": FITS[fit.fit] if fit and fit.fit else None,
        "months_to_award": None if months is None else float(months),
        "note": (fit.note or None) if fit else None,
    }


def _fit_headline(rows: list[Row]) -> str:
    judged = Counter(str(row["fit"]) for row in rows if row["fit"])
    if not judged:
        return "What the options do with the procurement in hand is not known yet"
    words = {
        "Continues it as advertised": ("continues it as advertised", "continue it as advertised"),
        "Narrows it": ("narrows it", "narrow it"),
        "Calls off a named framework": ("calls off a framework", "call off a framework"),
        "Starts afresh": ("starts afresh", "start afresh"),
        "Needs none": ("needs none", "need none"),
    }
    told = [f"{judged[fit]} {words[fit][judged[fit] != 1]}" for fit in FITS.values() if judged[fit]]
    return (
        f"Of {show.count(judged.total(), 'option')} set against the procurement in hand, {show.listed(told)}"
    )
