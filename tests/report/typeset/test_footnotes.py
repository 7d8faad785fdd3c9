"""Footnotes that call footnotes are left as plain characters; pandoc itself never ends on the first of these."""

import pytest

from wayforward.report.typeset.document import Narrative
from wayforward.report.typeset.footnotes import INSIDE, MOST_CALLS, TOO_MANY, untangled
from wayforward.report.typeset.narrative import NoQuotes, read_narratives


def faults(text: str) -> list[tuple[int, str]]:
    reading = read_narratives([Narrative(text, "INT")], NoQuotes())
    return [(fault.line, fault.found) for fault in reading.faults]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[^1]: [^1] a\n\nx[^1]", 1),
        ("x[^1]\n\n[^1]: a\nb [^1]", 4),
        ("x[^1]\n\n[^1]: a\n\n    b [^1]", 5),
        ("x[^1]\n\n> [^1]: a [^1]", 3),
        ("x[^1]\n\n- [^1]: a\n\n      b [^1]", 5),
        ("x[^a b]\n\n[^a b]: y [^a b]", 3),
        ("x[^a\\]b]\n\n[^a\\]b]: y [^a\\]b]", 3),
        ("x[^1]\n\n[^1]: a \\\\[^1]", 3),
        ("x[^1]\n\n[^1]: y[^2]\n\n[^2]: z[^1]", 3),
    ],
)
def test_a_footnote_inside_a_footnote_is_a_fault_and_reading_ends(text: str, line: int) -> None:
    assert (line, INSIDE) in faults(text)


def test_footnotes_as_people_write_them_are_left_as_they_are() -> None:
    text = "One[^1] and two[^2].\n\n[^1]: First.\n[^2]: Second,\ngoes on.\n\nAfter[^1].\n"
    assert untangled(text) == (text, [])


def test_a_note_is_called_so_many_times_and_no_more() -> None:
    text = "\n".join(["a[^1]"] * (MOST_CALLS + 2)) + "\n\n[^1]: b"
    _, calls = untangled(text)
    assert [(call.line, call.found) for call in calls] == [
        (MOST_CALLS + 1, TOO_MANY),
        (MOST_CALLS + 2, TOO_MANY),
    ]


@pytest.mark.parametrize("text", [">" * 30_000 + " a", "- " * 200 + "a", "> " * 40 + "a"])
def test_what_nests_too_deep_is_a_fault_of_its_section_and_the_others_are_read(text: str) -> None:
    reading = read_narratives([Narrative(text, "BAD"), Narrative("Good words.", "GOOD")], NoQuotes())
    assert [fault.section for fault in reading.faults] == ["BAD"]
    assert [len(blocks) for blocks in reading.blocks] == [0, 1]
