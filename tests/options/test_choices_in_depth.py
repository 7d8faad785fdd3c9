"""The filter, cross-consistency and success factors: counts by hand."""

from typing import Any

import pytest

from tests.exercise.small import cited, find
from wayforward.options.models import (
    ChoiceConflict,
    ChoiceFactor,
    DeliveryVehicle,
    FactorVerdict,
    LonglistChoice,
    Option,
    OptionChoice,
    OptionService,
    SuccessFactor,
)
from wayforward.scope.models import Service

USUAL = Option(code="BAU", name="As usual", short_name="As usual", option_kind="business as usual", order=1)
JOINT = Option(code="JV", name="Joint venture", short_name="Venture", option_kind="option", order=2)
ALONE = Option(code="INH", name="In-house", short_name="In-house", option_kind="option", order=3)
FIT = SuccessFactor(code="F1", name="Fit", imperative="strategic")
CHEAP = SuccessFactor(code="F2", name="Affordable", imperative="financial")
NICE = SuccessFactor(code="F3", name="Liked")


def choice(code: str, dimension: str, verdict: str = "carried forward", **more: Any) -> LonglistChoice:
    cells = {"reason": "It was so judged"} | more
    return LonglistChoice(code=code, dimension=dimension, name=f"Choice {code}", verdict=verdict, **cells)


NARROW, WIDE = choice("S1", "scope"), choice("S2", "scope")
OWN, PARTNER = choice("D1", "delivery"), choice("D2", "delivery")
CASH, LOAN = choice("F1", "funding"), choice("F2", "funding")
GONE = choice("D9", "delivery", "discounted")
CHOICES = (NARROW, WIDE, OWN, PARTNER, CASH, LOAN, GONE)


def cell(code: str, of: LonglistChoice, factor: SuccessFactor, meets: str, reason: str = "") -> ChoiceFactor:
    return ChoiceFactor(code=code, choice=of, factor=factor, meets=meets, reason=reason)


def test_the_filter_holds_each_choice_against_each_factor() -> None:
    finding = find(
        "options.filter",
        *(FIT, CHEAP, NARROW, WIDE, GONE),
        cell("1", NARROW, FIT, "meets"),
        cell("2", NARROW, CHEAP, "meets"),
        cell("3", WIDE, FIT, "meets"),
        cell("4", WIDE, CHEAP, "fails", "Too dear"),
        cell("5", GONE, CHEAP, "partly"),
    )
    grid = {(row["choice"], row["factor"]): row["meets"] for row in finding.rows}
    assert grid["S1", "Fit"] == "Meets it"
    assert grid["D9", "Fit"] is None
    assert grid["D9", "Verdict"] == "Discounted"
    assert finding.headline == (
        "Of 2 choices taken forward, 1 meets every success factor and 1 fails at least one"
    )
    assert finding.warnings == (
        "“Choice S2” is taken forward though it fails a factor.",
        "Delivery has no choice left: no option can be made of these.",
    )
    assert finding.waiting == (
        "how “Choice D9” meets “Fit”",
        "why “Choice D9” does not meet “Affordable” in full",
    )


def test_a_choice_judged_without_a_reason_is_waited_for() -> None:
    bare = choice("S3", "scope", reason="")
    open_yet = choice("S4", "scope", "", reason="")
    finding = find("options.filter", FIT, CHEAP, bare, open_yet, cell("1", bare, FIT, "meets"))
    assert finding.waiting == (
        "why “Choice S3” was so judged",
        "how “Choice S3” meets “Affordable”",
        "what becomes of “Choice S4”",
        "how “Choice S4” meets any of the 2 success factors",
    )


def test_nothing_judged_is_not_nothing_met() -> None:
    finding = find("options.filter", FIT, NARROW)
    assert finding.headline == "How 1 choice of the longlist would meet the success factors is not known yet"
    assert finding.rows[0]["meets"] is None


def conflict(code: str, first: LonglistChoice, second: LonglistChoice) -> ChoiceConflict:
    return ChoiceConflict(code=code, first=first, second=second, reason="Not together")


def test_combinations_left_after_conflicts() -> None:
    """2 x 2 x 2 = 8. Wide-own strikes 2, own-loan 2, one of them the same: 8 - 2 - 2 + 1 = 5."""
    finding = find(
        "options.consistency",
        *CHOICES,
        conflict("1", WIDE, OWN),
        conflict("2", OWN, LOAN),
        conflict("3", LOAN, OWN),  # the same pair again
        conflict("4", GONE, LOAN),  # of a choice that was discounted
    )
    assert (finding.value, finding.parameters["possible"]) == (5, 8)
    assert [(r["first"], r["second"], r["strikes"], r["alone"]) for r in finding.rows] == [
        ("S2", "D1", 2, 1),
        ("D1", "F2", 2, 1),
    ]
    assert finding.headline == (
        "Of 8 combinations of the choices taken forward, 5 are left after 2 conflicts"
    )
    assert finding.waiting == ()


def test_a_choice_that_stands_in_no_combination_is_named() -> None:
    finding = find("options.consistency", NARROW, WIDE, OWN, conflict("1", WIDE, OWN))
    assert finding.value == 1
    assert finding.warnings == ("“Choice S2” is taken forward and stands in no consistent combination.",)


def test_no_conflict_written_down_does_not_show_that_there_is_none() -> None:
    finding = find("options.consistency", *CHOICES)
    assert finding.value is None
    assert finding.headline == (
        "8 combinations of the choices taken forward are possible; how many are consistent is not known yet"
    )
    assert finding.waiting == ("which choices can't stand together in one option",)


