"""A stage with much to say says it in parts: every finding once, under one heading."""

from collections import Counter

import pytest

from wayforward.findings import registered
from wayforward.pages.parts import PARTS, in_parts


@pytest.mark.parametrize("stage", PARTS)
def test_each_finding_of_the_stage_has_one_place(stage: str) -> None:
    named = Counter(f"{stage}.{name}" for _, names in PARTS[stage] for name in names)
    assert set(named.values()) == {1}
    assert set(named) == {key for key in registered() if key.partition(".")[0] == stage}


def test_what_has_no_place_yet_comes_last_under_no_heading() -> None:
    keys = ["appraisal.new", "appraisal.gap", "appraisal.order"]
    assert in_parts("appraisal", keys) == [
        ("What each option is worth", ["appraisal.order"]),
        ("Whether it can be afforded", ["appraisal.gap"]),
        ("", ["appraisal.new"]),
    ]


def test_a_stage_without_parts_is_one_in_the_order_declared() -> None:
    assert in_parts("scope", ["scope.b", "scope.a"]) == [("", ["scope.b", "scope.a"])]
    assert in_parts("scope", []) == []
