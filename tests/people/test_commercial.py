"""What is marked commercial is withheld from guests and holders of a declared interest, and from nobody else."""

from typing import Any

import pytest
from django.test import Client

from tests.workbench import person, store_small_case
from wayforward.exercise.models import DeclaredInterest
from wayforward.people import parts
from wayforward.people.models import User
from wayforward.records.base import record_models
from wayforward.records.save import save

pytestmark = pytest.mark.django_db
AT = "/exercises/TOWN"
# A page, its data, a finding that rests on the line, its rows, the workbook: each holds the commercial line.
HOLDING = (
    f"{AT}/records/cost_lines/{{code}}",
    f"{AT}/records/cost_lines/{{code}}.json",
    f"{AT}/findings/appraisal.cost_by_year",
    f"{AT}/findings/appraisal.cost_by_year.json",
    f"{AT}/findings/appraisal.cost_by_year.csv",
    f"{AT}/appraisal-workbook.xlsx",
)


@pytest.fixture
def exercise() -> Any:
    return store_small_case()


@pytest.fixture
def line(exercise: Any) -> Any:
    """A cost line, marked commercial."""
    model = next(one for one in record_models() if one.stem == "cost_lines")
    row: Any = model._default_manager.filter(exercise=exercise).order_by("code").first()
    row.marking = "commercial"
    save(row, row.version, "operator")
    return row


def of(exercise: Any, role: str, interest: bool = False) -> Client:
    user = person(f"{role}@example.org")
    parts.give(exercise, user, role, None)
    if interest:
        row = DeclaredInterest(exercise=exercise, code="INT-1", holder="Adviser", interest="Tendered.")
        save(row, 0, "operator")
        parts.link_interests(exercise, user, [row.code], None)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


BARRED = [("guest", False), ("adviser", True), ("director", True)]
FREE = [("adviser", False), ("director", False), ("reviewer", False), ("commissioner", False)]


@pytest.mark.parametrize(("role", "interest"), BARRED)
def test_it_is_refused_to_the_barred(
    exercise: Any, line: Any, settings: Any, tmp_path: Any, role: str, interest: bool
) -> None:
    settings.HOME = tmp_path
    client = of(exercise, role, interest)
    for address in _addresses(line):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert str(line.name) not in answer.content.decode(errors="replace"), address
        if address.endswith(".json"):
            assert answer.json()["error"] == "Withheld: commercial", address


@pytest.mark.parametrize(("role", "interest"), FREE)
def test_it_is_open_to_everybody_else(
    exercise: Any, line: Any, settings: Any, tmp_path: Any, role: str, interest: bool
) -> None:
    settings.HOME = tmp_path
    client = of(exercise, role, interest)
    for address in _addresses(line):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Wayforward-Marking"].casefold().find("commercial") >= 0, address


@pytest.mark.parametrize(("role", "interest"), BARRED)
def test_its_register_leaves_it_out_and_says_so(exercise: Any, line: Any, role: str, interest: bool) -> None:
    client = of(exercise, role, interest)
    page = client.get(f"{AT}/records/cost_lines").content.decode()
    assert "1 withheld: marked commercial" in page
    assert f"/cost_lines/{line.code}" not in page
    data = client.get(f"{AT}/records/cost_lines.json").json()
    assert data["withheld"] == 1
    assert line.code not in [row["code"] for row in data["records"]]


def test_a_register_with_nothing_withheld_says_nothing(exercise: Any, line: Any) -> None:
    client = of(exercise, "analyst")
    assert "withheld" not in client.get(f"{AT}/records/cost_lines").content.decode()
    assert client.get(f"{AT}/records/cost_lines.json").json()["withheld"] == 0


def test_once_the_interest_has_ended_it_opens(exercise: Any, line: Any) -> None:
    from datetime import date

    client = of(exercise, "adviser", interest=True)
    address = f"{AT}/records/cost_lines/{line.code}"
    assert client.get(address).status_code == 403
    row = DeclaredInterest.objects.get()
    row.ended = date(2013, 1, 5)
    save(row, row.version, "operator")
    assert client.get(address).status_code == 200


JUDGED = [
    *("delivery_vehicles", "factor_verdicts", "procurement_fits"),  # rated
    *("criteria", "criterion_scores", "swing_weights"),  # weighed
]


def test_these_are_all_the_registers_of_rating_and_weighing() -> None:
    assert sorted(one.stem for one in record_models() if one.changed_by in ("rate", "weigh")) == sorted(
        JUDGED
    )


@pytest.mark.parametrize("stem", JUDGED)
def test_who_holds_an_interest_neither_rates_nor_weighs(exercise: Any, stem: str) -> None:
    free, held = of(exercise, "analyst"), of(exercise, "adviser", interest=True)
    address = f"{AT}/records/{stem}/_new"
    assert free.get(address).status_code == 200
    for refused in (held.get(address), held.post(address, {"code": "X-1"})):
        assert refused.status_code == 403
        assert "You hold a declared interest (INT-1)" in refused.content.decode()


def _addresses(line: Any) -> list[str]:
    return [address.format(code=line.code) for address in HOLDING]
