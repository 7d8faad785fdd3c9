"""Narrative: what is quoted, what is refused with its line, and what is left out."""

import json
from collections.abc import Sequence

import pytest

from tests.report.typeset.sample import SampleQuotes
from wayforward.report.typeset import narrative, pandoc
from wayforward.report.typeset.document import Block, Heading, Markdown, Narrative, Node, Prose, Table
from wayforward.report.typeset.narrative import NarrativeFault, Reading, read_narratives


def read(*texts: str, section: str = "scope") -> Reading:
    told = [Narrative(text, section, f"narrative/{section}.md") for text in texts]
    return read_narratives(told, SampleQuotes())


def prose(blocks: tuple[Block, ...]) -> list[Node]:
    return [node for block in blocks if isinstance(block, Prose) for node in block.nodes]


def kinds(reading: Reading) -> str:
    return json.dumps([prose(blocks) for blocks in reading.blocks])


def found(faults: tuple[NarrativeFault, ...]) -> list[tuple[int, str]]:
    return [(fault.line, fault.found) for fault in faults]


def test_inline_quote_is_a_link_to_its_figure_with_its_source() -> None:
    reading = read("The force spends [](finding:spend) a year.")
    assert reading.faults == ()
    link, note = prose(reading.blocks[0])[0]["c"][6:8]
    assert link["t"] == "Link"
    assert link["c"][2][0] == "#used-0"
    assert link["c"][1] == [{"t": "Str", "c": "£21.4m"}]
    assert note["t"] == "Note"


def test_a_quote_keeps_the_words_of_its_link() -> None:
    reading = read("It is [what we spend](finding:spend).")
    assert '"what"' in kinds(reading)
    assert "21.4" not in kinds(reading)


def test_the_same_source_is_noted_once_in_a_paragraph() -> None:
    reading = read("From [](finding:spend) to [](finding:spend).\n\nThen [](finding:spend).")
    assert kinds(reading).count('"Note"') == 2


def test_block_quote_stands_between_the_prose() -> None:
    (blocks,) = read("Before.\n\n![](finding:gaps)\n\nAfter.").blocks
    assert [type(block) for block in blocks] == [Prose, Table, Prose]


def test_the_words_in_the_brackets_of_a_block_are_its_caption() -> None:
    class Told(SampleQuotes):
        def block(self, target: str, caption: str = "") -> Sequence[Block]:
            captions.append(caption)
            return super().block(target, caption)

    captions: list[str] = []
    texts = ("![](finding:gaps)", "![Where *mobile*\ndata stands](finding:gaps)", "![All 12](finding:gaps)")
    reading = read_narratives([Narrative(text, "scope") for text in texts], Told())
    assert captions == ["", "Where mobile data stands", "All 12"]
    assert found(reading.faults) == [(1, "'12'")]  # a figure is no more typed here than elsewhere


def test_faults_of_all_narratives_come_at_once_with_their_lines() -> None:
    reading = read(
        "Line one.\n\nIt costs £3.2m and\nalso 63% of it.\n\n- one [](finding:none)\n",
        "# Heading 12\n\n![](finding:none)\n\n> ![](finding:gaps)\n\n| a |\n|---|\n| 77 |\n",
        "Words[^1] and `4 things`.\n\n[^1]: Costs 5 pounds, p. 7.\n",
    )
    assert found(reading.faults) == [
        (3, "'£3.2m'"),
        (4, "'63%'"),
        (6, "the quote finding:none"),
        (1, "'12'"),
        (3, "the quote finding:none"),
        (5, "the quote finding:gaps inside a list, quotation or table"),
        (9, "'77'"),
        (1, "'4'"),
        (3, "'5'"),
    ]
    assert str(reading.faults[0]).startswith("narrative/scope.md, line 3: found '£3.2m'; quote a")


def test_a_fault_names_the_section_where_there_is_no_file() -> None:
    (fault,) = read_narratives([Narrative("It costs £3m.", "scope")], SampleQuotes()).faults
    assert str(fault).startswith("section scope, line 1: found '£3m'")


def test_a_block_quote_inside_a_sentence_is_refused() -> None:
    (fault,) = read("See ![](finding:gaps) here.").faults
    assert fault.line == 1
    assert "in the middle of a paragraph" in fault.found


def test_the_programs_own_prose_may_hold_figures() -> None:
    assert read_narratives([Markdown("It costs £3.2m.")], SampleQuotes()).faults == ()


