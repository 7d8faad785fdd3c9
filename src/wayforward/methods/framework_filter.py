"""The options framework-filter: choices by dimension, held against critical success factors.

Choices are listed in five dimensions (scope, solution, delivery, implementation, funding) and each is
carried forward, made the preferred way forward or discounted. The filter never gives a verdict: it sets
the verdict that people gave beside how the choice meets each factor, and says where the two don't fit
or where something is still to be judged. Source: HM Treasury, The Green Book (2018), A1.6 with boxes 17
and 18.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MEETS, PARTLY, FAILS = "meets", "partly", "fails"
PREFERRED, CARRIED, DISCOUNTED = "preferred way forward", "carried forward", "discounted"
MARKS = (MEETS, PARTLY, FAILS)
VERDICTS = (PREFERRED, CARRIED, DISCOUNTED)


@dataclass(frozen=True)
class Choice:
    """A choice with its verdict ('' is not given) and how it meets factors, by factor.

    A factor that is absent or '' in meets is not judged.
    """

    code: str
    dimension: str
    verdict: str
    meets: Mapping[str, str]


@dataclass(frozen=True)
class Sifted:
    """How a choice came through: the factors it meets, meets in part, fails, and those not judged.

    to_judge are the factors whose judgement is needed: none for a choice discounted on a factor that it
    fails. at_odds says where verdict and judgements don't fit, or is ''.
    """

    code: str
    dimension: str
    verdict: str
    meets: tuple[str, ...]
    partly: tuple[str, ...]
    fails: tuple[str, ...]
    to_judge: tuple[str, ...]
    at_odds: str


@dataclass(frozen=True)
class Filtered:
    """The choices in the order given, and the dimensions in which more than one is preferred or none is taken on."""

    choices: tuple[Sifted, ...]
    several_preferred: tuple[str, ...]
    nothing_taken: tuple[str, ...]


def taken(verdict: str) -> bool:
    """Return whether a verdict takes the choice further."""
    return verdict in (PREFERRED, CARRIED)


def sift(choices: Sequence[Choice], factors: Sequence[str]) -> Filtered:
    """Return how each choice came through the filter.

    Raises ValueError on a choice given twice, an unknown verdict or mark, or a factor that is not among
    factors.
    """
    _check(choices, factors)
    found = tuple(_sifted(choice, factors) for choice in choices)
    by_dimension = {one.dimension: [o for o in choices if o.dimension == one.dimension] for one in choices}
    return Filtered(
        found,
        tuple(d for d, own in by_dimension.items() if sum(o.verdict == PREFERRED for o in own) > 1),
        tuple(d for d, own in by_dimension.items() if all(o.verdict == DISCOUNTED for o in own)),
    )


def _sifted(choice: Choice, factors: Sequence[str]) -> Sifted:
    by_mark = {mark: tuple(f for f in factors if choice.meets.get(f, "") == mark) for mark in (*MARKS, "")}
    settled = choice.verdict == DISCOUNTED and bool(by_mark[FAILS])
    return Sifted(
        choice.code,
        choice.dimension,
        choice.verdict,
        by_mark[MEETS],
        by_mark[PARTLY],
        by_mark[FAILS],
        () if settled else by_mark[""],
        _at_odds(choice.verdict, by_mark[FAILS], met_all=len(by_mark[MEETS]) == len(factors) > 0),
    )


def _at_odds(verdict: str, fails: Sequence[str], *, met_all: bool) -> str:
    if taken(verdict) and fails:
        return "taken forward though it fails a factor"
    if verdict == DISCOUNTED and met_all:
        return "discounted though it meets every factor"
    return ""


def _check(choices: Sequence[Choice], factors: Sequence[str]) -> None:
    if len({choice.code for choice in choices}) != len(choices):
        raise ValueError("a choice is listed twice; give each code once")
    if len(set(factors)) != len(factors):
        raise ValueError("a factor is listed twice; give each code once")
    for choice in choices:
        if choice.verdict not in ("", *VERDICTS):
            raise ValueError(
                f"{choice.code}: verdict {choice.verdict!r}; give one of {', '.join(VERDICTS)} or nothing"
            )
        for factor, mark in choice.meets.items():
            if factor not in factors:
                raise ValueError(f"{choice.code} is held against {factor}, which is no factor")
            if mark not in ("", *MARKS):
                raise ValueError(
                    f"{choice.code} against {factor}: {mark!r}; give one of {', '.join(MARKS)} or nothing"
                )
