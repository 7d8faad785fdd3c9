"""The sheets of yearly amounts: each takes the line of the same row one step further."""

from collections.abc import Callable

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.factors import FIRST, HEALTH_FACTOR, LEVEL, NUMBER, STANDARD_FACTOR
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.plan import (
    COUNTED,
    DELAYED,
    EFFECTS,
    FACTORS,
    GOES_ON,
    LINES,
    PAID,
    PRESENT,
    PRICED,
    PRICES,
    RAMPED,
    STAYS,
)

Row = dict[str, Cell]
MONTHS = "Months"  # the name of 0 to 11
Yearly = Callable[[int, int], str]  # the formula of a row and a year, without its equals sign


class Steps:
    """Writes the sheets one after the other; `size` lines have a price, over so many years."""

    def __init__(self, book: Book, facts: Facts) -> None:
        self._book = book
        self._size, self._years = facts.priced, len(facts.years)

    def write(self) -> None:
        """Every step from what was entered to present values."""
        self._sheet(PRICED, self._priced, level=self._own_level)
        self._sheet(RAMPED, self._ramped)
        self._sheet(
            STAYS,
            lambda at, place: self._share(at, place, "<"),
            begins=self._begins,
            lag_years=lambda at: f"INT({self._line('lag', at)}/12)",
            lag_months=lambda at: f"MOD({self._line('lag', at)},12)",
        )
        self._sheet(GOES_ON, lambda at, place: self._share(at, place, ">="))
        self._sheet(EFFECTS, self._effect, kept=self._kept)
        self._sheet(DELAYED, self._delayed)
        self._sheet(PAID, lambda at, place: f"{self._year(DELAYED, at, place)}*{self._line('times', at)}")
        self._sheet(
            COUNTED,
            self._counted,
            total=lambda at: f"SUM({self._book[COUNTED].across('y', at)})",
        )
        self._sheet(
            PRESENT,
            lambda at, place: f"{self._year(COUNTED, at, place)}*{self._discount(at, place)}",
            likely=lambda at: f"SUM({self._book[PRESENT].across('y', at)})",
            low=lambda at: self._end(at, "low", "high"),
            high=lambda at: self._end(at, "high", "low"),
            before=lambda at: self._present(at, DELAYED),
            after=lambda at: self._present(at, PAID),
            left=self._left,
        )

    def _sheet(self, name: str, yearly: Yearly, **more: Callable[[int], str]) -> None:
        self._book.write(
            name,
            (
                {
                    **self._name(at),
                    **{key: Formula(f"={formula(at)}") for key, formula in more.items()},
                    **{f"y{place}": Formula(f"={yearly(at, place)}") for place in range(self._years)},
                }
                for at in range(self._size)
            ),
        )

    def _name(self, at: int) -> Row:
        lines = self._book[LINES]
        return {key: Formula(f"={lines.at(key, at)}") for key in ("code", "option", "name")}

    def _line(self, key: str, at: int) -> str:
        return self._book[LINES].at(key, at)

    def _year(self, sheet: str, at: int, place: int) -> str:
        return self._book[sheet].at(f"y{place}", at)

    def _factor(self, row: int, place: int) -> str:
        """A cell of Factors, whose row stays when the formula is copied."""
        return self._book[FACTORS].fixed(f"y{place}", row)

    def _own_level(self, at: int) -> str:
        """The level of the price base that a line states for itself; 1 where it states none."""
        year, prices = self._line("price_year", at), self._book[PRICES]
        level = f"INDEX({prices.down('level')},MATCH({year},{prices.down('first')},0))"
        return f"IF(ISNUMBER({year}),{level},1)"

    def _priced(self, at: int, place: int) -> str:
        units, worth, starts = (self._line(key, at) for key in ("units", "unit_value", "starts"))
        begun = f"{self._factor(FIRST, place)}>=IF(ISNUMBER({starts}),{starts},First_year)"
        product = f"{units}*IF(ISNUMBER({worth}),{worth},NA())"
        by_units = f"AND(COUNT({self._book[LINES].across('y', at)})=0,ISNUMBER({units}))"
        amount = self._year(LINES, at, place)
        own_level = self._book[PRICED].here("level", at)
        cash = f'{self._line("prices", at)}="cash"'
        level = f"IF({cash},{self._factor(LEVEL, place)},{own_level})"
        given = f"IF(ISNUMBER({amount}),{amount},NA())"
        return f"IF({by_units},IF({begun},{product},0),{given})/{level}"

    def _begins(self, at: int) -> str:
        """How many years appraised pass before the first with an amount."""
        row = self._book[PRICED].across("y", at)
        left = f"SUMPRODUCT(MAX(({row}<>0)*({self._years}-{self._numbers()})))"
        return f"IF({left}=0,0,{self._years}-{left})"

    def _numbers(self) -> str:
        """The year numbers, 0 first."""
        return self._book[FACTORS].across("y", NUMBER, stays=True)

    def _share(self, at: int, place: int, side: str) -> str:
        """The mean over a year's months of ramp x drop-off, of those before or after the months of lag push them on."""
        stays = self._book[STAYS]
        begins, pushed = (
            stays.here(key, at) if side == "<" else stays.at(key, at) for key in ("begins", "lag_months")
        )
        ramp, lost = self._line("ramp", at), self._line("drop_off", at)
        month, climbing = self._climbing(at, place, begins)
        whole = f"INT(({month}-{ramp})/12)"
        past = f"(({whole}>0)*{whole})"
        # 0 to the power of 0 is no number to a spreadsheet; before a year of full effect has passed all is left.
        left = f"((1-{lost}+({lost}=1)*({past}=0))^{past})"
        return f"SUMPRODUCT(({MONTHS}{side}12-{pushed})*{climbing}*{left})/12"

    def _climbing(self, at: int, place: int, begins: str) -> tuple[str, str]:
        """The months of a year counted from the first of the effect, and how much of it each has by the ramp."""
        ramp = self._line("ramp", at)
        month = f"(12*({self._factor(NUMBER, place)}-{begins})+{MONTHS})"
        return month, f"(({month}>={ramp})+({month}<{ramp})*({month}>=0)*({month}+0.5)/MAX({ramp},1))"

    def _ramped(self, at: int, place: int) -> str:
        _, climbing = self._climbing(at, place, self._book[STAYS].at("begins", at))
        return f"SUMPRODUCT({climbing})/12"

    def _kept(self, at: int) -> str:
        reach, taken, attributed = (
            f"IF(ISNUMBER({cell}),{cell},1)"
            for cell in (self._line(key, at) for key in ("reach", "take_up", "attribution"))
        )
        return f"{reach}*{taken}*(1-{self._line('deadweight', at)})*{attributed}"

    def _effect(self, at: int, place: int) -> str:
        stays = self._book[STAYS]
        behind = f"{self._factor(NUMBER, place)}-{stays.at('lag_years', at)}"
        full, soon, later = (self._book[sheet].across("y", at) for sheet in (PRICED, STAYS, GOES_ON))
        now = f"IF({behind}>=0,INDEX({full},1,{behind}+1)*INDEX({soon},1,{behind}+1),0)"
        before = f"IF({behind}>=1,INDEX({full},1,{behind})*INDEX({later},1,{behind}),0)"
        return f"{self._book[EFFECTS].here('kept', at)}*({now}+{before})"

    def _delayed(self, at: int, place: int) -> str:
        months = self._line("delay", at)
        behind = f"{self._factor(NUMBER, place)}-INT({months}/12)"
        row = self._book[EFFECTS].across("y", at)
        now = f"IF({behind}>=0,INDEX({row},1,{behind}+1)*(12-MOD({months},12))/12,0)"
        before = f"IF({behind}>=1,INDEX({row},1,{behind})*MOD({months},12)/12,0)"
        return f"{now}+{before}"

    def _counted(self, at: int, place: int) -> str:
        paid = self._year(PAID, at, place)
        last = f"{self._factor(NUMBER, place)}={self._years - 1}"
        return f"{paid}-IF({last},{self._line('residual', at)},0)"

    def _end(self, at: int, end: str, other: str) -> str:
        """The present value of a line at one end of its range: an amount below nought is lowest at its high one."""
        years = self._book[PRESENT].across("y", at)

        def part(sign: str, multiplier: str) -> str:
            cell = self._line(multiplier, at)
            known = f"IF(ISNUMBER({cell}),{cell},NA())"
            return f'IF(COUNTIF({years},"{sign}0")=0,0,{known}*SUMIF({years},"{sign}0"))'

        likely = self._book[PRESENT].here("likely", at)
        return f"IF(ISNUMBER({likely}),{part('>=', end)}+{part('<', other)},NA())"

    def _left(self, at: int) -> str:
        """The present value of what an asset is still worth in the last year."""
        return f"{self._line('residual', at)}*{self._discount(at, self._years - 1)}"

    def _discount(self, at: int, place: int) -> str:
        health, standard = (self._factor(row, place) for row in (HEALTH_FACTOR, STANDARD_FACTOR))
        return f"IF({self._line('schedule', at)}=2,{health},{standard})"

    def _present(self, at: int, sheet: str) -> str:
        factors = self._book[FACTORS]
        health, standard = (factors.across("y", row, stays=True) for row in (HEALTH_FACTOR, STANDARD_FACTOR))
        row = self._book[sheet].across("y", at)
        return f"IF({self._line('schedule', at)}=2,SUMPRODUCT({row},{health}),SUMPRODUCT({row},{standard}))"
