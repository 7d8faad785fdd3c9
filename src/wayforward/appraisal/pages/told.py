"""What a what-if changes, in sentences; while no option is ranked none of them puts one before another."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from wayforward.appraisal.models import BenefitLine, CostLine, Criterion, CriterionScore, Line
from wayforward.appraisal.pages.answered import GAP, OF_DELAYS, ORDER, RANKS, WORTH, Answer
from wayforward.appraisal.pages.inputs import Input, in_sums
from wayforward.appraisal.varying import DELAY
from wayforward.findings import show
from wayforward.findings.finding import Finding, Scalar
from wayforward.methods import switching
from wayforward.options.models import Option, OptionPhase
from wayforward.records.case import Case

Label = Callable[[str, str], str]
RANKED = "ranked"
FIGURE = re.compile(r"(?:under )?[£−]*[0-9]+(?:[,.][0-9]+)*[m%]?")
ON_GRADES = ("Of cost that differs", "Of benefit that differs")
MOST_SWITCHES = 5
MOST_ALIKE = 4
ONLY_CHANCES = "Likely figures stay as they are; what changes is how sure they are."
NO_CHANGE = "No figure of the options changes."
TOO_SMALL = "Likely figures move by less than is shown."
AS_RECORDED = "Nothing is moved: these are the figures of the record."


def what_changed(answer: Answer, every: Mapping[str, Input], label: Label) -> list[str]:
    """The sentences, the most telling first."""
    if not answer.asked:
        return [AS_RECORDED]

    def name(code: str) -> str:
        return label("option", code)

    told = [
        *_order(answer, name),
        *_some(list(_signs(answer, name)), "option", "would turn"),
        *_some(list(_short(answer, name)), "option", "would meet the plan otherwise"),
        *_moved(answer, name),
        *_accepted(answer, name),
    ]
    return (told or [_unmoved(answer)]) + list(_switches(answer, every, name))


def notices(answer: Answer, every: Mapping[str, Input], case: Case) -> list[str]:
    """What a reader must know of the answer: what its findings warn of anew, and what a delay leaves where it is."""
    moved = [
        case.get(about) for key in answer.asked.moved for about, name in every[key].targets if name == DELAY
    ]
    options = dict.fromkeys(phase.option for phase in moved if isinstance(phase, OptionPhase))
    return [*_warned_anew(answer), *_standing(case, options), *(_judged(case) if options else ())]


def _warned_anew(answer: Answer) -> Iterator[str]:
    """Warnings that the record's own findings do not give: the same with other figures is no new one.

    But what late phases move past the last year counts to the pound, where a delay is asked about.
    """
    known = {_bare(words) for one in answer.before.values() for words in one.warnings}
    exact = {words for key in OF_DELAYS if key in answer.before for words in answer.before[key].warnings}
    for key, one in answer.after.items():
        for words in one.warnings:
            anew = words not in exact if key in OF_DELAYS else _bare(words) not in known
            if anew and not words.startswith(ON_GRADES):
                known.add(_bare(words))
                yield words


def _bare(words: str) -> str:
    return FIGURE.sub("#", words)


def _standing(case: Case, options: Iterable[Option]) -> Iterator[str]:
    """The lines of options with a late phase that no phase moves."""
    for option in options:
        still = [
            show.count(many, f"{kind} line")
            for kind, model in (("cost", CostLine), ("benefit", BenefitLine))
            if (many := sum(_still(row, option) for row in case.rows(model)))
        ]
        if still:
            one = still in (["1 cost line"], ["1 benefit line"])
            verbs = (
                "moves with no phase and stays as it is" if one else "move with no phase and stay as they are"
            )
            yield f"{show.listed(still)} of {option.short_name} {verbs}."


def _still(line: Line, option: Option) -> bool:
    return line.option is option and not line.phase and in_sums(line)


def _judged(case: Case) -> Iterator[str]:
    """The criteria scored by judgement, which knows nothing of a delay that is asked about."""
    scored = {row.criterion.code for row in case.rows(CriterionScore) if row.score is not None}
    rows = [row for row in case.rows(Criterion) if row.code in scored and not row.quotes]
    if rows:
        names = [row.name.partition(":")[0] for row in sorted(rows, key=lambda one: one.order)]
        yield f"A delay moves no judged score: what was said of {show.some(names)} stays as it is."


def by_option(finding: Finding | None, column: str) -> dict[str, Scalar]:
    """A column of a finding by option."""
    return {} if finding is None else {str(row["option"]): row.get(column) for row in finding.rows}


def _order(answer: Answer, name: Callable[[str], str]) -> Iterator[str]:
    """Who ranks where, against the record; or that the options can, or can't, now be ranked."""
    before, after = answer.before[ORDER], answer.after[ORDER]
    if before.value != after.value:
        yield (
            f"{after.headline}, unlike in the record."
            if after.value != RANKED
            else (f"The options could be ranked: {after.headline}.")
        )
    if RANKED not in (before.value, after.value) or before.value != after.value:
        return
    was, now = _ranks(before), _ranks(after)
    first_was, first_now = ([code for code, rank in ranks.items() if rank == 1] for ranks in (was, now))
    if first_was != first_now:
        yield f"{_names(first_now, name)} would rank first in place of {_names(first_was, name)}."
    for one, other in combinations(was, 2):
        if (was[one] - was[other]) * (now[one] - now[other]) < 0:
            up, down = (one, other) if now[one] < now[other] else (other, one)
            if [up] != first_now or [down] != first_was:
                yield f"{name(up)} would overtake {name(down)}."


