"""What if, through the pages; expected values are arithmetic by hand on the town of tests/appraisal/workbench.py."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client

from tests.appraisal.town import Town
from tests.appraisal.workbench import AT, member, store, two_options, weighed, with_risk
from tests.workbench import person
from wayforward.appraisal.models import BenefitLine, CostLine, Scenario, ScenarioValue, Uncertainty
from wayforward.appraisal.pages import kept
from wayforward.appraisal.pages.answered import WORTH, Answer
from wayforward.appraisal.pages.asked import MOST, Asked, Refused
from wayforward.appraisal.pages.inputs import inputs
from wayforward.appraisal.pages.told import notices
from wayforward.appraisal.pages.what_if import PART
from wayforward.findings import Findings
from wayforward.options.models import FactorVerdict, Option, OptionPhase, SuccessFactor
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.save import save
from wayforward.web.models import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
ASK = f"{AT}/what-if"
# 1 a year for four years at 3.5%, from the first year on.
F = sum(1.035**-t for t in range(4))
WORTH_A, WORTH_B = 300 * F - 500, 190 * F


def ask(**moved: str) -> str:
    return "&".join(f"{quote(name, safe='')}={quote(value)}" for name, value in moved.items())


def of(about: str, field: str, value: str) -> str:
    return ask(**{f"{about}/{field}": value})


def told(client: Client, query: str = "") -> Any:
    answer = client.get(f"{ASK}.json?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def worths(said: Any) -> dict[str, float]:
    return {row["option"]: row["npsv"] for row in said["findings"]["appraisal.npsv"]["rows"]}


def phased() -> Town:
    """The running cost and the benefit of A move with its ownership; the cost of its start with nothing."""
    town = weighed(two_options())
    for model in (CostLine, BenefitLine):
        for line in town.tables[model]:
            if line.code in ("C-A2", "B-A"):
                line.phase = "ownership"
    return town


def barred(town: Town, code: str) -> Town:
    """One option fails an imperative."""
    factor = town.add(SuccessFactor, "F1", name="Lawful", imperative="operational")
    option = next(row for row in town.tables[Option] if row.code == code)
    town.add(FactorVerdict, "V1", option=option, factor=factor, passes=False)
    return town


def box(page: Any, name: str) -> str:
    """The number box of an input, as it stands in a page."""
    found = re.search(rf'<input [^>]*type="text"[^>]* name="{re.escape(name)}"[^>]*>', page.content.decode())
    assert found, name
    return found[0]


def text(answer: Any) -> str:
    page = answer.content.decode().replace("&#x27;", "'")
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def analyst() -> Client:
    return member(store(weighed(two_options())))


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
    assert kept["swing_weight:W-STAFF-PACE"] == 100
    assert kept["swing_weight:W-STAFF-CALM"] == 80
    # The public gave calm 100, which stays the greatest.
    assert kept["swing_weight:W-PUBLIC-PACE"] == 50
    assert "swing_weight:W-PUBLIC-CALM" not in kept


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


HUGE = of("cost_line:C-A2", "amounts", "9" * 400)
HOSTILE = {
    "not a number": (of("cost_line:C-A2", "amounts", "nan"), "no plain number"),
    "without end": (of("cost_line:C-A2", "amounts", "inf"), "no plain number"),
    "too large for a float": (of("cost_line:C-A2", "amounts", "1e400"), "no plain number"),
    "digits without end": (HUGE, "no plain number"),
    "digits of another script": (of("cost_line:C-A2", "amounts", "١٢"), "no plain number"),
    "an expression": (of("cost_line:C-A2", "amounts", "1+1"), "no plain number"),
    "below nothing": (of("cost_line:C-A2", "amounts", "-10"), "from 0 to 1,000% of likely, not -10"),
    "ten times and more": (of("cost_line:C-A2", "amounts", "1001"), "from 0 to 1,000% of likely, not 1001"),
    "an unknown code": (of("cost_line:NONE", "amounts", "10"), "nothing called"),
    "an unknown field": (of("cost_line:C-A2", "version", "10"), "nothing called"),
    "a table that is not to be moved": (of("exercise:TOWN", "seed", "10"), "nothing called"),
    "markup": (ask(**{"<script>alert(1)</script>": "1"}), "nothing called"),
    "an edition that is none": ("edition=../../etc/passwd", "no edition"),
    "an input to show that is none": ("show=nothing", "nothing called"),
    "a scenario that is none": ("scenario=SCN-9", "no scenario"),
    "points above all": (of("criterion:PACE", "points", "101"), "Pace: give points from 0 to 100, not 101"),
    "no points at all": (
        ask(**{"criterion:PACE/points": "0", "criterion:CALM/points": "0"}),
        "Public would give every criterion 0 points: give one criterion 100.",
    ),
    "months in parts": (
        of("option_phase:B-own", "delay_months", "1.5"),
        "B: ownership late by: give a whole number of months from 0 to 24, not 1.5",
    ),
    "months past the slider": (of("option_phase:B-own", "delay_months", "25"), "from 0 to 24, not 25"),
    "a chance above all": (
        of("option_risk:R1", "probability", "101"),
        "Strike, chance: give a share from 0 to 100%",
    ),
    "a cost below nothing": (
        of("option_risk:R1", "impact", "-1"),
        "give an amount from £0 to £100,000,000,000",
    ),
    "one input twice": ("&".join([of("cost_line:C-A2", "amounts", "9")] * 2), "2 values"),
    "one record by two inputs": (
        ask(**{"line:Wages": "90", "cost_line:C-B/amounts": "80"}),
        "move the same record",
    ),
    "hundreds of unknown inputs": ("&".join(f"x{n}=1" for n in range(900)), "nothing called"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_can_not_be_asked_is_refused_in_plain_words(name: str) -> None:
    town = with_risk(phased())
    next(line for line in town.tables[CostLine] if line.code == "C-B").phase = "ownership"
    analyst = member(store(town))
    query, words = HOSTILE[name]
    page = analyst.get(f"{ASK}?{query}")
    assert page.status_code == 400
    assert words in text(page)
    assert "There is a problem" in text(page)
    assert "<title>Error: What if" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    # The page still stands, with the figures of the record, and doesn't say that nothing was asked.
    assert "The question was not answered: these are the figures of the record." in text(page)
    assert "Nothing is moved" not in text(page)
    # What it is about goes by its words.
    summary = text_of(page, "govuk-error-summary__list")
    assert "cost_line" not in summary.replace("“cost_line", "")
    part = analyst.get(f"{ASK}?{query}", headers={PART: "answer"})
    assert (part.status_code, words in text(part)) == (400, True)
    twin = analyst.get(f"{ASK}.json?{query}")
    assert (twin.status_code, words in twin.json()["error"]) == (400, True)


def text_of(page: Any, part: str) -> str:
    """The list of a page with a class, without its tags."""
    found = re.search(rf'<ul class="[^"]*{part}.*?</ul>', page.content.decode(), re.DOTALL)
    assert found, part
    return re.sub(r"<[^>]+>", " ", found[0]).replace("&#x27;", "'")


def test_a_refused_question_keeps_every_entry_and_marks_what_to_mend(analyst: Client) -> None:
    moved = {"cost_line:C-A2/amounts": "130", "cost_line:C-A1/amounts": "1,5", "criterion:PACE/points": "200"}
    for page in (
        analyst.get(f"{ASK}?{ask(**moved)}&edition=green-book-2026"),
        analyst.post(f"{ASK}/save", {**moved, "edition": "green-book-2026", "name": "Kept too"}),
    ):
        assert page.status_code == 400
        for name, value in moved.items():
            assert f'value="{value}"' in box(page, name)
        assert 'aria-invalid="true"' not in box(page, "cost_line:C-A2/amounts")
        html = page.content.decode()
        for name in ("cost_line:C-A1/amounts", "criterion:PACE/points"):
            one = box(page, name)
            place = re.search(r' id="(input-\d+)"', one)[1]  # type: ignore[index]
            assert 'aria-invalid="true"' in one
            assert f'aria-describedby="{place}-range {place}-error"' in one
            assert f'<p class="govuk-error-message" id="{place}-error">' in html
            assert f'<a href="#{place}">' in html
        assert '<option value="green-book-2026" selected>' in html
    assert 'id="name" name="name" form="ask" maxlength="300" value="Kept too"' in html
    assert not Scenario.objects.exists()


def test_ids_of_inputs_are_the_same_in_every_answer(analyst: Client) -> None:
    name = "cost_line:C-B/amounts"
    places = {
        re.search(r' id="(input-\d+)"', box(analyst.get(f"{ASK}?{query}"), name))[1]  # type: ignore[index]
        for query in (of("cost_line:C-B", "amounts", "90"), f"show={name}&show=cost_line:C-BAU/amounts")
    }
    assert len(places) == 1


def test_thousands_of_parameters_are_no_request(analyst: Client) -> None:
    answer = analyst.get(f"{ASK}?{'&'.join(f'x{n}=1' for n in range(3000))}")
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_more_inputs_than_can_be_moved_at_once_are_refused(monkeypatch: Any, analyst: Client) -> None:
    monkeypatch.setattr("wayforward.appraisal.pages.asked.MOST", 1)
    query = f"{of('cost_line:C-A2', 'amounts', '130')}&{of('cost_line:C-A1', 'amounts', '90')}"
    assert "the most is 1" in text(analyst.get(f"{ASK}?{query}"))


def test_saving_writes_a_scenario_with_its_events_and_nothing_else(analyst: Client) -> None:
    before, costs = Event.objects.count(), list(CostLine.objects.order_by("code").values())
    answer = analyst.post(
        f"{ASK}/save",
        {"cost_line:C-A2/amounts": "130", "edition": "green-book-2026", "name": " Dear running "},
    )
    assert answer.status_code == 302
    (scenario,) = Scenario.objects.all()
    assert (scenario.code, scenario.name, scenario.version) == ("SCN-001", "Dear running", 1)
    assert (scenario.edition, scenario.made_by, str(scenario.made)) == (
        "green-book-2026",
        "Analyst",
        "2012-12-20",
    )
    assert "A: C-A2: 130% of likely" in scenario.question
    (value,) = ScenarioValue.objects.all()
    assert (value.scenario, value.about, value.field, float(value.value)) == (
        *(scenario, "cost_line:C-A2", "amounts"),
        1.3,
    )
    assert [(e.record, e.action) for e in Event.objects.order_by("sequence")[before:]] == [
        ("scenario:SCN-001", "saved from a what-if"),
        (value.reference, "saved from a what-if"),
    ]
    # No e-mail address: an actor goes by a number.
    assert all("@" not in actor for actor in Event.objects.values_list("actor", flat=True))
    assert list(CostLine.objects.order_by("code").values()) == costs
    page = text(analyst.get(answer["Location"]))
    assert "Kept as SCN-001, Dear running" in page
    assert "−£272" not in text(analyst.get(ASK))


def test_a_saved_scenario_is_opened_as_it_was_asked(analyst: Client) -> None:
    asked = {"line:Wages": "80", "cost_line:C-A1/amounts": "90", "criterion:CALM/points": "100"}
    analyst.post(f"{ASK}/save", {**asked, "name": "All at once"})
    answer = analyst.get(f"{ASK}?scenario=SCN-001")
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    # Lines that one driver moves are one input again, and so are the weights of all groups.
    assert {name: values[0] for name, values in query.items()} == asked
    assert "Open a scenario" in text(analyst.get(ASK))


def test_a_code_is_never_used_twice(analyst: Client) -> None:
    post = {"cost_line:C-A2/amounts": "130"}
    analyst.post(f"{ASK}/save", {**post, "name": "One"})
    ScenarioValue.objects.all().delete()
    Scenario.objects.all().delete()
    analyst.post(f"{ASK}/save", {**post, "name": "Two"})
    assert Scenario.objects.get().code == "SCN-002"
    assert ScenarioValue.objects.get().code == "SCV-002"


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ({"cost_line:C-A2/amounts": "130", "name": " "}, "Give the scenario a name"),
        ({"cost_line:C-A2/amounts": "130", "name": "x" * 301}, "at most 300 characters"),
        ({"cost_line:C-A2/amounts": "130", "name": "a\x00b"}, "control character"),
        ({"cost_line:C-A2/amounts": "130", "name": "\u200b"}, "invisible character, U+200B"),
        ({"cost_line:C-A2/amounts": "130", "name": "Slow\u202etuo-llor"}, "invisible character, U+202E"),
        ({"cost_line:C-A2/amounts": "130", "name": "\u3164"}, "nothing that can be seen"),
        ({"name": "Nothing"}, "Nothing is moved"),
        ({"cost_line:C-A2/amounts": "nan", "name": "No number"}, "no plain number"),
        ({"cost_line:C-A2/amounts": "-5", "name": "Below"}, "from 0 to 1,000% of likely"),
    ],
)
def test_what_can_not_be_saved_is_said_and_nothing_is(
    analyst: Client, post: dict[str, str], words: str
) -> None:
    before = Event.objects.count()
    answer = analyst.post(f"{ASK}/save", post)
    assert answer.status_code == 400
    assert words in text(answer)
    assert Event.objects.count() == before
    assert not Scenario.objects.exists()


def test_two_scenarios_have_two_names(analyst: Client) -> None:
    analyst.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": "Dear"})
    answer = analyst.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "90", "name": "DEAR"})
    assert answer.status_code == 400
    assert "There is a scenario called “Dear” already" in text(answer)
    # What was asked is kept, so that only the name has to be mended.
    assert 'name="cost_line:C-A2/amounts" value="90"' in answer.content.decode()


def test_a_name_is_held_against_what_is_stored_not_what_was_read() -> None:
    exercise = store(two_options())
    findings = Findings(Case.of(exercise), keep=False)
    save(Scenario(exercise=exercise, code="SCN-7", name="Dear"), 0, "person 1")
    question = Asked({"cost_line:C-A2/amounts": 130.0})
    with pytest.raises(Refused, match="called “Dear” already"):
        kept.keep(findings, question, inputs(findings), "dear", "Analyst", "person 2")
    assert kept.keep(findings, question, inputs(findings), "Dearer", "Analyst", "person 2").code == "SCN-008"


def test_a_case_holds_so_many_scenarios(monkeypatch: Any, analyst: Client) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    answers = [
        analyst.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": name})
        for name in ("1", "2", "3")
    ]
    assert [one.status_code for one in answers] == [302, 302, 400]
    assert "2 scenarios are kept, and the most is 2: no other can be saved." in text(answers[2])
    assert Scenario.objects.count() == 2


@pytest.mark.parametrize(("role", "may"), [(role, role not in kept.LOOK_ONLY) for role, _ in ROLES])
def test_reviewers_and_guests_ask_and_save_nothing(role: str, may: bool) -> None:
    client = member(store(two_options()), role=role)
    query = of("cost_line:C-A2", "amounts", "130")
    page = client.get(f"{ASK}?{query}")
    assert ("Save as a scenario" in text(page)) is may
    assert ("Reviewers and guests may ask anything here and save nothing" in text(page)) is not may
    assert "not £640" in text(page)
    answer = client.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": "Dear"})
    assert answer.status_code == (302 if may else 403)
    assert Scenario.objects.exists() is may
    if not may:
        assert "Reviewers and guests may ask anything here and save nothing" in text(answer)
        assert 'value="130"' in box(answer, "cost_line:C-A2/amounts")


def test_the_operator_saves_without_a_part() -> None:
    store(two_options())
    operator = Client()
    operator.force_login(person("operator@example.org", is_superuser=True))
    operator.post(f"{ASK}/save", {"cost_line:C-A2/amounts": "130", "name": "Dear"})
    assert Scenario.objects.get().made_by == "Operator"


def test_what_stands_in_the_form_is_saved_without_being_asked_first(analyst: Client) -> None:
    page = analyst.get(f"{ASK}?show=cost_line:C-B/amounts").content.decode()
    # One form holds the inputs, the name and the button; the token goes with the button alone.
    assert page.count("csrfmiddlewaretoken") == 2  # signing out has its own
    button = re.search(r"<button [^>]*formaction[^>]*>", page)[0]  # type: ignore[index]
    assert all(words in button for words in ('form="ask"', 'formmethod="post"', 'name="csrfmiddlewaretoken"'))
    fields = dict(re.findall(r'type="text"[^>]* name="([^"]+)" value="([^"]*)"', page))
    assert len(fields) >= 4
    answer = analyst.post(
        f"{ASK}/save",
        {
            **fields,
            "cost_line:C-B/amounts": "120",
            "show": "",
            "edition": "green-book-2003",
            "name": "At once",
        },
    )
    assert answer.status_code == 302
    (value,) = ScenarioValue.objects.all()
    assert (value.about, float(value.value)) == ("cost_line:C-B", 1.2)


def test_as_many_inputs_can_be_opened_as_saved() -> None:
    town = two_options()
    a = next(row for row in town.tables[Option] if row.code == "A")
    for place in range(MOST + 1):
        town.cite(town.cost(f"X{place}", a, "2013-14: 1"), town.strong, "amounts")
    client = member(store(town))
    asked = {f"cost_line:X{place}/amounts": "120" for place in range(MOST + 1)}
    answer = client.post(f"{ASK}/save", {**asked, "name": "Too many"})
    assert answer.status_code == 400
    assert f"{MOST + 1} inputs are moved at once, and the most is {MOST}" in text(answer)
    del asked["cost_line:X0/amounts"]
    assert client.post(f"{ASK}/save", {**asked, "name": "All"}).status_code == 302
    opened = client.get(f"{ASK}?scenario=SCN-001", follow=True)
    assert opened.status_code == 200
    assert "What changes" in text(opened)
    # A line of a request holds 4,094 letters.
    assert len(opened.redirect_chain[0][0]) < 4000


def test_a_scenario_that_this_page_can_not_ask_names_what_it_moves() -> None:
    town = two_options()
    scenario = town.add(Scenario, "SCN-1", name="Odd")
    town.add(ScenarioValue, "SCV-1", scenario=scenario, about="cost_line:C-A2", field="residual", value=1)
    page = member(store(town)).get(f"{ASK}?scenario=SCN-1")
    assert page.status_code == 400
    assert "Odd changes what can't be moved here: C-A2, residual." in text(page)


def test_saving_is_for_people_with_a_part_and_is_guarded_against_forged_forms(analyst: Client) -> None:
    post = {"cost_line:C-A2/amounts": "130", "name": "Dear"}
    assert Client().post(f"{ASK}/save", post).status_code == 302  # to the sign-in
    outsider = Client()
    outsider.force_login(person("outsider@example.org"))
    assert outsider.post(f"{ASK}/save", post).status_code == 404
    assert outsider.get(ASK).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = analyst.cookies
    assert strict.post(f"{ASK}/save", post).status_code == 403
    assert analyst.get(f"{ASK}/save").status_code == 405
    assert not Scenario.objects.exists()


def test_an_exercise_without_options_says_so() -> None:
    town = two_options()
    for model in list(town.tables):
        if model._meta.app_label in ("appraisal", "options"):
            del town.tables[model]
    town.tables = {model: rows for model, rows in town.tables.items() if "citation" not in model.stem}
    page = member(store(town)).get(ASK)
    assert page.status_code == 200
    assert "Nothing that varies is known yet" in text(page)
