"""Annex D: the figures on which sources differ, each once, with what every source says of it."""

import re
from collections.abc import Sequence
from itertools import groupby

from wayforward.findings import show
from wayforward.findings.finding import Finding, Row
from wayforward.pages.present import source_line
from wayforward.report import blocks
from wayforward.report.typeset.document import Block, Column, Markdown, Table

CONFLICT, DIFFER = "conflict", "differ in "
SENTENCES = re.compile(r"(?<=[.;:])\s+(?=[A-Z])")


def disagreements(finding: Finding) -> tuple[Block, ...]:
    """The pairs of sources by figure; only the sources that truly conflict are named as a pair."""
    if not finding.rows:
        return (Markdown(f"{finding.headline}."),)
    by_figure = [list(rows) for _, rows in groupby(finding.rows, lambda row: (row["record"], row["field"]))]
    table = Table(
        caption=blocks.caption(finding),
        id=f"annex-{finding.key}",
        columns=(
            Column("Figure", width=1.5),
            Column("What the sources say", width=1.5),
            Column("In use", width=0.9),
            Column("Verdict", width=1.2),
            Column("Why", width=2.6),
        ),
        rows=tuple(_row(rows) for rows in by_figure),
        notes=finding.warnings,
        source_note=source_line(finding),
    )
    return (table,)


def _row(rows: Sequence[Row]) -> tuple[str, ...]:
    first = rows[0]
    said: dict[str, dict[str, None]] = {}
    for row in rows:
        for side in ("a", "b"):
            said.setdefault(str(row[f"value_{side}"]), {})[str(row[f"evidence_{side}"])] = None
    return (
        f"{first['name']}\n{first['field']}",
        "\n".join(f"{value}: {', '.join(sources)}" for value, sources in said.items()),
        str(first["used"]),
        _verdicts(rows),
        _why(rows),
    )


def _verdicts(rows: Sequence[Row]) -> str:
    """The pairs that truly conflict, and in what any of the others differ."""
    conflicts = [
        f"conflict: {r['evidence_a']} and {r['evidence_b']}" for r in rows if r["verdict"] == CONFLICT
    ]
    told = [str(row["verdict"]).removeprefix(DIFFER) for row in rows if row["verdict"] != CONFLICT]
    ways = dict.fromkeys(way for one in told for way in one.split(", "))
    return "\n".join([*dict.fromkeys(conflicts), *([DIFFER + ", ".join(ways)] if ways else [])])


def _why(rows: Sequence[Row]) -> str:
    """What is said of any of the pairs, each sentence once: a pair repeats what is said of each of its two."""
    sentences = (one for row in rows for one in SENTENCES.split(str(row["reason"] or "")))
    return " ".join(dict.fromkeys(one for one in sentences if one)) or show.UNKNOWN
