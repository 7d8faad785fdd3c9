"""Rules of weighing, each on the fewest rows that keep or break it. appraisal.npsv is a finding in pounds."""

from decimal import Decimal
from typing import Any

import pytest

from tests.appraisal.checked import EVERY_YEAR, OTHER, benefit, case, told
from wayforward.appraisal.checks import weighing
from wayforward.appraisal.models import Criterion, CriterionScore, Dissent, StakeholderGroup, SwingWeight
from wayforward.scope.models import ModernisationOutcome

GROUP = StakeholderGroup(code="G", name="Public")
FASTER = ModernisationOutcome(code="M1")


def criterion(code: str, worst: int | None = 0, best: int | None = 10, **more: Any) -> Criterion:
    return Criterion(code=code, name=code, worst=worst, best=best, **more)


def weight(code: str, of: Criterion, points: int | None = 100, **more: Any) -> SwingWeight:
    ends = {name: Decimal(value) for name, value in more.items() if name in ("low", "high")}
    given = None if points is None else Decimal(points)
    return SwingWeight(code=code, group=more.get("group", GROUP), criterion=of, points=given, **ends)


def score(code: str, of: Criterion, *values: int | None) -> CriterionScore:
    low, likely, high = (None if value is None else Decimal(value) for value in values)
    return CriterionScore(code=code, option=OTHER, criterion=of, low=low, score=likely, high=high)


@pytest.mark.parametrize(
    ("kind", "points", "outcome", "fault"),
    [
        ("societal", 100, FASTER, True),
        ("unmonetised", 100, FASTER, False),
        ("societal", 0, FASTER, False),  # no weight
        ("societal", None, FASTER, False),
        ("societal", 100, ModernisationOutcome(code="M2"), False),
    ],
)
def test_what_a_benefit_line_prices_is_not_weighed(
    kind: str, points: int | None, outcome: ModernisationOutcome, fault: bool
) -> None:
    speed = criterion("C1", outcome=FASTER)
    rows = [
        speed,
        weight("W", speed, points),
        benefit("L", f"{EVERY_YEAR}: 1", benefit_kind=kind, outcome=outcome),
    ]
    wrongs = told(weighing.what_a_benefit_prices_is_not_weighed(case(*rows)))
    assert wrongs == ([("C1", "outcome")] if fault else [])


def test_money_is_weighed_once() -> None:
    worth, cash = criterion("C1", quotes="appraisal.npsv"), criterion("C2", quotes="appraisal.costs")
    words = criterion("C3", quotes="appraisal.order")  # in pounds as well, and not weighed
    rows = [worth, cash, words, weight("W1", worth), weight("W2", cash, 50)]
    assert told(weighing.money_is_weighed_once(case(*rows))) == [("C2", "quotes")]


def test_a_criterion_quotes_a_finding_that_there_is() -> None:
    rows = [
        criterion("C1", quotes="appraisal.npvs"),
        criterion("C2", quotes="appraisal.npsv"),
        criterion("C3"),
    ]
    assert told(weighing.criterion_quotes_a_finding(case(*rows))) == [("C1", "quotes")]


def test_anchors_differ() -> None:
    rows = [criterion("C1", 5, 5), criterion("C2", 9, 1), criterion("C3", None, None)]
    assert told(weighing.anchors_differ(case(*rows))) == [("C1", "best")]


@pytest.mark.parametrize(
    ("worst", "best", "points", "fault"),
    [
        (0, 10, [["4", "70"]], False),
        (10, 0, [["4", "30"], ["6", "20"]], False),  # from the worse anchor 10 on: 20, then 30
        (0, 10, [["4", "70"], ["6", "60"]], True),  # turns back
        (0, 10, [["11", "70"]], True),  # beyond the anchor
        (0, 10, [["4", "101"]], True),
        (None, 10, [["4", "70"]], False),  # an anchor is not known yet
    ],
)
def test_points_lead_from_worst_to_best(worst: int | None, best: int, points: Any, fault: bool) -> None:
    wrongs = told(weighing.points_lead_from_worst_to_best(case(criterion("C", worst, best, points=points))))
    assert wrongs == ([("C", "points")] if fault else [])


@pytest.mark.parametrize(
    ("worst", "points", "more", "field"),
    [
        (0, 100, {}, None),
        (None, 100, {}, "points"),
        (None, None, {"low": 40}, "low"),
        (None, None, {}, None),
        (None, 0, {}, None),
    ],
)
def test_weights_wait_for_anchors(
    worst: int | None, points: int | None, more: Any, field: str | None
) -> None:
    one = criterion("C", worst)
    wrongs = told(weighing.weights_wait_for_anchors(case(one, weight("W", one, points, **more))))
    assert wrongs == ([("W", field)] if field else [])