def _ranks(order: Finding) -> dict[str, int]:
    """The ranks; an option that is barred, or not known well enough, has none."""
    return {str(row["option"]): int(row["rank"]) for row in order.rows if row["rank"] not in (None, "")}


def _names(codes: list[str], name: Callable[[str], str]) -> str:
    return show.listed([name(code) for code in codes])


def _signs(answer: Answer, name: Callable[[str], str]) -> Iterator[str]:
    """The options whose worth turns from above nothing to below, or back."""
    now = by_option(answer.after[WORTH], "npsv")
    for code, was in by_option(answer.before[WORTH], "npsv").items():
        new = now.get(code)
        if was is None or new is None or (float(was) > 0) == (float(new) > 0):
            continue
        if show.money(was) == show.money(new):
            continue
        turned = "more" if float(new) > 0 else "no more"
        yield (
            f"{name(code)} would be worth {turned} than business as usual: {show.money(new)}, "
            f"not {show.money(was)}."
        )


def _short(answer: Answer, name: Callable[[str], str]) -> Iterator[str]:
    """The options whose first year short of the financial plan is another."""
    now = by_option(answer.after.get(GAP), "first_year")
    for code, was in by_option(answer.before.get(GAP), "first_year").items():
        new = now.get(code)
        if was == new or was is None or new is None:
            continue
        if new == "":
            yield f"{name(code)} would fit the financial plan in every year, not be short from {_year(was)}."
        elif was == "":
            yield f"{name(code)} would be short of the financial plan from {_year(new)}, not fit it in every year."
        else:
            yield f"{name(code)} would be short of the financial plan from {_year(new)}, not {_year(was)}."


def _year(value: Scalar) -> str:
    return show.financial_year(value)


def _moved(answer: Answer, name: Callable[[str], str]) -> Iterator[str]:
    """The option whose worth moves most, and how many others move, as far as what is shown of them does."""
    was, now = (by_option(some[WORTH], "npsv") for some in (answer.before, answer.after))
    moves = {
        code: float(now[code] or 0) - float(value)
        for code, value in was.items()
        if value is not None and now.get(code) is not None and show.money(now[code]) != show.money(value)
    }
    if moves:
        most = max(moves, key=lambda code: abs(moves[code]))
        others = len(moves) - 1
        rest = f"; {show.count(others, 'other option')} would move less" if others else ""
        yield (
            f"The likely NPSV of {name(most)} would go from {show.money(was[most])} to {show.money(now[most])}{rest}."
        )


