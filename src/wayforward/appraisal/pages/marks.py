"""The charts of a what-if as SVG, written straight from the findings.

Altair and its converter take a third of a second for three charts, all that an answer may take; these take a few
milliseconds. They keep the house look (pages/charts.py): an option's own colour, a thin 5-95% line with a dot at the
median, names where marks end. What the record gives stands behind in grey.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wayforward.appraisal.pages.answered import DRAWN, PLAN, RANKS, WORTH, Answer
from wayforward.findings import show
from wayforward.findings.finding import Finding, Row, Scalar
from wayforward.pages.charts import INK, OPTION_COLOURS, RULE, SHADES

Label = Callable[[str, str], str]
WIDTH, LEFT, RIGHT = 660, 150, 18
MILLION = 1e6
PANEL, GAP_BETWEEN = 245, 30  # of two panels side by side
LONGEST = 21  # letters of a name beside a chart
GREY = "#8a929c"
WIDE_ENOUGH = 26  # of a part of a bar for its number to stand in it


@dataclass(frozen=True)
class Mark:
    """A drawn chart: its title says what is true, its words stand for it where it can't be seen."""

    title: str
    svg: SafeString
    alt: str


@dataclass(frozen=True)
class Scale:
    """From figures to places across the chart, with figures to mark."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a figure."""
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[float]:
        """Four to eight round figures from end to end."""
        rough = (self.high - self.low) / 5
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * 0.999)
        first = math.ceil(self.low / step - 1e-9)
        return [step * n for n in range(first, math.floor(self.high / step + 1e-9) + 1)]


def marks(answer: Answer, label: Label) -> list[Mark]:
    """The charts that there is something to draw for."""
    drawn = (worth(answer, label), left_over(answer, label), ranks(answer, label))
    return [one for one in drawn if one is not None]


def worth(answer: Answer, label: Label) -> Mark | None:
    """A line from the 5th to the 95th percentile of worth, a dot at the median; low to high where nothing is drawn."""
    key, ends = _worth_columns(answer)
    after, before = answer.after[key], answer.before[key]
    rows = [row for row in after.rows if None not in (row[name] for name in ends)]
    if not rows:
        return None
    was = {row["option"]: row for row in before.rows if None not in (row[name] for name in ends)}
    every = [_millions(row[name]) for row in [*rows, *was.values()] for name in (ends[0], ends[2])]
    scale = _scale([*every, 0.0], LEFT, WIDTH - RIGHT)
    height = 44 * len(rows)
    colours = _colours(answer)
    parts = [_axis(scale, height, "£ million, present value")]
    for place, row in enumerate(rows):
        y = 24 + 44 * place
        parts.append(_name(label("option", str(row["option"])), y))
        old = was.get(row["option"])
        if old is not None and any(old[name] != row[name] for name in ends):
            parts.append(_range(scale, [_millions(old[name]) for name in ends], y + 9, GREY, 1.5, 3))
        values = [_millions(row[name]) for name in ends]
        parts.append(_range(scale, values, y, colours[str(row["option"])], 2, 5))
        parts.append(_text(scale.at(values[1]), y - 9, show.fixed(values[1], 1), "middle"))
    said = (
        "the median of the draws, with its 5th and 95th percentile"
        if key == DRAWN
        else "likely, low and high"
    )
    told = show.listed([f"{label('option', str(r['option']))} {_told(r, ends)}" for r in rows])
    return Mark(
        f"Net present social value against business as usual: {said}",
        _svg(parts, height + 46),
        f"A line an option from low to high with a dot between: {told}. Where the record gives another, it is in grey.",
    )


def _worth_columns(answer: Answer) -> tuple[str, tuple[str, str, str]]:
    drawn = answer.after.get(DRAWN)
    if drawn is not None and any(row["p50"] is not None for row in drawn.rows):
        return DRAWN, ("p5", "p50", "p95")
    return WORTH, ("low", "npsv", "high")


def _told(row: Row, ends: Sequence[str]) -> str:
    low, middle, high = (show.money(row[name]) for name in ends)
    return f"{middle} ({low} to {high})"


def _range(
    scale: Scale, values: Sequence[float], y: float, colour: str, width: float, size: float
) -> SafeString:
    return format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="{}"/>'
        '<circle cx="{}" cy="{}" r="{}" fill="{}"/>',
        *(scale.at(values[0]), scale.at(values[2]), y, y, colour, width),
        *(scale.at(values[1]), y, size, colour),
    )


