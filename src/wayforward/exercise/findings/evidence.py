"""What the figures rest on: where sources disagree, what has no source, and how good the sources are."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.methods import conflict
from wayforward.records.base import Record, Versioned, columns, record_models
from wayforward.records.fields import Day, Money, Number, Profile, RecordField, Whole, YearField
from wayforward.records.models import Citation, Evidence

ALL = tuple(record_models())
# Figures are what these stages count, price, date or grade; the exercise's own dates are its terms.
STAGES = (
    *("finance", "scope", "baseline", "alignment", "comparison", "engagement", "demand"),
    *("options", "appraisal"),
)
MEASURED = tuple(model for stage in STAGES for model in ALL if model._meta.app_label == stage)
# Numbers that put things in an order or name a level, and measure nothing.
NO_FIGURES = {("option", "order"), ("level_descriptor", "level")}


@finding(
    "evidence.disagreements",
    title="Figures on which sources disagree",
    question="Where do sources give different figures, which one is used, and why?",
    method="conflict",
    unit="pairs",
    reads=ALL,
)
def disagreements(case: Reading) -> Result:
    """Every two citations of one field that differ: a conflict, or figures that count different things."""
    known = _by_reference(case)
    pairs = [(key, cited, *pair) for key, cited in _cited(case) for pair in _pairs(cited)]
    rows = [_pair_row(case, known, *one) for one in pairs]
    fields = dict.fromkeys(key for key, *_ in pairs if _has_value(known.get(key[0]), key[1]))
    hindsight = sum(row["hindsight"] is True for row in rows)
    return Result(
        headline=_disagreements_headline(rows),
        columns=(
            Column("record", "Record", detail=True),
            Column("name", "Name"),
            Column("field", "Figure"),
            Column("measure", "What is measured", detail=True),
            Column("value_a", "One source says", "words"),
            Column("evidence_a", "Source", refers="evidence"),
            Column("value_b", "Another says", "words"),
            Column("evidence_b", "Source", refers="evidence"),
            Column("verdict", "Verdict"),
            Column("used", "In use", "words", detail=True),
            Column("reason", "Why"),
            Column("hindsight", "Known only later", "yes or no", detail=True),
        ),
        rows=tuple(rows),
        value=len(rows),
        value_column="verdict",
        used=tuple(Used(record, (field,) if field else ()) for record, field in fields),
        warnings=(
            (f"{show.count(hindsight, 'pair')} with a figure known only later: it is shown here alone.",)
            if hindsight
            else ()
        ),
        waiting=tuple(
            f"a reason for the figure in use: {row['field']} of {row['name'] or row['record']}"
            for row in rows
            if not row["reason"]
        ),
    )


def _by_reference(case: Reading) -> dict[str, Versioned]:
    known: dict[str, Versioned] = {"exercise": case.exercise}
    for model in ALL:
        known.update((record.reference, record) for record in case.rows(model))
    return known


def _has_value(record: Versioned | None, field: str) -> bool:
    """Whether the figure is given at all: one left blank is no input."""
    return record is not None and (not field or getattr(record, field, None) not in (None, "", {}))


def _cited(case: Reading) -> Iterable[tuple[tuple[str, str], list[Citation]]]:
    """The citations that give a value, by record and field, where there is more than one."""
    valued = [citation for citation in case.rows(Citation) if citation.value.strip()]
    valued.sort(key=lambda citation: (citation.record, citation.field, citation.code))
    for key, group in groupby(valued, key=lambda citation: (citation.record, citation.field)):
        cited = list(group)
        if len(cited) > 1:
            yield key, cited


def _pairs(cited: list[Citation]) -> Iterable[tuple[Citation, Citation, conflict.Pair]]:
    """The pairs whose values differ, whatever else differs between them."""
    by_code = {citation.code: citation for citation in cited}
    for pair in conflict.pairs([_given(citation) for citation in cited]):
        first, second = by_code[pair.first], by_code[pair.second]
        values = [conflict.Given(one.code, _value(one.value)) for one in (first, second)]
        if conflict.compare(*values).kind != "same":
            yield first, second, pair


def _given(one: Citation) -> conflict.Given:
    return conflict.Given(
        one.code, _value(one.value), one.measure, one.period, one.basis, one.prices, bool(one.used)
    )


def _value(text: str) -> float | str:
    try:
        return float(text.strip().replace(",", ""))
    except ValueError:
        return text


def _pair_row(
    case: Reading,
    known: dict[str, Versioned],
    key: tuple[str, str],
    cited: list[Citation],
    first: Citation,
    second: Citation,
    pair: conflict.Pair,
) -> Row:
    record = known.get(key[0])
    in_use = [one for one in cited if one.used]
    reasons = dict.fromkeys(one.reason.strip() for one in (*in_use, first, second) if one.reason.strip())
    return {
        "record": key[0],
        "name": record.label if record is not None else "",
        "field": _title(record, key[1]),
        "measure": " / ".join(dict.fromkeys(one.measure for one in (first, second) if one.measure)),
        "value_a": _given_as(record, key[1], first.value),
        "evidence_a": first.evidence.code,
        "value_b": _given_as(record, key[1], second.value),
        "evidence_b": second.evidence.code,
        "verdict": "conflict" if pair.kind == "conflict" else pair.words,
        "used": "; ".join(_given_as(record, key[1], one.value) for one in in_use) or "none of them",
        "reason": " ".join(reasons) or None,
        "hindsight": any(_late(case, one.evidence) for one in (first, second)),
    }


def _late(case: Reading, evidence: Evidence) -> bool:
    """Whether evidence measures what came after the day that the exercise may know of."""
    limit = case.exercise.knowledge_date
    return bool(limit and evidence.covers_to and evidence.covers_to > limit)


def _given_as(record: Versioned | None, field: str, text: str) -> str:
    """A value as a source gives it, money with its sign."""
    money = record is not None and any(
        one.name == field and isinstance(one, Money) for one in columns(type(record))
    )
    shown = _shown(text)
    return f"£{shown}" if money and shown[:1].isdigit() else shown


def _shown(text: str) -> str:
    value = _value(text)
    return text if isinstance(value, str) else show.number(value, 2)


def _title(record: Versioned | None, field: str) -> str:
    """The words of a field: what stands over its column."""
    if record is None or not field:
        return field or "the whole row"
    names = {one.name: str(one.verbose_name) for one in columns(type(record))}
    return names.get(field, field)


def _disagreements_headline(rows: list[Row]) -> str:
    if not rows:
        return "No two sources give different values for one figure"
    figures = len({(row["record"], row["field"]) for row in rows})
    conflicts = sum(row["verdict"] == "conflict" for row in rows)
    told = f"Sources differ on {show.count(figures, 'figure')}"
    if not conflicts:
        return f"{told}, each time because they count different things"
    return f"{told}; {show.count(conflicts, 'pair')} of sources truly {'conflicts' if conflicts == 1 else 'conflict'}"


@finding(
    "evidence.assumptions",
    title="Numbers without evidence",
    question="Which numbers and dates are assumptions, because nothing is cited for them?",
    method="listing",
    unit="numbers and dates",
    reads=(*MEASURED, Citation, Evidence),
)
def assumptions(case: Reading) -> Result:
    """Every number and date with a value and no citation in use, neither of its field nor of its whole row."""
    cited: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for one in case.rows(Citation):
        cited[one.record][one.field] = cited[one.record].get(one.field, False) or bool(one.used)
    rows: list[Row] = []
    inputs: list[Used] = []
    figures = 0
    for model in MEASURED:
        fields = _figures(model)
        for record in case.rows(model) if fields else ():
            on_record = cited.get(record.reference, {})
            filled = [field for field in fields if getattr(record, field.name) not in (None, {})]
            bare = [f for f in filled if not on_record.get("") and not on_record.get(f.name)]
            figures += len(filled)
            rows += [_assumption_row(record, field, field.name in on_record) for field in bare]
            inputs += [Used(record.reference, tuple(field.name for field in bare))] if bare else []
    return Result(
        headline=_assumptions_headline(len(rows), figures),
        columns=(
            Column("record", "Record"),
            Column("name", "Name"),
            Column("stage", "Stage", detail=True),
            Column("field", "Figure"),
            Column("value", "Value", "words"),
            Column("why", "Why it is an assumption"),
        ),
        rows=tuple(rows),
        value=len(rows) if figures else None,
        value_column="value",
        used=tuple(inputs),
        waiting=() if figures else ("the figures of the exercise",),
    )


def _figures(model: type[Record]) -> list[RecordField]:
    return [
        field
        for field in columns(model)
        if isinstance(field, Number | Whole | Profile | Day)
        and not isinstance(field, YearField)
        and (model.kind(), field.name) not in NO_FIGURES
    ]


def _assumption_row(record: Record, field: RecordField, considered: bool) -> Row:
    return {
        "record": record.reference,
        "name": record.label,
        "stage": record._meta.app_label,
        "field": str(field.verbose_name),
        "value": _shown(field.write_cell(getattr(record, field.name))),
        "why": "sources are cited, none is used" if considered else "no evidence cited",
    }


def _assumptions_headline(bare: int, figures: int) -> str:
    if not figures:
        return "No number has been given yet"
    many = show.count(figures, "number or date", "numbers and dates")
    if not bare:
        return f"Every one of {many} rests on evidence"
    return f"{bare:,} of {many} {'is an assumption' if bare == 1 else 'are assumptions'}"


@finding(
    "evidence.grades",
    title="The evidence by grade",
    question="How good is the evidence, and how much rests on each grade of it?",
    method="listing",
    unit="items",
    reads=(Evidence, Citation),
)
def grades(case: Reading) -> Result:
    """Items of evidence on each grade of the edition's ladder, and how many values in use rest on them."""
    items = case.rows(Evidence)
    ladder = case.edition.get("confidence-grades")
    uses = [citation.evidence for citation in case.rows(Citation) if citation.used]
    rungs = [(grade, str(ladder.value(f"grades/{grade}/wording"))) for grade in range(1, 7)]
    rows: list[Row] = []
    for grade, wording in (*rungs, (None, "Not graded yet")):
        found = [item for item in items if item.grade == grade]
        if grade is None and not found:
            continue
        rows.append(
            {
                "grade": str(grade) if grade else "none",
                "wording": wording,
                "items": len(found),
                "uses": sum(item.grade == grade for item in uses),
            }
        )
    ungraded = [item.title for item in items if not item.grade]
    return Result(
        headline=_grades_headline(items, uses),
        columns=(
            Column("grade", "Grade", "words"),
            Column("wording", "What it means"),
            Column("items", "Items of evidence", "items"),
            Column("uses", "Values that rest on them", "values"),
        ),
        rows=tuple(rows) if items else (),
        value=len(items) if items else None,
        value_column="items",
        parameters={"ladder": ladder.name},
        warnings=(
            (f"The ladder is to be confirmed at its source: {ladder.source}.",) if ladder.confirm else ()
        ),
        waiting=tuple(f"a grade for “{title}”" for title in ungraded)
        or (() if items else ("the evidence that the figures rest on",)),
    )


def _grades_headline(items: list[Evidence], uses: list[Evidence]) -> str:
    if not items:
        return "No evidence has been entered yet"
    if not uses:
        return f"No value uses the {show.count(len(items), 'item')} of evidence yet"
    weak = sum(item.grade in (5, 6) for item in uses)
    return (
        f"{weak:,} of {show.count(len(uses), 'value')} in use {'rests' if weak == 1 else 'rest'} "
        f"on the weakest evidence, grades 5 and 6"
    )