def _accepted(answer: Answer, name: Callable[[str], str]) -> Iterator[str]:
    """Whose weights put an option first most otherwise than in the record."""
    was, now = (_first_shares(some.get(RANKS)) for some in (answer.before, answer.after))
    moves = {key: now[key] - share for key, share in was.items() if key in now}
    # Of a gain and a loss alike, the gain.
    key = max(moves, key=lambda one: (round(abs(moves[one]), 9), moves[one]), default=None)
    if key is not None and (after := show.percent(now[key])) != (before := show.percent(was[key])):
        weights, code = key
        yield f"Under {_whose(weights)}, {name(code)} would come first in {after} of draws, not {before}."


def _whose(weights: str) -> str:
    return weights if weights.endswith("weights") else f"the weights of {weights}"


def _first_shares(finding: Finding | None) -> dict[tuple[str, str], float]:
    """By whose weights are taken and by option: the share of draws in which it comes first."""
    rows = finding.where(rank=1) if finding else []
    return {(str(row["weights"]), str(row["option"])): float(row["share"] or 0.0) for row in rows}


def _unmoved(answer: Answer) -> str:
    """Where no likely figure is seen to move: whether any does unseen, and whether what is drawn does."""
    if answer.before[WORTH].rows != answer.after[WORTH].rows:
        return TOO_SMALL
    drawn = any(answer.before[key].rows != one.rows for key, one in answer.after.items())
    return ONLY_CHANCES if drawn else NO_CHANGE


def _some(told: list[str], what: str, verb: str) -> list[str]:
    """The first few sentences of a kind, and how many more there are."""
    if len(told) <= MOST_ALIKE:
        return told
    return [
        *told[: MOST_ALIKE - 1],
        f"{show.count(len(told) - MOST_ALIKE + 1, f'other {what}')} {verb}; see the table.",
    ]


def _switches(answer: Answer, every: Mapping[str, Input], name: Callable[[str], str]) -> Iterator[str]:
    """Where the one input moved would turn an option's worth to nothing, or make two worth the same."""
    keys = list(answer.asked.moved)
    if len(keys) != 1 or answer.asked.edition:
        return
    one = every[keys[0]]
    if not one.straight or one.now is None:
        return
    found = sorted(_crossings(answer, one, name), key=lambda item: abs(item[0] - (one.now or 0.0)))
    for value, words in found[:MOST_SWITCHES]:
        yield f"With {one.words} at {one.shown(value)} (now {one.short(one.now)}), {words}."


def _crossings(answer: Answer, one: Input, name: Callable[[str], str]) -> Iterator[tuple[float, str]]:
    """Every switching value within the input's range, with its words: the worth is a straight line in the input."""
    base, moved = one.now or 0.0, answer.asked.moved[one.key]
    was, now = (by_option(some[WORTH], "npsv") for some in (answer.before, answer.after))
    known = [code for code in was if was[code] is not None and now.get(code) is not None]
    at, worth = (base, was) if base else (moved, now)
    values = {code: float(worth[code] or 0) for code in known}
    scaling = {code: (float(now[code] or 0) - float(was[code] or 0)) / (moved - base) * at for code in known}
    inside = (one.low, one.high)
    for code in known:
        switch = switching.switching_value(at, values[code], scaling[code], inside)
        if switch.value is not None and switch.inside:
            yield switch.value, f"{name(code)} would be worth as much as business as usual"
    for first, second in combinations(known, 2):
        switch = switching.tie_value(
            at, (values[first], values[second]), (scaling[first], scaling[second]), inside
        )
        if switch.value is not None and switch.inside:
            yield switch.value, f"{name(first)} and {name(second)} would be worth the same"
