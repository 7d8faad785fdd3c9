"""Rules of comparison: this organisation is one of the peers, and each figure of a peer is given once."""

from collections.abc import Iterator

from wayforward.comparison.models import Peer, PeerMeasure
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once


@check
def one_peer_is_this_organisation(case: Case) -> Iterator[Wrong]:
    own = [peer for peer in case.rows(Peer) if peer.own]
    for peer in own[1:]:
        yield Wrong(peer, "own", "yes", f"no: {own[0].code} is this organisation already")


@check
def a_figure_of_a_peer_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(PeerMeasure), "peer", "measure", "period")
