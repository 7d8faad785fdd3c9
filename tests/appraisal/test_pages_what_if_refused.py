"""What can't be asked of What if is refused in plain words, and nothing that was typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.appraisal.asking import ASK, ask, box, of, phased, text, text_of
from tests.appraisal.workbench import member, store, with_risk
from wayforward.appraisal.models import CostLine, Scenario
from wayforward.appraisal.pages.what_if import PART

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]


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
