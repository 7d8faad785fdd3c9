"""Writing a case folder: the same records give the same bytes."""

import os
from pathlib import Path

from wayforward.casefile import csv_text
from wayforward.casefile.sheets import is_prose, tables
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.faults import Fault, Faults


def write_folder(case: Case, folder: Path) -> None:
    """Write a case as a folder; all of it is on the disk before the first old file is replaced."""
    if folder.exists() and not folder.is_dir():
        raise Faults([Fault(str(folder), 0, "", "a file", "a folder")])
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "exercise.csv").is_file():
        allowed = "an empty folder, a new one, or a case folder (it holds exercise.csv)"
        raise Faults([Fault(str(folder), 0, "", "a folder of other things", allowed)])
    for name in (stem for stem, model in tables().items() if model.narrative):
        if (folder / name).is_symlink() or (folder / name).is_file():
            raise Faults([Fault(name, 0, "", "a link or a file", "a folder of narratives")])
    texts = folder_texts(case)
    folder.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_name(f".{path.name}.new")
            temporary.write_bytes(text.encode())
            waiting.append((temporary, path))
        for temporary, path in waiting:
            os.replace(temporary, path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    remove_stale(folder, texts)


def folder_texts(case: Case) -> dict[str, str]:
    """The text of every file of a case folder, by its name."""
    texts: dict[str, str] = {}
    for stem, model in tables().items():
        rows = rows_of(case, model)
        if not rows:
            continue
        fields = [f for f in columns(model) if f.name != model.narrative]
        prose = [is_prose(f) for f in fields]
        lines = [[f.name for f in fields]]
        for row in rows:
            cells = [f.write_cell(getattr(row, f.name)) for f in fields]
            lines.append(
                [csv_text.neutral(cell) if free else cell for cell, free in zip(cells, prose, strict=True)]
            )
            if model.narrative and (body := getattr(row, model.narrative)):
                texts[f"{stem}/{row.code}.md"] = f"{body}\n"
        texts[f"{stem}.csv"] = csv_text.write(lines)
    return texts


def rows_of(case: Case, model: type[Versioned]) -> list[Versioned]:
    """The rows of any table; the exercise is a table of one row."""
    if model is type(case.exercise):
        return [case.exercise]
    return [*case.rows(model)]  # type: ignore[type-var]  # every other table is of records


def remove_stale(folder: Path, texts: dict[str, str]) -> None:
    for stem, model in tables().items():
        ours = [folder / f"{stem}.csv"]
        if model.narrative:
            ours += sorted((folder / stem).glob("[!.]*.md"))
        for path in ours:
            if path.relative_to(folder).as_posix() not in texts:
                path.unlink(missing_ok=True)
        if model.narrative and (folder / stem).is_dir() and not any((folder / stem).iterdir()):
            (folder / stem).rmdir()
