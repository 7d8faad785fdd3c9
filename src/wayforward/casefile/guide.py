"""What each table and column is, from the models: the data dictionary, and the guide sheet of a workbook."""

from django.apps import apps

from wayforward.casefile.sheets import tables
from wayforward.records.base import Record, Versioned, columns

HEADING = """# Data dictionary

Every table of a case and every column of it, generated from the models: run `make dictionary` after a
change of one. A table is a CSV file of a case folder and a sheet of a workbook, with the same columns. How
files are written, which of them may lie in a folder and what is refused is told in
[the case folder](case-folder.md).

A column that is required must not be blank. In any other, blank means that the value is not known: it never
means zero, and never no. Codes are unique in their table and are never used again for something else.
"""


def dictionary() -> str:
    """The data dictionary as Markdown."""
    stages: dict[str, list[str]] = {}
    for model in tables().values():
        stages.setdefault(stage_of(model), []).append(table_of(model))
    chapters = [f"## {stage}\n\n" + "\n".join(parts) for stage, parts in stages.items()]
    return "\n".join([HEADING, *chapters])


def stage_of(model: type[Versioned]) -> str:
    if model._meta.app_label == "records":
        return "Evidence"
    return str(apps.get_app_config(model._meta.app_label).verbose_name)


def table_of(model: type[Versioned]) -> str:
    """One table: what it is for, its file, its columns."""
    where = f"`{model.stem}.csv`" + ("" if issubclass(model, Record) else ", exactly one row")
    if model.narrative:
        where += (
            f"; the column `{model.narrative}` is `{model.stem}/CODE.md` in a folder "
            "and a column in a workbook"
        )
    kind = f"a row is referred to as `{model.kind()}:CODE`"
    if not issubclass(model, Record):
        kind = f"it is referred to as `{model.kind()}`"
    lines = [
        f"### {model.plural().capitalize()}\n",
        f"{model.meaning()} File: {where}; {kind}.\n",
        "| column | label | what may stand there | unit | required | help |",
        "| --- | --- | --- | --- | --- | --- |",
        *("| " + " | ".join(map(escaped, line)) + " |" for line in column_rows(model)),
    ]
    return "\n".join(lines) + "\n"


def column_rows(model: type[Versioned]) -> list[list[str]]:
    """For each column: name, label, what may stand there, unit, required, help."""
    return [
        [
            f.name,
            str(f.verbose_name),
            f.allowed(),
            f.unit,
            "yes" if f.required else "",
            str(f.help_text),
        ]
        for f in columns(model)
    ]


def escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
