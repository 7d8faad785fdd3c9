"""Templates that a case copies."""

import pytest

from wayforward import parameters
from wayforward.methods.cycles import cycle

MODELS = {"maturity-services": 6, "maturity-information-services": 7, "maturity-change": 7}


def test_templates_there_are() -> None:
    assert set(parameters.templates()) == {
        *("services-police-objective-analysis", "five-cases", "information-requests"),
        *("exercise-course", "exercise-police-force", "exercise-public-body"),
        *MODELS,
    }


def test_service_tree() -> None:
    """13 headings (CIPFA, Police Objective Analysis); level 2 is flagged."""
    found = parameters.template("services-police-objective-analysis")
    rows = found.rows("services")
    codes = [row["code"] for row in rows]
    assert found.confirm
    assert len(set(codes)) == len(codes)
    assert sum(row["level"] == 1 for row in rows) == 13
    assert all(row["parent"] in codes for row in rows if row["level"] == 2)
    assert all(row["parent"] == "" for row in rows if row["level"] == 1)
    assert cycle({str(r["code"]): [str(r["parent"])] for r in rows if r["parent"]}) == ()


@pytest.mark.parametrize(("name", "dimensions"), MODELS.items())
def test_maturity_model_describes_every_level(name: str, dimensions: int) -> None:
    found = parameters.template(name)
    assert [row["level"] for row in found.rows("levels")] == [1, 2, 3, 4, 5]
    rows = found.rows("dimensions")
    assert len({row["code"] for row in rows}) == len(rows) == dimensions
    words = [str(row[f"level_{level}"]) for row in rows for level in range(1, 6)]
    assert len(set(words)) == len(words)
    assert all(word.endswith(".") and len(word) > 30 for word in words)


def test_change_takes_the_seven_perspectives() -> None:
    """Names of P3M3's perspectives (shared/facts/reference-models.md); no text of it."""
    rows = parameters.template("maturity-change").rows("dimensions")
    assert [str(row["title"]).split()[0] for row in rows] == [
        "Management", "Benefits", "Financial", "Stakeholder", "Risk", "Organisational", "Resource",
    ]  # fmt: skip


def test_five_cases_in_their_order() -> None:
    """The five cases (HM Treasury, Guide to developing the project business case, 2018); the map is flagged."""
    found = parameters.template("five-cases")
    cases = [row["code"] for row in found.rows("cases")]
    assert found.confirm
    assert cases == ["strategic", "economic", "commercial", "financial", "management"]
    questions = found.rows("questions")
    assert {row["case"] for row in questions} == set(cases)
    assert len({row["question"] for row in questions}) == len(questions)
    assert all(str(row["question"]).endswith("?") and row["sections"] for row in questions)
    assert all(row["tables"] or row["findings"] for row in questions)


def test_unknown_template_or_list() -> None:
    with pytest.raises(
        LookupError, match=r"there is no template .cobit.; there are .*five-cases, .*maturity-change"
    ):
        parameters.template("cobit")
    with pytest.raises(LookupError, match="has no list 'services'"):
        parameters.template("maturity-change").rows("services")
