"""Reading a case folder: which files there are, and each as rows of text."""

import os
import stat
from pathlib import Path

from wayforward.casefile import csv_text, limits
from wayforward.casefile.sheets import Found, Sheet, is_prose, tables
from wayforward.records.base import Versioned, columns

BESIDE = {"README.md", "LICENCE.md", "LICENSE"}  # may lie in a case folder, never read


def read_folder(folder: Path) -> Found:
    """Every table of a case folder as text. Nothing outside the folder is opened."""
    found = Found()
    texts = read_texts(folder, found)
    for stem, model in tables().items():
        place = f"{stem}.csv"
        if place in texts:
            sheet = read_sheet(place, model, texts[place], found)
            if sheet and model.narrative:
                sheet.narratives = {
                    Path(name).stem: text for name, text in texts.items() if name.startswith(f"{stem}/")
                }
            found.sheets += [sheet] if sheet else []
        elif model in found.unread:
            continue
        elif orphans := [name for name in texts if name.startswith(f"{stem}/")]:
            found.fault(
                orphans[0],
                found="a narrative without its table",
                allowed=f"a row with this code in {place}",
            )
    return found


def read_texts(folder: Path, found: Found) -> dict[str, str]:
    """The text of each file that belongs to a case, by its name in the folder."""
    texts: dict[str, str] = {}
    total = 0
    names = case_files(folder, found)
    if len(names) > limits.FILES:
        found.fault(
            folder.name,
            found=f"more than {limits.FILES:,} files",
            allowed=f"at most {limits.FILES:,} files",
        )
        return {}
    for name in names:
        content = read_bytes(folder, name, found)
        total += len(content or b"")
        if total > limits.ALL_BYTES:
            found.fault(
                folder.name,
                found=f"more than {limits.ALL_BYTES:,} bytes",
                allowed=f"at most {limits.ALL_BYTES:,} bytes in all",
            )
            return {}
        text = None if content is None else decoded(name, content, found)
        if text is not None:
            texts[name] = text
        elif name.endswith(".csv"):
            found.unread.add(tables()[name.removesuffix(".csv")])
    return texts


def case_files(folder: Path, found: Found) -> list[str]:
    """The names of the files to read; a file that has no place in a case is a fault."""
    known = tables()
    expected = [f"{stem}.csv" for stem in known]
    narrative = [stem for stem, model in known.items() if model.narrative]
    names: list[str] = []
    for entry in entries(folder):
        if entry.name in narrative and entry.is_symlink():
            found.fault(entry.name, found="a link", allowed="a folder of narratives")
        elif entry.name in narrative and entry.is_dir():
            inside = entries(Path(entry.path))
            names += [f"{entry.name}/{e.name}" for e in inside if e.name.endswith(".md")]
            for other in inside:
                if not other.name.endswith(".md"):
                    found.fault(
                        f"{entry.name}/{other.name}",
                        found="a file that is no part of a case",
                        allowed=f"{entry.name}/CODE.md, one for each code of {entry.name}.csv",
                    )
        elif entry.name in expected:
            names.append(entry.name)
        elif entry.name not in BESIDE:
            found.fault(
                entry.name,
                found="a file or folder that is no part of a case",
                allowed="the tables of the data dictionary" + found.nearest(entry.name, expected),
            )
    return names


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, in order of name, hidden files left out; stops past the limit."""
    seen: list[os.DirEntry[str]] = []
    with os.scandir(folder) as listing:
        for entry in listing:
            if not entry.name.startswith((".", "~$")):
                seen.append(entry)
            if len(seen) > limits.FILES:
                break
    return sorted(seen, key=lambda entry: entry.name)


def read_bytes(folder: Path, name: str, found: Found) -> bytes | None:
    path = folder / name
    root = folder.resolve()
    try:
        if not path.resolve().is_relative_to(root):
            found.fault(name, found="a link out of the folder", allowed="files of the folder")
            return None
        # A pipe or a device could block for ever: only plain files are opened.
        if not stat.S_ISREG(path.stat().st_mode):
            found.fault(name, found="not a plain file", allowed="a plain file")
            return None
        with path.open("rb") as file:
            content = file.read(limits.FILE_BYTES + 1)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", "") or "a link to itself"
        found.fault(name, found=f"a file that can't be read ({why})", allowed="a readable file")
        return None
    if len(content) > limits.FILE_BYTES:
        found.fault(
            name,
            found=f"more than {limits.FILE_BYTES:,} bytes",
            allowed=f"at most {limits.FILE_BYTES:,} bytes",
        )
        return None
    return content


def decoded(name: str, content: bytes, found: Found) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found.fault(
            name,
            row,
            found="letters that are not UTF-8",
            allowed="UTF-8 (in Excel, save as 'CSV UTF-8')",
        )
        return None


def read_sheet(place: str, model: type[Versioned], text: str, found: Found) -> Sheet | None:
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in csv_text.read(text):
            found.rows += 1
            if found.rows > limits.ROWS:
                found.fault(
                    place,
                    number,
                    found=f"more than {limits.ROWS:,} rows",
                    allowed=f"at most {limits.ROWS:,} rows in all tables",
                )
                found.unread.add(model)
                return None
            rows.append((number, cells))
    except csv_text.CsvFault as error:
        found.fault(
            place,
            error.row,
            found=error.found,
            allowed="CSV: a cell with a comma or quotation mark stands in quotation marks, "
            "and each mark inside is doubled",
        )
        found.unread.add(model)
    if not rows:
        if model not in found.unread:
            found.fault(place, found="an empty file", allowed="a header row, then the rows")
            found.unread.add(model)
        return None
    header = [name.strip() for name in rows[0][1]]
    return Sheet(place, model, header, undone(model, header, rows[1:]))


def undone(
    model: type[Versioned], header: list[str], rows: list[tuple[int, list[str]]]
) -> list[tuple[int, list[str]]]:
    """The rows with the apostrophes taken off that keep a spreadsheet from running a text."""
    prose = {f.name for f in columns(model) if is_prose(f)}
    at = [i for i, name in enumerate(header) if name in prose]
    for _, cells in rows:
        for i in at:
            if i < len(cells) and cells[i][:1] == "'":
                cells[i] = csv_text.plain(cells[i])
    return rows
