"""What a person may move in a what-if: each input with the records that it changes, its range and its words."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from wayforward.appraisal.lines import USUAL
from wayforward.appraisal.models import BenefitLine, CostLine, Criterion, Line, SwingWeight, Uncertainty
from wayforward.appraisal.moving import SHARES
from wayforward.appraisal.varying import DELAY, UNITS, driver_of, spread_of
from wayforward.appraisal.what_if import AMOUNTS
from wayforward.findings import Findings, show
from wayforward.options.models import PHASES, Option, OptionPhase, OptionRisk
from wayforward.records.case import Case

TOGETHER = "Lines that move together"
COSTS, BENEFITS, EFFECTS = "Costs", "Benefits", "Effects of benefits"
DELAYS, RISKS, WEIGHTS = "Delays", "Risks", "Weights"
PERCENT = 100
OF_LIKELY = " of likely"
WIDEST = (0.5, 1.5)  # of a line without a range of its own
MONTHS = 24
# The most that may be asked for, whatever a slider's range: beyond it lies a slip of the hand.
MOST_PERCENT, MOST_POUNDS, MOST_NUMBER = 1000.0, 1e11, 1e9
MOST_POINTS = 100.0
POINTS, LATE = "points", "months"
NOT_COUNTED = ("sunk",)
NAME = "what-if inputs"
READS = (BenefitLine, CostLine, Criterion, SwingWeight, Uncertainty, Option, OptionPhase, OptionRisk)


@dataclass(frozen=True)
class Input:
    """One thing to move. `targets` are the fields that it sets, as (kind:CODE, field).

    Numbers are as people see them: a share or a multiplier is `scale` times what the record holds. `now` is None
    where the records that it sets differ among themselves. A slider runs from `low` to `high`; what may be typed, from
    nothing to `most`. `driver` is the stream of draws that it stands for.
    """

    key: str
    words: str
    group: str
    unit: str
    targets: tuple[tuple[str, str], ...]
    now: float | None
    low: float
    high: float
    most: float
    scale: int = 1
    driver: str = ""

    @property
    def allowed(self) -> str:
        """What may be asked for, in words."""
        most = f"{self.most:,.2f}".rstrip("0").rstrip(".")
        if self.unit == LATE:
            return f"a whole number of months from 0 to {most}"
        kinds = {
            "%": f"a share from 0 to {most}%",
            "£": f"an amount from £0 to £{most}",
            POINTS: f"points from 0 to {most}",
        }
        return kinds.get(self.unit, f"a number from 0 to {most}{self.unit}")

    def may_be(self, value: float) -> bool:
        """Whether its records can hold the value, and it is no slip of the hand."""
        return 0 <= value <= self.most and (self.unit != LATE or value == int(value))

    @property
    def step(self) -> float:
        """How far one press of a key moves the slider: about a hundredth of its length."""
        whole = max(self.high - self.low, 1.0) / 100
        return float(10 ** math.floor(math.log10(whole))) if whole >= 10 else 1.0

    @property
    def straight(self) -> bool:
        """Whether what an option is worth is a straight line in it."""
        return all(field not in (DELAY, "points") for _, field in self.targets)

    def short(self, value: float) -> str:
        """A value where its unit stands nearby already."""
        return self.shown(value).removesuffix(OF_LIKELY)

    def shown(self, value: float) -> str:
        """A value as people read it, with its unit."""
        number = f"{show.signed(value, f'{abs(value):,.2f}'.rstrip('0').rstrip('.'))}"
        return f"£{number}" if self.unit == "£" else f"{number}{self.unit and _spaced(self.unit)}"


def _spaced(unit: str) -> str:
    return unit if unit.startswith("%") else f" {unit}"


def inputs(findings: Findings) -> dict[str, Input]:
    """Everything that can be moved in a case, by key; gathered once for a case."""
    if NAME not in findings.built:
        every = {one.key: one for one in _gathered(findings.case)}
        findings.built[NAME] = (set(READS), every)
    found: dict[str, Input] = findings.built[NAME][1]
    return found


def _gathered(case: Case) -> Iterator[Input]:
    lines = [line for model in (CostLine, BenefitLine) for line in case.rows(model) if in_sums(line)]
    yield from _delays(case)
    yield from _weights(case)
    yield from _together(lines)
    for line in lines:
        yield _amounts(line)
        if isinstance(line, BenefitLine):
            yield from _effects(case, line)
    yield from _risks(case)


def in_sums(line: Line) -> bool:
    """Whether a line is in any sum and says how much."""
    if isinstance(line, BenefitLine):
        priced = line.amounts is not None or line.units is not None
        return priced and line.benefit_kind != "unmonetised" and not line.in_plan
    return line.amounts is not None and getattr(line, "nature", "") not in NOT_COUNTED


def _together(lines: Iterable[Line]) -> Iterator[Input]:
    """Lines that one driver moves, moved as one."""
    by: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by[driver_of(line)].append(line)
    for driver, some in by.items():
        if len(some) > 1:
            words = f"{some[0].varies_with or some[0].name} ({show.count(len(some), 'line')})"
            yield _multiplier(driver, words, TOGETHER, some, driver)


def _amounts(line: Line) -> Input:
    words = f"{line.option.short_name}: {line.name}"
    group = BENEFITS if isinstance(line, BenefitLine) else COSTS
    return _multiplier(f"{line.reference}/{AMOUNTS}", words, group, [line], driver_of(line))


def _multiplier(key: str, words: str, group: str, lines: list[Line], driver: str) -> Input:
    """Amounts as a percentage of likely, over the widest of the lines' ranges."""
    ends = [end for line in lines for end in _ends(line)] or list(WIDEST)
    return Input(
        key,
        words,
        group,
        f"%{OF_LIKELY}",
        tuple((line.reference, AMOUNTS) for line in lines),
        now=float(PERCENT),
        low=float(math.floor(PERCENT * min(*ends, 1.0))),
        high=(high := float(math.ceil(PERCENT * max(*ends, 1.0)))),
        most=max(high, MOST_PERCENT),
        scale=PERCENT,
        driver=driver,
    )


