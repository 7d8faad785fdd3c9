"""How a finding was worked out, in words and links: what it read, what it built on, its method and parameters."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from wayforward.findings import Findings, show
from wayforward.findings.finding import Finding, Scalar
from wayforward.findings.registry import declared
from wayforward.pages.labels import short
from wayforward.records.base import columns, kinds
from wayforward.records.case import Case


@dataclass(frozen=True)
class Inputs:
    """The records of one kind behind a finding."""

    plural: str
    stem: str
    records: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Steps:
    """How a finding was worked out, part by part."""

    read: tuple[str, ...]
    needs: tuple[dict[str, str], ...]
    method: str
    method_says: str
    parameters: tuple[tuple[str, str], ...]


def worked_out(findings: Findings, one: Finding) -> Steps:
    """What was read, what was built on, by which method and with which parameters."""
    plan = declared(one.key)
    return Steps(
        read=tuple(
            f"{show.count(len(group.records), kinds_words(group.stem), group.plural)}"
            for group in inputs(findings.case, one)
        ),
        needs=tuple({"key": key, "title": declared(key).title} for key in plan.needs),
        method=one.method,
        method_says=_says(one.method),
        parameters=tuple(
            (name.replace("_", " "), findings.edition.title if name == "edition" else _plain(value))
            for name, value in one.parameters.items()
        ),
    )


@cache
def _says(method: str) -> str:
    """The first sentence of a method's own description."""
    if method == "listing":
        return "The records are gathered and counted; nothing is estimated."
    text = (import_module(f"wayforward.methods.{method}").__doc__ or "").strip()
    return " ".join(text.split("\n\n")[0].split())


def _plain(value: Scalar) -> str:
    if value is None:
        return show.UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) and abs(value) < 10_000 else f"{value}"


def inputs(case: Case, one: Finding) -> list[Inputs]:
    """The records that a finding rests on, by kind."""
    groups: dict[str, list[dict[str, str]]] = {}
    for reference in one.inputs:
        record = case.get(reference)
        if record is not None:
            groups.setdefault(record.stem, []).append({"code": record.code, "text": short(record)})
    plurals = {model.stem: model.plural() for model in kinds().values()}
    return [Inputs(plurals[stem], stem, tuple(records)) for stem, records in groups.items()]


@cache
def kinds_words(stem: str) -> str:
    """What one row of a table is called."""
    return next(model.words() for model in kinds().values() if model.stem == stem)


def assumed(case: Case, one: Finding) -> list[dict[str, Any]]:
    """The inputs without evidence, each with its record and the words of its field."""
    found = []
    for name in one.assumptions:
        reference, _, field = name.partition("/")
        record = case.get(reference)
        if record is None:
            continue
        words = {f.name: str(f.verbose_name) for f in columns(type(record))}
        found.append(
            {"stem": record.stem, "code": record.code, "text": short(record), "field": words.get(field, "")}
        )
    return found
