"""One field of several records changed together: all of them or none."""

from typing import Any

from django.test import Client

from tests.pages.register.filling import entries, send
from wayforward.records.models import Event
from wayforward.records.save import save

AT = "/exercises/TOWN/records/services"


BEFORE = ["Public Libraries and Museums Act 1964", "", ""]


def bases() -> list[str]:
    from wayforward.scope.models import Service

    return [row.statutory_basis for row in Service.objects.order_by("code")]


def checked(director: Client, query: str = "row=S1&row=S2&row=S3") -> Any:
    form = director.get(f"{AT}/_several?{query}&field=statutory_basis")
    return send(director, form, "check", f_statutory_basis="An Act")


def test_before_and_after_are_shown_and_saved_with_an_event_each(director: Client) -> None:
    choose = director.get(f"{AT}/_several?row=S1&row=S2")
    assert 'name="field"' in choose.content.decode()
    check = checked(director)
    words = check.content.decode()
    assert check.status_code == 200
    assert "Save 3 changes" in words
    assert bases() == BEFORE
    saved = send(director, check, "save")
    assert saved["Location"] == f"{AT}?changed=3"
    assert bases() == ["An Act"] * 3
    assert list(Event.objects.order_by("-sequence").values_list("action", "record")[:3]) == [
        ("changed with others", f"service:{code}") for code in ("S3", "S2", "S1")
    ]
    assert send(director, check, "save").status_code == 302, "sent twice"
    assert Event.objects.filter(action="changed with others").count() == 3


def test_all_that_a_search_leaves_are_chosen(director: Client) -> None:
    check = checked(director, "all=yes&q=desk")
    assert "Save 1 change" in check.content.decode()


def test_a_record_changed_meanwhile_refuses_all_and_is_named(director: Client) -> None:
    from wayforward.scope.models import Service

    check = checked(director)
    row = Service.objects.get(code="S2")
    row.name = "Theirs"
    save(row, 1, "person 99")
    told = send(director, check, "save")
    assert told.status_code == 409
    assert f'href="{AT}/S2"' in told.content.decode()
    assert f'href="{AT}/S1"' not in told.content.decode()
    assert bases() == BEFORE


def test_a_rule_that_one_of_them_breaks_refuses_all(director: Client) -> None:
    # S3 supports S2, and only core services are supported.
    form = director.get(f"{AT}/_several?row=S1&row=S2&field=agreed_category")
    told = send(director, form, "save", f_agreed_category="support")
    assert told.status_code == 400
    assert Event.objects.filter(action="changed with others").count() == 0


def test_evidence_that_gives_the_old_value_stands_in_the_way(director: Client) -> None:
    form = director.get(f"{AT}/_several?row=S1&row=S2&field=yearly_cost")
    told = send(director, form, "save", f_yearly_cost="5")
    assert told.status_code == 400
    assert "E1" in told.content.decode()


def test_none_and_too_many_are_told(director: Client) -> None:
    assert "None of them is chosen" in director.get(f"{AT}/_several").content.decode()
    form = director.get(f"{AT}/_several?row=S1&field=name")
    data = {**entries(form), "row": [f"S{n}:1" for n in range(501)], "step": "save"}
    assert director.post(f"{AT}/_several", data).status_code == 400
