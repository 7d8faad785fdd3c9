"""What bidders and suppliers said: every contact with what all were told, and how willing the market is."""

from collections.abc import Sequence

from wayforward.exercise.models import Procurement
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given, used
from wayforward.methods import framework_filter
from wayforward.options.models import APPETITES, BidderContact, DeliveryVehicle, MarketView
from wayforward.scope.models import CATEGORIES

AREAS = dict(CATEGORIES)
WORDS = dict(APPETITES)


@finding(
    "options.contacts",
    title="Contacts with bidders",
    question="Who met bidders about what, and were all of them told the same?",
    method="schedule",
    unit="contacts not told to all",
    reads=(Procurement, BidderContact),
)
def contacts(case: Reading) -> Result:
    """Every contact by day, whether all bidders were told the same, and how many days later."""
    found = sorted(case.rows(BidderContact), key=lambda row: (row.happened, row.code))
    untold = [row for row in found if row.told_all is False]
    known = all(row.told_all is not None for row in found)
    return Result(
        headline=_contacts_headline(found, untold),
        columns=(
            Column("contact", "Contact", refers="bidder_contact", detail=True),
            Column("procurement", "Procurement", refers="procurement"),
            Column("happened", "When", "date"),
            Column("bidder", "With whom"),
            Column("about", "About"),
            Column("told_all", "All were told the same", "yes or no"),
            Column("told_on", "Told on", "date"),
            Column("days", "After", "days"),
        ),
        rows=tuple(_contact_row(row) for row in found),
        value=len(untold) if found and known else None,
        value_column="told_all",
        used=used(found, "happened") + given(found, "told_all", "told_on"),
        warnings=tuple(
            f"Not told to all: {row.about.rstrip('.')} ({row.bidder}, {show.day(row.happened.isoformat())})."
            for row in untold
        ),
        waiting=_contacts_waiting(found),
    )


def _contact_row(row: BidderContact) -> Row:
    told = row.told_on if row.told_all else None
    return {
        "contact": row.code,
        "procurement": row.procurement.code,
        "happened": row.happened.isoformat(),
        "bidder": row.bidder,
        "about": row.about,
        "told_all": row.told_all,
        "told_on": told.isoformat() if told else "" if row.told_all is False else None,
        "days": (told - row.happened).days if told else "" if row.told_all is False else None,
    }


def _contacts_headline(found: Sequence[BidderContact], untold: Sequence[BidderContact]) -> str:
    if not found:
        return "Which contacts with bidders there were is not known yet"
    open_yet = sum(row.told_all is None for row in found)
    every = f"{show.count(len(found), 'contact')} with bidders"
    if open_yet == len(found):
        return f"Whether all bidders were told the same after {every} is not known yet"
    told = (
        f"Of {every}, {len(untold)} {'was' if len(untold) == 1 else 'were'} not told to all"
        if untold
        else f"No contact of {len(found):,} with bidders is known to have been kept from the others"
    )
    return f"{told}; of {open_yet} it is not known" if open_yet else told


def _contacts_waiting(found: Sequence[BidderContact]) -> tuple[str, ...]:
    if not found:
        return ("the contacts with bidders, or word that there were none",)
    lacking: list[str] = []
    for row in found:
        what = f"the contact with {row.bidder} on {show.day(row.happened.isoformat())}"
        if row.told_all is None:
            lacking.append(f"whether all were told the same after {what}")
        elif row.told_all and row.told_on is None:
            lacking.append(f"the day on which all were told what was said at {what}")
    return tuple(lacking)


@finding(
    "options.market",
    title="How willing suppliers would be, by vehicle",
    question="For which vehicles would suppliers come forward, and how is that known?",
    method="listing",
    reads=(DeliveryVehicle, MarketView),
)
def market(case: Reading) -> Result:
    """Each vehicle by area with what suppliers of each sort think of it; one that nobody asked about is not known."""
    order = list(AREAS)
    vehicles = sorted(case.rows(DeliveryVehicle), key=lambda row: (order.index(row.area), row.code))
    views = case.rows(MarketView)
    asked = [(v, view) for v in vehicles for view in views if view.vehicle.code == v.code]
    unasked = [
        v
        for v in vehicles
        if framework_filter.taken(v.verdict) and not any(view.vehicle.code == v.code for view in views)
    ]
    return Result(
        headline=_market_headline([view for _, view in asked], unasked),
        columns=(
            Column("vehicle", "Vehicle", refers="delivery_vehicle"),
            Column("area", "Area of scope"),
            Column("supplier", "Suppliers"),
            Column("appetite", "Appetite", "words"),
            Column("basis", "How it is known", "words"),
        ),
        rows=tuple(_market_row(vehicle, view) for vehicle, view in asked),
        value_column="appetite",
        used=given(views, "appetite", "basis"),
        waiting=_market_waiting(vehicles, asked, unasked),
    )


def _market_row(vehicle: DeliveryVehicle, view: MarketView) -> Row:
    return {
        "vehicle": vehicle.code,
        "area": AREAS[vehicle.area],
        "supplier": view.supplier,
        "appetite": WORDS[view.appetite] if view.appetite else None,
        "basis": view.basis or None,
    }


def _market_headline(views: Sequence[MarketView], unasked: Sequence[DeliveryVehicle]) -> str:
    known = {view.vehicle.code for view in views if view.appetite}
    if not known:
        return "How willing suppliers would be is not known yet"
    by_vehicle = {
        code: {v.appetite for v in views if v.vehicle.code == code and v.appetite} for code in known
    }
    strong = sum("strong" in seen for seen in by_vehicle.values())
    none = sum(seen == {"none"} for seen in by_vehicle.values())
    told = f"Some suppliers show strong appetite for {strong or 'none'} of {show.count(len(by_vehicle), 'vehicle')}"
    told += f", no supplier asked shows any for {none}" if none else ""
    more = f"; of {show.count(len(unasked), 'vehicle')} taken forward it is not known"
    return told + (more if unasked else "")


def _market_waiting(
    vehicles: Sequence[DeliveryVehicle],
    asked: Sequence[tuple[DeliveryVehicle, MarketView]],
    unasked: Sequence[DeliveryVehicle],
) -> tuple[str, ...]:
    if not vehicles:
        return ("the vehicles for change, with what suppliers think of them",)
    lacking: list[str] = [f"what suppliers think of {v.name} ({AREAS[v.area]})" for v in unasked]
    for vehicle, view in asked:
        blank = [
            words
            for words, value in (("how willing", view.appetite), ("how it is known", view.basis))
            if not value
        ]
        if blank:
            lacking.append(f"{show.listed(blank)}: {view.supplier}, {vehicle.name} ({AREAS[vehicle.area]})")
    return tuple(lacking)
