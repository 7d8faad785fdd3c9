"""How a finding was worked out, in words and links: what it read, what it built on, its method and parameters."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from wayforward.findings import Findings, show
from wayforward.findings.finding import Finding, Scalar
from wayforward.findings.registry import declared
from wayforward.methods import discounting
from wayforward.pages.labels import short
from wayforward.records.base import columns, kinds
from wayforward.records.case import Case

DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
FACTORS_SHOWN = 4


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
            show.count(len(group.records), _one_of(group.stem), group.plural)
            for group in inputs(findings.case, one)
        ),
        needs=tuple({"key": key, "title": declared(key).title} for key in plan.needs),
        method=one.method,
        method_says=_says(one.method),
        parameters=tuple(
            (name.replace("_", " "), _told(findings, name, value)) for name, value in one.parameters.items()
        ),
    )


def _told(findings: Findings, name: str, value: Scalar) -> str:
    """A parameter in words: what it is called, and for discount rates the rates themselves."""
    if name == "edition":
        return findings.edition.title
    if name == "discount_rates":
        return discounting_in_words(findings)
    return _plain(value)


def discounting_in_words(findings: Findings) -> str:
    """The rates that the years appraised meet, and the first factors, to be checked by hand."""
    exercise, table = findings.case.exercise, findings.edition.get("discount-rate")
    bands = discounting.bands(table.values)
    met = [band for band in bands if band.first_year < exercise.years]
    rates = ", ".join(f"{show.fixed(b.rate, 1, 0.01).removesuffix('.0')}% a year {_span(b)}" for b in met)
    few = discounting.factors(bands, min(exercise.years, FACTORS_SHOWN))
    first = ", ".join(
        f"{show.financial_year(exercise.first_year + year)} {factor:.4f}" for year, factor in enumerate(few)
    )
    return f"{table.title}: {rates}. Factors: {first}{' …' if exercise.years > FACTORS_SHOWN else ''}"


def _span(band: discounting.RateBand) -> str:
    if band.last_year is None:
        return f"from year {band.first_year}"
    return f"in years {band.first_year} to {band.last_year}"


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
    if isinstance(value, int | float):
        return f"{value:g}" if abs(value) < 10_000 else f"{value:,}"
    return DATE.sub(lambda match: show.day(match.group()), value)


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
def _one_of(stem: str) -> str:
    """What one row of a table is called."""
    return next(model.words() for model in kinds().values() if model.stem == stem)


def assumed(case: Case, one: Finding) -> list[dict[str, Any]]:
    """The inputs without evidence, each with its record and the words of its field."""
    found, words = [], _words_of_fields()
    for name in one.assumptions:
        reference, _, field = name.partition("/")
        record = case.get(reference)
        if record is None:
            continue
        words_of = words.get((record.stem, field), "")
        found.append({"stem": record.stem, "code": record.code, "text": short(record), "field": words_of})
    return found


@cache
def _words_of_fields() -> dict[tuple[str, str], str]:
    return {
        (model.stem, field.name): str(field.verbose_name)
        for model in kinds().values()
        for field in columns(model)
    }