def test_addresses_are_no_figures() -> None:
    text = "See <https://example.org/2012/a63> and [it](https://example.org/77)."
    assert read(text).faults == ()


def test_headings_follow_one_another_whatever_they_start_from() -> None:
    (blocks,) = read("### First\n\ntext\n\n##### Deeper\n\ntext\n\n### Third\n").blocks
    headings = [block for block in blocks if isinstance(block, Heading)]
    assert [(one.level, one.text) for one in headings] == [(2, "First"), (3, "Deeper"), (2, "Third")]


def test_equal_headings_get_ids_of_their_own() -> None:
    reading = read("# Same\n", "# Same\n")
    ids = [block.id for blocks in reading.blocks for block in blocks if isinstance(block, Heading)]
    assert len(set(ids)) == 2


def test_texts_do_not_leak_into_one_another() -> None:
    reading = read("```\nopen fence", "Plain[^1] [a]\n\n[^1]: mine", "Other[^1] [a]\n\n[a]: https://b.org")
    first, second, third = reading.blocks
    assert [node["t"] for node in prose(first)] == ["CodeBlock"]
    assert "mine" in json.dumps(prose(second))
    assert "Note" not in json.dumps(prose(third))
    assert "Link" not in json.dumps(prose(second))


def test_all_are_read_with_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    real = pandoc.read

    def counted(texts: list[str]) -> list[Node]:
        calls.append(len(texts))
        return real(texts)

    monkeypatch.setattr(narrative.pandoc, "read", counted)
    read("one", "two", "three")
    assert calls == [3]


HOSTILE = {
    "script block": "<script>alert(1)</script>\n\ntext",
    "script inline": "a <script>alert(1)</script> b <img src=x onerror=alert(1)> c",
    "javascript link": "[a](javascript:alert(1)) [b](JAVASCRIPT:x) [c](java%0ascript:x)",
    "data link": "[a](data:text/html;base64,PHNjcmlwdD4=) [b](vbscript:x)",
    "file link": "[a](file:///etc/passwd) [b](/etc/passwd) [c](../x)",
    "file image": "![a](/etc/passwd) ![b](https://example.org/a.png) ![c](data:image/png;base64,x)",
    "raw typst": '```{=typst}\n#read("/etc/passwd")\n```\n\n`#read("x")`{=typst}',
    "raw openxml": "```{=openxml}\n<w:p/>\n```",
    "nul": "a\x00b\x0b\x1b[31m \ufffe",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_markdown_leaves_nothing_active(text: str) -> None:
    reading = read_narratives([Markdown(text)], SampleQuotes())
    told = kinds(reading)
    for active in ('"RawBlock"', '"RawInline"', '"Image"', '"Link"', "\\u0000", "\\u001b"):
        assert active not in told


def test_what_was_left_out_is_told_with_its_line() -> None:
    (one,) = read("Text.\n\n[words](javascript:alert) stay").dropped
    assert (one.section, one.line) == ("scope", 3)
    assert "javascript:alert" in one.what


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Text.\n\n<div>lost words</div>\n\nMore.", 3, "<div>lost words</div>"),
        ("One\ntwo <b>bold</b>.", 2, "<b>"),
        ("Text.\n\n<!-- a note to myself -->", 3, "a note to myself"),
        ("Text.\n\n![alone](https://example.org/a.png)", 3, "an image"),
        ("Text.\n\n#\n\nMore.", 3, "a heading without text"),
        ("Text.\n\n[^lost]: Words that nobody calls.", 3, "a footnote that nothing calls"),
    ],
)
def test_nothing_that_is_left_out_is_left_out_in_silence(text: str, line: int, words: str) -> None:
    first = read_narratives([Markdown(text)], SampleQuotes()).dropped[0]
    assert first.line == line
    assert words in first.what


def test_a_footnote_that_is_called_is_not_told_as_left_out() -> None:
    text = "Text[^One], and more[^two].\n\n[^one]: First.\n\n[^two]: Second.\n"
    assert read(text).dropped == ()


def test_addresses_are_encoded() -> None:
    (blocks,) = read('[a](<https://example.org/"#&x\\y z>)').blocks
    address = prose(blocks)[0]["c"][0]["c"][2][0]
    assert not set('"\\ <>') & set(address)
    assert address.startswith("https://example.org/%22#&x")
