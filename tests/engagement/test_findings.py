"""Findings of engagement: nobody's answer can be told from the others, and no audience is mixed with another."""

from decimal import Decimal
from typing import Any

import pytest

from tests.exercise.small import find
from wayforward.engagement.models import Engagement, EngagementResult, Theme, ThemeAnswer
from wayforward.options.models import Option


def engagement(code: str, audience: str = "staff", **more: Any) -> Engagement:
    return Engagement(code=code, name=f"Survey {code}", audience=audience, population="All staff", **more)


def results(base: int | None, *shares: str) -> list[EngagementResult]:
    asked = engagement("E")
    return [
        EngagementResult(
            code=f"R{n}",
            engagement=asked,
            question="Which?",
            answer=f"Answer {n}",
            share=Decimal(s),
            base=base,
        )
        for n, s in enumerate(shares)
    ]


def shown(*rows: Any) -> list[Any]:
    return [row["share"] for row in find("engagement.results", *rows).rows]


def test_the_rate_of_each_engagement_and_no_total_over_audiences() -> None:
    # 120 of 400 is 30%; 50 of 200 is 25%.
    finding = find(
        "engagement.who",
        engagement("A", invited=400, answered=120),
        engagement("B", "public", invited=200, answered=50),
        engagement("C", invited=None, answered=None),
    )
    assert [(row["engagement"], row["rate"]) for row in finding.rows] == [
        ("B", 0.25),
        ("A", 0.3),
        ("C", None),
    ]
    assert finding.headline == "Answers came from 50 members of the public and 120 members of staff"
    assert "no margin of error" in finding.warnings[0]
    assert "how many answered, of those of Survey C" in finding.waiting


@pytest.mark.parametrize(
    ("invited", "answered", "told"),
    [
        (50, 9, (50, None, "fewer than 10")),
        (50, 10, (50, 10, "")),
        (50, 45, (50, None, "withheld: it would show a group of fewer than 10")),
        (50, 40, (50, 40, "")),
        (50, 50, (50, 50, "")),
        (8, 5, (None, None, "fewer than 10")),
        (None, 9, (None, None, "fewer than 10")),
    ],
)
def test_a_small_group_is_not_shown_nor_what_is_left_of_the_whole(
    invited: int | None, answered: int, told: Any
) -> None:
    finding = find("engagement.who", engagement("A", invited=invited, answered=answered))
    row = finding.rows[0]
    assert (row["invited"], row["answered"], row["note"]) == told
    if answered < 10:
        assert row["rate"] is None
        assert str(answered) not in finding.headline


def test_a_share_of_few_people_is_hidden_with_the_one_that_would_give_it_away() -> None:
    # Of 100: 60, 32 and 8. The 8 is hidden; with 60 and 32 shown it would be 100 - 92, so the 32 goes too.
    assert shown(*results(100, "0.60", "0.32", "0.08")) == [0.6, None, None]
    # Two hidden answers of 4 and 3 are 7 together: a third goes with them.
    assert shown(*results(100, "0.53", "0.40", "0.04", "0.03")) == [0.53, None, None, None]
    # Hidden answers that are 5 + 6 = 11 together tell of no small group.
    assert shown(*results(100, "0.49", "0.40", "0.05", "0.06")) == [0.49, 0.4, None, None]


def test_what_no_listed_answer_holds_is_a_group_too() -> None:
    # 60 and 35 of 100 leave 5 who gave neither: the 35 is hidden, so that 40 are left.
    assert shown(*results(100, "0.60", "0.35")) == [0.6, None]
    assert shown(*results(100, "0.60", "0.30")) == [0.6, 0.3]
    assert shown(*results(100, "0.60", "0.40")) == [0.6, 0.4]


def test_answers_of_which_many_may_be_ticked_stand_alone() -> None:
    # 70% + 50% are over the whole. 95 of 100 would tell of the 5 who did not tick it.
    assert shown(*results(100, "0.70", "0.50", "0.05")) == [0.7, 0.5, None]
    assert shown(*results(100, "0.95", "0.50")) == [None, 0.5]


def test_a_share_of_an_unknown_number_is_withheld() -> None:
    finding = find("engagement.results", *results(None, "0.60"))
    assert finding.rows[0]["share"] is None
    assert finding.rows[0]["note"] == "withheld: how many answered is not known"
    assert finding.waiting == ("the answers to “Which?”: how many answered",)


def test_the_base_of_a_small_survey_is_not_shown() -> None:
    finding = find("engagement.results", *results(9, "1.00"))
    assert (finding.rows[0]["base"], finding.rows[0]["share"]) == (None, None)
    assert finding.headline == "No answer can be shown yet"


def test_the_answer_most_widely_given() -> None:
    finding = find("engagement.results", *results(200, "0.25", "0.75"))
    assert finding.headline == "The answer most widely given is “Answer 1” to “Which?”: 75% of 200 (staff)"


def test_themes_with_the_options_they_shaped() -> None:
    public, staff = engagement("P", "public", answered=300), engagement("S", answered=500)
    first = Option(code="A", name="A", short_name="In-house", option_kind="option", order=1)
    second = Option(code="B", name="B", short_name="Partner", option_kind="option", order=2)
    typed = Theme(code="T1", engagement=staff, name="Typing twice", people=120)
    heard = Theme(code="T2", engagement=public, name="Tell me", people=9)
    food = Theme(code="T3", engagement=staff, name="Better food", people=20, why_not="Out of scope.")
    alone = Theme(code="T4", engagement=staff, name="Nobody knows")
    finding = find(
        "engagement.themes",
        *(public, staff, first, second, typed, heard, food, alone),
        ThemeAnswer(code="X1", theme=typed, option=second, how="One entry."),
        ThemeAnswer(code="X2", theme=typed, option=first, how="A form."),
        ThemeAnswer(code="X3", theme=heard, option=first, how="A tracker."),
    )
    rows = {row["theme"]: row for row in finding.rows}
    assert list(rows) == ["T2", "T1", "T3", "T4"]  # the public first, then staff by how many said it
    assert rows["T1"]["options"] == "In-house; Partner"
    assert rows["T1"]["answer"] == "In-house: A form. Partner: One entry."
    assert (rows["T2"]["people"], rows["T2"]["note"]) == (None, "fewer than 10")
    assert (rows["T3"]["options"], rows["T3"]["answer"]) == ("", "Out of scope.")
    assert finding.headline == (
        "2 of 4 themes shaped an option; 1 is declined with a reason and 1 is still without an answer"
    )
    assert finding.waiting == ("how many said “Nobody knows”", "what becomes of “Nobody knows”")


def test_a_theme_that_all_but_a_few_raised_is_withheld() -> None:
    theme = Theme(code="T", engagement=engagement("S", answered=100), name="Tools", people=95)
    assert find("engagement.themes", theme).rows[0]["people"] is None


@pytest.mark.parametrize("key", ["engagement.who", "engagement.results", "engagement.themes"])
def test_an_empty_exercise_waits_and_shows_nothing(key: str) -> None:
    finding = find(key)
    assert (finding.rows, finding.value) == ((), None)
    assert len(finding.waiting) == 1
