"""The kinds of long work there are: each a function of the app whose work it is, in its `long_work.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wayforward.jobs.running import Running

Do = Callable[["Running"], str]


class Refused(Exception):
    """The work can't be done as things stand, in sentences for people; trying again would end alike."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Kind:
    """How work of a kind is called, by its arguments, and what does it: it returns the address of what it made."""

    name: str
    title: Callable[[Mapping[str, Any]], str]
    do: Do


KINDS: dict[str, Kind] = {}
WHEN_IDLE: list[Callable[[], None]] = []


def work(name: str, title: Callable[[Mapping[str, Any]], str]) -> Callable[[Do], Do]:
    """Declare the function that does work of a kind.

    It may be killed at any moment and begun again, by another process too: what it makes must then be the same, and
    what it saves must carry the job's submission.
    """

    def declared(do: Do) -> Do:
        if name in KINDS:
            raise ValueError(f"There is a kind of work {name!r} already.")
        KINDS[name] = Kind(name, title, do)
        return do

    return declared


def when_idle(ask: Callable[[], None]) -> Callable[[], None]:
    """Declare what a worker with nothing to do looks for: it may ask for work."""
    WHEN_IDLE.append(ask)
    return ask


def title_of(kind: str, arguments: Mapping[str, Any]) -> str:
    """What pages call a job; its bare kind where the program no longer knows it."""
    return KINDS[kind].title(arguments) if kind in KINDS else kind
