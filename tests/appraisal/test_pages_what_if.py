"""What if, through the pages; expected values are arithmetic by hand on the town of tests/appraisal/workbench.py."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.appraisal.asking import (
    ASK,
    WORTH_A,
    WORTH_B,
    F,
    ask,
    barred,
    of,
    phased,
    text,
    text_of,
    told,
    worths,
)
from tests.appraisal.workbench import member, store, two_options, with_risk
from wayforward.appraisal.models import ScenarioValue, Uncertainty
from wayforward.appraisal.pages.answered import WORTH, Answer
from wayforward.appraisal.pages.asked import Asked
from wayforward.appraisal.pages.inputs import inputs
from wayforward.appraisal.pages.told import notices
from wayforward.appraisal.pages.what_if import PART
from wayforward.findings import Findings
from wayforward.options.models import OptionPhase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]


def test_with_nothing_moved_the_figures_are_the_records(analyst: Client) -> None:
    said = told(analyst)
    assert said["changes"] == ["Nothing is moved: these are the figures of the record."]
    assert worths(said) == pytest.approx({"A": WORTH_A, "B": WORTH_B})
    # A value as the record has it, and a blank, move nothing either.
    assert told(analyst, of("cost_line:C-A2", "amounts", "100"))["asked"] == {}
    assert told(analyst, of("cost_line:C-A2", "amounts", ""))["asked"] == {}


def test_a_cost_moved_moves_the_worth_and_says_where_it_would_turn(analyst: Client) -> None:
    said = told(analyst, of("cost_line:C-A2", "amounts", "130"))
    # 1,040 a year in place of 800.
    assert worths(said)["A"] == pytest.approx((100 + 1000 - 1040) * F - 500)
    assert worths(said)["B"] == pytest.approx(WORTH_B)
    # F is 3.8016: from £640 to -£272.
    assert "A would be worth no more than business as usual: −£272, not £640." in said["changes"]
    # Worth nothing where 1,100F - 500 = 800F v; level with B (worth 190F) where 910F - 500 = 800F v.
    turn, level = (1100 * F - 500) / (8 * F), (910 * F - 500) / (8 * F)
    what = "With A: C-A2 at {:.2f}% of likely (now 100%), {}."
    assert what.format(turn, "A would be worth as much as business as usual") in said["changes"]
    assert what.format(level, "A and B would be worth the same") in said["changes"]


def test_who_overtakes_whom_is_said_where_options_are_ranked(analyst: Client) -> None:
    assert told(analyst)["findings"]["appraisal.order"]["value"] == "ranked"
    # A is worth £640 and B £722; with its start 60% cheaper A is worth £940.
    assert WORTH_A < WORTH_B < WORTH_A + 300
    said = told(analyst, of("cost_line:C-A1", "amounts", "40"))
    assert said["changes"][0] == "A would rank first in place of B."


def test_an_option_that_is_barred_has_no_rank_to_lose() -> None:
    client = member(store(barred(two_options(), "B")))
    query = of("cost_line:C-A2", "amounts", "130")
    assert [row["rank"] for row in told(client, query)["findings"]["appraisal.order"]["rows"]] == [1, ""]
    page = client.get(f"{ASK}?{query}")
    assert page.status_code == 200
    assert "A would be worth no more than business as usual" in text(page)
    assert "B not ranked £722" in text(page)


def test_a_change_that_can_not_be_seen_is_not_told_as_one(analyst: Client) -> None:
    # 8p a year of 800: £640.48 becomes £640.18.
    said = told(analyst, of("cost_line:C-A2", "amounts", "100.01"))
    assert said["changes"][0] == "Likely figures move by less than is shown."
    assert not any("would go from" in words for words in said["changes"])


def test_while_none_is_ranked_none_is_put_first() -> None:
    client = member(store(two_options(strong=False)))
    page = client.get(f"{ASK}?{of('cost_line:C-A1', 'amounts', '40')}")
    said = text(page).casefold()
    for word in ("overtake", "rank first", "best", "preferred", "winner"):
        assert word not in said
    assert "No option is ranked" in text(page)
    # What moved is said without an order.
    assert "The likely NPSV of A would go from £640 to £940." in text(page)


def test_a_delay_moves_the_lines_of_its_phase_and_says_what_that_leaves_out() -> None:
    client, query = member(store(phased())), of("option_phase:A-own", "delay_months", "12")
    said = told(client, query)
    # 800 a year of cost and 100 of benefit begin a year later; those of the fifth year are past the last appraised.
    assert worths(said)["A"] == pytest.approx(1000 * F - 500 - 700 * (F - 1))
    assert worths(said)["B"] == pytest.approx(WORTH_B)
    assert said["notices"] == [
        "Late phases move £900 of C-A2 (A) and B-A (A) past the last year appraised.",
        "1 cost line of A moves with no phase and stays as it is.",
        "A delay moves no judged score: what was said of Pace and Calm stays as it is.",
    ]
    page = text(client.get(f"{ASK}?{query}"))
    assert all(words in page for words in said["notices"])


def test_what_moves_no_phase_gives_no_notice(analyst: Client) -> None:
    assert told(analyst, of("cost_line:C-A2", "amounts", "130"))["notices"] == []


def test_where_the_record_is_late_already_only_a_delay_that_is_asked_about_is_told() -> None:
    town = phased()
    next(row for row in town.tables[OptionPhase] if row.code == "A-own").delay_months = 6
    client = member(store(town))
    # The record has £450 of the same lines past the last year, and says so elsewhere.
    late = told(client, of("option_phase:A-own", "delay_months", "12"))["notices"]
    assert late[0] == "Late phases move £900 of C-A2 (A) and B-A (A) past the last year appraised."
    assert told(client, of("cost_line:C-A2", "amounts", "130"))["notices"] == []


def test_what_findings_warn_of_anew_is_told_and_the_same_with_other_figures_is_not() -> None:
    findings = Findings(two_options().case(), keep=False)
    one = replace(findings[WORTH], warnings=("1.5% of draws, £2.1m, are held.", "Of cost that differs, 5%."))
    now = ("under 1% of draws, −£340,000, are held.", "Of cost that differs, all.", "2 lines end early.")
    answer = Answer(Asked(), {WORTH: one}, {WORTH: replace(one, warnings=now)})
    assert notices(answer, {}, findings.case) == ["2 lines end early."]


def test_what_a_method_refuses_is_told_by_the_names_of_records(monkeypatch: Any, analyst: Client) -> None:
    def refuse(*_: Any) -> None:
        raise ValueError("cost_line:C-A2/amounts: they end before they begin; and cost_line:NONE too.")

    monkeypatch.setattr("wayforward.appraisal.pages.answered.changed", refuse)
    page = analyst.get(f"{ASK}?{of('cost_line:C-A2', 'amounts', '130')}")
    assert page.status_code == 400
    words = "That can't be worked out: C-A2, amounts: they end before they begin; and NONE too."
    assert words in text_of(page, "govuk-error-summary__list")


def test_delays_are_of_phases_that_something_moves_with_those_that_vary_first() -> None:
    town = phased()
    b = next(row for row in town.tables[OptionPhase] if row.code == "B-own")
    town.add(
        Uncertainty,
        "U1",
        about=b.reference,
        field="delay_months",
        name="Late",
        distribution="discrete",
        outcomes=[["0", "0.5"], ["30", "0.5"]],
    )
    delays = [one for one in inputs(Findings(town.case(), keep=False)).values() if one.group == "Delays"]
    # A starts up by itself; nothing moves with business as usual.
    assert [one.key for one in delays] == [
        "option_phase:B-own/delay_months",
        "option_phase:A-own/delay_months",
    ]
    # As many months as the record itself allows for, or 24.
    assert [one.most for one in delays] == [30, 24]


def test_a_saving_in_the_plan_turns_short_of_money() -> None:
    client = member(store(two_options()))
    # The plan leaves 1,000 a year; A at 300% of 800 takes 1,400 a year more than business as usual.
    said = told(client, of("cost_line:C-A2", "amounts", "300"))
    assert "A would be short of the financial plan from 2013-14, not fit it in every year." in said["changes"]


def test_lines_that_move_together_are_moved_as_one(analyst: Client) -> None:
    said = told(analyst, ask(**{"line:Wages": "200"}))
    # B then costs 1,700 a year and frees 80.
    assert worths(said)["B"] == pytest.approx((1000 - 1700 + 80) * F)
    assert said["moved"] == ["Wages (2 lines): 200% of likely (now 100%)"]


def test_a_risk_is_moved_in_its_chance_and_its_cost() -> None:
    client = member(store(with_risk(two_options())))
    now = worths(told(client))["A"]
    assert now == pytest.approx(WORTH_A - 200)
    assert worths(told(client, of("option_risk:R1", "probability", "75")))["A"] == pytest.approx(
        WORTH_A - 300
    )
    assert worths(told(client, of("option_risk:R1", "impact", "1000")))["A"] == pytest.approx(WORTH_A - 500)


def test_a_weight_is_set_for_every_group_with_the_greatest_at_100(analyst: Client) -> None:
    analyst.post(f"{ASK}/save", {"criterion:PACE/points": "50", "name": "Slower"})
    kept = {row.about: float(row.value) for row in ScenarioValue.objects.all()}
    # Staff gave pace 100 and calm 40: pace at 50 is the greater still, so calm rises in proportion to 80.
    assert kept["swing_weight:STAFF-PACE"] == 100
    assert kept["swing_weight:STAFF-CALM"] == 80
    # The public gave calm 100, which stays the greatest.
    assert kept["swing_weight:PUBLIC-PACE"] == 50
    assert "swing_weight:PUBLIC-CALM" not in kept


def test_a_weight_moves_what_comes_first_and_no_worth(analyst: Client) -> None:
    said = told(analyst, of("criterion:CALM", "points", "0"))
    assert worths(said) == pytest.approx({"A": WORTH_A, "B": WORTH_B})
    first = {
        (row["weights"], row["option"]): row["share"]
        for row in said["findings"]["appraisal.acceptability"]["rows"]
        if row["rank"] == 1
    }
    # With all weight on pace, A (80) stands before B (50) and business as usual (10) in every draw.
    assert first["Public", "A"] == first["Staff", "A"] == 1
    assert "Under the weights of Public, A would come first in 100% of draws, not 0%." in said["changes"]


def test_another_edition_is_asked_for_by_name(analyst: Client) -> None:
    said = told(analyst, "edition=green-book-2026")
    assert said["asked"] == {"edition": "green-book-2026"}
    assert said["findings"]["appraisal.npsv"]["parameters"]["edition"] == "green-book-2026"
    assert told(analyst, "edition=green-book-2003")["asked"] == {}


def test_the_part_is_the_answer_alone(analyst: Client) -> None:
    query = of("cost_line:C-A2", "amounts", "130")
    part = analyst.get(f"{ASK}?{query}", headers={PART: "answer"})
    assert "<html" not in part.content.decode()
    assert "not £640" in text(part)
    assert text(part) in text(analyst.get(f"{ASK}?{query}"))


def test_each_figure_that_changes_says_what_it_was(analyst: Client) -> None:
    page = text(analyst.get(f"{ASK}?{of('cost_line:C-A2', 'amounts', '130')}"))
    assert "−£272 was £640" in page
    assert "standard errors of the percentiles" in page


def test_inputs_are_plain_fields_named_and_on_show(analyst: Client) -> None:
    page = analyst.get(
        f"{ASK}?{of('cost_line:C-A2', 'amounts', '130')}&show=cost_line:C-B/amounts"
    ).content.decode()
    for name, value in (("cost_line:C-A2/amounts", "130"), ("cost_line:C-B/amounts", "100")):
        assert re.search(
            rf'<input class="govuk-input" id="(input-\d+)"[^>]* name="{name}" value="{value}"', page
        )
    ids = re.findall(r' id="(input-\d+)"', page)
    assert len(ids) == len(set(ids)) >= 4
    for one in ids:
        assert f'for="{one}"' in page
    # Script and style stand in files of their own.
    assert "style=" not in page.replace('rel="stylesheet"', "")
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_a_link_says_the_same_question_in_one_way(analyst: Client) -> None:
    one, other = of("cost_line:C-A2", "amounts", "130.0"), of("cost_line:C-A1", "amounts", "90")
    links = set()
    for query in (f"{one}&{other}", f"{other}&{one}"):
        page = analyst.get(f"{ASK}?{query}").content.decode()
        links.add(re.search(r'id="share" value="([^"]+)"', page).group(1).replace("&amp;", "&"))  # type: ignore[union-attr]
    (link,) = links
    again = analyst.get(link.replace("http://testserver", ""))
    assert again.status_code == 200
    assert parse_qs(urlsplit(link).query) == {
        "cost_line:C-A1/amounts": ["90"],
        "cost_line:C-A2/amounts": ["130"],
    }


def test_an_exercise_without_options_says_so() -> None:
    town = two_options()
    for model in list(town.tables):
        if model._meta.app_label in ("appraisal", "options"):
            del town.tables[model]
    town.tables = {model: rows for model, rows in town.tables.items() if "citation" not in model.stem}
    page = member(store(town)).get(ASK)
    assert page.status_code == 200
    assert "Nothing that varies is known yet" in text(page)
