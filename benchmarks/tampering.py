"""A thousand ways to change a log of events behind its back: each must be found, and the first bad event named.

Six classes, drawn with a fixed seed: an edit, a deletion, a swap, an insertion, a truncation, and a suffix written anew
with hashes that follow from one another. What a signed version sealed, the hash of each event up to it, is known.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

EVENTS, SEALED = 3_000, 2_800
EACH = 167  # six classes, over a thousand in all
LONG = 200_000
BEGAN = datetime(2012, 12, 20, 9, 30, tzinfo=UTC)


def chain(events: int, start: str) -> list:
    """A log as the workbench writes it: services that are added, then changed again and again."""
    made: list = []
    before = start
    for number in range(1, events + 1):
        service, version = f"SVC-{number % 97:03d}", number // 97 + 1
        row = f'{{"code":"{service}","name":"Service \\"{number}\\"","yearly_cost":"{number * 1000}","marking":""}}'
        link = _hashed(
            (
                *(number, BEGAN + timedelta(seconds=number), f"person {number % 30}", "changed"),
                *(f"service:{service}", version, row, before),
            )
        )
        made.append(link)
        before = link.hash
    return made


def _hashed(said: tuple) -> Any:
    from wayforward.records.proof import Link, link_hash

    link = Link(*said, "")
    return link._replace(hash=link_hash(link))


Tampered = tuple[list, int]


def edit(rng: random.Random, links: list, sealed: int) -> Tampered:
    """One word of one event."""
    place = rng.randrange(len(links))
    name = rng.choice(["at", "actor", "action", "record", "record_version", "row", "previous_hash", "hash"])
    old = getattr(links[place], name)
    new = old + timedelta(days=1) if name == "at" else old + 1 if name == "record_version" else f"{old[:-1]}!"
    links[place] = links[place]._replace(**{name: new})
    return links, place + 1


def deletion(rng: random.Random, links: list, sealed: int) -> Tampered:
    """One event, not the last."""
    place = rng.randrange(len(links) - 1)
    del links[place]
    return links, place + 1


def swap(rng: random.Random, links: list, sealed: int) -> Tampered:
    """Two events change places, each with its hash."""
    first, second = sorted(rng.sample(range(len(links)), 2))
    one, other = links[first], links[second]
    links[first], links[second] = other._replace(sequence=one.sequence), one._replace(sequence=other.sequence)
    return links, first + 1


def insertion(rng: random.Random, links: list, sealed: int) -> Tampered:
    """An event that follows from the one before it, and all later ones moved on by one."""
    place = rng.randrange(sealed)
    old = links[place]
    forged = _hashed((*old[:2], "person 99", "changed", *old[4:6], '{"code":"FORGED"}', old.previous_hash))
    moved = [link._replace(sequence=link.sequence + 1) for link in links[place:]]
    return [*links[:place], forged, *moved], place + 1


def truncation(rng: random.Random, links: list, sealed: int) -> Tampered:
    """The log ends before what was sealed."""
    place = rng.randrange(sealed)
    return links[:place], place + 1


def rewriting(rng: random.Random, links: list, sealed: int) -> Tampered:
    """From one event on everything is written anew, and each hash follows from the one before."""
    place = rng.randrange(sealed)
    made, before = links[:place], links[place].previous_hash
    for number, old in enumerate(links[place:]):
        actor = "person 99" if number == 0 else old.actor
        link = _hashed((*old[:2], actor, *old[3:7], before))
        made.append(link)
        before = link.hash
    return made, place + 1


CLASSES: dict[str, Callable[[random.Random, list, int], Tampered]] = {
    "edit": edit,
    "deletion": deletion,
    "swap": swap,
    "insertion": insertion,
    "truncation": truncation,
    "rewritten suffix": rewriting,
}


def found(name: str, seed: int, links: list, sealed: int) -> tuple[bool, bool]:
    """Whether one tampering is found, and whether the event named is the first that is bad."""
    from wayforward.records.proof import walk

    known = {link.sequence: link.hash for link in links[:sealed]}
    changed, first = CLASSES[name](random.Random(f"{name} {seed}"), list(links), sealed)
    bad = walk(changed, known).bad
    return bad is not None, bad is not None and bad.sequence == first


def run() -> Iterator[str]:
    """How many of each class were found and named; and how fast a long log is walked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayforward.web.settings")
    django.setup()
    from wayforward.records.events import START
    from wayforward.records.proof import walk

    links = chain(EVENTS, START)
    caught = named = total = 0
    for name in CLASSES:
        results = [found(name, seed, links, SEALED) for seed in range(EACH)]
        caught += sum(one for one, _ in results)
        named += sum(one for _, one in results)
        total += len(results)
        yield f"{name}: {sum(one for one, _ in results)} of {len(results)} found, {sum(n for _, n in results)} named"
    yield f"in all {caught} of {total} found, the first bad event named in {named}"
    long = chain(LONG, START)
    begun = time.perf_counter()
    assert walk(long).bad is None
    yield f"a log of {LONG:,} events walked at {LONG / (time.perf_counter() - begun):,.0f} events a second"
