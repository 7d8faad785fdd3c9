"""The code of a new record: as the others of its register are written, and never one that any ever had."""

import re
from collections import Counter
from collections.abc import Collection
from typing import Any

from wayforward.records.base import Record
from wayforward.records.save import used_codes

NUMBERED = re.compile(r"(.*?)([0-9]{1,9})\Z")
WIDTH = 3


def next_code(exercise: Any, model: type[Record], besides: Collection[str] = ()) -> str:
    """'SVC-045' after SVC-044; of an empty register the first letters of its kind, and 001.

    `besides`: codes that are about to be used.
    """
    codes = used_codes(exercise, model) | set(besides)
    numbered = [match.groups() for code in sorted(codes) if (match := NUMBERED.match(code))]
    if not numbered:
        return _free(f"{model.kind()[:3].upper()}-", 1, WIDTH, codes)
    [(prefix, _)] = Counter(prefix for prefix, _ in numbered).most_common(1)
    digits = [number for before, number in numbered if before == prefix]
    last = max(digits, key=int)
    return _free(prefix, int(last) + 1, len(last), codes)


def _free(prefix: str, number: int, width: int, codes: set[str]) -> str:
    taken = {code.casefold() for code in codes}
    while f"{prefix}{number:0{width}d}".casefold() in taken:
        number += 1
    return f"{prefix}{number:0{width}d}"


def taken_by(exercise: Any, model: type[Record], code: str, besides: Collection[str] = ()) -> str:
    """The code that a record has or had which differs from this one by capitals at most; blank where there is none."""
    codes = (*used_codes(exercise, model), *besides)
    return next((one for one in codes if one.casefold() == code.casefold()), "")
