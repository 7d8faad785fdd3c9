"""Rules of weighing: anchors before weights, scores between the anchors, and nothing weighed that money counts."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from wayforward.appraisal.checks.common import UNMONETISED, cell
from wayforward.appraisal.models import (
    BenefitLine,
    Criterion,
    CriterionScore,
    Dissent,
    StakeholderGroup,
    SwingWeight,
)
from wayforward.findings import registered
from wayforward.methods.swing_weights import MOST
from wayforward.methods.value_functions import ValueFunction
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once

DISSENT_IS_ABOUT = ("criterion", "criterion_score", "swing_weight")


@check
def each_judgement_once(case: Case) -> Iterator[Wrong]:
    yield from once([row for row in case.rows(Criterion) if row.order is not None], "order")
    yield from once(case.rows(CriterionScore), "option", "criterion")
    yield from once(case.rows(SwingWeight), "group", "criterion")


@check
def criterion_quotes_a_finding(case: Case) -> Iterator[Wrong]:
    for criterion in case.rows(Criterion):
        if criterion.quotes and criterion.quotes not in registered():
            allowed = "the key of a finding, such as appraisal.npsv, or blank where it is scored by judgement"
            yield Wrong(criterion, "quotes", criterion.quotes, allowed)


@check
def what_a_benefit_prices_is_not_weighed(case: Case) -> Iterator[Wrong]:
    """The worth of an outcome that a benefit line prices is in the net present social value already."""
    weighed = weighed_criteria(case)
    for criterion in case.rows(Criterion):
        if criterion.outcome is None or criterion.code not in weighed:
            continue
        pricing = [
            line.code
            for line in case.rows(BenefitLine)
            if line.outcome is not None
            and line.outcome.code == criterion.outcome.code
            and line.benefit_kind != UNMONETISED
        ]
        if pricing:
            more = f" and {len(pricing) - 1} more" if len(pricing) > 1 else ""
            allowed = (
                f"an outcome that no benefit line prices: {pricing[0]}{more} counts it in pounds, so a weight beside "
                f"net present social value counts it twice; or no weight for {criterion.code}"
            )
            yield Wrong(criterion, "outcome", criterion.outcome.code, allowed)


@check
def money_is_weighed_once(case: Case) -> Iterator[Wrong]:
    weighed = weighed_criteria(case)
    money = [row for row in case.rows(Criterion) if row.code in weighed and of_money(row)]
    for criterion in money[1:]:
        allowed = f"no weight, or none for {money[0].code}, which quotes money too ({money[0].quotes})"
        yield Wrong(criterion, "quotes", criterion.quotes, allowed)


@check
def anchors_differ(case: Case) -> Iterator[Wrong]:
    for criterion in case.rows(Criterion):
        if criterion.worst is not None and criterion.worst == criterion.best:
            allowed = "a best that differs from the worst, or the criterion tells no options apart"
            yield Wrong(criterion, "best", cell(criterion, "best"), allowed)


@check
def points_lead_from_worst_to_best(case: Case) -> Iterator[Wrong]:
    for criterion in case.rows(Criterion):
        worst, best = criterion.worst, criterion.best
        if not criterion.points or worst is None or best is None or worst == best:
            continue
        points = [(float(level), float(score)) for level, score in criterion.points]
        onward = points if worst < best else points[::-1]
        try:
            ValueFunction(float(worst), float(best), tuple(onward))
        except ValueError as error:
            yield Wrong(
                criterion, "points", cell(criterion, "points"), f"points between the anchors: {error}"
            )


@check
def weights_wait_for_anchors(case: Case) -> Iterator[Wrong]:
    """A weight is the worth of a swing, and without worst and best there is no swing."""
    for row in case.rows(SwingWeight):
        lacking = [end for end in ("worst", "best") if getattr(row.criterion, end) is None]
        if lacking and given(row):
            field = given(row)[0]
            allowed = f"blank until {row.criterion.code} has its {' and '.join(lacking)}: a weight is for that range"
            yield Wrong(row, field, cell(row, field), allowed)


@check
def weighed_criteria_stand_alone(case: Case) -> Iterator[Wrong]:
    """Weighted values may be added only where preferences on each criterion hang on no other."""
    weighed = weighed_criteria(case)
    for criterion in case.rows(Criterion):
        if criterion.code in weighed and not criterion.independent:
            allowed = (
                "yes, once it is known that nobody's preference on it hangs on how an option does elsewhere; "
                f"or no weight for {criterion.code}"
            )
            yield Wrong(criterion, "independent", cell(criterion, "independent"), allowed)


@check
def greatest_swing_has_100(case: Case) -> Iterator[Wrong]:
    """The swing that matters most is the yardstick: 100, and not a range."""
    for code, rows in by_group(case).items():
        if any(row.points is None for row in rows):
            continue
        top = max(rows, key=lambda row: row.points)
        yardsticks = [row for row in rows if row.points == MOST]
        if not yardsticks:
            allowed = f"100 for the swing that matters most to {code}, and the others against it"
            yield Wrong(top, "points", cell(top, "points"), allowed)
        elif all(row.low is not None and row.low < MOST for row in yardsticks):
            allowed = f"100 or blank: the greatest swing of {code} is what the others are held against"
            yield Wrong(top, "low", cell(top, "low"), allowed)


@check
def weights_and_scores_are_in_their_range(case: Case) -> Iterator[Wrong]:
    judged: list[tuple[SwingWeight | CriterionScore, str, Decimal | None]] = [
        *((row, "points", row.points) for row in case.rows(SwingWeight)),
        *((row, "score", row.score) for row in case.rows(CriterionScore)),
    ]
    for row, name, likely in judged:
        if row.low is not None and likely is not None and row.low > likely:
            yield Wrong(row, "low", cell(row, "low"), f"at most {cell(row, name)}, its {name}")
        elif row.high is not None and likely is not None and row.high < likely:
            yield Wrong(row, "high", cell(row, "high"), f"at least {cell(row, name)}, its {name}")
        elif row.low is not None and row.high is not None and row.high < row.low:
            yield Wrong(row, "high", cell(row, "high"), f"at least {cell(row, 'low')}, its low")


@check
def scores_are_between_the_anchors(case: Case) -> Iterator[Wrong]:
    for row in case.rows(CriterionScore):
        worst, best = row.criterion.worst, row.criterion.best
        if worst is None or best is None:
            continue
        ends = sorted((worst, best))
        for field in ("score", "low", "high"):
            value = getattr(row, field)
            if value is not None and not ends[0] <= value <= ends[1]:
                allowed = (
                    f"from {cell(row.criterion, 'worst')} to {cell(row.criterion, 'best')}, the anchors of "
                    f"{row.criterion.code}; or wider anchors, weighed again"
                )
                yield Wrong(row, field, cell(row, field), allowed)


@check
def a_quoted_score_is_not_judged(case: Case) -> Iterator[Wrong]:
    for row in case.rows(CriterionScore):
        if row.criterion.quotes and row.score is not None:
            allowed = f"blank: {row.criterion.code} takes {row.criterion.quotes} for its score"
            yield Wrong(row, "score", cell(row, "score"), allowed)


@check
def a_group_that_weighed_says_who_led_it(case: Case) -> Iterator[Wrong]:
    """A chair who is not independent is told beside the weights; not to say is refused."""
    weighed = {row.group.code for row in case.rows(SwingWeight) if given(row)}
    for group in case.rows(StakeholderGroup):
        if group.code in weighed and group.chair_independent is None:
            allowed = "yes or no: whether its chair had no part in the options and gains from none"
            yield Wrong(group, "chair_independent", "nothing", allowed)


@check
def dissent_is_about_a_judgement(case: Case) -> Iterator[Wrong]:
    for row in case.rows(Dissent):
        if row.about and row.about.partition(":")[0] not in DISSENT_IS_ABOUT:
            yield Wrong(
                row, "about", row.about, "a criterion, a criterion score or a swing weight, as kind:CODE"
            )


def given(row: SwingWeight) -> list[str]:
    """The cells of a weight that hold one above nought: nought is no weight."""
    return [field for field in ("points", "low", "high") if getattr(row, field)]


def weighed_criteria(case: Case) -> set[str]:
    """The codes of the criteria that some group gives any weight."""
    return {row.criterion.code for row in case.rows(SwingWeight) if given(row)}


def by_group(case: Case) -> dict[str, list[SwingWeight]]:
    """The weights of each group, those not given yet among them."""
    found: dict[str, list[SwingWeight]] = defaultdict(list)
    for row in case.rows(SwingWeight):
        found[row.group.code].append(row)
    return found


def of_money(criterion: Criterion) -> bool:
    """Whether a criterion quotes a finding in pounds."""
    plan = registered().get(criterion.quotes)
    return plan is not None and bool(plan.prices)
