"""Scenarios: what each option would be worth if some things were otherwise; the records themselves are unchanged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wayforward.appraisal.findings.basis import OPTION, discounting_parameters, rests_on, stands_on, waits
from wayforward.appraisal.findings.uncertainty import barred
from wayforward.appraisal.findings.worth import worths
from wayforward.appraisal.lines import READS, USUAL, Appraised
from wayforward.appraisal.models import Scenario, ScenarioValue
from wayforward.appraisal.what_if import AMOUNTS, MOVABLE, WHAT_IF_READS, Change, changed
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import used
from wayforward.methods import ranking
from wayforward.options.models import Option, OptionPhase
from wayforward.records.base import Record

_READ: tuple[type[Record], ...] = (*READS, *WHAT_IF_READS, Scenario, ScenarioValue)
SCENARIO_READS = tuple(dict.fromkeys(_READ))
ONLY_LIKELY = "Scenarios are worked out on likely amounts, each by itself; no probability is given to any."


@dataclass(frozen=True)
class Played:
    """A scenario with the likely NPSV of each option in it by code; `fault` says why it could not be worked out."""

    scenario: Scenario
    changes: tuple[Change, ...]
    npsv: dict[str, float | None]
    fault: str = ""


def likely(case: Reading) -> dict[str, float | None]:
    """The likely NPSV of each option; None where it is not known."""
    return {one.item.option.code: one.value.npsv.likely for one in worths(Appraised.of(case))}


def played(case: Reading) -> list[Played]:
    """Every scenario of the case, worked out once for all findings."""
    return case.shared("scenarios", SCENARIO_READS, _play_all)


def _play_all(case: Reading) -> list[Played]:
    return [_play(case, row) for row in case.rows(Scenario)]


def _play(case: Reading, scenario: Scenario) -> Played:
    changes = tuple(
        Change(row.about, row.field, float(row.value))
        for row in case.rows(ScenarioValue)
        if row.scenario.code == scenario.code
    )
    unknown: dict[str, float | None] = dict.fromkeys(likely(case))
    try:
        otherwise = case.supposing(changed(case, changes), scenario.edition)
        return Played(scenario, changes, likely(otherwise))
    except (ValueError, LookupError) as error:
        return Played(scenario, changes, unknown, str(error))


@finding(
    "appraisal.scenarios",
    title="What the options would be worth in each scenario",
    question="What if things were otherwise?",
    method="npsv",
    unit="GBP",
    prices="real",
    reads=SCENARIO_READS,
    needs=("appraisal.order", "options.success"),
)
def scenarios(case: Reading) -> Result:
    """Likely NPSV by scenario and option, its change, and what is otherwise for it; ranks only where there are any."""
    options, found, stated = Appraised.of(case), played(case), likely(case)
    ranked = case.need("appraisal.order").value == "ranked"
    out = barred(case)
    movable = {row.reference: row for model in MOVABLE for row in case.rows(model)}
    rows = [row for one in found for row in _rows(one, stated, out, ranked, movable)]
    return Result(
        headline=_headline(options, found, stated),
        columns=(
            Column("scenario", "Scenario", refers="scenario"),
            OPTION,
            Column("npsv", "NPSV, likely", "GBP", apart=True),
            Column("change", "Change from the records as they stand", "GBP"),
            Column("rank", "Rank", "rank", detail=not ranked),
            Column("otherwise", "What is otherwise for it"),
        ),
        rows=tuple(rows),
        value_column="npsv",
        used=rests_on(case, options)
        + used([one.scenario for one in found])
        + used(case.rows(ScenarioValue), "value"),
        parameters=discounting_parameters(case),
        warnings=(ONLY_LIKELY, *stands_on(case, options)),
        waiting=(
            *waits(options),
            *(f"scenario {one.scenario.code} to be possible ({one.fault})" for one in found if one.fault),
            *(() if found else ("a scenario: something that somebody asks 'what if' about",)),
        ),
    )


def _rows(
    one: Played, stated: dict[str, float | None], out: set[str], ranked: bool, movable: Mapping[str, Record]
) -> list[Row]:
    scores = {code: value for code, value in one.npsv.items() if code not in out}
    ranks = {row.code: row.rank for row in ranking.rank(scores)} if ranked else {}
    rows: list[Row] = []
    for code, value in one.npsv.items():
        before = stated.get(code)
        rows.append(
            {
                "scenario": one.scenario.code,
                "option": code,
                "npsv": value,
                "change": None if value is None or before is None else value - before,
                "rank": "" if ranked and code in out else ranks.get(code),
                "otherwise": _otherwise(one, code, movable),
            }
        )
    return rows


def _otherwise(one: Played, code: str, movable: Mapping[str, Record]) -> str:
    """What a scenario changes for an option, in words: what is its own, business as usual's, or everybody's."""
    told = []
    for change in one.changes:
        record = movable.get(change.about)
        option: Option | None = getattr(record, "option", None)
        if option is None or code == option.code:
            told.append(_change(change, record))
        elif option.option_kind == USUAL:
            told.append(f"{option.short_name}: {_change(change, record)}")
    if one.scenario.edition:
        told.append(f"edition {one.scenario.edition}")
    return "; ".join(told) or "nothing"


def _change(change: Change, record: Record | None) -> str:
    name = change.about if record is None else record.label or record.code
    if isinstance(record, OptionPhase):
        name = f"{record.phase} of {record.option.short_name}"
    if change.field == AMOUNTS:
        return f"{name} times {show.number(change.value, 2)}"
    if change.field == "delay_months":
        return f"{name} {show.count(round(change.value), 'month')} late"
    return f"{change.field.replace('_', ' ')} of {name} {show.number(change.value, 2)}"


def _headline(options: Appraised, found: Sequence[Played], stated: dict[str, float | None]) -> str:
    if not found:
        return "No scenario is recorded"
    known = [one for one in found if None not in one.npsv.values() and one.npsv]
    if not known or None in stated.values():
        return "What the options would be worth in the scenarios is not known yet"
    names = {item.option.code: item.option.short_name for item in options.others}
    turned = {
        code
        for one in known
        for code, value in one.npsv.items()
        if (value or 0.0) < 0 <= (stated[code] or 0.0) or (value or 0.0) >= 0 > (stated[code] or 0.0)
    }
    said = f"In {show.count(len(known), 'scenario')}"
    if not turned:
        return f"{said} no option turns from worth its cost to not, or back"
    moved = show.listed([names[code] for code in names if code in turned])
    return f"{said} {moved} {'turns' if len(turned) == 1 else 'turn'} from worth the cost to not, or back"
