"""Optimism bias against the worked examples of its source."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import optimism_bias
from wayforward.methods.optimism_bias import Bounds, Project, RiskArea
from wayforward.parameters.table import read_table


def test_works_duration_example() -> None:
    """D5 (supplementary guidance): U 39%, mitigation 5, 2, 0.4 x 22, 5, 3: 29.7%, 36.3 months."""
    left = optimism_bias.uplift(0.39, [0.05, 0.02, 0.22, 0.05, 0.03], [1, 1, 0.4, 1, 1])
    assert left * 100 == pytest.approx(29.718, abs=0.0005)
    assert 28 * (1 + left) == pytest.approx(36.32, abs=0.05)
    assert 28 * (1 + optimism_bias.uplift(0.39, [], [])) == pytest.approx(38.92)


def test_mixed_building() -> None:
    """D4: 30% non-standard and 70% standard: capital 32.1%, duration 14.5%."""
    assert optimism_bias.mixed_upper([0.3, 0.7], [0.51, 0.24]) == pytest.approx(0.321)
    assert optimism_bias.mixed_upper([0.3, 0.7], [0.39, 0.04]) == pytest.approx(0.145)


def test_lower_bound_holds_unless_waived() -> None:
    assert optimism_bias.uplift(0.24, [1.0], [1.0], lower=0.02) == 0.02
    assert optimism_bias.uplift(0.24, [1.0], [1.0]) == 0


@pytest.mark.parametrize(
    ("contributions", "mitigations", "words"),
    [
        ([22], [0.4], "write 22% as 0.22"),
        ([0.2], [1.4], "outside 0 to 1"),
        ([0.7, 0.7], [1, 1], "more than 1"),
        ([0.7], [1, 1], "2 mitigations"),
    ],
)
def test_faults(contributions: list[float], mitigations: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        optimism_bias.uplift(0.5, contributions, mitigations)


def test_shares_of_a_mixed_project_are_whole() -> None:
    with pytest.raises(ValueError, match="add to 1"):
        optimism_bias.mixed_upper([0.3, 0.6], [0.51, 0.24])


# D6 of shared/acceptance/appraisal.md: Mott MacDonald (2002), table 2, in percent: works duration
# upper and lower, capital upper and lower. Outsourcing has no works duration, and its bounds are of
# operating cost.
TABLE_2 = {
    "non-standard-buildings": (39, 2, 51, 4),
    "standard-buildings": (4, 1, 24, 2),
    "non-standard-civil-engineering": (25, 3, 66, 6),
    "standard-civil-engineering": (20, 1, 44, 3),
    "equipment-and-development": (54, 10, 200, 10),
}
TYPES = read_table("optimism-bias-mott-macdonald-2002").values["types"]
CAPITAL = optimism_bias.bounds(TYPES, "capital")
DURATION = optimism_bias.bounds(TYPES, "duration")
BUILDING = {"non-standard-buildings": 0.3, "standard-buildings": 0.7}
fractions = st.floats(0, 1)


@pytest.mark.parametrize(("kind", "percents"), TABLE_2.items())
def test_bounds_of_each_type(kind: str, percents: tuple[int, ...]) -> None:
    """D6, the first twenty figures."""
    pair = (DURATION[kind].upper, DURATION[kind].lower, CAPITAL[kind].upper, CAPITAL[kind].lower)
    assert [100 * (value or 0) for value in pair] == pytest.approx(percents)


def test_outsourcing_has_operating_cost_and_no_works_duration() -> None:
    """D6, the last two figures, and what is not applicable: not 0, and not 15."""
    assert optimism_bias.bounds(TYPES, "operating")["outsourcing"] == Bounds(0.41, 0.0)
    assert DURATION["outsourcing"] == CAPITAL["outsourcing"] == Bounds(None, None)
    found = optimism_bias.bias(Project("P", {"outsourcing": 1.0}), DURATION)
    assert (found.applicable, found.uplift, found.upper) == (False, None, None)
    assert optimism_bias.works_months(12, found.uplift) is None


def test_a_part_without_a_bound_is_appraised_apart() -> None:
    mixed = Project("P", {"outsourcing": 0.4, "standard-buildings": 0.6})
    with pytest.raises(ValueError, match="P: there is no such bound for outsourcing"):
        optimism_bias.bias(mixed, DURATION)


def test_mixed_building_from_the_table() -> None:
    """D4 through the register: 32.1% and 14.5%; by hand the lower bounds, .3 x 4 + .7 x 2 = 2.6%."""
    capital = optimism_bias.bias(Project("P", BUILDING), CAPITAL)
    assert capital.uplift == pytest.approx(0.321)
    assert capital.lower == pytest.approx(0.026)
    assert optimism_bias.bias(Project("P", BUILDING), DURATION).uplift == pytest.approx(0.145)


def test_works_duration_through_the_register() -> None:
    """D5: contributions 5, 2, 22, 5, 3 with mitigation 1, 1, 0.4, 1, 1: 23.8%, 29.7%, 36.3 months."""
    given = [(0.05, 1), (0.02, 1), (0.22, 0.4), (0.05, 1), (0.03, 1)]
    areas = tuple(RiskArea(f"R{n}", c, m) for n, (c, m) in enumerate(given))
    found = optimism_bias.bias(Project("P", {"non-standard-buildings": 1.0}, areas), DURATION)
    assert found.reduction == pytest.approx(0.238)
    assert found.uplift == pytest.approx(0.29718, abs=0.0005)
    assert optimism_bias.works_months(28, found.uplift) == pytest.approx(36.32, abs=0.05)
    assert found.unevidenced == ("R0", "R1", "R2", "R3", "R4")


def standard(*areas: RiskArea, below_lower: bool = False) -> optimism_bias.Bias:
    """Standard buildings, capital: upper 24%, lower 2%."""
    return optimism_bias.bias(Project("P", {"standard-buildings": 1.0}, areas, below_lower), CAPITAL)


def test_the_floor_gives_way_only_to_a_reason_with_evidence() -> None:
    """By hand: all mitigated leaves 0; the evidenced half of the upper bound leaves 12%, above the floor."""
    all_gone = (RiskArea("A", 0.5, 1.0, evidenced=True), RiskArea("B", 0.5, 1.0, evidenced=True))
    assert standard(*all_gone).uplift == 0.02
    assert standard(*all_gone).held
    assert standard(*all_gone, below_lower=True).uplift == 0
    half = (all_gone[0], RiskArea("B", 0.5, 1.0))
    found = standard(*half, below_lower=True)
    assert (found.uplift, found.held, found.unevidenced) == (0.02, True, ("B",))


def test_a_priced_risk_leaves_the_uplift() -> None:
    """By hand: 24% x (1 - 0.25) = 18%; its price stands in the risk register."""
    found = standard(RiskArea("A", 0.25, None, priced=True), RiskArea("B", 0.5, 0.0))
    assert found.uplift == pytest.approx(0.18)
    assert found.priced == ("A",)


def test_a_price_in_the_register_is_evidence_for_leaving_the_uplift() -> None:
    """All of the upper bound priced elsewhere leaves nothing, where a reason is given; else the floor."""
    area = RiskArea("A", 1.0, None, priced=True)
    assert standard(area, below_lower=True).uplift == 0
    assert standard(area).uplift == 0.02


def test_an_unknown_mitigation_is_not_nought() -> None:
    found = standard(RiskArea("A", 0.25, None), RiskArea("B", None, 0.0), RiskArea("C", 0.1, 0.5, cost=None))
    assert (found.uplift, found.reduction, found.unknown) == (None, None, ("A",))
    assert (found.cost.value, found.cost.unknown) == (None, ("C",))
    assert np.isnan(optimism_bias.raised([100.0], found.uplift)).all()


def test_mitigation_costs_are_added() -> None:
    """By hand: 1,000 x 1.12 + 50 = 1,170; the cost of a mitigation that is not made is not spent."""
    found = standard(RiskArea("A", 0.5, 1.0, cost=50), RiskArea("B", 0.1, 0.0, cost=70))
    assert found.cost.value == 50
    assert optimism_bias.raised([0, 1000], found.uplift, [0, 50]).tolist() == pytest.approx([0, 1170])


@pytest.mark.parametrize(
    ("project", "words"),
    [
        (Project("P", {"barns": 1.0}), "P: no type of project 'barns'"),
        (Project("P", {"standard-buildings": 0.9}), "P: the shares of its types must add to 1"),
        (Project("P", {"standard-buildings": 70}), "P: a share of 70 is outside 0 to 1"),
        (
            Project("P", BUILDING, (RiskArea("A", 0.1, 0), RiskArea("A", 0.2, 0))),
            "P: the risk area A stands twice",
        ),
        (Project("P", BUILDING, (RiskArea("A", 22, 0),)), "P: a contribution of 22 is outside"),
        (Project("P", BUILDING, (RiskArea("A", 0.7, 0), RiskArea("B", 0.7, 0))), "P: .* more than 1"),
    ],
)
def test_faults_name_the_project(project: Project, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        optimism_bias.bias(project, CAPITAL)


def test_a_duration_below_nothing() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        optimism_bias.works_months(-1, 0.1)


@given(fractions, fractions, fractions, st.booleans(), st.booleans())
def test_more_mitigation_never_raises_the_uplift(
    share: float, less: float, more: float, evidenced: bool, below: bool
) -> None:
    low, high = sorted((less, more))
    before = standard(RiskArea("A", share, low, evidenced), below_lower=below).uplift
    after = standard(RiskArea("A", share, high, evidenced), below_lower=below).uplift
    assert before is not None
    assert after is not None
    assert 0 <= after <= before + 1e-15
    assert before <= 0.24


@given(fractions, fractions)
def test_an_area_split_in_two_is_the_same(share: float, mitigation: float) -> None:
    whole = standard(RiskArea("A", share, mitigation)).uplift
    parts = standard(RiskArea("A", share / 2, mitigation), RiskArea("B", share / 2, mitigation)).uplift
    assert parts == pytest.approx(whole, abs=1e-15)
