"""More than money as arrays: criteria with value functions, options' values on them, and each group's weights.

A criterion without anchors is left out of every weighing: its swing is not stated, so no weight for it means
anything. A level that people recorded outside the anchors is refused; draws are held at the anchor and counted.
"""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from wayforward.appraisal import draws as money
from wayforward.appraisal.lines import USUAL
from wayforward.appraisal.models import Criterion, CriterionScore, StakeholderGroup, SwingWeight
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar
from wayforward.methods import Floats, montecarlo, ranking, smaa, swing_weights, value_functions
from wayforward.methods.distributions import Distribution, distribution
from wayforward.methods.smaa import Acceptability
from wayforward.methods.swing_weights import Interval
from wayforward.methods.value_functions import ValueFunction
from wayforward.options.models import Option

MONEY = "appraisal.npsv"
IMPERATIVES = "options.success"
NEEDS = (MONEY, IMPERATIVES)
WEIGHED_READS = (Option, Criterion, CriterionScore, StakeholderGroup, SwingWeight)
SIMULATED_READS = tuple(dict.fromkeys((*money.DRAWN_READS, *WEIGHED_READS)))
ANY = "any weights"


@dataclass(frozen=True)
class Measured:
    """A criterion with its value function; `lacking` says why it has none."""

    criterion: Criterion
    function: ValueFunction | None
    lacking: str = ""

    @property
    def money(self) -> bool:
        """Whether its level is the worth of the option in money."""
        return self.criterion.quotes == MONEY


@dataclass(frozen=True)
class Level:
    """How an option does on a criterion, in its unit, and the values 0 to 100; None where not known.

    `lacking` says what it waits for.
    """

    record: CriterionScore | None
    low: float | None = None
    likely: float | None = None
    high: float | None = None
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    lacking: str = ""


@dataclass(frozen=True)
class Weighed:
    """A group with its weights by criterion and their intervals; both empty while `lacking` says something.

    `order`: the criteria in groups of falling weight. `ranged`: whether it gave any points with a range.
    """

    group: StakeholderGroup
    records: tuple[SwingWeight, ...]
    weights: Mapping[str, float]
    intervals: Mapping[str, Interval]
    order: tuple[tuple[str, ...], ...]
    ranged: bool
    lacking: str = ""


@dataclass(frozen=True, eq=False)
class Weighing:
    """Criteria in order, options in order, levels by option and criterion, groups, and who fails an imperative."""

    measured: tuple[Measured, ...]
    options: tuple[Option, ...]
    levels: Mapping[tuple[str, str], Level]
    groups: tuple[Weighed, ...]
    failing: Mapping[str, str]

    @classmethod
    def of(cls, case: Reading) -> "Weighing":
        """The weighing of a case, worked out once for all findings that ask; they need appraisal.npsv."""
        return case.shared("weighing", WEIGHED_READS, _gather)

    @property
    def anchored(self) -> tuple[Measured, ...]:
        """The criteria that can be weighed."""
        return tuple(one for one in self.measured if one.function)

    @property
    def ranked(self) -> tuple[Option, ...]:
        """The options that take part in any order."""
        return tuple(option for option in self.options if option.code not in self.failing)

    def values(self, option: Option) -> list[float | None]:
        """The values of an option on the anchored criteria, in their order."""
        return [self.levels[option.code, one.criterion.code].value for one in self.anchored]

    @property
    def unanchored(self) -> tuple[str, ...]:
        """What the criteria wait for."""
        return tuple(one.lacking for one in self.measured if one.lacking) or (
            () if self.measured else ("criteria",)
        )

    @property
    def unscored(self) -> tuple[str, ...]:
        """What the options that take part wait for."""
        found = [
            self.levels[option.code, one.criterion.code].lacking
            for one in self.anchored
            for option in self.ranked
        ]
        return tuple(words for words in found if words) or (() if self.ranked else ("options",))

    @property
    def unweighed(self) -> tuple[str, ...]:
        """What the groups wait for."""
        return tuple(one.lacking for one in self.groups if one.lacking) or (
            () if self.groups else ("a stakeholder group",)
        )

    def left_out(self) -> tuple[str, ...]:
        """Sentences on what takes no part and why."""
        fails = [
            f"{option.short_name} is left out of every rank: it fails {self.failing[option.code]}."
            for option in self.options
            if option.code in self.failing
        ]
        bare = [
            f"{one.criterion.name} is left out of every weighing: it has no anchors."
            for one in self.measured
            if not one.function
        ]
        return (*fails, *bare)