@pytest.mark.parametrize(
    ("independent", "points", "fault"),
    [(True, 100, False), (False, 100, True), (None, 100, True), (None, None, False)],
)
def test_what_is_weighed_stands_alone(independent: bool | None, points: int | None, fault: bool) -> None:
    one = criterion("C", independent=independent)
    wrongs = told(weighing.weighed_criteria_stand_alone(case(one, weight("W", one, points))))
    assert wrongs == ([("C", "independent")] if fault else [])


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        ((100, {}), (40, {}), None),
        ((80, {}), (40, {}), ("W1", "points")),
        ((0, {}), (0, {}), ("W1", "points")),
        ((80, {}), (None, {}), None),  # the other may turn out to be the greatest
        ((100, {"low": 90}), (40, {}), ("W1", "low")),
        ((100, {"low": 90}), (100, {}), None),
    ],
)
def test_the_greatest_swing_has_100(first: Any, second: Any, fault: tuple[str, str] | None) -> None:
    one, two = criterion("C1"), criterion("C2")
    rows = [weight("W1", one, first[0], **first[1]), weight("W2", two, second[0], **second[1])]
    assert told(weighing.greatest_swing_has_100(case(one, two, *rows))) == ([fault] if fault else [])


def test_each_group_has_a_greatest_swing() -> None:
    one, staff = criterion("C1"), StakeholderGroup(code="S", name="Staff")
    rows = [weight("W1", one, 100), weight("W2", one, 60, group=staff)]
    assert told(weighing.greatest_swing_has_100(case(one, *rows))) == [("W2", "points")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ((2, 5, 7), None),
        ((5, 5, 5), None),
        ((6, 5, 7), "low"),
        ((2, 5, 4), "high"),
        ((7, None, 4), "high"),
        ((None, 5, None), None),
    ],
)
def test_a_score_is_in_its_range(values: tuple[int | None, ...], field: str | None) -> None:
    one = criterion("C")
    wrongs = told(weighing.weights_and_scores_are_in_their_range(case(one, score("S", one, *values))))
    assert wrongs == ([("S", field)] if field else [])


def test_points_are_in_their_range() -> None:
    one = criterion("C")
    rows = [weight("W1", one, 50, low=60), weight("W2", one, 50, low=40, high=60)]
    assert told(weighing.weights_and_scores_are_in_their_range(case(one, *rows))) == [("W1", "low")]


@pytest.mark.parametrize(
    ("worst", "best", "values", "fields"),
    [
        (0, 10, (0, 5, 10), []),
        (10, 0, (0, 5, 10), []),
        (0, 10, (-1, 5, 11), ["low", "high"]),
        (0, 10, (None, 12, None), ["score"]),
        (None, 10, (None, 12, None), []),
    ],
)
def test_scores_are_between_the_anchors(worst: int | None, best: int, values: Any, fields: list[str]) -> None:
    one = criterion("C", worst, best)
    wrongs = told(weighing.scores_are_between_the_anchors(case(one, score("S", one, *values))))
    assert wrongs == [("S", field) for field in fields]


def test_a_criterion_that_quotes_a_finding_has_no_score_of_its_own() -> None:
    worth, pace = criterion("C1", quotes="appraisal.npsv"), criterion("C2")
    rows = [
        score("S1", worth, None, 5, None),
        score("S2", pace, None, 5, None),
        score("S3", worth, None, None, None),
    ]
    assert told(weighing.a_quoted_score_is_not_judged(case(worth, pace, *rows))) == [("S1", "score")]


@pytest.mark.parametrize(
    ("independent", "points", "fault"),
    [(True, 100, False), (False, 100, False), (None, 100, True), (None, None, False)],
)
def test_a_group_says_whether_its_chair_is_independent(
    independent: bool | None, points: int | None, fault: bool
) -> None:
    """A chair who is not independent is told with the weights, and is no fault."""
    group, one = StakeholderGroup(code="G", name="Public", chair_independent=independent), criterion("C")
    wrongs = told(
        weighing.a_group_that_weighed_says_who_led_it(case(group, one, weight("W", one, points, group=group)))
    )
    assert wrongs == ([("G", "chair_independent")] if fault else [])


def test_dissent_is_about_a_judgement() -> None:
    rows = [
        Dissent(code="D1", group=GROUP, about="criterion:C"),
        Dissent(code="D2", group=GROUP, about="option:B"),
        Dissent(code="D3", group=GROUP),
    ]
    assert told(weighing.dissent_is_about_a_judgement(case(*rows))) == [("D2", "about")]


def test_each_judgement_once() -> None:
    one, two = criterion("C1", order=1), criterion("C2", order=1)
    rows = [
        *(score("S1", one, None, 5, None), score("S2", one, None, 6, None), score("S3", two, None, 5, None)),
        *(weight("W1", one), weight("W2", two), weight("W3", one)),
    ]
    wrongs = told(weighing.each_judgement_once(case(one, two, *rows)))
    assert wrongs == [("C2", "order"), ("S2", "criterion"), ("W3", "criterion")]
