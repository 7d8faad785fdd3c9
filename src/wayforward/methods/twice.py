"""One pound counted twice: pairs of benefit lines of an option that look like one saving.

Five patterns, each told with the pair and what makes it one:
alike                  the same service, outcome, beneficiary and kind;
two organisations      the same service, outcome and kind for two organisations or beneficiaries, with
                       yearly amounts equal or in one proportion;
cashed and reused      hours of one service and outcome both given up for cash and used for other work;
crime and police part  a societal saving that includes the cost to police, beside a cash or non-cash
                       line for the same outcome;
ramp twice             one line with a ramp, whose amounts rise through the months of the ramp by themselves.
A name left blank is not known and matches nothing: `unnamed` lists the lines that could not be
compared. Source: HM Treasury, The Green Book: benefits are counted once; the patterns are this
software's own.
"""

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

ALIKE = "alike"
TWO_ORGANISATIONS = "one saving, two organisations"
REUSED = "cashed and reused"
POLICE_PART = "crime cost with its police part"
RAMP_TWICE = "ramp twice"

CASH, NOT_CASH, SOCIETAL = "cash-releasing", "non-cash-releasing", "societal"
MONTHS = 12
# Amounts in whole pounds keep their proportion only nearly.
SAME = 1e-4
# A profile that rises by less than this through the ramp may grow with demand or prices.
GROWTH = 0.1


@dataclass(frozen=True)
class Claim:
    """A benefit line as far as it can be counted twice; "" is a name not known, None amounts not known.

    of_hours: it values people's time; with_police: a societal line that includes the cost to police;
    ramp_months: the ramp still to be applied to the amounts; differs: how a person says that the line
    differs from those that look like it.
    """

    code: str
    option: str
    kind: str
    service: str = ""
    outcome: str = ""
    beneficiary: str = ""
    organisation: str = ""
    amounts: tuple[float | None, ...] | None = None
    of_hours: bool = False
    with_police: bool = False
    ramp_months: int | None = None
    differs: str = ""


class Differing(Protocol):
    """A line with its code and what is said of how it differs from others."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def differs(self) -> str:
        """What is said of how it differs from others; "" is nothing."""


@dataclass(frozen=True)
class Twice:
    """Two lines, in order of code, that look like one pound counted twice, and why.

    second is None where a line stands against itself. ratio is the second's amounts over the first's
    where they are in one proportion. answers hold what people say of how the lines differ: while there
    is none, the pair is open.
    """

    reason: str
    option: str
    first: str
    second: str | None
    ratio: float | None
    answers: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether nobody has said yet how the two differ."""
        return not self.answers


def counted_twice(claims: Sequence[Claim]) -> tuple[Twice, ...]:
    """Return every pair within an option that looks like one pound, by option and code.

    A pair is told once for each reason; 'alike' gives way to 'one saving, two organisations'. Raises
    ValueError where two lines share a code.
    """
    if len({claim.code for claim in claims}) < len(claims):
        raise ValueError("two lines have the same code; give each line its own")
    ordered = sorted(claims, key=lambda claim: (claim.option, claim.code))
    codes = {claim.code for claim in claims}
    found = [_told(RAMP_TWICE, claim, None, codes) for claim in ordered if ramp_twice(claim)]
    for first, second in combinations(ordered, 2):
        if first.option == second.option:
            found += [_told(reason, first, second, codes) for reason in _reasons(first, second)]
    return tuple(sorted(found, key=lambda pair: (pair.option, pair.first, pair.second or "", pair.reason)))