def _gather(case: Reading) -> Weighing:
    measured = tuple(_measured(one) for one in sorted(case.rows(Criterion), key=lambda c: (c.order, c.code)))
    options = tuple(sorted(case.rows(Option), key=lambda option: (option.order, option.code)))
    scored = {(row.option.code, row.criterion.code): row for row in case.rows(CriterionScore)}
    worth = {str(row["option"]): row for row in case.need(MONEY).rows}
    levels = {}
    for option in options:
        for one in measured:
            key = (option.code, one.criterion.code)
            levels[key] = _valued(
                one, option, _worth(option, worth) if one.money else _scored(scored.get(key))
            )
    anchored = tuple(one.criterion for one in measured if one.function)
    groups = tuple(_weighed(case, group, anchored) for group in case.rows(StakeholderGroup))
    barred = [row for row in case.need(IMPERATIVES).rows if row["may_rank"] is False]
    failing = {str(row["option"]): str(row["imperatives_failed"]) for row in barred}
    return Weighing(measured, options, levels, groups, failing)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by code; where several bear one name, each with its code."""
    borne = Counter(names.values())
    return {code: name if borne[name] == 1 else f"{name} ({code})" for code, name in names.items()}


def _measured(criterion: Criterion) -> Measured:
    if criterion.quotes not in ("", MONEY):
        return Measured(
            criterion, None, f"a finding that {criterion.name} can quote: {MONEY}, or blank for judgement"
        )
    low, high = number(criterion.worst), number(criterion.best)
    if low is None or high is None:
        return Measured(criterion, None, f"the anchors of {criterion.name}: its worst and its best level")
    points = [(float(level), float(value)) for level, value in criterion.points or []]
    try:
        function = ValueFunction(low, high, tuple(points if high > low else reversed(points)))
    except ValueError as impossible:
        return Measured(criterion, None, f"anchors of {criterion.name} that can be: {impossible}")
    return Measured(criterion, function)


def number(value: Decimal | float | str | None) -> float | None:
    """A record's number for arithmetic; None is not known."""
    return None if value is None else float(value)


def _scored(row: CriterionScore | None) -> Level:
    if row is None:
        return Level(None)
    return Level(row, number(row.low), number(row.score), number(row.high))


def _worth(option: Option, found: Mapping[str, Row]) -> Level:
    """Benefits less cost against business as usual, which is itself worth nothing more than itself.

    While no option's worth is known, neither is what they would be held against.
    """
    if option.option_kind == USUAL:
        nought = 0.0 if any(row.get("npsv") is not None for row in found.values()) else None
        return Level(None, nought, nought, nought)
    row = found.get(option.code, {})
    low, likely, high = (_figure(row.get(name)) for name in ("low", "npsv", "high"))
    return Level(None, low, likely, high)


def _figure(cell: Scalar) -> float | None:
    return None if cell is None else float(cell)


def _valued(one: Measured, option: Option, level: Level) -> Level:
    """The level with its values; recorded ends beyond an anchor are refused, those of the money held at it."""
    what = f"{option.short_name} on {one.criterion.name}"
    if level.likely is None:
        lacking = "its net present social value" if one.money else "a score"
        return Level(level.record, level.low, None, level.high, lacking=f"{lacking}: {what}")
    plain = (level.low, level.likely, level.high)
    if one.function is None:
        return Level(level.record, *plain, lacking=one.lacking)
    if not one.money and _turned(level):
        return Level(level.record, *plain, lacking=f"{what}: a range that the score lies in")
    ends = np.array([np.nan if end is None else end for end in (level.low, level.high)])
    try:
        likely = float(value_functions.values(one.function, [level.likely])[0])
        method = value_functions.clamped(one.function, ends).values if one.money else None
        spread = value_functions.values(one.function, ends) if method is None else method
    except ValueError as outside:
        return Level(level.record, *plain, lacking=f"{what} within its anchors: {outside}")
    low, high = (None if np.isnan(end) else float(end) for end in spread)
    return Level(level.record, *plain, likely, low, high)


def _turned(level: Level) -> bool:
    """Whether the score lies outside its own range, whichever end of it is called low."""
    if level.likely is None:
        return False
    low, high = sorted(level.likely if end is None else end for end in (level.low, level.high))
    return not low <= level.likely <= high


def _weighed(case: Reading, group: StakeholderGroup, anchored: Sequence[Criterion]) -> Weighed:
    given = {row.criterion.code: row for row in case.rows(SwingWeight) if row.group is group}
    records = tuple(given[one.code] for one in anchored if one.code in given)
    nothing = Weighed(group, records, {}, {}, (), False)
    unsaid = [one.name for one in anchored if one.code not in given or given[one.code].points is None]
    if not anchored:
        return _waiting(nothing, f"anchors before {group.name} can weigh")
    if unsaid:
        return _waiting(nothing, f"swing weights of {group.name}: {', '.join(unsaid)}")
    points = {row.criterion.code: number(row.points) for row in records}
    box = {row.criterion.code: _box(row) for row in records}
    try:
        weights = swing_weights.weights(points, list(points))
        intervals = swing_weights.intervals(box, list(points))
    except ValueError as impossible:
        return _waiting(nothing, f"swing weights of {group.name} that can be: {impossible}")
    ranks = {one.code: one.rank for one in ranking.rank(points)}
    order = swing_weights.ordinal(ranks, list(points))
    return Weighed(group, records, weights, intervals, order, any(b.low < b.high for b in box.values()))


