"""The report as one HTML file: accessible, offline, no script, readable from 320 px to paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from importlib.resources import files

from wayforward.report.typeset import nodes, pandoc
from wayforward.report.typeset.body import body
from wayforward.report.typeset.document import (
    Block,
    Callout,
    Document,
    Figure,
    Heading,
    Node,
    Table,
    anchor,
    long_date,
)
from wayforward.report.typeset.figures import picture
from wayforward.report.typeset.fonts import web_faces
from wayforward.report.typeset.layout import SetCell, SetColumn, SetTable, lay_out
from wayforward.report.typeset.numbering import Entry, Numbered

# About what a phone 320 px wide has room for, in ems of table type.
SHORT_TEXT = 24  # letters: a longer text needs more than the room of its longest word
SHORT_WORD = 12
NARROW_SCREEN_EMS = 17.0
_SHADES = {f"shade-{level}" for level in range(1, 6)}


def write(numbered: Numbered) -> bytes:
    """The whole file."""
    document = numbered.document
    return _PAGE.format(
        language=escape(document.language),
        title=_line(document.title),
        style=_style(),
        head=_head(document),
        contents=_contents(numbered.contents),
        main=part(numbered, document.blocks),
        foot=_foot(document),
    ).encode()


def part(numbered: Numbered, blocks: Sequence[Block]) -> str:
    """Some of a document's blocks, to stand in a page."""
    some = replace(numbered, document=replace(numbered.document, blocks=tuple(blocks)))
    tree = nodes.kept_whole(body(some, _Html()), "html", '<span class="whole">{}</span>')
    return _labelled(pandoc.write(tree, "html5", numbered.document.date).decode())


@cache
def _style() -> str:
    return web_faces() + (files("wayforward.report.typeset") / "report.css").read_text(encoding="utf-8")


def _line(text: str) -> str:
    return escape(" ".join(nodes.clean(text).split()))


def _lines(text: str) -> str:
    return escape(nodes.clean(text)).replace("\n", "<br>")


def _head(document: Document) -> str:
    facts = [
        ("Version", document.version),
        ("Date", long_date(document.date)),
        ("Status", document.status),
        ("Handling", document.marking),
    ]
    told = "".join(f"<div><dt>{name}</dt><dd>{_line(value)}</dd></div>" for name, value in facts if value)
    subtitle = f'<p class="subtitle">{_line(document.subtitle)}</p>' if document.subtitle else ""
    notice = f'<p class="notice">{_line(document.notice)}</p>' if document.notice else ""
    draft = '<p class="draft">Draft</p>' if document.draft else ""
    return f"{draft}<h1>{_line(document.title)}</h1>{subtitle}<dl>{told}</dl>{notice}"


def _foot(document: Document) -> str:
    told = [
        document.title,
        f"Version {document.version}" if document.version else "",
        long_date(document.date),
        document.status,
        document.marking,
        document.notice,
    ]
    return f"<p>{' · '.join(_line(one) for one in told if one)}</p>"


def _contents(entries: Sequence[Entry]) -> str:
    """The contents list: sub-sections stand in the list of their section."""
    groups: list[list[Entry]] = []
    for entry in entries:
        if entry.level == 1 or not groups:
            groups.append([])
        groups[-1].append(entry)
    return "".join(_group(group) for group in groups)


def _group(group: list[Entry]) -> str:
    inner = "".join(f"<li>{_entry(entry)}</li>" for entry in group[1:])
    return f"<li>{_entry(group[0])}{f'<ol>{inner}</ol>' if inner else ''}</li>"


def _entry(entry: Entry) -> str:
    number = f'<span class="number">{escape(entry.number)}</span> ' if entry.number else ""
    return f'<a href="#{entry.anchor}">{number}<span>{_line(entry.text)}</span></a>'


def _labelled(main: str) -> str:
    """Name pandoc's footnotes section for those who move by landmark."""
    return main.replace(
        'class="footnotes footnotes-end-of-document" role="doc-endnotes">\n<hr />',
        'class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<h2>Footnotes</h2>',
    )


class _Html:
    """The parts of the body that are written here and not by pandoc."""

    def heading(self, heading: Heading) -> list[Node]:
        number = f'<span class="number">{escape(heading.number)}</span> ' if heading.number else ""
        level = heading.level + 1
        name = anchor(heading.id)
        return [_raw(f'<h{level} id="{name}">{number}<span>{_line(heading.text)}</span></h{level}>')]

    def table(self, table: Table, label: str) -> list[Node]:
        return [_raw(table_html(table, label))]

    def figure(self, figure: Figure, label: str) -> list[Node]:
        return [_raw(_figure(figure, label))]

    def lead(self, paragraph: Node) -> list[Node]:
        return [nodes.styled([paragraph], "lead", "")]

    def callout(self, callout: Callout) -> list[Node]:
        return [_raw(f'<p class="callout">{_lines(callout.text)}</p>')]

    def contents(self) -> list[Node]:
        return []

    def page_break(self) -> list[Node]:
        return [_raw('<div class="page-break"></div>')]

    def prose_table(self, node: Node) -> Node:
        pairs = [("role", "region"), ("tabindex", "0"), ("aria-label", "Table")]
        return {"t": "Div", "c": [nodes.attributes("", ["scroll", "in-prose"], pairs), [node]]}

    def link(self, node: Node) -> Node:
        return node


