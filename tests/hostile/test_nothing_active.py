"""Hostile texts in every field of words, in every register: whatever is written of them, nothing runs.

One rendering of each format here, with the payloads in rotation; `make bench` goes through all sixty rotations.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.payloads import PAGES, documents
from django.test import Client
from django.urls import reverse

from tests.hostile import activity
from tests.hostile.payloads import MARK, PAYLOADS
from tests.hostile.placed import place
from wayforward.findings import Findings
from wayforward.records.base import record_models
from wayforward.records.case import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def hostile(exercise: Any) -> Any:
    assert place(exercise) > len(PAYLOADS)
    exercise.refresh_from_db()
    return exercise


def test_no_page_runs_anything(hostile: Any, director: Client) -> None:
    marked = 0
    for name, arguments in PAGES:
        page = director.get(reverse(name, kwargs={"code": hostile.code, **arguments})).content.decode()
        assert activity.in_html(page) == [], name
        marked += MARK in page
    for model in record_models():
        page = director.get(reverse("register", args=[hostile.code, model.stem])).content.decode()
        assert activity.in_html(page) == [], model.stem
        row = model._default_manager.filter(exercise=hostile).order_by("code").first()
        if row is None:
            continue
        page = director.get(reverse("record", args=[hostile.code, model.stem, row.code])).content.decode()
        assert activity.in_html(page) == [], row.reference
        marked += MARK in page
    assert marked > len(record_models()) / 2  # they are there, as text


def test_no_json_is_taken_for_a_page(hostile: Any, director: Client) -> None:
    for name, arguments in PAGES:
        answer = director.get(reverse(f"{name}-json", kwargs={"code": hostile.code, **arguments}))
        assert answer["Content-Type"] == "application/json", name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        json.loads(answer.content)


def test_no_document_runs_anything(hostile: Any, tmp_path: Path) -> None:
    for form, content in documents(Findings(Case.of(hostile), keep=False), tmp_path):
        found = {
            "html": lambda c: activity.in_html(c.decode()),
            "docx": activity.in_word,
            "pdf": activity.in_pdf,
            "xlsx": activity.in_workbook,
            "audit": lambda c: activity.in_workbook(c, formulas=True),
            "csv": lambda c: activity.in_csv(c.decode()),
        }[form](content)
        assert found == [], form
        assert content
