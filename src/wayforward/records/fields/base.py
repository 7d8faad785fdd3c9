"""What every field of a record shares: required or not, a unit, and how it reads and writes a cell."""

from typing import Any

from django.db import models


class CellFault(ValueError):
    """A cell that can't be read: `found` is what stood there, `allowed` says what may."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(f"found {found!r}; allowed: {allowed}")
        self.found = found
        self.allowed = allowed


def for_migration(field: Any, parts: Any) -> Any:
    """A field's parts with `required` in place of what follows from it, and without its words."""
    name, _, args, kwargs = parts
    implied = ("blank", "null", "default", "verbose_name", "help_text", "choices", "related_name")
    path = f"{__package__}.{type(field).__qualname__}"  # so that fields may move within this package
    kept = {key: value for key, value in kwargs.items() if key not in implied}
    return name, path, args, kept | ({"required": True} if field.required else {})


class RecordField(models.Field):
    """What every field of a record shares: required or not, a unit, and cell reading and writing."""

    unit = ""
    is_text = False

    def __init__(self, label: str | None = None, *, required: bool = False, unit: str = "", **kwargs: Any):
        kwargs.setdefault("verbose_name", label)
        if not required:
            kwargs.setdefault("blank", True)
            if self.is_text:
                kwargs.setdefault("default", "")
            else:
                kwargs.setdefault("null", True)
        self.unit = unit or self.unit
        super().__init__(**kwargs)

    @property
    def required(self) -> bool:
        return not self.blank

    def deconstruct(self) -> Any:
        """What a migration needs to know: not the words, so that a change of wording is no migration."""
        return for_migration(self, super().deconstruct())

    def allowed(self) -> str:
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        return text

    def write_cell(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read_cell(self, text: str) -> Any:
        """The value of a cell; blank is unknown (None, or '' for text) unless the field is required."""
        if text == "":
            if self.required:
                raise CellFault("nothing", self.allowed())
            return "" if self.is_text else None
        return self.parse(text)
