"""The column that says in how many findings a row is used: for each person, of those that they may see."""

from typing import Any

import pytest
from django.test import Client

from tests.casefile.streaming import cells_of, edited
from tests.pages.round_trip.test_round_trip import column, seen, taken
from tests.workbench import person
from wayforward.pages import working_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_from_another_test() -> None:
    working_out._worked_out.clear()


def told(content: bytes, stem: str = "services") -> dict[str, str]:
    heads, *rows = cells_of(content)[stem]
    return {row[0]: row[heads.index("_used_in")] for row in rows}


def test_it_counts_the_findings_that_a_record_s_own_page_lists(director: Client, exercise: Any) -> None:
    content = taken(director)
    for code, words in told(content).items():
        used_in = director.get(f"/exercises/TOWN/records/services/{code}.json").json()["used_in"]
        many = len(used_in)
        assert words == ("no findings" if not many else f"{many} finding{'' if many == 1 else 's'}")
    assert told(content)["S1"] not in ("no findings", "")


def test_a_row_that_is_new_since_is_not_worked_out_yet(
    director: Client, exercise: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is worked out for the download: the figures are those from before the change."""
    from wayforward.records.save import save
    from wayforward.scope.models import Service

    before = told(taken(director))
    save(Service(exercise=exercise, code="S9", name="Archive"), 0, "person 0")
    after = told(taken(director))
    assert after == before | {"S9": "not worked out yet"}


def test_a_guest_sees_no_count_of_findings_that_are_withheld(director: Client, exercise: Any) -> None:
    """A cost line is made commercial, and with it every finding that rests on it; option B is in another too."""
    from wayforward.appraisal.models import CostLine
    from wayforward.findings import Findings
    from wayforward.people.models import Membership
    from wayforward.records.case import Case
    from wayforward.records.save import save

    row = CostLine.objects.filter(option__code="B").first()
    assert row is not None
    row.marking = "commercial"
    save(row, row.version, "person 0")
    guest = Client()
    user = person("guest@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="guest")
    guest.force_login(user)
    every = [one for one in Findings(Case.of(exercise)).all() if "option:B" in one.inputs]
    open_to_all = [one for one in every if one.marking != "commercial"]
    assert [one.key for one in open_to_all] == ["options.list"]  # which costs don't enter
    assert len(every) > 1
    path = "records/options.xlsx"
    assert told(taken(guest, path), "options")["B"] == "1 finding"
    assert told(taken(director, path), "options")["B"] == f"{len(every)} findings"


def test_what_is_written_over_it_is_refused_in_words(director: Client) -> None:
    content = taken(director)
    place = column(content, "services", "_used_in")
    changed = edited(
        content, {("services", f"{place}2"): "99 findings", ("services", "B3"): "Street wardens"}
    )
    _, page = seen(director, changed)
    assert "Used in findings" in page
    assert "worked out, not entered" in page
    assert "Accept 1 change, leave 1 refused" in page
