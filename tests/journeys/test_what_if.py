"""A what-if on the worked case, from the question to the scenario, which the findings then tell like any other."""

from pathlib import Path
from typing import Any

import pytest

from tests.appraisal.workbench import member
from wayforward.appraisal.models import CostLine, Scenario
from wayforward.appraisal.pages.asked import Entered
from wayforward.appraisal.pages.form import form
from wayforward.appraisal.pages.inputs import inputs
from wayforward.casefile import load
from wayforward.findings import Findings
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.rows import digest
from wayforward.records.save import save_case

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


@pytest.fixture
def exercise(settings: Any, tmp_path: Path, db: None) -> Any:
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    case = load(CASE)
    save_case(case, "operator")
    return case.exercise


def test_from_a_question_to_a_scenario_that_findings_tell(exercise: Any) -> None:
    client, address = member(exercise), f"/exercises/{exercise.code}/what-if"
    findings = Findings(Case.of(exercise), keep=False)
    every = inputs(findings)
    assert len(form(findings, Entered(), every)["groups"][0][2]) == 8  # what matters most
    lines = {row.code: row for row in CostLine.objects.filter(exercise=exercise)}
    costs = digest(lines.values())
    events = Event.objects.count()

    key = next(one.key for one in every.values() if one.group == "Costs" and one.words.startswith("Partner"))
    said = client.get(f"{address}.json", {key: "150"}).json()
    worth = {row["option"]: row["npsv"] for row in said["findings"]["appraisal.npsv"]["rows"]}
    assert client.post(f"{address}/save", {key: "150", "name": "Dear partner"}).status_code == 302

    kept = Scenario.objects.get(exercise=exercise, name="Dear partner")
    assert digest(CostLine.objects.filter(exercise=exercise)) == costs
    assert Event.objects.count() == events + 2
    told = client.get(f"/exercises/{exercise.code}/findings/appraisal.scenarios.json").json()["finding"]
    by = {row["option"]: row["npsv"] for row in told["rows"] if row["scenario"] == kept.code}
    assert by == pytest.approx(worth)
    # The option whose cost was moved is the only one that is worth another sum.
    now = {row["option"]: row["npsv"] for row in findings["appraisal.npsv"].rows}
    assert [code for code in now if now[code] != pytest.approx(worth[code])] == [
        lines[key[10:].partition("/")[0]].option.code
    ]


def test_every_scenario_of_the_case_opens(exercise: Any) -> None:
    client, address = member(exercise), f"/exercises/{exercise.code}/what-if"
    for scenario in Scenario.objects.filter(exercise=exercise):
        answer = client.get(address, {"scenario": scenario.code}, follow=True)
        assert answer.status_code == 200, scenario.code
        assert "What changes" in answer.content.decode(), scenario.code