def left_over(answer: Answer, label: Label) -> Mark | None:
    """A line an option of what the financial plan leaves over by year, each named where it ends."""
    finding = answer.after.get(PLAN)
    lines = _by_year(finding)
    if finding is None or not lines:
        return None
    years = sorted({year for line in lines.values() for year in line})
    every = [value for line in lines.values() for value in line.values()]
    start, end, top, bottom = 52, WIDTH - LEFT, 14, 234
    across = Scale(years[0], max(years[-1], years[0] + 1), start, end)
    up = Scale(*_span([*every, 0.0]), bottom, top)
    parts = [_grid(up, start, end), _years(across, years, bottom + 18)]
    last = {code: up.at(line[max(line)]) for code, line in lines.items()}
    places = _apart(last)
    usual, colours = next(iter(_by_year(finding))), _colours(answer)
    for code, line in lines.items():
        points = " ".join(f"{across.at(year)},{up.at(value)}" for year, value in sorted(line.items()))
        dash = "5 4" if code == usual else "none"
        parts.append(
            format_html(
                '<polyline points="{}" fill="none" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>',
                *(points, colours[code], dash),
            )
        )
        parts.append(_end(across.at(max(line)) + 10, places[code], label("option", code), colours[code]))
    short = [label("option", code) for code, line in lines.items() if min(line.values()) < 0]
    title = _plan_title(short, len(lines))
    return Mark(
        f"{title}: left over by year, £ million, cash",
        _svg(parts, bottom + 34),
        f"A line an option of what the plan leaves over from {show.financial_year(years[0])} to "
        f"{show.financial_year(years[-1])}, in £ million of cash; below nothing: {show.listed(short) or 'none'}.",
    )


def _plan_title(short: Sequence[str], many: int) -> str:
    if not short:
        return "Every option would fit the financial plan in every year"
    who = "Every option" if len(short) == many else show.listed(list(short))
    return f"{who} would outrun the financial plan in some year"


def _end(x: float, y: float, name: str, colour: str) -> SafeString:
    """The name of a line where it ends, with a stroke of its colour, for ends may lie close together."""
    return format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="3"/>{}',
        *(x, x + 10, y, y, colour, _text(x + 15, y + 4, _cut(name), "start")),
    )


def _by_year(finding: Finding | None) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    for row in finding.rows if finding else ():
        if row["headroom"] is not None:
            found.setdefault(str(row["option"]), {})[int(row["year"] or 0)] = _millions(row["headroom"])
    return found


