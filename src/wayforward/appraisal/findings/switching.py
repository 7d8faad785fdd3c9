"""Values of inputs at which an option is worth nothing, or two options change places."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wayforward.appraisal.findings.basis import (
    OPTION,
    compared_with,
    discounting_parameters,
    present,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.worth import Worth, worths
from wayforward.appraisal.lines import READS, Appraised
from wayforward.appraisal.models import BenefitLine, Line, Uncertainty
from wayforward.appraisal.varying import driver_of
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import switching as method
from wayforward.methods.switching import Switch

EFFECTS = {
    "reach": "Reach",
    "take_up": "Take-up",
    "deadweight": "Deadweight",
    "attribution": "Attribution",
    "units": "Units",
    "unit_value": "Value of a unit",
}
AMOUNTS = "amounts"
MOST_INPUTS = 6  # an option; more would bury those that matter
MOST_TIES = 3  # a pair of options
NOUGHT = "worth nothing"


@dataclass(frozen=True)
class Input:
    """Something that may be otherwise: what it is worth to each option, and how far it may plausibly change.

    `moved` is by option the present value that is proportional to it, against business as usual; `low` and `high` are
    changes as fractions, None where no range is given; `told` writes the input after a change.
    """

    name: str
    record: str
    moved: Mapping[str, float]
    low: float | None
    high: float | None
    value: float | None = None
    field: str = ""

    def told(self, change: float) -> str:
        """The input after a change of what moves with it."""
        if self.value is None:
            return f"{show.percent(1 + change)} of likely"
        if self.field == "deadweight":
            return show.percent(1 - (1 - self.value) * (1 + change))
        after = self.value * (1 + change)
        if self.field == AMOUNTS:
            return f"{show.money(after)} present value"
        if self.field == "unit_value":
            return show.money(after)
        return show.number(after) if self.field == "units" else show.percent(after)

    @property
    def plausible(self) -> str:
        """How far it may change, in words."""
        if self.low is None or self.high is None:
            return "no range given"
        return f"{show.percent(self.low)} to {show.percent(self.high)}"


@finding(
    "appraisal.switching",
    title="Values at which the figures would turn",
    question="How far would one input have to change before an option is worth nothing, or two change places?",
    method="switching",
    unit="fraction",
    prices="real",
    reads=(*READS, Uncertainty),
)
def switching(case: Reading) -> Result:
    """The inputs whose least change turns each option's likely NPSV to nought, or brings two neighbours level."""
    options = Appraised.of(case)
    found = [one for one in worths(options) if one.value.npsv.likely is not None]
    inputs = inputs_of(case, options)
    rows = [row for one in found for row in _to_nought(one, inputs)]
    ordered = sorted(found, key=lambda one: (-(one.value.npsv.likely or 0.0), one.item.option.code))
    pairs = [sorted(pair, key=lambda one: one.item.option.order) for pair in pairwise(ordered)]
    pairs.sort(
        key=lambda pair: [one.item.option.order for one in pair]
    )  # so that the rows tell no order of worth
    rows += [row for first, second in pairs for row in _to_tie(first, second, inputs)]
    return Result(
        headline=_headline(rows),
        columns=(
            OPTION,
            Column("turn", "Turns to"),
            Column("input", "Input"),
            Column("record", "Record", detail=True),
            Column("now", "Now"),
            Column("value", "Turns at"),
            Column("change", "Change", "fraction"),
            Column("plausible", "Plausible change"),
            Column("low", "Plausible from", "fraction", detail=True),
            Column("high", "Plausible to", "fraction", detail=True),
            Column("inside", "Within its plausible range", "yes or no"),
        ),
        rows=tuple(rows),
        value_column="change",
        used=rests_on(case, options) + given(case.rows(Uncertainty), "low", "high"),
        parameters={
            **discounting_parameters(case),
            "inputs_an_option": MOST_INPUTS,
            "inputs_a_pair": MOST_TIES,
        },
        warnings=(ONE_AT_A_TIME, *stands_on(case, options)),
        waiting=waits(options),
    )


ONE_AT_A_TIME = (
    "One input at a time, the rest as they are; lines of one driver are one input. An input that would have to fall "
    "below nothing, or rise past the whole, is left out. To draw level is the same for both of two options: it puts "
    "neither first."
)


def inputs_of(case: Reading, options: Appraised) -> list[Input]:
    """Every driver of lines, and every effect of a benefit line, that moves what some option is worth."""
    known = [item for item in options.options if compared_with(options, item)]
    by_driver: dict[str, list[Line]] = defaultdict(list)
    for item in known:
        for line in item.lines:
            by_driver[driver_of(line)].append(line)
    spreads = {(row.about, row.field): row for row in case.rows(Uncertainty)}
    found = [_driver(options, lines) for _, lines in sorted(by_driver.items())]
    for lines in by_driver.values():
        for line in lines:
            if isinstance(line, BenefitLine):
                found += [_effect(options, line, name, spreads) for name in EFFECTS if getattr(line, name)]
    return [one for one in found if any(one.moved.values())]


def _moved(options: Appraised, lines: Sequence[Line]) -> dict[str, float]:
    """What some lines add to each option's worth, against business as usual."""
    usual = options.usual

    def of(code: str) -> float:
        own = [line for line in lines if line.option.code == code]
        gains = [line for line in own if isinstance(line, BenefitLine)]
        return present(options, gains) - present(options, [line for line in own if line not in gains])

    base = of(usual.option.code) if usual else 0.0
    return {item.option.code: of(item.option.code) - base for item in options.others}


