"""Net positions of organisations; expected values by hand, and that they add up to the whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import fiscal
from wayforward.methods.fiscal import CASH, Flow

YEARS = 2
LINES = (
    fiscal.flow("Force", [100, 10], benefit=False),
    fiscal.flow("Force", [5, 5], benefit=False, cash=False),
    fiscal.flow("Force", [0, 60], benefit=True, kind=CASH, value="fiscal"),
    fiscal.flow("Council", [0, 30], benefit=True, kind="non-cash-releasing", value="economic"),
    fiscal.flow(None, [0, 7], benefit=True, kind="societal", value="social"),
)


def test_positions_by_hand() -> None:
    council, force, nobody = fiscal.positions(LINES, YEARS)
    assert [p.organisation for p in (council, force, nobody)] == ["Council", "Force", ""]
    assert force.costs.tolist() == [105, 15]
    assert force.fiscal.tolist() == [-100, 50]
    assert force.net.tolist() == [-105, 45]
    assert (council.fiscal.tolist(), council.net.tolist()) == ([0, 0], [0, 30])
    assert nobody.net.tolist() == [0, 7]


def test_kinds_and_values_stand_apart() -> None:
    whole = fiscal.whole(LINES, YEARS)
    assert {kind: row.tolist() for kind, row in whole.benefits.items()} == {
        CASH: [0, 60], "non-cash-releasing": [0, 30], "societal": [0, 7],
    }  # fmt: skip
    assert {value: row.tolist() for value, row in whole.values.items()} == {
        "fiscal": [0, 60], "economic": [0, 30], "social": [0, 7],
    }  # fmt: skip
    assert whole.net.tolist() == [-105, 82]


def test_worth_by_hand() -> None:
    """-105 + 82 / 2 = -64."""
    assert fiscal.worth(fiscal.whole(LINES, YEARS), [1, 0.5]) == -64


def test_relative_to_business_as_usual() -> None:
    """A cost of 100 in place of 60 is a net cost of 40."""
    usual = [fiscal.flow("Force", [60, 60], benefit=False)]
    option = [fiscal.flow("Force", [100, 60], benefit=False)]
    (force,) = fiscal.positions(fiscal.relative(option, usual), YEARS)
    assert force.net.tolist() == [-40, 0]


def test_a_line_shared_between_organisations() -> None:
    parts = fiscal.shared(LINES[0], {"Force": 0.75, "Council": 0.25})
    assert [(p.organisation, p.amounts.tolist()) for p in parts] == [
        ("Council", [25, 2.5]), ("Force", [75, 7.5]),
    ]  # fmt: skip


def test_an_unknown_amount_leaves_its_organisation_unknown_and_no_other() -> None:
    lines = (*LINES, fiscal.flow("Council", [None, 1], benefit=False))
    council, force, _ = fiscal.positions(lines, YEARS)
    assert np.isnan(council.net[0])
    assert council.net[1] == 29
    assert not np.isnan(force.net).any()
    assert np.isnan(fiscal.whole(lines, YEARS).net[0])


def test_no_lines() -> None:
    assert fiscal.positions([], YEARS) == ()
    assert fiscal.whole([], YEARS).net.tolist() == [0, 0]


line = st.builds(
    lambda name, benefit, kind, cash, amounts: fiscal.flow(
        name, amounts, benefit=benefit, kind=kind, cash=cash
    ),
    st.sampled_from(["A", "B", "C", None]),
    st.booleans(),
    st.sampled_from([CASH, "societal"]),
    st.booleans(),
    st.tuples(*[st.floats(-1e9, 1e9)] * YEARS),
)
lines = st.lists(line, max_size=8)


@given(lines)
def test_organisations_add_up_to_the_whole(given: list[Flow]) -> None:
    whole, parts = fiscal.whole(given, YEARS), fiscal.positions(given, YEARS)
    for name in ("net", "fiscal", "costs"):
        together = sum((getattr(part, name) for part in parts), np.zeros(YEARS))
        assert together.tolist() == pytest.approx(getattr(whole, name).tolist(), rel=1e-9, abs=1e-4)


@given(lines, st.floats(0, 1))
def test_sharing_a_line_leaves_the_whole(given: list[Flow], share: float) -> None:
    split = [part for one in given for part in fiscal.shared(one, {"A": share, "D": 1 - share})]
    whole, after = fiscal.whole(given, YEARS).net, fiscal.whole(split, YEARS).net
    assert after.tolist() == pytest.approx(whole.tolist(), rel=1e-9, abs=1e-4)


@given(lines, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(given: list[Flow], chance: object) -> None:
    mixed = list(given)
    chance.shuffle(mixed)
    assert fiscal.whole(mixed, YEARS).net.tolist() == fiscal.whole(given, YEARS).net.tolist()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: fiscal.flow("A", [[1]], benefit=True), "one amount a year"),
        (lambda: fiscal.positions([fiscal.flow("A", [1], benefit=True)], 2), "A covers 1 years, not 2"),
        (lambda: fiscal.shared(LINES[0], {"A": 0.5}), "must add to 1"),
        (lambda: fiscal.shared(LINES[0], {"A": 30}), "A: a share of 30"),
    ],
)
def test_faults(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
