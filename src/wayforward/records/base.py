"""The record: what every stage's models have in common."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from wayforward.records.fields import Choice, CodeField, RecordField, Reference

MARKINGS = [
    ("not protectively marked", "Not protectively marked"),
    ("official", "Official"),
    ("official-sensitive", "Official-sensitive"),
    ("commercial", "Official-sensitive: commercial"),
]


def strictest(markings: Iterable[str]) -> str:
    """The strictest of some handling markings; they are listed from the least strict on."""
    order = [value for value, _ in MARKINGS]
    return max(markings, key=order.index)


@cache
def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Versioned(models.Model):
    """A code that is never reused and a version that every save raises by one."""

    stem: ClassVar[str] = ""
    narrative: ClassVar[str] = ""  # a field kept as a Markdown file of its own in a case folder
    changed_by: ClassVar[str] = "change"  # the rule of people/permissions.py that changing a row takes
    removed_by: ClassVar[str] = ""  # the rule that taking a row away takes, where it is another

    code = CodeField("Code", help_text="The name of this row for ever; never used again for another.")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()

    @classmethod
    def kind(cls) -> str:
        """The word before the colon in a reference: 'service' of service:SVC-012."""
        return snake(cls.__name__)

    @classmethod
    def words(cls) -> str:
        """What one row is called: 'information request'."""
        return cls.kind().replace("_", " ")

    @classmethod
    def plural(cls) -> str:
        """What the table is called: 'information requests'."""
        return cls.stem.replace("_", " ")

    @property
    def reference(self) -> str:
        return f"{self.kind()}:{self.code}"

    @property
    def label(self) -> str:
        """The words by which people know this record."""
        for name in ("name", "title", "term", "text"):
            if value := getattr(self, name, ""):
                return str(value)
        return ""

    @classmethod
    def meaning(cls) -> str:
        """What a row of this table is, in one sentence: the first line of the model's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]


class Record(Versioned):
    """A row of an exercise."""

    exercise: Any = models.ForeignKey(
        "exercise.Exercise", on_delete=models.CASCADE, related_name="+", editable=False
    )
    marking = Choice("Handling marking", choices=MARKINGS, help_text="Blank: as the exercise.")

    class Meta:
        abstract = True
        # Inherited by every record, which is why none of them has a Meta of its own. Not a UniqueConstraint: each would
        # be an operation of its own in a migration, and a new database would take twenty seconds instead of one.
        unique_together = (("exercise", "code"),)


def exercise_model() -> Any:
    """The exercise itself, which is a stage's and so comes by its name here."""
    return apps.get_model("exercise", "Exercise")


def record_models() -> list[type[Record]]:
    """Every kind of record, in the order of the work (the installed stages, then as written)."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def model_of(kind: str) -> type[Versioned]:
    """The model behind a kind ('service'); KeyError for a kind there is none of."""
    return kinds()[kind]


def kinds() -> dict[str, type[Versioned]]:
    return {m.kind(): m for m in apps.get_models() if issubclass(m, Versioned)}


def columns(model: type[Versioned]) -> list[RecordField | Reference]:
    """The fields of a table in their canonical order: code, then as written, the marking last."""
    fields = [
        f
        for f in model._meta.concrete_fields
        if isinstance(f, RecordField | Reference) and f.name not in ("code", "marking")
    ]
    named: dict[str, Any] = {f.name: f for f in model._meta.concrete_fields}
    tail = [named["marking"]] if "marking" in named else []
    return [named["code"], *fields, *tail]
