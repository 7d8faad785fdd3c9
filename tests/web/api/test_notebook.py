"""The notebook of the documentation runs as it stands, against a workbench that answers over the network."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.workbench import person, store_small_case
from wayforward.people.models import Membership
from wayforward.web.api import tokens

NOTEBOOK = Path(__file__).parents[3] / "docs" / "notebooks" / "findings.ipynb"


@pytest.mark.django_db(transaction=True)
def test_its_cells_run_and_show_what_the_workbench_found(
    live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = store_small_case()
    user = person("analyst@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="analyst")
    token = tokens.make(user, exercise, "Notebook", 30, uuid4())
    assert token
    monkeypatch.setenv("WAYFORWARD_URL", live_server.url)
    monkeypatch.setenv("WAYFORWARD_TOKEN", token)
    monkeypatch.setenv("WAYFORWARD_EXERCISE", exercise.code)
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
    found = {one["key"]: one for one in names["findings"]}
    from wayforward.pages.opened import as_it_stands

    here = as_it_stands(exercise)
    assert found.keys() == set(here)
    assert found["exercise.days_left"]["headline"] == here["exercise.days_left"].headline
    assert len(names["rows"]) == len(here["appraisal.cost_by_year"].rows)
    assert here["exercise.days_left"].headline.split(",")[0] in said.getvalue()
    assert "added service:" in said.getvalue() or "added exercise" in said.getvalue()
