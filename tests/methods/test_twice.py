"""What is counted twice: planted pairs by hand, and what must not change the answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import twice
from wayforward.methods.twice import (
    ALIKE,
    CASH,
    NOT_CASH,
    POLICE_PART,
    RAMP_TWICE,
    REUSED,
    SOCIETAL,
    TWO_ORGANISATIONS,
    Claim,
    counted_twice,
)

HOURS = Claim(
    "B1",
    "OPT",
    NOT_CASH,
    service="Response",
    outcome="OUT-01",
    beneficiary="Officers",
    organisation="The force",
    amounts=(0, 100, 250),
    of_hours=True,
)
# One of each planted pattern beside HOURS, by its reason.
PLANTED = {
    # Two practices free the same minutes.
    ALIKE: replace(HOURS, code="B2", amounts=(0, 70, 90)),
    TWO_ORGANISATIONS: replace(HOURS, code="B2", organisation="A partner", amounts=(0, 40, 100)),
    REUSED: replace(HOURS, code="B2", kind=CASH, beneficiary="The budget", amounts=(0, 1, 9)),
    POLICE_PART: replace(
        HOURS, code="B2", kind=SOCIETAL, service="Crime", beneficiary="Victims", with_police=True, amounts=(1, 5, 9)
    ),
}  # fmt: skip


def reasons(*claims: Claim) -> list[str]:
    return [pair.reason for pair in counted_twice(claims)]


@pytest.mark.parametrize(("reason", "other"), PLANTED.items())
def test_each_planted_pair_is_named(reason: str, other: Claim) -> None:
    (pair,) = counted_twice([other, HOURS])
    assert (pair.reason, pair.option, pair.first, pair.second) == (reason, "OPT", "B1", "B2")
    assert pair.open


def test_one_proportion_is_told() -> None:
    (pair,) = counted_twice([HOURS, PLANTED[TWO_ORGANISATIONS]])
    assert pair.ratio == pytest.approx(0.4)


def test_two_beneficiaries_of_one_saving() -> None:
    other = replace(HOURS, code="B2", beneficiary="Custody staff")
    assert reasons(HOURS, other) == [TWO_ORGANISATIONS]


@pytest.mark.parametrize("name", ["service", "outcome", "kind"])
def test_another_service_outcome_or_kind_is_another_saving(name: str) -> None:
    other = replace(HOURS, code="B2", organisation="A partner", **{name: SOCIETAL})
    assert reasons(HOURS, other) == []


def test_two_organisations_with_amounts_of_their_own() -> None:
    other = replace(
        HOURS, code="B2", organisation="A partner", beneficiary="Its staff", amounts=(0, 100, 251)
    )
    assert reasons(HOURS, other) == []


def test_one_year_has_no_proportion_unless_equal() -> None:
    one = replace(HOURS, amounts=(0, 100, 0))
    partner = replace(one, code="B2", organisation="A partner", beneficiary="Its staff")
    assert reasons(one, replace(partner, amounts=(0, 60, 0))) == []
    assert reasons(one, partner) == [TWO_ORGANISATIONS]


def test_hours_are_reused_only_where_both_are_of_hours() -> None:
    assert reasons(HOURS, replace(PLANTED[REUSED], of_hours=False)) == []


def test_crime_cost_without_its_police_part() -> None:
    assert reasons(HOURS, replace(PLANTED[POLICE_PART], with_police=False)) == []


def test_a_societal_line_beside_another_has_no_part_in_it() -> None:
    other = replace(PLANTED[POLICE_PART], code="B3", service="Roads", beneficiary="Drivers")
    assert reasons(PLANTED[POLICE_PART], other) == []


def test_other_options_are_other_worlds() -> None:
    assert reasons(HOURS, replace(PLANTED[ALIKE], option="BAU")) == []


def test_words_are_compared_without_case_or_spacing() -> None:
    assert reasons(HOURS, replace(PLANTED[ALIKE], service=" response ", beneficiary="OFFICERS")) == [ALIKE]


def test_a_blank_name_matches_nothing_and_is_told() -> None:
    blank = replace(HOURS, beneficiary=""), replace(PLANTED[ALIKE], beneficiary="")
    assert reasons(*blank) == []
    assert twice.unnamed([*blank, replace(HOURS, code="B3")]) == ("B1", "B2")


def test_amounts_not_known_are_in_no_proportion() -> None:
    partner = replace(HOURS, code="B2", organisation="A partner", beneficiary="Its staff")
    assert reasons(HOURS, replace(partner, amounts=None)) == []
    assert reasons(replace(HOURS, amounts=(0, 100, None)), replace(partner, amounts=(0, 100, None))) == []


def test_a_person_says_how_they_differ() -> None:
    (pair,) = counted_twice([HOURS, replace(PLANTED[ALIKE], differs="Night shifts only")])
    assert not pair.open
    assert pair.answers == ("Night shifts only",)


def test_an_answer_does_not_speak_for_a_third_line() -> None:
    """The later of two is asked: what B2 says, it says of B1."""
    third = replace(PLANTED[ALIKE], code="B3", amounts=(0, 3, 7))
    found = counted_twice([HOURS, replace(PLANTED[ALIKE], differs="Night shifts only"), third])
    assert [(p.first, p.second, p.open) for p in found] == [
        ("B1", "B2", False), ("B1", "B3", True), ("B2", "B3", True),
    ]  # fmt: skip


def answered(first: str, second: str) -> bool:
    lines = (replace(HOURS, code=code, differs=differs) for code, differs in (("B1", first), ("B2", second)))
    return bool(twice.answers(*lines, ("B1", "B2", "B3", "B30")))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "Night shifts only", True),
        ("Night shifts only", "", False),  # said of others
        ("Night shifts only", "Night shifts only", False),  # copied with its row
        ("Night shifts; B2 counts days", "", True),
        ("", "Night shifts; B1 counts days", True),
        ("", "Night shifts; B3 counts days", False),  # names another
        ("", "Night shifts; B30 counts days", False),
        ("", "Night shifts; B10 counts days", True),  # names no line there is
    ],
)
def test_words_that_name_lines_speak_of_those_alone(first: str, second: str, expected: bool) -> None:
    assert answered(first, second) is expected


@pytest.mark.parametrize(
    ("amounts", "ramp", "expected"),
    [
        ((50, 100, 100), 12, True),  # rises through the first year, as the ramp would
        ((0, 30, 70, 100, 100), 24, True),  # two years of ramp, from the first amount
        ((100, 100, 100), 12, False),  # flat: the ramp is the only one
        ((100, 102, 104), 12, False),  # grows with demand
        ((50, 100, 100), None, False),
        ((50, 100, 100), 0, False),
        ((100, 60, 100), 24, False),  # ends where it began
        ((50, 40, 100), 24, True),  # a dip hides no rise
        ((50,), 12, False),  # nothing to rise to
        ((0, 0), 12, False),
        ((50, None, 100), 12, False),
    ],
)
def test_ramp_twice(amounts: tuple[float | None, ...], ramp: int | None, expected: bool) -> None:
    claim = replace(HOURS, amounts=amounts, ramp_months=ramp)
    assert twice.ramp_twice(claim) is expected
    assert reasons(claim) == ([RAMP_TWICE] if expected else [])


def test_ramp_twice_has_one_line_and_no_answer() -> None:
    claim = replace(HOURS, ramp_months=24, differs="Night shifts only")
    (pair,) = counted_twice([claim])
    assert (pair.first, pair.second, pair.open) == ("B1", None, True)


def test_two_lines_with_one_code() -> None:
    with pytest.raises(ValueError, match="the same code"):
        counted_twice([HOURS, HOURS])


words = st.sampled_from(["", "x", "y"])
claim = st.builds(
    Claim,
    code=st.just(""),
    option=st.sampled_from(["A", "B"]),
    kind=st.sampled_from([CASH, NOT_CASH, SOCIETAL]),
    service=words,
    outcome=words,
    beneficiary=words,
    organisation=words,
    amounts=st.none() | st.tuples(*[st.integers(0, 3).map(float)] * 3),
    of_hours=st.booleans(),
    with_police=st.booleans(),
    ramp_months=st.sampled_from([None, 12, 24]),
)
claims = st.lists(claim, max_size=7).map(
    lambda rows: [replace(row, code=f"L{at}") for at, row in enumerate(rows)]
)


@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(lines: list[Claim], chance: object) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)
    assert counted_twice(mixed) == counted_twice(lines)


@given(claims, st.sampled_from([0.01, 3.0, 1e6]))
def test_the_size_of_the_amounts_does_not_matter(lines: list[Claim], times: float) -> None:
    scaled = [
        c if c.amounts is None else replace(c, amounts=tuple(times * (a or 0) for a in c.amounts))
        for c in lines
    ]
    told = [(p.reason, p.first, p.second) for p in counted_twice(lines)]
    assert [(p.reason, p.first, p.second) for p in counted_twice(scaled)] == told


@given(claims)
def test_a_line_of_its_own_adds_no_pair(lines: list[Claim]) -> None:
    apart = Claim("Z", "A", CASH, "z", "z", "z", "z", (1.0, 7.0, 2.0), of_hours=True)
    assert counted_twice([*lines, apart]) == counted_twice(lines)


@given(claims)
def test_a_year_later_the_pairs_are_the_same(lines: list[Claim]) -> None:
    later = [c if c.amounts is None else replace(c, amounts=(0.0, *c.amounts)) for c in lines]
    assert counted_twice(later) == counted_twice(lines)


@given(claims.filter(bool))
def test_a_copy_of_a_named_line_is_always_found(lines: list[Claim]) -> None:
    """Whatever else there is: a line entered again under another code is one pound twice."""
    named = replace(lines[0], service="x", outcome="x", beneficiary="x")
    found = counted_twice([named, *lines[1:], replace(named, code="copy")])
    assert any({p.first, p.second} == {"L0", "copy"} for p in found)
