"""What if, through the pages; expected values are arithmetic by hand on the town of tests/appraisal/workbench.py."""

import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client

from tests.appraisal.workbench import AT, member, store, two_options, weighed, with_risk
from tests.workbench import person
from wayforward.appraisal.models import CostLine, Scenario, ScenarioValue
from wayforward.appraisal.pages.what_if import PART
from wayforward.records.models import Event

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


def test_while_none_is_ranked_none_is_put_first() -> None:
    client = member(store(two_options(strong=False)))
    page = client.get(f"{ASK}?{of('cost_line:C-A1', 'amounts', '40')}")
    said = text(page).casefold()
    for word in ("overtake", "rank first", "best", "preferred", "winner"):
        assert word not in said
    assert "No option is ranked" in text(page)
    # What moved is said without an order.
    assert "The likely NPSV of A would go from £640 to £940." in text(page)


def test_a_delay_of_a_whole_option_moves_all_of_its_phases(analyst: Client) -> None:
    said = told(analyst, of("option:A", "delay_months", "12"))
    # No line of A names a phase that it moves with, so its worth stays and its lateness does not.
    assert worths(said) == pytest.approx({"A": WORTH_A, "B": WORTH_B})
    assert set(said["asked"]) == {"option:A/delay_months"}


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


HOSTILE = {
    "not a number": (of("cost_line:C-A2", "amounts", "nan"), "no plain number"),
    "without end": (of("cost_line:C-A2", "amounts", "inf"), "no plain number"),
    "too large for a float": (of("cost_line:C-A2", "amounts", "1e400"), "no plain number"),
    "digits without end": (of("cost_line:C-A2", "amounts", "9" * 400), "no plain number"),
    "digits of another script": (of("cost_line:C-A2", "amounts", "١٢"), "no plain number"),
    "an expression": (of("cost_line:C-A2", "amounts", "1+1"), "no plain number"),
    "below nothing": (of("cost_line:C-A2", "amounts", "-10"), "can't be multiplied"),
    "an unknown code": (of("cost_line:NONE", "amounts", "10"), "nothing called"),
    "an unknown field": (of("cost_line:C-A2", "version", "10"), "nothing called"),
    "a table that is not to be moved": (of("exercise:TOWN", "seed", "10"), "nothing called"),
    "markup": (ask(**{"<script>alert(1)</script>": "1"}), "nothing called"),
    "an edition that is none": ("edition=../../etc/passwd", "no edition"),
    "an input to show that is none": ("show=nothing", "nothing called"),
    "a scenario that is none": ("scenario=SCN-9", "no scenario"),
    "a chance above all": (of("criterion:PACE", "points", "101"), "points"),
    "months in parts": (of("option:A", "delay_months", "1.5"), "delay_months"),
    "one input twice": ("&".join([of("cost_line:C-A2", "amounts", "9")] * 2), "2 values"),
    "one record by two inputs": (
        ask(**{"line:Wages": "90", "cost_line:C-B/amounts": "80"}),
        "move the same record",
    ),
    "hundreds of unknown inputs": ("&".join(f"x{n}=1" for n in range(900)), "nothing called"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_can_not_be_asked_is_refused_in_plain_words(analyst: Client, name: str) -> None:
    query, words = HOSTILE[name]
    page = analyst.get(f"{ASK}?{query}")
    assert page.status_code == 400
    assert words in text(page)
    assert "There is a problem" in text(page)
    assert "<title>Error: What if" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    # The page still stands, with the figures of the record.
    assert "Nothing is moved" in text(page)
    part = analyst.get(f"{ASK}?{query}", headers={PART: "answer"})
    assert (part.status_code, words in text(part)) == (400, True)
    twin = analyst.get(f"{ASK}.json?{query}")
    assert (twin.status_code, words in twin.json()["error"]) == (400, True)


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
    asked = {"line:Wages": "80", "cost_line:C-A1/amounts": "90", "option:A/delay_months": "6"}
    analyst.post(f"{ASK}/save", {**asked, "name": "All at once"})
    answer = analyst.get(f"{ASK}?scenario=SCN-001")
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    # Lines that one driver moves are one input again, and so are the phases of an option.
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
        ({"name": "Nothing"}, "Nothing is moved"),
        ({"cost_line:C-A2/amounts": "nan", "name": "No number"}, "no plain number"),
        ({"cost_line:C-A2/amounts": "-5", "name": "Below"}, "can't be multiplied"),
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
    assert "SCN-001 is called “Dear” already" in text(answer)
    # What was asked is kept, so that only the name has to be mended.
    assert 'name="cost_line:C-A2/amounts" value="90"' in answer.content.decode()


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
