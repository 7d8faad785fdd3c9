"""The charts of a what-if: marks stand where their figures are, and what people wrote is text."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.appraisal.workbench import two_options, weighed
from wayforward.appraisal.pages.answered import DRAWN, KEYS, PLAN, RANKS, WORTH, Answer
from wayforward.appraisal.pages.asked import Asked
from wayforward.appraisal.pages.marks import Scale, left_over, marks, ranks, worth
from wayforward.findings import Findings
from wayforward.findings.finding import Finding


@pytest.fixture
def answer() -> Answer:
    findings = Findings(weighed(two_options()).case(), keep=False)
    found = {key: findings[key] for key in KEYS}
    return Answer(Asked(), found, found)


def label(kind: str, code: str) -> str:
    return f"Option {code}"


def otherwise(answer: Answer, key: str, rows: list[Mapping[str, Any]]) -> Answer:
    from dataclasses import replace

    changed: Finding = replace(answer.after[key], rows=tuple(rows))
    return Answer(answer.asked, answer.before, {**answer.after, key: changed})


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (-40, 15, [-40, -20, 0]), (0.1, 0.35, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35])],
)
def test_ticks_are_round_figures_within_the_ends(low: float, high: float, ticks: list[float]) -> None:
    assert Scale(low, high, 0, 100).ticks == pytest.approx(ticks)


def test_a_figure_stands_in_proportion() -> None:
    scale = Scale(-10, 30, 100, 500)
    assert [scale.at(value) for value in (-10, 0, 30)] == [100, 200, 500]


def test_the_line_of_worth_runs_between_its_percentiles(answer: Answer) -> None:
    rows = [
        {"option": "A", "p5": -1e6, "p50": 0.0, "p95": 3e6},
        {"option": "B", "p5": 1e6, "p50": 2e6, "p95": 3e6},
    ]
    mark = worth(otherwise(otherwise(answer, DRAWN, rows), WORTH, rows), label)
    assert mark is not None
    lines = re.findall(
        r'<line x1="([\d.]+)" x2="([\d.]+)" [^>]*stroke-width="2"/><circle cx="([\d.]+)"', str(mark.svg)
    )
    (a0, a1, a), (b0, b1, b) = [tuple(map(float, line)) for line in lines]
    # B's low end is where the middle of A's upper part of three would be; both end at 3 million.
    assert a0 < a < b0 < b < a1 == b1
    assert (b0 - a) / (a1 - a) == pytest.approx(1 / 3, abs=0.01)
    assert "Option A" in mark.svg
    assert "£2.0m (£1.0m to £3.0m)" in mark.alt


def test_what_is_not_known_is_not_drawn(answer: Answer) -> None:
    unknown = dict.fromkeys(("p5", "p50", "p95", "low", "npsv", "high"))
    none = [{"option": "A", **unknown}]
    assert worth(otherwise(otherwise(answer, DRAWN, none), WORTH, none), label) is None
    assert (
        left_over(otherwise(answer, PLAN, [{"option": "A", "year": 2013, "headroom": None}]), label) is None
    )
    assert ranks(otherwise(answer, RANKS, []), label) is None
    known = [{"option": "A", "p5": 1.0, "p50": 2.0, "p95": 3.0}, {"option": "B", **unknown}]
    mark = worth(otherwise(answer, DRAWN, known), label)
    assert mark is not None
    assert "Option B" not in mark.svg


def test_the_shares_of_a_bar_fill_it(answer: Answer) -> None:
    mark = ranks(answer, label)
    assert mark is not None
    bars: dict[tuple[str, bool], float] = {}
    for x, y, width in re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="20"', str(mark.svg)
    ):
        panel = (y, float(x) > 380)
        bars[panel] = bars.get(panel, 0.0) + float(width)
    # Three options under any weights, by staff and by the public.
    assert len(bars) == 9
    assert all(width == pytest.approx(245, abs=0.5) for width in bars.values())


def test_the_title_of_the_plan_says_who_is_short(answer: Answer) -> None:
    mark = left_over(answer, label)
    assert mark is not None
    assert mark.title.startswith("Every option would fit the financial plan in every year")
    short = [{**row, "headroom": -1.0 if row["option"] == "A" else 1.0} for row in answer.after[PLAN].rows]
    told = left_over(otherwise(answer, PLAN, short), label)
    assert told is not None
    assert told.title.startswith("Option A would outrun the financial plan in some year")


def test_names_are_text(answer: Answer) -> None:
    for mark in marks(answer, lambda kind, code: "<script>alert(1)</script>"):
        assert "<script>" not in mark.svg
        assert "&lt;script&gt;" in mark.svg


def test_the_record_stands_behind_in_grey_only_where_it_differs(answer: Answer) -> None:
    same = worth(answer, label)
    rows = [{**row, "p5": row["p5"] - 100, "p50": row["p50"] - 100} for row in answer.after[DRAWN].rows]
    moved = worth(otherwise(answer, DRAWN, rows), label)
    assert same is not None
    assert moved is not None
    assert str(same.svg).count("#8a929c") == 0
    assert str(moved.svg).count("#8a929c") == 4  # a line and a dot for each of two options
