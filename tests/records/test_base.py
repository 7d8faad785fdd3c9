"""What every record has in common, and that no table breaks it."""

from wayforward.casefile.sheets import tables
from wayforward.exercise.models import Exercise
from wayforward.records.base import Versioned, columns, kinds, record_models
from wayforward.scope.models import Service


def test_the_code_comes_first_and_the_marking_last() -> None:
    for model in record_models():
        names = [f.name for f in columns(model)]
        assert (names[0], names[-1]) == ("code", "marking")
        assert len(names) == len(set(names))


def test_no_column_hides_what_every_record_has() -> None:
    """A column called `label` or `words` would take the place of the method of that name."""
    common = {name for name in vars(Versioned) if not name.startswith("_")} - {"code", "version"}
    for model in kinds().values():
        assert not common & {f.name for f in columns(model)}, model


def test_kinds_and_stems_are_unlike() -> None:
    assert len(tables()) == len(kinds()) == len(record_models()) + 1


def test_words_of_a_record() -> None:
    service = Service(code="SVC-1", name="Lending")
    assert service.reference == "service:SVC-1"
    assert str(service) == "SVC-1 Lending"
    assert Exercise(code="TOWN", title="Review").reference == "exercise"