def ranks(answer: Answer, label: Label) -> Mark | None:
    """A bar an option, split by how often it comes at each rank: under any weights, and under each group's."""
    finding = answer.after.get(RANKS)
    if finding is None or not finding.rows:
        return None
    panels = _shares(finding)
    options = next(iter(panels.values()))
    shades, deep = _shades(len(options)), 34 + 26 * len(options)
    parts = [_key(Scale(0.0, 1.0, LEFT, WIDTH - RIGHT), shades)]
    for place, (weights, shares) in enumerate(panels.items()):
        left, top = place % 2, 30 + deep * (place // 2)
        start = LEFT - 20 if left == 0 else LEFT - 20 + PANEL + GAP_BETWEEN
        scale = Scale(0.0, 1.0, start, start + PANEL)
        parts.append(_text(start, top + 16, _begun(weights), "start"))
        for row, (code, some) in enumerate(shares.items()):
            y = top + 26 + 26 * row
            parts.append(_name(label("option", code), y + 7, start) if left == 0 else SafeString(""))
            parts.append(_stack(scale, some, shades, y))
    first = {code: some[0] for code, some in options.items()}
    told = show.listed([f"{label('option', code)} {show.percent(share)}" for code, share in first.items()])
    return Mark(
        "Share of draws in which each option comes at each rank, by whose weights are taken",
        _svg(parts, 30 + deep * math.ceil(len(panels) / 2)),
        f"Panels of bars by whose weights are taken, an option a bar, split by rank from the first on; "
        f"at the first rank under {next(iter(panels))}: {told}.",
    )


def _shares(finding: Finding) -> dict[str, dict[str, list[float]]]:
    """By whose weights are taken and by option: the shares of each rank from the first on."""
    found: dict[str, dict[str, list[float]]] = {}
    for row in finding.rows:
        of_weights = found.setdefault(str(row["weights"]), {})
        of_weights.setdefault(str(row["option"]), []).append(float(row["share"] or 0.0))
    return found


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _key(scale: Scale, shades: Sequence[str]) -> SafeString:
    width = (scale.end - scale.start) / len(shades)
    return format_html_join(
        "",
        '<rect x="{}" y="4" width="12" height="12" fill="{}" stroke="{}"/>{}',
        (
            (scale.start + width * n, shade, RULE, _text(scale.start + width * n + 18, 15, _rank(n), "start"))
            for n, shade in enumerate(shades)
        ),
    )


def _rank(place: int) -> str:
    return f"Rank {place + 1}"


def _stack(scale: Scale, shares: Sequence[float], shades: Sequence[str], y: float) -> SafeString:
    parts, before = [], 0.0
    for share, shade in zip(shares, shades, strict=True):
        start, end = scale.at(before), scale.at(before + share)
        before += share
        if end <= start:
            continue
        dark = shade in (SHADES[4], SHADES[3])
        words = show.percent(share) if end - start >= WIDE_ENOUGH else ""
        parts.append(
            format_html(
                '<rect x="{}" y="{}" width="{}" height="20" fill="{}" stroke="{}" stroke-width="0.5"/>{}',
                *(start, y - 3, round(end - start, 1), shade, INK),
                _text((start + end) / 2, y + 12, words, "middle", "#fff" if dark else INK) if words else "",
            )
        )
    return format_html_join("", "{}", ((part,) for part in parts))


def _shades(many: int) -> list[str]:
    """Dark to light, the first rank darkest; ranks past the fifth share the lightest."""
    dark = list(reversed(SHADES))
    return [dark[min(place, len(dark) - 1)] for place in range(many)]


def _colours(answer: Answer) -> Mapping[str, str]:
    """Each option its own colour, in the order of the report: business as usual comes first."""
    finding = answer.after.get(PLAN) or answer.after[WORTH]
    codes = list(dict.fromkeys(str(row["option"]) for row in finding.rows))
    first = 0 if PLAN in answer.after else 1
    return {code: OPTION_COLOURS[(place + first) % len(OPTION_COLOURS)] for place, code in enumerate(codes)}


def _millions(value: Scalar) -> float:
    return float(value or 0) / MILLION


def _span(values: Iterable[float]) -> tuple[float, float]:
    some = list(values)
    low, high = min(some), max(some)
    room = (high - low) * 0.04 or 1.0
    return low - (room if low < 0 else 0.0), high + (room if high > 0 else 0.0)


def _scale(values: Iterable[float], start: float, end: float) -> Scale:
    return Scale(*_span(values), start, end)


def _axis(scale: Scale, height: float, words: str) -> SafeString:
    """Upright lines at round figures with the figures under them, and one of ink at nothing."""
    lines = format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="0" y2="{1}" stroke="{2}"{3}/>{4}',
        (
            (
                scale.at(tick),
                height,
                *_line(tick),
                _text(scale.at(tick), height + 18, _figure(tick), "middle"),
            )
            for tick in scale.ticks
        ),
    )
    return format_html("{}{}", lines, _text((scale.start + scale.end) / 2, height + 38, words, "middle"))


def _line(tick: float) -> tuple[str, SafeString]:
    return (INK, SafeString(' stroke-dasharray="4 3"')) if abs(tick) < 1e-12 else ("#e6e9ee", SafeString(""))


def _grid(up: Scale, start: float, end: float) -> SafeString:
    return format_html_join(
        "",
        '<line x1="{0}" x2="{1}" y1="{2}" y2="{2}" stroke="{3}"{4}/>{5}',
        (
            (start, end, up.at(tick), *_level(tick), _text(start - 8, up.at(tick) + 4, _figure(tick), "end"))
            for tick in up.ticks
        ),
    )


def _level(tick: float) -> tuple[str, SafeString]:
    return (INK, SafeString("")) if abs(tick) < 1e-12 else ("#e6e9ee", SafeString(""))


def _years(across: Scale, years: Sequence[int], y: float) -> SafeString:
    """The names of as many years as there is room for."""
    every = math.ceil(len(years) / 7)
    shown = years[::every]
    return format_html_join(
        "", "{}", ((_text(across.at(year), y, show.financial_year(year), "middle"),) for year in shown)
    )


def _figure(tick: float) -> str:
    return show.signed(tick, f"{abs(tick):,.10g}")


def _apart(places: Mapping[str, float]) -> dict[str, float]:
    """Places for names at line ends, each a line's height below the one above."""
    moved: dict[str, float] = {}
    before = -math.inf
    for code in sorted(places, key=lambda one: places[one]):
        before = moved[code] = max(places[code], before + 16)
    return moved


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _name(name: str, y: float, start: float = LEFT) -> SafeString:
    return _text(start - 12, y + 4, _cut(name), "end")


def _text(x: float, y: float, words: str, anchor: str, colour: str = INK) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>',
        round(x, 1),
        round(y, 1),
        anchor,
        colour,
        words,
    )


def _svg(parts: Iterable[SafeString], height: float) -> SafeString:
    return format_html(
        '<svg class="wf-marks" width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true">{2}</svg>',
        WIDTH,
        height,
        format_html_join("", "{}", ((part,) for part in parts)),
    )