def _driver(options: Appraised, lines: Sequence[Line]) -> Input:
    ends = [_ends(line) for line in lines]
    lows = [low for low, _ in ends if low is not None]
    highs = [high for _, high in ends if high is not None]
    alone = len(lines) == 1
    name = f"{lines[0].name} ({lines[0].code})" if alone else lines[0].varies_with or lines[0].name
    return Input(
        name=name,
        record=" ".join(line.reference for line in lines),
        moved=_moved(options, lines),
        low=min(lows) - 1 if lows else None,
        high=max(highs) - 1 if highs else None,
        value=present(options, lines) if alone else None,
        field=AMOUNTS if alone else "",
    )


def _ends(line: Line) -> tuple[float | None, float | None]:
    """The multipliers between which a line may plausibly lie."""
    if line.distribution == "discrete" and line.outcomes:
        values = [float(value) for value, _ in line.outcomes]
        return min(values), max(values)
    return tuple(None if end is None else float(end) for end in (line.low, line.high))  # type: ignore[return-value]  # two ends


def _effect(
    options: Appraised, line: BenefitLine, field: str, spreads: Mapping[tuple[str, str], Uncertainty]
) -> Input:
    value = float(getattr(line, field))
    spread = spreads.get((line.reference, field))
    ends = [float(end) for end in (spread.low, spread.high) if end is not None] if spread else []
    changes = sorted(_change(field, value, end) for end in ends)
    return Input(
        name=f"{EFFECTS[field]} of {line.name} ({line.code})",
        record=f"{line.reference}/{field}",
        moved=_moved(options, [line]),
        low=changes[0] if len(changes) == 2 else None,
        high=changes[1] if len(changes) == 2 else None,
        value=value,
        field=field,
    )


def _change(field: str, value: float, end: float) -> float:
    """How what moves with an effect changes where the effect goes to one end: of deadweight, what it leaves."""
    if field == "deadweight":
        return (1 - end) / (1 - value) - 1 if value < 1 else 0.0
    return end / value - 1


def _to_nought(one: Worth, inputs: Sequence[Input]) -> list[Row]:
    code, npsv = one.item.option.code, one.value.npsv.likely or 0.0
    found = ((item, method.switching_value(1.0, npsv, item.moved[code], _plausible(item))) for item in inputs)
    return _rows(code, NOUGHT, found, MOST_INPUTS)


def _to_tie(one: Worth, other: Worth, inputs: Sequence[Input]) -> list[Row]:
    """What brings two options level: the same change for both, so that it puts neither first."""
    codes = one.item.option.code, other.item.option.code
    worth = one.value.npsv.likely or 0.0, other.value.npsv.likely or 0.0
    found = (
        (
            item,
            method.tie_value(1.0, worth, (item.moved[codes[0]], item.moved[codes[1]]), _plausible(item)),
        )
        for item in inputs
    )
    return _rows(codes[0], f"level with {other.item.option.short_name}", found, MOST_TIES)


def _plausible(item: Input) -> tuple[float, float] | None:
    return None if item.low is None or item.high is None else (1 + item.low, 1 + item.high)


def _rows(code: str, turn: str, found: Iterable[tuple[Input, Switch]], most: int) -> list[Row]:
    """The few inputs that need least change, of those that can be so; past twice its size none but the nearest."""
    near = [(item, one.change, one.inside) for item, one in found if one.change is not None]
    able = [row for row in near if _possible(row[0], row[1])]
    able.sort(key=lambda row: (abs(row[1]), row[0].name))
    able = [row for place, row in enumerate(able) if place == 0 or abs(row[1]) <= 1]
    return [
        {
            "option": code,
            "turn": turn,
            "input": item.name,
            "record": item.record,
            "now": item.told(0.0),
            "value": item.told(change),
            "change": change,
            "plausible": item.plausible,
            "low": "" if item.low is None else item.low,
            "high": "" if item.high is None else item.high,
            "inside": "" if inside is None else inside,
        }
        for item, change, inside in able[:most]
    ]


def _possible(item: Input, change: float) -> bool:
    """Whether an input can be so: nothing falls below nothing, no share passes the whole."""
    if change < -1:
        return False
    if item.value is None or item.field in (AMOUNTS, "units", "unit_value"):
        return True
    most = 1 / (1 - item.value) if item.field == "deadweight" and item.value < 1 else 1 / item.value
    return 1 + change <= most


def _headline(rows: Sequence[Row]) -> str:
    if not rows:
        return "No value at which the figures would turn is known yet"
    inside = [row for row in rows if row["inside"]]
    nought = {row["option"] for row in inside if row["turn"] == NOUGHT}
    ties = {(row["option"], row["turn"]) for row in inside if row["turn"] != NOUGHT}
    if not inside:
        return "No single input would turn the figures within its plausible range"
    parts = [f"turn the worth of {show.count(len(nought), 'option')} to nought"] if nought else []
    parts += [f"bring {show.count(len(ties), 'pair')} of options level"] if ties else []
    return f"A single input could, within its plausible range, {show.listed(parts)}"
