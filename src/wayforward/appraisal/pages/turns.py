"""What would turn the figures of the options, and what to find out first: a few sentences each, with its finding."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from wayforward.findings import show
from wayforward.findings.finding import Finding, Row

Label = Callable[[str, str], str]
SWITCHES, EFFECTS, FAILS = "appraisal.switching", "appraisal.unmonetised", "appraisal.failure"
QUESTIONS = "appraisal.find_out"
KEYS = (SWITCHES, EFFECTS, FAILS, QUESTIONS)
NOUGHT = "worth nothing"
MOST = 3  # of a kind: a page for two minutes


@dataclass(frozen=True)
class Told:
    """A sentence and the finding that says so."""

    words: str
    key: str


def turns(found: Mapping[str, Finding], barred: Iterable[str], label: Label) -> list[Told]:
    """What would turn the worth of an option that no imperative bars, the least change first."""
    out = set(barred)

    def name(code: str) -> str:
        return label("option", code)

    level = {f"level with {name(code)}" for code in out}
    rows = [
        row
        for row in _rows(found, SWITCHES)
        if row["inside"] is True and row["option"] not in out and row["turn"] not in level
    ]
    nought = _least([row for row in rows if row["turn"] == NOUGHT])
    pairs = _least([row for row in rows if row["turn"] != NOUGHT])
    told = [Told(_switch(row, name), SWITCHES) for row in [*nought, *pairs]]
    priced = [row for row in _rows(found, EFFECTS) if row["a_year"] and row["option"] not in out]
    told += [Told(_effect(row, name), EFFECTS) for row in sorted(priced, key=_a_year)[:MOST]]
    chosen = [row for row in _rows(found, FAILS) if row["chosen"] is True and row["option"] not in out]
    return told + [Told(_failure(row, name, label), FAILS) for row in chosen[:MOST]]


def questions(found: Mapping[str, Finding]) -> list[dict[str, str]]:
    """The first questions that are worth asking, in their order, as people read them."""
    ranked = [row for row in _rows(found, QUESTIONS) if row["rank"] not in (None, "")]
    return [
        {
            "question": str(row["question"]),
            "ask": str(row["ask"] or show.UNKNOWN),
            "worth": show.money(row["worth"]),
            "cost": show.money(row["cost"]),
            "days": show.number(row["days"]),
        }
        for row in ranked[:MOST]
    ]


def _rows(found: Mapping[str, Finding], key: str) -> tuple[Row, ...]:
    return found[key].rows if key in found else ()


def _least(rows: list[Row]) -> list[Row]:
    """Of each option and turn the row of least change; of those the few with the least."""
    by: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda row: abs(float(row["change"] or 0))):
        by.setdefault((str(row["option"]), str(row["turn"])), row)
    return list(by.values())[:MOST]


def _switch(row: Row, name: Callable[[str], str]) -> str:
    turn = "worth as much as business as usual" if row["turn"] == NOUGHT else row["turn"]
    now = str(row["now"]).removesuffix(" of likely").removesuffix(" present value")
    return f"{name(str(row['option']))} would be {turn} with “{row['input']}” at {row['value']}, not {now}"


def _effect(row: Row, name: Callable[[str], str]) -> str:
    effect = str(row["effect"]).rstrip(".")
    option = name(str(row["option"]))
    return f"{option} would overturn the order of the figures if this were worth {row['must_be']}: {effect}"


def _a_year(row: Row) -> float:
    return float(row["a_year"] or 0)


def _failure(row: Row, name: Callable[[str], str], label: Label) -> str:
    limit = label("threshold", str(row["threshold"]))
    share = show.percent(row["density"])
    return f"{name(str(row['option']))} misses “{limit}” in {share} of the draws where {row['condition']}"