def unnamed(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return the codes of lines that lack service, outcome, beneficiary or kind, which is not compared."""
    return tuple(sorted(c.code for c in claims if not all((c.service, c.outcome, c.beneficiary, c.kind))))


def ramp_twice(claim: Claim) -> bool:
    """Say whether the amounts rise through the ramp by more than a tenth, which the ramp would repeat.

    They do if, from the first year with an amount to the year after the ramp ends, the first stands
    more than a tenth below the last.
    """
    if not claim.ramp_months or claim.amounts is None:
        return False
    begun = next((at for at, amount in enumerate(claim.amounts) if amount != 0), None)
    if begun is None:
        return False
    window = claim.amounts[begun : begun + math.ceil(claim.ramp_months / MONTHS) + 1]
    known = [amount for amount in window if amount is not None]
    if len(known) < len(window):
        return False
    return known[0] > 0 and known[0] < (1 - GROWTH) * known[-1]


def proportion(first: Sequence[float | None] | None, second: Sequence[float | None] | None) -> float | None:
    """Return second / first where all years are in one proportion above 0, else None.

    None too where an amount is not known. Two lines with amounts in a single year are in proportion
    only if they are equal: any two numbers have a ratio.
    """
    if first is None or second is None or len(first) != len(second):
        return None
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    used = [(a, b) for a, b in pairs if a != 0 or b != 0]
    if len(pairs) < len(first) or not used or any(a == 0 or b == 0 for a, b in used):
        return None
    ratio = math.fsum(b for _, b in used) / math.fsum(a for a, _ in used) if _one_sign(used) else -1.0
    alike = all(math.isclose(b, ratio * a, rel_tol=SAME) for a, b in used)
    if ratio <= 0 or not alike or (len(used) == 1 and not math.isclose(ratio, 1, rel_tol=SAME)):
        return None
    return ratio


def _one_sign(pairs: Sequence[tuple[float, float]]) -> bool:
    return all(a > 0 and b > 0 for a, b in pairs) or all(a < 0 and b < 0 for a, b in pairs)


def _reasons(first: Claim, second: Claim) -> list[str]:
    patterns: tuple[tuple[str, Callable[[Claim, Claim], bool]], ...] = (
        (TWO_ORGANISATIONS, _two_organisations),
        (ALIKE, _alike),
        (REUSED, _reused),
        (POLICE_PART, _police_part),
    )
    reasons = [reason for reason, holds in patterns if holds(first, second)]
    # The two overlap where only the organisation differs: the closer description is enough.
    return [reason for reason in reasons if reason != ALIKE or TWO_ORGANISATIONS not in reasons]


def _alike(first: Claim, second: Claim) -> bool:
    return _same(first, second, "service", "outcome", "beneficiary", "kind")


def _two_organisations(first: Claim, second: Claim) -> bool:
    if not _same(first, second, "service", "outcome", "kind"):
        return False
    apart = _differ(first, second, "organisation") or _differ(first, second, "beneficiary")
    return apart and proportion(first.amounts, second.amounts) is not None


def _reused(first: Claim, second: Claim) -> bool:
    kinds = {first.kind, second.kind}
    both = first.of_hours and second.of_hours
    return both and kinds == {CASH, NOT_CASH} and _same(first, second, "service", "outcome")


def _police_part(first: Claim, second: Claim) -> bool:
    whole = [one.kind == SOCIETAL and one.with_police for one in (first, second)]
    part = [one.kind in (CASH, NOT_CASH) for one in (first, second)]
    return _same(first, second, "outcome") and ((whole[0] and part[1]) or (whole[1] and part[0]))


def _same(first: Claim, second: Claim, *names: str) -> bool:
    pairs = [(_plain(getattr(first, name)), _plain(getattr(second, name))) for name in names]
    return all(one and one == other for one, other in pairs)


def _differ(first: Claim, second: Claim, name: str) -> bool:
    one, other = _plain(getattr(first, name)), _plain(getattr(second, name))
    return bool(one and other and one != other)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _told(reason: str, first: Claim, second: Claim | None, codes: Collection[str]) -> Twice:
    ratio = proportion(first.amounts, second.amounts) if second else None
    said = answers(first, second, codes) if second else ()
    if second and reason == POLICE_PART:
        # That it includes the cost to police is said already: only words on the very line are an answer.
        said = tuple(words for words in said if {first.code, second.code} & _named(words, codes))
    return Twice(reason, first.option, first.code, second.code if second else None, ratio, said)


def answers(first: Differing, second: Differing, codes: Collection[str]) -> tuple[str, ...]:
    """Return what people say of how two lines differ, the second being the one that is asked.

    Words that name lines, by code out of codes, speak of those lines alone. Words that name none speak for
    the line that is asked, unless they only repeat what the other says: that was said of others.
    """
    found = []
    asked, other = second.differs.strip(), first.differs.strip()
    named = _named(asked, codes)
    if asked and (first.code in named if named else asked != other):
        found.append(asked)
    if second.code in _named(other, codes):
        found.append(other)
    return tuple(found)


def _named(text: str, codes: Collection[str]) -> set[str]:
    return {code for code in codes if re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text)}
