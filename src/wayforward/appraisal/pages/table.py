"""The table of a what-if: each figure of an option as it would be, beside what the record gives."""

from collections.abc import Mapping
from typing import Any

from wayforward.appraisal.pages.answered import DRAWN, GAP, ORDER, RANKS, WORTH, Answer
from wayforward.appraisal.pages.told import by_option
from wayforward.findings import show
from wayforward.findings.finding import Scalar
from wayforward.pages.labels import Labels


def rows(found: Answer, label: Labels) -> list[dict[str, Any]]:
    """An option a row: each figure as it would be, and as the record gives it where that is another."""
    order = {state: by_option(some[ORDER], "rank") for state, some in _both(found)}
    worth = {state: by_option(some[WORTH], "npsv") for state, some in _both(found)}
    low, high, below = (
        {state: by_option(some.get(DRAWN), name) for state, some in _both(found)}
        for name in ("p5", "p95", "below_zero")
    )
    first = {state: by_option(some.get(GAP), "first_year") for state, some in _both(found)}
    top = {state: _top(some) for state, some in _both(found)}
    options = list(by_option(found.after.get(GAP) or found.after[WORTH], "option"))
    return [
        {
            "name": label("option", code),
            "cells": [
                _cell(order, code, _rank, "rank"),
                _cell(worth, code, show.money, "worth"),
                _cell(low, code, show.money, "drawn"),
                _cell(high, code, show.money, "drawn"),
                _cell(below, code, show.percent, "drawn"),
                _cell(first, code, _short, "plan"),
                _cell(top, code, show.percent, "weighed"),
            ],
        }
        for code in options
    ]


def _both(found: Answer) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return ("was", found.before), ("now", found.after)


def _top(some: Mapping[str, Any]) -> dict[str, Scalar]:
    """The share of draws in which each option comes first, under any weights."""
    finding = some.get(RANKS)
    if finding is None or not finding.rows:
        return {}
    rows = finding.where(weights=finding.rows[0]["weights"], rank=1)
    return {str(row["option"]): row["share"] for row in rows}


def _rank(value: Scalar) -> str:
    """A rank; '' is that of an option that is barred."""
    return "not ranked" if value in (None, "") else show.show(value, "rank")


def _short(value: Scalar) -> str:
    return "in no year" if value == "" else show.financial_year(value)


def _cell(values: Mapping[str, Mapping[str, Scalar]], code: str, write: Any, kind: str) -> dict[str, str]:
    """A figure and, where it is another, what it was; a dash where the finding says nothing of the option."""
    if code not in values["now"]:
        return {"kind": kind, "text": "–", "was": ""}
    now, was = values["now"][code], values["was"].get(code)
    text, before = write(now), write(was) if code in values["was"] else ""
    return {"kind": kind, "text": text, "was": before if before != text else ""}


def errors(found: Answer) -> str:
    """How sure the drawn figures are, in words."""
    drawn = found.after.get(DRAWN)
    if drawn is None:
        return ""
    money = [float(row[name] or 0.0) for row in drawn.rows for name in ("p5_se", "p95_se") if row.get(name)]
    chances = [float(row["below_zero_se"] or 0.0) for row in drawn.rows if row.get("below_zero_se")]
    if not money:
        return ""
    draws = show.number(drawn.parameters.get("draws"))
    most = (
        f" and of the chances at most {show.fixed(max(chances), 1, 0.01)} percentage points"
        if chances
        else ""
    )
    return f"From {draws} draws; the standard errors of the percentiles are at most {show.money(max(money))}{most}."
