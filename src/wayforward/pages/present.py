"""A finding as people read it: columns with their units in the head, cells as text, grids where they read better.

Pages and the report show the same cells; neither computes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from wayforward.findings import show
from wayforward.findings.finding import Column, Finding, Row, Scalar
from wayforward.methods import ranking

Label = Callable[[str, str], str]
MILLION = 1e6
NO_ROW = "–"  # of a grid: the finding says nothing of this pair
# Units that need no word in the head: the title or the cell says them.
UNNAMED = ("words", "number", "date", "financial year", "yes or no", "rank", "ratio", "unit of the row")


@dataclass(frozen=True)
class Head:
    """A column head: its words, its unit, and whether numbers stand under it."""

    title: str
    unit: str
    numeric: bool


@dataclass(frozen=True)
class Shown:
    """A cell as text; `reference` is the record it names, if any; `raw` is the value behind it."""

    text: str
    reference: str = ""
    raw: Scalar = None


@dataclass(frozen=True)
class Grid:
    """A table ready to be shown."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Shown, ...], ...]
    across: bool = False  # on its side: a record a column, its numbers and words under each other

    @property
    def lines(self) -> list[list[tuple[Shown, bool]]]:
        """The rows with, beside each cell, whether numbers stand in its column."""
        return [[(c, h.numeric) for c, h in zip(row, self.heads, strict=True)] for row in self.rows]


# A table of few records and many columns reads better with the records across.
MOST_ACROSS = 8


def on_screen(finding: Finding, label: Label, most: int | None = None) -> Grid:
    """The rows of a finding for a page, the first of them where there are too many: no page is a wall of a table.

    A table stands on its side where it has more columns than a page is wide.
    """
    shown = grid(finding if most is None else replace(finding, rows=finding.rows[:most]), label)
    wide = len(shown.heads) > MOST_ACROSS and 1 < len(shown.rows) <= MOST_ACROSS
    return _turned(shown) if wide and not finding.pivot else shown


def _turned(shown: Grid) -> Grid:
    sides = [Shown(f"{head.title}, {head.unit}" if head.unit else head.title) for head in shown.heads[1:]]
    return Grid(
        (Head("", "", False), *(Head(row[0].text, "", False) for row in shown.rows)),
        tuple((side, *(row[place] for row in shown.rows)) for place, side in enumerate(sides, 1)),
        across=True,
    )


def grid(finding: Finding, label: Label, long: bool = False) -> Grid:
    """The rows of a finding as a table: as its grid where it has one, unless the long form is asked for."""
    if finding.pivot and not long:
        return _pivoted(finding, label)
    columns = [c for c in finding.columns if not c.detail]
    scales = [_scale(column, [row.get(column.name) for row in finding.rows]) for column in columns]
    shown = Grid(
        tuple(_head(c.title, scale.head, c.numeric) for c, scale in zip(columns, scales, strict=True)),
        tuple(
            tuple(_cell(row, c, scale, label) for c, scale in zip(columns, scales, strict=True))
            for row in finding.rows
        ),
    )
    return _without_repeats(shown)


def _without_repeats(shown: Grid) -> Grid:
    """Leave out a column that is blank, or only says again what the record named before it is called."""
    named = {place for place, cell in enumerate(shown.rows[0] if shown.rows else ()) if cell.reference}
    repeats = {
        place
        for place in range(len(shown.heads))
        for name in named
        if place > name and all(_same(row[name].text, row[place].text) for row in shown.rows)
    }
    blank = {p for p in range(len(shown.heads)) if shown.rows and not any(row[p].text for row in shown.rows)}
    keep = [place for place in range(len(shown.heads)) if place not in repeats | blank]
    return Grid(
        tuple(shown.heads[place] for place in keep),
        tuple(tuple(row[place] for place in keep) for row in shown.rows),
    )


def _same(short: str, long: str) -> bool:
    return short == long or (short.endswith("…") and long.startswith(short[:-1]))


ANY_RECORD = "record"  # a column whose values name kind and code


@dataclass(frozen=True)
class _Scale:
    """How the numbers of one column are written, so that its unit stands once, in the head."""

    head: str
    write: Callable[[Scalar], str]


