"""Options, two minutes: criteria in the report's order, what is unknown said so, no order where there is none."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.appraisal.town import Town
from tests.appraisal.workbench import AT, member, store, two_options, weighed
from tests.workbench import person
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.appraisal.pages.summary import KEYS, lines
from wayforward.findings import Findings
from wayforward.options.models import FactorVerdict, SuccessFactor
from wayforward.pages.labels import Labels
from wayforward.report.opening import options_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
PAGE = f"{AT}/options-summary"
F = sum(1.035**-t for t in range(4))


def told(town: Town) -> Any:
    return member(store(town)).get(f"{PAGE}.json").json()


def by_criterion(said: Any) -> dict[str, list[str]]:
    return {line["criterion"]: line["options"] for line in said["lines"]}


def million(town: Town) -> Town:
    """The same town a million times the size, for figures in millions."""
    for rows in town.tables.values():
        for row in rows:
            if getattr(row, "amounts", None):
                row.amounts = {year: f"{amount}000000" for year, amount in row.amounts.items()}  # type: ignore[attr-defined]  # a line
    return town


def test_the_figures_stand_under_their_option() -> None:
    said = told(million(two_options()))
    assert said["options"] == ["BAU", "A", "B"]
    cells = by_criterion(said)
    # In £ million: cost 1,000F, 500 + 800F and 850F; worth 300F - 500 and 190F against business as usual.
    assert cells["Whole-life cost, present value, £m: likely"] == [
        f"{cost:,.1f}" for cost in (1000 * F, 500 + 800 * F, 850 * F)
    ]
    assert cells["NPSV against business as usual, £m: likely"] == [
        "–",
        *(f"{worth:,.1f}" for worth in (300 * F - 500, 190 * F)),
    ]
    # Costs and benefits of B have no range: every draw of it is the same.
    assert cells["NPSV, £m: 5th to 95th percentile"][2] == f"{190 * F:,.1f} to {190 * F:,.1f}"
    assert cells["Worth less than its cost"] == ["–", "0%", "0%"]


def test_the_criteria_come_in_the_order_of_the_report() -> None:
    case = weighed(two_options()).case()
    findings, label = Findings(case, keep=False), Labels(case)
    shown = [one.words for one in lines({key: findings[key] for key in KEYS}, label)]
    table = options_table(findings["appraisal.side_by_side"], label)
    report = [row[0].text for row in table.rows]
    assert [words for words in shown if words in report] == report
    assert len(shown) > len(report)


def test_how_often_an_option_comes_first_is_told_by_whose_weights() -> None:
    cells = by_criterion(told(weighed(two_options())))
    # Of pace and calm with 100 and 40 points, staff give BAU 5/7 of 10 + 2/7 of 90, A 5/7 of 80 + 2/7 of 20, B 50:
    # scores without ranges and an order of criteria alone, pace before calm, put A or B first in every draw.
    assert set(cells) >= {"Any weights", "Staff", "Public"}
    assert cells["Staff"][0] == "0%"
    assert cells["Public"][1] == "0%"


def test_what_is_not_known_is_said_and_never_nought() -> None:
    town = two_options(strong=False)
    next(line for line in town.tables[CostLine] if line.code == "C-B").amounts = None  # type: ignore[attr-defined]  # a line
    said = told(town)
    cells = by_criterion(said)
    assert cells["NPSV against business as usual, £m: likely"][2] == "not known"
    assert cells["Fits the financial plan"][2] == "not known"
    assert any("C-B" in words for words in said["not_known"])
    page = member_page(said["exercise"]["code"])
    assert "What is not known" in page


def member_page(code: str) -> str:
    client = Client()
    client.force_login(person("another@example.org", is_superuser=True))
    return client.get(f"/exercises/{code}/options-summary").content.decode()


def test_no_option_is_put_first_while_none_is_ranked() -> None:
    client = member(store(weighed(two_options(strong=False))))
    page = re.sub(r"<[^>]+>", " ", client.get(PAGE).content.decode()).casefold()
    assert "no option is ranked" in page
    for word in ("best ", "preferred", "winner", "recommended", "overtake"):
        assert word not in page


def test_the_page_shows_each_simulated_figure_with_its_error_and_both_charts() -> None:
    page = member(store(weighed(two_options()))).get(PAGE).content.decode()
    assert "The standard error of a chance or share of draws is at most" in page
    assert "The standard error of a percentile is at most" in page
    assert page.count('role="img"') == 2
    for key in ("appraisal.acceptability", "appraisal.cash_fan"):
        assert f"/findings/{key}.vega" in page


def test_what_would_change_it_is_told_with_its_finding() -> None:
    town = two_options()
    line = next(line for line in town.tables[CostLine] if line.code == "C-A2")
    line.low, line.high = "0.1", "2"  # type: ignore[attr-defined]  # a line
    # A is worth 300F - 500 and its second cost 800F; B is worth 190F.
    nought = 800 * F + 300 * F - 500
    level = 800 * F - (190 * F - (300 * F - 500))
    now = f"£{800 * F:,.0f}"
    assert told(town)["turns"] == [
        {
            "words": "A would be worth as much as business as usual with “C-A2 (C-A2)” "
            f"at £{nought:,.0f} present value, not {now}",
            "finding": "appraisal.switching",
        },
        {
            "words": f"A would be level with B with “C-A2 (C-A2)” at £{level:,.0f} present value, not {now}",
            "finding": "appraisal.switching",
        },
    ]


def test_an_option_that_fails_an_imperative_is_named_with_the_reason_and_turned_by_nothing() -> None:
    town = two_options()
    line = next(line for line in town.tables[CostLine] if line.code == "C-A2")
    line.low, line.high = "0.1", "2"  # type: ignore[attr-defined]  # a line
    factor = town.add(SuccessFactor, "CSF-1", name="Within the law", imperative="strategic")
    verdict = {"option": line.option, "factor": factor, "passes": False, "reason": "It needs a new Act."}  # type: ignore[attr-defined]  # a line
    town.add(FactorVerdict, "FV-1", **verdict)
    said = told(town)
    assert said["not_ranked"] == [{"option": "A", "why": "Within the law (strategic): It needs a new Act"}]
    assert said["turns"] == []
    assert "It needs a new Act." in member_page(said["exercise"]["code"])


def test_who_gains_and_who_loses_is_told_by_organisation() -> None:
    town = two_options()
    line = next(line for line in town.tables[BenefitLine] if line.code == "B-A")
    line.organisation = "Partner force"  # type: ignore[attr-defined]  # a line
    cells = by_criterion(told(million(town)))
    # Of A's 300F - 500 the partner has the benefit of 100F, and the force the rest; of B's 190F the force has all.
    assert cells["Partner force"] == ["–", f"{100 * F:,.1f}", "0.0"]
    own = next(
        cells[name]
        for name in cells
        if name not in ("Partner force",) and cells[name][2] == f"{190 * F:,.1f}"
    )
    assert own[1] in (f"{200 * F - 500:,.1f}", f"{300 * F - 500:,.1f}")


def test_where_options_are_ranked_two_ways_of_coming_first_are_told_in_one_sentence() -> None:
    # By money alone B is first by 190F - (300F - 500) = £82; with pace and calm it is the draws that say.
    said = told(weighed(two_options()))
    assert said["firsts"].startswith("Money alone puts B first; with the other criteria ")
    assert said["firsts"].endswith(" of draws, whatever the weights.")


def test_no_way_of_coming_first_is_told_while_none_is_ranked() -> None:
    assert told(weighed(two_options(strong=False)))["firsts"] == ""


def test_an_exercise_of_others_is_not_there() -> None:
    store(two_options())
    outsider = Client()
    outsider.force_login(person("outsider@example.org"))
    assert outsider.get(PAGE).status_code == 404
    assert outsider.get(f"{PAGE}.json").status_code == 404
