"""The sheet Check: each figure of the product beside the workbook's own."""

from collections.abc import Iterator, Sequence

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.compared import PENNY, Compared
from wayforward.appraisal.audit.plan import BY_ROW, CHECK
from wayforward.appraisal.audit.worth import NONE, NOT_KNOWN
from wayforward.findings.finding import Scalar

AGREES, DIFFERS = "agrees", "differs"
# The product gives twelve digits of a figure.
DIGITS = "0.000000000005"


def write_check(book: Book, found: Sequence[Compared]) -> None:
    """The figures with their difference. A share, a ratio or a number of years agrees to the millionth."""
    table = book[CHECK]

    def rows() -> Iterator[dict[str, Cell]]:
        for at, one in enumerate(found):
            given, other, apart, within = (
                table.here(key, at) for key in ("given", "found", "apart", "within")
            )
            both = f"AND(ISNUMBER({given}),ISNUMBER({other}))"
            bound = f"MAX({within},ABS({given})*{DIGITS})"
            near = f'IF({both},IF(ABS({other}-{given})<={bound},"{AGREES}","{DIFFERS}"),"{AGREES}")'
            money = one.within == PENNY
            yield {
                "key": one.key,
                "figure": one.figure,
                "of": one.of,
                "given": _told(one.given),
                "found": Formula(f"={one.formula}"),
                "apart": Formula(
                    f'=IF({both},ROUND({other}-{given},{2 if money else 6}),IF({given}={other},0,"{DIFFERS}"))'
                ),
                "within": one.within,
                BY_ROW: "number" if money else "factor",
                "agrees": Formula(f'=IF(ISNUMBER({apart}),{near},"{DIFFERS}")'),
            }

    book.write(CHECK, rows())
    book.warn(CHECK, "agrees", DIFFERS)


def _told(value: Scalar) -> Cell:
    """A figure as the workbook writes it: one that is not known, or that there is none of, in words."""
    if value is None:
        return NOT_KNOWN
    return NONE if value == "" else value