def _scale(column: Column, values: list[Scalar]) -> _Scale:
    numbers = [abs(float(v)) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if column.unit == "GBP":
        if max(numbers, default=0.0) >= MILLION:
            if column.apart:
                return _Scale("£ million", millions_apart(values))
            return _Scale("£ million", show.millions)
        return _Scale("£", lambda value: show.number(value, 0))
    if column.unit == "fraction":
        return _Scale("%", lambda value: show.percent(value).removesuffix("%"))
    unit = "" if column.unit in UNNAMED else column.unit
    return _Scale(unit, lambda value: show.show(value, column.unit))


def _head(title: str, unit: str, numeric: bool) -> Head:
    """A head that says nothing twice: no unit that the title's own words name, as in 'Lines, lines'."""
    words = [word.strip(",.:;()").removesuffix("s") for word in title.lower().split()]
    said = unit.lower() in title.lower() or all(w.removesuffix("s") in words for w in unit.lower().split())
    return Head(title, "" if said else unit, numeric)


def millions_apart(values: list[Scalar]) -> Callable[[Scalar], str]:
    """Millions with as many decimals as keep different values different: no false tie."""
    given = [v for v in values if not show.lacking(v)]
    texts = dict(zip(given, ranking.display([float(v or 0) / MILLION for v in given]), strict=True))
    return lambda value: show.lacking(value) or texts[value].replace("-", show.MINUS)


def _cell(row: Row, column: Column, scale: _Scale, label: Label) -> Shown:
    value = row.get(column.name)
    if column.refers == ANY_RECORD and value:
        return Shown(str(value).partition(":")[2], str(value), value)
    if column.refers and value:
        return Shown(label(column.refers, str(value)), f"{column.refers}:{value}", value)
    if value == "" and not column.numeric:
        return Shown("", raw=value)
    return Shown(scale.write(value), raw=value)


def _pivoted(finding: Finding, label: Label) -> Grid:
    down, across, inside = (finding.column(name) for name in finding.pivot or ())
    scale = _scale(inside, [row.get(inside.name) for row in finding.rows])
    heads = _in_order([row.get(across.name) for row in finding.rows])
    sides = list(dict.fromkeys(row.get(down.name) for row in finding.rows))
    cells = {(row.get(down.name), row.get(across.name)): row for row in finding.rows}
    plain = _Scale("", lambda value: show.show(value, down.unit))
    return Grid(
        (
            Head(down.title, "", False),
            *(_head(_across(across, value, label), scale.head, inside.numeric) for value in heads),
        ),
        tuple(
            (
                _cell({down.name: side}, down, plain, label),
                *(
                    _cell(cells[side, head], inside, scale, label) if (side, head) in cells else Shown(NO_ROW)
                    for head in heads
                ),
            )
            for side in sides
        ),
    )


def _in_order(values: list[Scalar]) -> list[Scalar]:
    """Each value once: years and numbers from the lowest, words as they come."""
    once = list(dict.fromkeys(values))
    if all(isinstance(value, int | float) for value in once):
        return sorted(once, key=lambda value: float(value or 0))
    return once


def _across(column: Column, value: Scalar, label: Label) -> str:
    if column.refers and value:
        return label(column.refers, str(value))
    text = show.show(value, column.unit)
    return text[:1].upper() + text[1:]


# Units that the number itself shows; any other stands after it as a word.
SHOWN_BY_THE_NUMBER = ("", "words", "GBP", "fraction", "date", "financial year", "yes or no", "rank", "ratio")


def value_text(finding: Finding) -> str:
    """The one value of a finding with its unit, for large type; '' where it has none."""
    if finding.value is None:
        return ""
    text = show.show(finding.value, finding.unit)
    return text if finding.unit in SHOWN_BY_THE_NUMBER else f"{text} {finding.unit}"


def source_line(finding: Finding) -> str:
    """What a table or chart rests on, for the line under it."""
    parts = [f"{len(finding.evidence):,} evidence item{'' if len(finding.evidence) == 1 else 's'}"]
    if finding.grade:
        parts.append(f"worst grade {finding.grade} of 6")
    if finding.assumptions:
        parts.append(f"{show.count(len(finding.assumptions), 'value')} without evidence")
    if finding.illustrative:
        parts.append("partly illustrative")
    return f"Source: {finding.key}; {', '.join(parts)}."
