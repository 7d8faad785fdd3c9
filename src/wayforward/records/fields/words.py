"""Fields of words: lines, paragraphs, codes, choices, and the names of other records."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import models

from wayforward.records.fields.base import CellFault, RecordField, for_migration

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}\Z")
# What nobody sees: controls, marks of direction and of format, tags, the byte order mark, and what XML can't hold. A
# workbook loses some of them, and others make two names look alike. Left are the tab, ends of line, and the soft hyphen
# and the joiners (U+00AD, U+200C, U+200D), which words need.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e007f]"
)
# Letters and signs that are drawn as nothing, with what may stand between letters: a name of these alone looks blank.
BLANK = re.compile(r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200c\u200d\u2800\u3164\uffa0\ufe00-\ufe0f]*\Z")


class _Text(RecordField):
    is_text = True

    def parse(self, text: str) -> str:
        if hidden := CONTROL.search(text):
            raise CellFault(_hidden(hidden[0]), self.allowed())
        if self.max_length and len(text) > self.max_length:
            raise CellFault(f"{len(text):,} characters", self.allowed())
        return text


def _hidden(character: str) -> str:
    kind = "a control character" if unicodedata.category(character) == "Cc" else "an invisible character"
    return f"{kind}, U+{ord(character):04X}"


class ShortText(_Text, models.CharField):
    """One line of words."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 300)
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> str:
        if "\n" in text or "\r" in text:
            raise CellFault("several lines", self.allowed())
        if self.required and BLANK.match(text):
            raise CellFault("nothing that can be seen", self.allowed())
        return super().parse(text)

    def allowed(self) -> str:
        return f"one line of text, at most {self.max_length} characters"


class LongText(_Text, models.TextField):
    """Paragraphs, at most 30,000 characters (a workbook cell holds no more)."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 30_000)
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> str:
        return super().parse(text.replace("\r\n", "\n").replace("\r", "\n"))

    def allowed(self) -> str:
        return f"text, at most {self.max_length:,} characters"


class CodeField(ShortText):
    """The code of a record: letters, digits and hyphens."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("required", True)
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> str:
        if not CODE.match(text):
            raise CellFault(text, self.allowed())
        return text

    def allowed(self) -> str:
        return "a code of letters, digits and hyphens, at most 40 characters, such as SVC-012"


class RecordRef(ShortText):
    """Any record of the exercise as kind:CODE, for example option:IIP ('exercise' alone for the exercise)."""

    def parse(self, text: str) -> str:
        kind, _, code = text.partition(":")
        if text != "exercise" and not (kind.isidentifier() and CODE.match(code)):
            raise CellFault(text, self.allowed())
        return text

    def allowed(self) -> str:
        return "a record of this case as kind:CODE, such as service:SVC-012"


class Choice(_Text, models.CharField):
    """One of a stated list. Cells hold the stored word; pages show the label."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def words(self) -> Iterable[str]:
        return [value for value, _ in self.flatchoices]

    def parse(self, text: str) -> str:
        if text not in self.words():
            raise CellFault(text, self.allowed())
        return text

    def allowed(self) -> str:
        return "one of " + ", ".join(self.words())


class Reference(models.ForeignKey):
    """Another record of the same exercise. A cell holds its code."""

    unit = ""

    def __init__(self, to: Any, label: str | None = None, *, required: bool = False, **kwargs: Any):
        kwargs.setdefault("verbose_name", label)
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.setdefault("related_name", "+")
        if not required:
            kwargs.setdefault("null", True)
            kwargs.setdefault("blank", True)
        super().__init__(to, **kwargs)

    @property
    def required(self) -> bool:
        return not self.blank

    def deconstruct(self) -> Any:
        return for_migration(self, super().deconstruct())

    @property
    def table(self) -> Any:
        """The model that this field points to."""
        return self.related_model

    def allowed(self) -> str:
        return f"the code of a row of {self.table.stem}"

    def read_cell(self, text: str) -> str | None:
        """The code as given: looking it up needs the other table, so whoever loads the case does that."""
        if text == "" and self.required:
            raise CellFault("nothing", self.allowed())
        return text or None

    def write_cell(self, value: Any) -> str:
        return "" if value is None else value.code