def test_a_dimension_with_nothing_taken_forward_is_waited_for() -> None:
    open_yet = choice("F3", "funding", "")
    finding = find("options.consistency", NARROW, OWN, open_yet, conflict("1", NARROW, OWN))
    assert (finding.value, finding.parameters.get("possible")) == (None, None)
    assert finding.waiting == ("what becomes of “Choice F3”", "a choice taken forward in funding")


def test_more_combinations_than_can_be_counted() -> None:
    many = [choice(f"{d[0]}{n}", d) for d in ("scope", "delivery", "funding") for n in range(300)]
    finding = find(
        "options.consistency", *many, conflict("1", many[0], many[300]), conflict("2", many[1], many[600])
    )
    assert finding.value is None
    assert finding.rows[0]["strikes"] is None
    assert finding.warnings[0].startswith("There are more combinations than are counted")


def made(code: str, option: Option, of: LonglistChoice) -> OptionChoice:
    return OptionChoice(code=code, option=option, choice=of)


def test_the_choices_that_an_option_is_made_of() -> None:
    finding = find(
        "options.combinations",
        *(USUAL, JOINT, ALONE, *CHOICES),
        made("1", JOINT, WIDE),
        made("2", JOINT, OWN),
        made("3", JOINT, GONE),
        conflict("1", WIDE, OWN),
    )
    rows = {row["dimension"]: row for row in finding.rows}
    assert rows["Delivery"]["choices"] == "Choice D1 and Choice D9"
    assert (rows["Scope"]["clash"], rows["Delivery"]["clash"]) == ("“Choice D1”", "“Choice S2”")
    assert (rows["Funding"]["choices"], rows["Funding"]["clash"]) == (None, "")
    assert finding.headline == "Venture holds choices that can't stand together"
    assert finding.warnings == (
        "Venture holds “Choice S2” and “Choice D1”, which can't stand together.",
        "Venture holds several choices of delivery.",
        "Venture is made of “Choice D9”, which was discounted.",
    )
    assert finding.waiting == (
        "the choice of funding for Venture",
        "the choices that In-house is made of",
    )


def verdict(code: str, option: Option, factor: SuccessFactor, passes: bool | None) -> FactorVerdict:
    return FactorVerdict(code=code, option=option, factor=factor, passes=passes)


VERDICTS = (
    *(verdict("1", JOINT, FIT, True), verdict("2", JOINT, CHEAP, False), verdict("3", JOINT, NICE, False)),
    *(verdict("4", ALONE, FIT, True), verdict("5", ALONE, NICE, True)),
)


def test_an_option_that_fails_an_imperative_may_not_be_ranked() -> None:
    finding = find(
        "options.success", JOINT, ALONE, FIT, CHEAP, NICE, *VERDICTS, *cited("factor_verdict:4", "passes", 3)
    )
    venture, alone = finding.rows
    assert (venture["passes"], venture["fails"], venture["unknown"]) == (1, 2, 0)
    assert (venture["may_rank"], venture["imperatives_failed"]) == (False, "Affordable (financial)")
    assert venture["fails_which"] == "Affordable and Liked"
    assert (venture["grade"], venture["bare"]) == ("", 3)
    # Affordable is an imperative that nobody has judged: whether In-house may be ranked is not known.
    assert (alone["passes"], alone["unknown"], alone["may_rank"]) == (2, 1, None)
    assert alone["imperatives_failed"] is None
    assert (alone["grade"], alone["bare"]) == (3, 1)
    assert finding.headline == (
        "Venture fails an imperative and may not be ranked; of 1 option it is not known"
    )
    assert finding.waiting == ("whether In-house passes “Affordable”",)


def test_a_factor_that_is_no_imperative_bars_nobody() -> None:
    finding = find("options.success", ALONE, NICE, verdict("1", ALONE, NICE, False))
    assert finding.rows[0]["may_rank"] is True
    assert finding.headline == "No success factor is marked as an imperative: failing one bars no option"
    assert finding.waiting == ("which success factors are strategic, operational or financial imperatives",)


def test_an_option_that_nobody_has_judged_has_passed_nothing() -> None:
    row = find("options.success", ALONE, FIT).rows[0]
    assert (row["passes"], row["fails"], row["may_rank"], row["grade"]) == (None, None, None, None)


def test_each_verdict_with_the_grade_of_its_evidence() -> None:
    finding = find(
        "options.factors", JOINT, FIT, CHEAP, *VERDICTS[:2], *cited("factor_verdict:1", "passes", 4)
    )
    told = [(row["factor"], row["imperative"], row["grade"]) for row in finding.rows]
    assert told == [("F1", "strategic", 4), ("F2", "financial", "")]


@pytest.mark.parametrize(
    ("tasked_by", "control"),
    [("force", "allowed: 1 change"), ("contractor", "refused: 1 change"), ("", "allowed: 1 change")],
)
def test_a_vehicle_by_area_shows_what_direction_and_control_says(tasked_by: str, control: str) -> None:
    """A core service that others would task is refused, whatever verdict people gave on the vehicle."""
    patrol = Service(
        code="P", name="Patrol", powers_by="constable", employer="force", tasked_by="force", information=False
    )
    partner = DeliveryVehicle(
        code="V1", name="Partner", area="core", verdict="carried forward", reason="Skills"
    )
    unused = DeliveryVehicle(code="V2", name="Company", area="core", verdict="discounted", reason="Slow")
    change = OptionService(
        code="1", option=JOINT, service=patrol, vehicle=partner, change="Devices", tasked_by=tasked_by
    )
    finding = find("options.vehicles", JOINT, patrol, partner, unused, change)
    assert [row["control"] for row in finding.rows] == [control, ""]
    refused = [
        words
        for words in finding.warnings
        if words.startswith("Partner (Core), Patrol under Venture: refused.")
    ]
    assert bool(refused) == (tasked_by == "contractor")