def _waiting(one: Weighed, words: str) -> Weighed:
    return Weighed(one.group, one.records, {}, {}, (), False, words)


def _box(row: SwingWeight) -> Interval:
    """The points with their range; an end that is not given is the points themselves."""
    points = number(row.points) or 0.0
    low, high = number(row.low), number(row.high)
    return Interval(points if low is None else low, points if high is None else high)


@dataclass(frozen=True, eq=False)
class Simulated:
    """What draws of weights, scores and money say: by any weights first, then by the code of each group.

    `options` and `criteria` are in the order of the arrays; `held` counts draws of money held at an anchor, of all.
    """

    options: tuple[Option, ...]
    criteria: tuple[Criterion, ...]
    found: tuple[tuple[str, Acceptability], ...]
    held: int
    of: int


def simulated(case: Reading) -> Simulated | None:
    """SMAA-2 of a case, worked out once; None while anything is lacking (see `lacks`)."""
    return case.shared("acceptability", SIMULATED_READS, _simulate)


def lacks(case: Reading, weighing: Weighing) -> tuple[str, ...]:
    """What the draws wait for."""
    waits = [*weighing.unanchored, *weighing.unscored]
    if len(weighing.ranked) < 2:
        waits.append("two options that fail no imperative")
    if any(one.money for one in weighing.anchored):
        waits += money.lacking(case)
    return tuple(dict.fromkeys(waits))


def _simulate(case: Reading) -> Simulated | None:
    weighing = Weighing.of(case)
    if not weighing.anchored or weighing.unscored or len(weighing.ranked) < 2:
        return None
    drawn = money.ensemble(case) if any(one.money for one in weighing.anchored) else None
    if drawn is None and any(one.money for one in weighing.anchored):
        return None
    scores, held, of = _scores(case, weighing, drawn)
    codes = [one.criterion.code for one in weighing.anchored]
    seed = case.exercise.seed
    found = [(ANY, smaa.smaa(scores, smaa.draw_weights(codes, money.DRAWS, [seed, 0])))]
    for one in weighing.groups:
        if not one.lacking:
            # By code, so that a group added or moved leaves the draws of others as they were.
            stream = [seed, 1, zlib.crc32(one.group.code.encode())]
            within, order = (one.intervals, ()) if one.ranged else (None, one.order)
            weights = smaa.draw_weights(codes, money.DRAWS, stream, order=order, within=within)
            found.append((one.group.code, smaa.smaa(scores, weights)))
    criteria = tuple(one.criterion for one in weighing.anchored)
    return Simulated(weighing.ranked, criteria, tuple(found), held, of)


def _scores(case: Reading, weighing: Weighing, drawn: money.Ensemble | None) -> tuple[Floats, int, int]:
    """Values (draws, options, criteria), and how many draws of money were held at an anchor, of how many."""
    spreads = _spreads(weighing)
    levels = montecarlo.run(_stacked, spreads, money.DRAWS, case.exercise.seed) if spreads else None
    place = {name: column for column, name in enumerate(sorted(spreads))}
    values = np.empty((money.DRAWS, len(weighing.ranked), len(weighing.anchored)))
    held = of = 0
    for row, option in enumerate(weighing.ranked):
        for column, one in enumerate(weighing.anchored):
            level = weighing.levels[option.code, one.criterion.code]
            name = _name(option.code, one.criterion.code)
            if one.function is None:
                continue
            if one.money and drawn is not None and option.code in drawn.options:
                worth = value_functions.clamped(one.function, drawn.npsv[:, drawn.options.index(option.code)])
                held, of = held + int(worth.outside.sum()), of + money.DRAWS
                values[:, row, column] = worth.values
            elif levels is not None and name in place:
                values[:, row, column] = value_functions.clamped(one.function, levels[:, place[name]]).values
            else:
                values[:, row, column] = level.value
    return values, held, of


def _name(option: str, criterion: str) -> str:
    return f"score of {option} on {criterion}"


def _spreads(weighing: Weighing) -> dict[str, Distribution]:
    """The scores that have a range, each triangular; one without a range stands as it is."""
    found = {}
    for option in weighing.ranked:
        for one in weighing.anchored:
            level = weighing.levels[option.code, one.criterion.code]
            if one.money or level.likely is None or (level.low is None and level.high is None):
                continue
            low = level.likely if level.low is None else level.low
            high = level.likely if level.high is None else level.high
            if low != high:
                name = _name(option.code, one.criterion.code)
                low, high = sorted((low, high))
                found[name] = distribution("triangular", low, level.likely, high, what=name)
    return found


def _stacked(levels: Mapping[str, Floats]) -> Floats:
    return np.column_stack([levels[name] for name in sorted(levels)])
