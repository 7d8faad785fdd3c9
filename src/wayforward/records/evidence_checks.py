"""Rules of evidence: what is cited exists, agrees with the record, is used once, and was known in time."""

import difflib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

from wayforward.methods import conflict
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check
from wayforward.records.fields import CellFault, RecordField, Reference
from wayforward.records.fields.figures import NUMBER
from wayforward.records.models import Citation

MOST_OF_ONE_FIELD = 100


def column(record: Versioned, name: str) -> RecordField | Reference | None:
    return next((f for f in columns(type(record)) if f.name == name), None)


def by_field(case: Case) -> Iterator[tuple[Versioned, list[Citation]]]:
    """The citations of each field that is there, with the record they are about."""
    groups: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in case.rows(Citation):
        if citation.field:
            groups[citation.record, citation.field].append(citation)
    for (reference, field), group in groups.items():
        record = case.get(reference)
        if record is not None and column(record, field) is not None:
            yield record, group


@check
def cited_field_exists(case: Case) -> Iterator[Wrong]:
    for citation in case.rows(Citation):
        record = case.get(citation.record)
        if citation.field and record is not None and column(record, citation.field) is None:
            names = [f.name for f in columns(type(record))]
            near = difflib.get_close_matches(citation.field, names, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Wrong(
                citation, "field", citation.field, f"a column of {record.stem}, or blank for the row{hint}"
            )


@check
def used_value_is_the_records(case: Case) -> Iterator[Wrong]:
    """The record's column is the value in use: a citation that is used says the same."""
    for record, group in by_field(case):
        for citation in group:
            if not citation.used or not citation.value:
                continue
            field = column(record, citation.field)
            assert field is not None  # by_field leaves out what is not there
            stands = field.write_cell(getattr(record, citation.field))
            if as_cell(field, citation.value) != " ".join(stands.split()):
                allowed = (
                    f"what {citation.record} has in {citation.field} ({short(stands) or 'blank'}), "
                    "or no in used with a reason"
                )
                yield Wrong(citation, "value", citation.value, allowed)


def as_cell(field: RecordField | Reference, text: str) -> str:
    """A value as given in the form the column would write it; as it stands where it can't be read."""
    if not isinstance(field, Reference):
        with suppress(CellFault):
            text = field.write_cell(field.read_cell(text.strip()))
    return " ".join(text.split())


def short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


@check
def one_citation_is_used(case: Case) -> Iterator[Wrong]:
    for _, group in by_field(case):
        used = [citation for citation in group if citation.used]
        for citation in used[1:]:
            allowed = f"one used citation of {citation.label}: {used[0].code} is used; put no here, or there"
            yield Wrong(citation, "used", "a second citation in use", allowed)


@check
def disagreement_has_a_reason(case: Case) -> Iterator[Wrong]:
    """Sources that give different values for the very same thing: one of the two says why."""
    for _, group in by_field(case):
        given = {c.code: c for c in group if c.value}
        if len(given) > MOST_OF_ONE_FIELD:
            extra = list(given.values())[MOST_OF_ONE_FIELD]
            yield Wrong(
                extra, "field", f"{len(given)} citations", f"at most {MOST_OF_ONE_FIELD} of one field"
            )
            continue
        told: set[str] = set()
        for pair in conflict.pairs([as_given(citation) for citation in given.values()]):
            first, second = given[pair.first], given[pair.second]
            silent = second if first.used else first
            if pair.kind == "conflict" and not first.reason and not second.reason:
                if silent.code not in told:
                    allowed = (
                        "why the one value is used and the other is not, or another measure, period, "
                        "basis or prices where they count different things"
                    )
                    found = f"nothing, though {first.code} and {second.code} disagree"
                    yield Wrong(silent, "reason", found, allowed)
                told.add(silent.code)


def as_given(citation: Citation) -> conflict.Given:
    text = citation.value.strip()
    return conflict.Given(
        citation.code,
        float(text) if NUMBER.match(text) else text,
        citation.measure,
        citation.period,
        citation.basis,
        citation.prices,
        bool(citation.used),
    )


@check
def nothing_is_hindsight(case: Case) -> Iterator[Wrong]:
    """What is used was known by the knowledge date, or is declared to stand in for something."""
    known = case.exercise.knowledge_date
    if known is None:
        return
    for citation in case.rows(Citation):
        until = citation.evidence.covers_to
        if citation.used and until and until > known and not citation.evidence.stand_in:
            allowed = (
                f"evidence that measures up to {known.isoformat()} (the knowledge date) or earlier, no in "
                "used, or words in the evidence's stand_in that say what it stands in for"
            )
            yield Wrong(citation, "evidence", f"{citation.evidence.code}, up to {until.isoformat()}", allowed)
