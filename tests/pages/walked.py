"""Every address of an exercise, filled in with what is there, and what each of them says to a person."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.pages.addresses import ADDRESSES
from wayforward.findings import Findings, registered
from wayforward.findings.named import NAMES, texts_of
from wayforward.pages import stages
from wayforward.records.base import Record, columns, exercise_model, record_models
from wayforward.records.case import Case
from wayforward.records.fields import Choice, CodeField, LongText, RecordRef, Reference, ShortText
from wayforward.report.signing.steps import ORDER

NAME = "Zebrafinch Quarterly {}"
FIRST = 101  # so that no number stands within another
SAID = re.compile(r"zebrafinch\W+quarterly\W+(\d{3})", re.IGNORECASE)
REFUSED = 400
LATEST = 3  # acts of the log
Marked = dict[str, Record]  # by the number in its made-up name


def marked_rows(case: Case) -> Marked:
    """One row of each table under a made-up name, in place: the one whose name the findings say most often.

    Of a table whose rows have no name, the first words that it holds are made up.
    """
    told = ["\n".join(texts_of(one)) for one in Findings(case, keep=False).all()]
    found: Marked = {}
    for number, model in enumerate(record_models(), FIRST):
        rows = case.rows(model)
        if rows:
            row = max(rows, key=lambda one: sum(one.label in text for text in told) if one.label else 0)
            rename(row, NAME.format(number))
            found[str(number)] = row
    return found


def rename(row: Record, name: str) -> None:
    """Give a record a name; where it has none, let its first words be that; of a section, what is written in it."""
    fields = {field.name: field for field in columns(type(row))}
    if type(row).narrative:
        setattr(row, type(row).narrative, f"{name}, in confidence")
        return
    names = [one for one in NAMES if one in fields and _free(fields[one])]
    for one in names:
        setattr(row, one, name)
    for one in () if names else _words(fields):
        setattr(row, one, f"{name}, in confidence")


def _words(fields: Mapping[str, Any]) -> list[str]:
    """The first long text of a table, or else its first line of words."""
    some = [name for name, one in fields.items() if isinstance(one, ShortText | LongText) and _free(one)]
    long = [name for name in some if isinstance(fields[name], LongText)]
    return (long or some)[:1]


def _free(field: Any) -> bool:
    return (
        not isinstance(field, CodeField | RecordRef | Reference | Choice) and (field.max_length or 99) >= 40
    )


def addresses(case: Case, rows: Iterable[Record], sequence: int) -> Iterator[str]:
    """Every address that can be opened, with everything there is to open by it; of records, the given ones."""
    code = case.exercise.code
    given = list(rows)
    for name, one in ADDRESSES.items():
        if one.to_open is None or name in ("first", "password", "metrics", "healthz", "openapi"):
            continue
        for arguments in _filled(name, one.arguments, case, given, sequence):
            told = {**arguments, "code": code} if "code" in one.arguments else arguments
            for twin in ("", "-json") if one.kind == "page" else ("",):
                query = "&".join(f"{key}={value}" for key, value in _asked(name, given, one.given).items())
                yield reverse(f"{name}{twin}", kwargs=told) + (f"?{query}" if query else "")


def _asked(name: str, rows: list[Record], given: Mapping[str, str]) -> Mapping[str, str]:
    return {"about": rows[0].reference} if name == "comment-new" else given


def _filled(
    name: str, arguments: Mapping[str, str], case: Case, rows: list[Record], sequence: int
) -> Iterator[dict[str, str]]:
    """The arguments of an address, with each of the values that they can have here."""
    wanted = set(arguments) - {"code"}
    if wanted >= {"stem", "which"}:
        for one in rows:
            field = next(name for name in (field.name for field in columns(type(one))) if name != "code")
            yield {
                **arguments,
                "stem": one.stem,
                "which": one.code,
                **({"field": field} if "field" in wanted else {}),
            }
        return
    values = {
        "stem": [model.stem for model in (exercise_model(), *record_models())],
        "key": list(registered()) if name.startswith("finding") else [arguments.get("key", "")],
        "name": [one.name for one in stages.STAGES] if name != "signed-file" else ["bundle.zip"],
        "sequence": [str(one) for one in range(max(1, sequence - LATEST), sequence + 1)],
        "form": ["html", "docx", "pdf"],
        "subject": list(ORDER),
        "which": _codes(name, case),
        "part": [f"section-{row.code}" for row in case.rows(_section())],
        "day": [case.exercise.status_date.isoformat() if name == "" else "2012-12-20"],
    }
    several = next((one for one in values if one in wanted), None)
    if several is None:
        yield dict(arguments)
        return
    for value in values[several]:
        yield {**arguments, several: value}


def _codes(name: str, case: Case) -> list[str]:
    if name.startswith("section"):
        return [row.code for row in case.rows(_section())]
    stem = {"comment": "comments", "review": "peer_reviews", "attachment": "attachments"}
    model = next((m for m in record_models() if m.stem == stem.get(name.partition("-")[0])), None)
    return [row.code for row in case.rows(model)] if model else ["whole"]


def _section() -> Any:
    return next(model for model in record_models() if model.stem == "sections")


def said(client: Client, address: str) -> tuple[int, set[str]]:
    """How an address answers a person, and the numbers of the made-up names in what it says."""
    answer = client.get(address)
    if answer.status_code >= REFUSED:
        return answer.status_code, set()
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    return answer.status_code, names_in(content)


def names_in(content: bytes) -> set[str]:
    """The numbers of the made-up names in a file: as text, or packed as workbooks and Word documents are."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return set().union(*(names_in(packed.read(one)) for one in packed.namelist()))
    return set(SAID.findall(unescape(content.decode(errors="replace"))))
