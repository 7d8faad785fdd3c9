"""Comparison: other forces and bodies, what could be shared, and what works elsewhere."""

from wayforward.records.base import Record
from wayforward.records.fields import Choice, LongText, Number, Reference, ShortText, YesNo
from wayforward.scope.models import Service

STRENGTHS = [
    ("strong", "Strong: evaluated with a comparison group"),
    ("moderate", "Moderate: measured before and after"),
    ("weak", "Weak: claimed by those who did it"),
    ("none", "None found"),
]


class Peer(Record):
    """A body that this one is compared with."""

    stem = "peers"

    name = ShortText("Peer", required=True)
    own = YesNo("This organisation itself", required=True)
    excluded = LongText("Left out because")


class PeerMeasure(Record):
    """One measure of one peer, in one period."""

    stem = "peer_measures"

    peer = Reference(Peer, "Peer", required=True)
    measure = ShortText("Measure", required=True)
    value = Number("Value")
    unit = ShortText("Unit", max_length=60)
    period = ShortText("Period", max_length=60)

    @property
    def label(self) -> str:
        return self.measure


class Collaboration(Record):
    """An opportunity to share a service, a system or a purchase with others."""

    stem = "collaborations"

    name = ShortText("Opportunity", required=True)
    partners = ShortText("Partners")
    service = Reference(Service, "Service")
    offer = LongText("What it would offer")
    obstacles = LongText("What stands in the way")


class Practice(Record):
    """A practice seen elsewhere, what it is said to achieve, and how good the evidence is."""

    stem = "practices"

    name = ShortText("Practice", required=True)
    seen_at = ShortText("Seen at")
    service = Reference(Service, "Service it would change")
    effect = LongText("Effect claimed")
    strength = Choice("Strength of evidence", choices=STRENGTHS, required=True)
    other_sector = YesNo("From another sector")
