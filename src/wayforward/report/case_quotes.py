"""What narrative may quote from a case: findings by key, and fields of records."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from wayforward.findings import Findings, UnknownFinding, show
from wayforward.findings.finding import Column, Finding
from wayforward.pages import charts
from wayforward.pages.describe import field_text
from wayforward.pages.labels import Labels
from wayforward.pages.pictures import Picture
from wayforward.records.base import columns
from wayforward.report import blocks
from wayforward.report.typeset.document import Block, Callout
from wayforward.report.typeset.quotes import InlineQuote, UnknownQuote
from wayforward.report.withholding import WITHHELD, is_withheld, left_out, withheld

# Set after a value that rests on made-up evidence; the report says so at the foot of each page.
ILLUSTRATIVE_MARK = "°"
BLOCK = re.compile(r"!\[[^\]]*\]\(finding:([^)?\s]+)\??([^)\s]*)\)")
GRID_COLUMNS = 3  # down, across, inside


class CaseQuotes:
    """Fills the quotes of a case's narrative, and remembers which findings and fields were quoted."""

    def __init__(self, findings: Findings, label: Labels, pictures: dict[str, Picture]) -> None:
        self._findings = findings
        self._label = label
        self._pictures = pictures
        self._times: dict[str, int] = {}
        self.quoted: dict[str, None] = {}
        self.fields: dict[tuple[str, str], None] = {}  # reference of a record, name of its field

    def inline(self, target: str) -> InlineQuote:
        """A value: of a finding (a row of it chosen by its columns), or of a record's field."""
        kind, _, rest = target.partition(":")
        if kind == "finding":
            return self._value(rest)
        if kind == "record":
            return self._field(rest)
        raise UnknownQuote(f"a quote begins with finding: or record:, not {kind!r}")

    def block(self, target: str, caption: str = "") -> Sequence[Block]:
        """A finding's figure where it has a chart, else its table; its caption is the headline if none is given.

        ?as=table asks for the table; columns= and grid= shape it, or with as=figure the data behind the figure.
        """
        kind, _, rest = target.partition(":")
        if kind == "records":
            return self._register(rest, caption)
        if kind != "finding":
            raise UnknownQuote("a table or figure is quoted as finding:KEY, a register as records:TABLE")
        key, criteria = _parse(rest)
        form, columns, grid = (criteria.pop(name, "") for name in ("as", "columns", "grid"))
        if form not in ("", "table", "figure"):
            raise UnknownQuote(f"as={form}: a finding is shown as table or as figure")
        finding = self._finding(key)
        if withheld(finding):
            return (Callout(f"{finding.title}: {WITHHELD}."),)
        for name in criteria:
            self._column(finding, name)
        chosen = blocks.only(finding, criteria, self._label) if criteria else finding
        if not chosen.rows:
            return blocks.waiting_here(finding)
        chosen, left_out = self._shaped(replace(chosen, headline=caption or chosen.headline), columns, grid)
        drawn = not criteria and (form == "figure" or not (form or columns or grid))
        picture = self._pictures.get(key) if drawn else None
        # A chart with nothing known to draw is shown as its table, and what it lacks is told.
        if form == "figure" and picture is None and (criteria or key not in charts.drawn()):
            raise UnknownQuote(
                f"{key} has no figure{' of some rows' if criteria else ''}; quote it as a table"
            )
        id = self._id(key)
        made: Block = (
            blocks.figure(chosen, self._label, picture, id, left_out)
            if picture
            else blocks.table(chosen, self._label, id, left_out=left_out)
        )
        return (made,)

    def _shaped(self, finding: Finding, columns: str, grid: str) -> tuple[Finding, int]:
        """The finding with the columns asked for, or as the grid asked for; and how many columns are left out."""
        if columns and grid:
            raise UnknownQuote("columns= and grid= don't go together: a grid names its own three columns")
        if columns:
            names = columns.split(",")
            return blocks.narrowed(finding, [self._column(finding, name).name for name in names])
        if not grid:
            return finding, 0
        names = [self._column(finding, name).name for name in grid.split(",")]
        if len(names) != GRID_COLUMNS:
            raise UnknownQuote(f"grid={grid}: name the column down, the column across and the one inside")
        try:
            return blocks.gridded(finding, *names), 0
        except ValueError as error:
            raise UnknownQuote(f"{error}: choose among them by a column more") from None

    def _register(self, stem: str, caption: str) -> Sequence[Block]:
        """Every record of one table, as people entered it."""
        model = next((m for m in self._findings.case.models() if m.stem == stem), None)
        if model is None:
            raise UnknownQuote(f"there is no table {stem!r} in a case folder")
        rows = self._findings.case.rows(model)
        if not rows and left_out(self._findings.case, model):
            return (Callout(f"{model.plural().capitalize()}: {WITHHELD}."),)
        if not rows:
            return blocks.waiting((f"the {model.plural()}",))
        return (blocks.register(self._findings.case, model, rows, self._id(f"records-{stem}"), caption),)

    def _finding(self, key: str) -> Finding:
        try:
            finding = self._findings[key]
        except UnknownFinding as error:
            raise UnknownQuote(str(error)) from None
        self.quoted[key] = None
        return finding

    def _value(self, target: str) -> InlineQuote:
        key, criteria = _parse(target)
        finding = self._finding(key)
        name = criteria.pop("column", "")
        if withheld(finding):
            return InlineQuote(WITHHELD, anchor=anchor(key))
        if name == "headline" and not criteria:
            return InlineQuote(finding.headline, anchor=anchor(key))
        if not criteria and not name:
            if not finding.rows:
                return self._quote(finding, show.show(finding.value, finding.unit))
            if finding.value is not None:
                return self._quote(finding, show.show(finding.value, finding.unit))
            raise UnknownQuote(
                f"{key} has several values; choose one, as in finding:{key}?{_example(finding)}"
            )
        column = self._column(finding, name or finding.value_column)
        for one in criteria:
            self._column(finding, one)
        rows = blocks.filtered(finding, criteria)
        if len(rows) > 1:
            raise UnknownQuote(f"{key} has {len(rows)} rows for {criteria}; name more of its columns")
        if not rows:
            if finding.rows:
                raise UnknownQuote(f"{key} has no row for {criteria}")
            return InlineQuote(show.UNKNOWN, anchor=anchor(key))
        value = rows[0].get(column.name)
        if column.refers and value:
            return self._quote(finding, self._label(column.refers, str(value)))
        return self._quote(finding, show.show(value, column.unit))

    def _quote(self, finding: Finding, text: str) -> InlineQuote:
        mark = ILLUSTRATIVE_MARK if finding.illustrative and text != show.UNKNOWN else ""
        return InlineQuote(f"{text}{mark}", anchor=anchor(finding.key))

    def _column(self, finding: Finding, name: str) -> Column:
        try:
            return finding.column(name)
        except StopIteration:
            known = ", ".join(column.name for column in finding.columns)
            raise UnknownQuote(f"{finding.key} has no column {name!r}; it has {known}") from None

    def _field(self, target: str) -> InlineQuote:
        reference, _, name = target.partition("/")
        record = self._findings.case.get(reference)
        if is_withheld(self._findings.case, reference):
            return InlineQuote(WITHHELD)
        if record is None:
            raise UnknownQuote(f"there is no record {reference!r} in this case")
        field = next((f for f in columns(type(record)) if f.name == name), None)
        if field is None:
            known = ", ".join(f.name for f in columns(type(record)))
            raise UnknownQuote(f"{reference} has no field {name!r}; it has {known}")
        self.fields[reference, name] = None
        text = field_text(record, field)
        cited = self._findings.case.evidence_for(record, name)
        made_up = any(item.illustrative for item in cited) and text != show.UNKNOWN
        return InlineQuote(
            f"{text}{ILLUSTRATIVE_MARK}" if made_up else text, anchor=field_anchor(reference, name)
        )

    def _id(self, key: str) -> str:
        """An id for a block: the same finding may be shown twice."""
        self._times[key] = self._times.get(key, 0) + 1
        return f"show-{key}" if self._times[key] == 1 else f"show-{key}-{self._times[key]}"


def figures_quoted(body: str) -> set[str]:
    """The keys of the findings that a text may show as figures: drawing the others would be for nothing."""
    return {key for key, query in BLOCK.findall(body) if not query or ("as", "figure") in parse_qsl(query)}


def anchor(key: str) -> str:
    """The id of a finding's row in the annex."""
    return f"figure-{key}"


def field_anchor(reference: str, name: str) -> str:
    """The id of a quoted field's row in the annex."""
    return f"field-{reference}-{name}"


def _parse(target: str) -> tuple[str, dict[str, str]]:
    key, _, query = target.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    if len(dict(pairs)) != len(pairs):
        raise UnknownQuote(f"{target} names a column twice")
    return key, dict(pairs)


def _example(finding: Finding) -> str:
    first = finding.columns[0].name if finding.columns else "column"
    return f"{first}={finding.rows[0].get(first)}" if finding.rows else first
