"""Texts that would be slow to read are refused before they are; nothing here depends on how long anything takes.

The texts are the slowest that were found for the reader of Markdown, among some eighty made by hand and some hundreds
drawn at random; each has 28,000 characters, as a section may. What people write is far below every limit.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.report.typeset.sample import SampleQuotes
from wayforward.report.typeset import bounds, narrative, pandoc
from wayforward.report.typeset.document import Narrative, Node, TooMuch
from wayforward.report.typeset.narrative import Reading, read_narratives

LENGTH = 28_000
CASE = Path(__file__).parents[3] / "cases" / "west-midlands-2012" / "sections"


def filled(part: str, length: int = LENGTH) -> str:
    return (part * (length // len(part) + 1))[:length]


HALF = LENGTH // 2
WORST = {
    "emphasis begun": filled("*a "),
    "emphasis without a space": filled("a*"),
    "strong without a space": filled("a**b"),
    "underlines": filled("_a "),
    "two kinds of emphasis that cross": filled("*a_ "),
    "emphasis begun, then ended": filled("*a ", HALF) + filled("a* ", HALF),
    "letters of other scripts": filled("é*a "),
    "emphasis and round brackets": filled("*("),
    "brackets inside one another": "[" * HALF + "]" * HALF,
    "pictures inside one another": "![" * (LENGTH // 3) + "]" * (LENGTH // 3),
    "links in emphasis": filled("*[a](b) "),
    "links that are not closed": filled("[a](b"),
    "brackets, then signs of tables": filled("](b)][\n'[]", HALF) + filled("|][", HALF),
    "brackets back to front": filled("]][[]"),
    "calls of footnotes": filled("=-a", HALF) + filled("#*[^1]", HALF),
    "quotations inside one another, then lines that go on": filled(">", HALF) + filled('"\n|-', HALF),
    "quotations with spaces": filled("> ") + "a",
    "lists inside one another on a line": filled("- ") + "a",
    "numbered lists on a line": filled("1. ") + "a",
    "lists on each line deeper": "\n".join("  " * place + "- a" for place in range(165)),
    "a table of too many columns": "|" + "a|" * 3_000 + "\n|" + "-|" * 3_000 + "\n",
    "a table of too many cells": "|a|b|\n|-|-|\n" + filled("|a|b|\n"),
}


def read(text: str) -> Reading:
    return read_narratives([Narrative(text, "scope", "sections/scope.md")], SampleQuotes())


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_the_slowest_texts_are_refused_and_never_reach_the_reader(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def none_of_it(texts: Sequence[str]) -> list[Node]:
        asked.extend(texts)
        return []

    monkeypatch.setattr(narrative.pandoc, "read", none_of_it)
    reading = read(text)
    assert asked == [""]
    fault = reading.faults[0]
    assert fault.line >= 1
    assert "at most" in fault.allowed
    assert str(fault).startswith("sections/scope.md, line ")


def test_the_line_is_that_on_which_the_paragraph_begins() -> None:
    (fault,) = read("Before.\n\n" + filled("[a] ", 2_000) + "\n\nAfter.").faults
    assert (fault.line, fault.found) == (3, "1,000 marks (*, _, [ and ]) in one paragraph")


@pytest.mark.parametrize(
    "text",
    [
        filled("*a* ", 1_600),  # 800 marks
        "\n\n".join([filled("[a] ", 1_600)] * 16),
        "> " * 30 + "a",
        "\n".join("  " * place + "- a" for place in range(28)),
        "| a | b |\n|---|---|\n" + "| words | [](finding:spend) |\n" * 150,
        filled("A sentence of some words. ", LENGTH),
        filled("- a line of a list\n", LENGTH),
        filled("* * *\n\n", LENGTH),
    ],
    ids=["marks", "paragraphs", "quotations", "lists", "table", "sentences", "long list", "rules"],
)
def test_what_stands_at_the_limits_or_is_merely_long_is_not_refused(text: str) -> None:
    assert bounds.excesses(text) == []


@pytest.mark.parametrize("path", sorted(CASE.glob("*.md")), ids=lambda path: path.stem)
def test_what_people_write_is_far_below(path: Path) -> None:
    assert bounds.excesses(path.read_text(encoding="utf-8")) == []
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    assert max(sum(part.count(mark) for mark in "*_[]") for part in paragraphs) < bounds.MOST_MARKS / 4


def test_a_text_that_takes_too_long_all_the_same_is_told_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = pandoc.read

    def slow(texts: Sequence[str]) -> list[Node]:
        if any("slow" in text for text in texts):
            raise TooMuch("pandoc took over 15 seconds and was stopped.")
        return real(texts)

    monkeypatch.setattr(narrative.pandoc, "read", slow)
    told = [Narrative("Quick.", "one"), Narrative("The slow one.", "two")]
    reading = read_narratives(told, SampleQuotes())
    assert [(fault.section, fault.found) for fault in reading.faults] == [("two", bounds.TOO_LONG)]
    assert "shorter paragraphs" in reading.faults[0].allowed
    assert [len(blocks) for blocks in reading.blocks] == [1, 0]


def test_the_reader_is_ended_where_it_needs_too_much_time_or_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "MEMORY_TO_READ", "-M6m")
    with pytest.raises(TooMuch, match="memory"):
        pandoc.read([filled("a *b* c\n", LENGTH)])
    monkeypatch.undo()
    monkeypatch.setattr(pandoc, "SECONDS_TO_READ", 0)
    with pytest.raises(TooMuch, match="seconds"):
        pandoc.read(["Some words."])
