"""A record changed on a form: asked, checked, saved, and nothing twice."""

import re

from django.test import Client

from tests.pages.register.filling import entries, send
from wayforward.records.base import record_models
from wayforward.records.models import Event

AT = "/exercises/TOWN/records"


def test_from_the_form_to_the_record(director: Client) -> None:
    from wayforward.scope.models import Service

    form = director.get(f"{AT}/services/S3/edit")
    assert form.status_code == 200
    check = send(director, form, "check", f_name="Wardens at night")
    assert check.status_code == 200
    assert "Check your answers" in check.content.decode()
    assert Service.objects.get(code="S3").name != "Wardens at night"
    saved = send(director, check, "save")
    assert saved.status_code == 302, saved.content.decode()
    assert saved["Location"] == f"{AT}/services/S3?saved=changed"
    assert Service.objects.get(code="S3").name == "Wardens at night"
    event = Event.objects.order_by("-sequence").first()
    assert event is not None
    assert (event.action, event.record, event.record_version) == ("changed", "service:S3", 2)


def test_new(director: Client) -> None:
    form = director.get(f"{AT}/services/_new")
    check = send(director, form, "check", f_name="Night shelter", f_category="core")
    print(re.sub(r"<[^>]+>", "", check.content.decode())[-3000:], entries(form))
    assert check.status_code == 200
    saved = send(director, check, "save")
    assert saved.status_code == 302


def test_every(director: Client) -> None:
    for model in record_models():
        if model.changed_by == "nobody":
            continue
        for row in list(model._default_manager.all())[:2]:
            form = director.get(f"{AT}/{model.stem}/{row.code}/edit")
            assert form.status_code == 200, row
            same = send(director, form, "check")
            assert "Nothing to change" in same.content.decode(), (
                row,
                re.sub(r"<[^>]+>", "", same.content.decode()),
            )
        form = director.get(f"{AT}/{model.stem}/_new")
        assert form.status_code == 200, model