def _ends(line: Line) -> tuple[float, ...]:
    spread = None
    with suppress(ValueError):  # a distribution that the checks refuse
        spread = spread_of(line)
    return () if spread is None else (max(spread.low, 0.0), spread.high)


def _effects(case: Case, line: BenefitLine) -> Iterator[Input]:
    """The effects that a benefit states, and those that vary."""
    varying = {row.field: row for row in case.rows(Uncertainty) if row.about == line.reference}
    fields = SHARES if line.amounts is not None else (*SHARES, *UNITS)
    for field in fields:
        value, row = getattr(line, field), varying.get(field)
        if value is None and row is None:
            continue
        words = f"{line.option.short_name}: {line.name}, {field.replace('_', '-').replace('unit-', 'unit ')}"
        driver = row.reference if row else ""
        if field in SHARES:
            yield _share(f"{line.reference}/{field}", words, EFFECTS, (line.reference, field), value, driver)
        else:
            unit = "£" if field == "unit_value" else ""
            yield _number(
                f"{line.reference}/{field}", words, EFFECTS, unit, (line.reference, field), value, driver
            )


def _risks(case: Case) -> Iterator[Input]:
    for risk in case.rows(OptionRisk):
        words, driver = f"{risk.option.short_name}: {risk.name}", f"risk:{risk.code}"
        if risk.probability is not None and risk.impact is not None:
            at = (risk.reference, "probability")
            yield _share(
                f"{risk.reference}/probability", f"{words}, chance", RISKS, at, risk.probability, driver
            )
            at = (risk.reference, "impact")
            yield _number(f"{risk.reference}/impact", f"{words}, cost", RISKS, "£", at, risk.impact, "")


def _share(key: str, words: str, group: str, at: tuple[str, str], value: object, driver: str) -> Input:
    now = None if value is None else round(PERCENT * float(str(value)), 2)
    whole = float(PERCENT)
    return Input(key, words, group, "%", (at,), now, 0.0, whole, whole, PERCENT, driver)


def _number(
    key: str, words: str, group: str, unit: str, at: tuple[str, str], value: object, driver: str
) -> Input:
    now = None if value is None else float(str(value))
    high = 2 * now if now else 100.0
    most = max(high, MOST_POUNDS if unit == "£" else MOST_NUMBER)
    return Input(key, words, group, unit, (at,), now, 0.0, high, most, driver=driver)


def _delays(case: Case) -> Iterator[Input]:
    """How late a phase is: those said to vary first, then the others that lines move with.

    An option has no delay as a whole: its lines without a phase would stay while all else slid past the last year.
    """
    moving = {
        (line.option.code, line.phase)
        for model in (CostLine, BenefitLine)
        for line in case.rows(model)
        if line.phase and in_sums(line)
    }
    varying = {row.about: row for row in case.rows(Uncertainty) if row.field == DELAY}
    order = {phase: place for place, (phase, _) in enumerate(PHASES)}
    phases = [phase for phase in case.rows(OptionPhase) if phase.option.option_kind != USUAL]
    phases.sort(key=lambda one: (one.reference not in varying, one.option.order, order.get(one.phase, 0)))
    for phase in phases:
        if phase.reference in varying or (phase.option.code, phase.phase) in moving:
            yield _late(phase, varying.get(phase.reference))


def _late(phase: OptionPhase, row: Uncertainty | None) -> Input:
    now = float(phase.delay_months or 0)
    high = math.ceil(max(MONTHS, now, *_outcomes(row)))
    return Input(
        f"{phase.reference}/{DELAY}",
        f"{phase.option.short_name}: {phase.phase} late by",
        DELAYS,
        LATE,
        ((phase.reference, DELAY),),
        now=now,
        low=0.0,
        high=float(high),
        most=float(high),
        driver=row.reference if row else "",
    )


def _outcomes(row: Uncertainty | None) -> list[float]:
    """The values that a varying thing is said to reach."""
    if row is None:
        return []
    ends = [row.low, row.likely, row.high, *(value for value, _ in row.outcomes or [])]
    return [float(end) for end in ends if end is not None]


def _weights(case: Case) -> Iterator[Input]:
    """What the swing of a criterion is worth, to all groups alike."""
    points: dict[str, list[SwingWeight]] = defaultdict(list)
    for row in case.rows(SwingWeight):
        points[row.criterion.code].append(row)
    for criterion in sorted(case.rows(Criterion), key=lambda one: one.order):
        rows = points[criterion.code]
        known = {row.points for row in rows}
        if rows:
            yield Input(
                f"criterion:{criterion.code}/points",
                criterion.name,
                WEIGHTS,
                POINTS,
                tuple((row.reference, "points") for row in rows),
                now=float(rows[0].points) if len(known) == 1 and rows[0].points is not None else None,
                low=0.0,
                high=MOST_POINTS,
                most=MOST_POINTS,
            )


def of_driver(every: dict[str, Input], driver: str) -> Input | None:
    """The input that stands for a driver: all that it moves, where it moves several records."""
    return next((one for one in every.values() if one.driver == driver), None)