def _raw(text: str) -> Node:
    return nodes.raw_block("html", text)


def _caption(label: str, caption: str) -> str:
    shown = f'<span class="label">{label}</span> ' if label else ""
    return f"{shown}{_line(caption)}"


def table_html(table: Table, label: str) -> str:
    """A table in its own scrolling region, with its notes and source below."""
    laid = lay_out(table, breaks=False)
    unit = f' <span class="unit">{_line(laid.unit)}</span>' if laid.unit else ""
    name = anchor(table.id)
    caption = f'<caption id="{name}-caption"><span>{_caption(label, table.caption)}{unit}</span></caption>'
    head = "".join(map(_head_cell, laid.columns))
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in laid.rows)
    # Only a region that scrolls may take a keyboard stop.
    wide = laid.narrowest > NARROW_SCREEN_EMS or len(laid.columns) > 3
    region = f' role="region" tabindex="0" aria-labelledby="{name}-caption"' if wide else ""
    scaled = f' style="--least:{_least(laid)}em"' if wide else ""
    return (
        f'<div class="table" id="{name}"><div class="scroll"{region}><table{scaled}>{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{_notes(laid)}</div>"
    )


def _head_cell(column: SetColumn) -> str:
    if not column.title:
        return "<td></td>"
    unit = f' <span class="unit">{_lines(column.unit)}</span>' if column.unit else ""
    return f'<th scope="col"{_side(column.align)}>{_lines(column.title)}{unit}</th>'


def _least(laid: SetTable) -> int:
    wordy = sum(
        max((len(row[place].text) for row in laid.rows), default=0) > SHORT_TEXT
        for place, column in enumerate(laid.columns)
        if column.align == "left"
    )
    return round(laid.narrowest + len(laid.columns) + 4 * wordy)


def _side(align: str) -> str:
    return ' class="right"' if align == "right" else ""


def _cell(cell: SetCell) -> str:
    text = _lines(cell.text)
    if cell.link:
        to = cell.link if nodes.outside(cell.link) else f"#{anchor(cell.link)}"
        text = f'<a href="{escape(to)}">{text}</a>'
    if cell.emphasis == "illustrative":
        text += '<span class="open" aria-hidden="true"> ○</span><span class="unseen"> illustrative'
        text += "</span>"
    if cell.note:
        text += f'<sup class="mark">{cell.note}</sup>'
    classes = ["right"] if cell.align == "right" else []
    if len(cell.text) <= SHORT_WORD and not re.search(r"\s", cell.text):
        classes.append("whole")  # 2012-13 and EVD-001: a browser would part them at the hyphen
    if cell.emphasis in ("strong", "muted", *_SHADES):
        classes.append(cell.emphasis)
    shown = f' class="{" ".join(classes)}"' if classes else ""
    name = f' id="{anchor(cell.id)}"' if cell.id else ""
    return f'<th scope="row"{name}{shown}>{text}</th>' if cell.header else f"<td{name}{shown}>{text}</td>"


def _notes(laid: SetTable) -> str:
    rows = [f"<p>{_mark(mark)}{_lines(text)}</p>" for mark, text in laid.notes]
    if laid.source_note:
        rows.append(f"<p>{_source(laid.source_note)}</p>")
    return f'<div class="notes">{"".join(rows)}</div>' if rows else ""


def _mark(mark: str) -> str:
    return f"<sup>{mark}</sup> " if mark.isalpha() else f"{mark} " if mark else ""


def _source(text: str) -> str:
    return f'<span class="label">Source:</span> {_lines(text.removeprefix("Source: "))}'


def _figure(figure: Figure, label: str) -> str:
    name = anchor(figure.id)
    drawn = picture(figure.svg, name).svg
    drawn = drawn.replace("<svg ", f'<svg role="img" aria-labelledby="{name}-alt" focusable="false" ', 1)
    open_end = drawn.index(">") + 1
    drawn = f'{drawn[:open_end]}<title id="{name}-alt">{_line(figure.alt)}</title>{drawn[open_end:]}'
    data = ""
    if figure.table:
        inner = table_html(
            Table(
                f"{label} data: {figure.caption}",
                f"{name}-data",
                figure.table.columns,
                figure.table.rows,
                figure.table.notes,
                figure.table.source_note,
                figure.table.row_headers,
            ),
            "",
        )
        data = f"<details><summary>Data for {label}</summary>{inner}</details>"
    source = f'<div class="notes"><p>{_source(figure.source_note)}</p></div>'
    return (
        f'<figure id="{name}"><figcaption id="{name}-caption">{_caption(label, figure.caption)}'
        f'</figcaption><div class="scroll picture" role="region" tabindex="0" '
        f'aria-labelledby="{name}-caption">{drawn}</div>'
        f"{source if figure.source_note else ''}{data}</figure>"
    )


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
img-src data:; font-src data:; base-uri 'none'; form-action 'none'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="masthead">{head}</header>
<div class="columns">
<nav aria-label="Contents"><h2>Contents</h2><ol>{contents}</ol></nav>
<main id="main" tabindex="-1">
{main}
</main>
</div>
<footer>{foot}</footer>
</body>
</html>
"""
