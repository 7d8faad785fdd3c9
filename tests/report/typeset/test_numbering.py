"""Numbers and references: worked out by hand for a document of a dozen blocks."""

from copy import deepcopy
from datetime import date

import pytest

from tests.report.typeset.sample import cost_figure
from wayforward.report.typeset.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentFault,
    Heading,
    Markdown,
    Narrative,
    Prose,
    Table,
)
from wayforward.report.typeset.narrative import NarrativeFaults, NoQuotes, fill
from wayforward.report.typeset.nodes import plain
from wayforward.report.typeset.numbering import number, with_data_annex


def table(name: str, numbered: bool = True, cell: str | Cell = "x") -> Table:
    return Table("Caption", name, (Column("A"),), ((cell,),), numbered=numbered)


def document(*blocks: Block) -> Document:
    return Document("T", "", "1", date(2013, 1, 23), "Draft", "", blocks)


SAMPLE = (
    Heading(1, "Summary", "summary"),
    Heading(2, "Inside", "inside"),
    table("t1"),
    Heading(1, "Scope", "scope", "1"),
    Heading(2, "First", "first"),
    Heading(3, "Deep", "deep"),
    Heading(2, "Never", "never", ""),
    Heading(2, "Second", "second"),
    table("t2", numbered=False),
    cost_figure("f1"),
    table("t3"),
    Heading(1, "Evidence", "evidence", "A"),
    Heading(2, "Grades", "grades"),
)


def test_headings_and_captions_are_numbered_in_order() -> None:
    numbered = number(document(*SAMPLE))
    entries = [(one.level, one.number, one.text) for one in numbered.contents]
    assert entries == [
        (1, "", "Summary"),
        (2, "", "Inside"),
        (1, "1", "Scope"),
        (2, "1.1", "First"),
        (2, "", "Never"),
        (2, "1.2", "Second"),
        (1, "A", "Evidence"),
        (2, "A.1", "Grades"),
    ]
    assert dict(numbered.labels) == {"t1": "Table 1", "f1": "Figure 1", "t3": "Table 2"}


def test_the_data_annex_takes_the_next_letter() -> None:
    numbered = with_data_annex(number(document(*SAMPLE)))
    last = numbered.contents[-1]
    assert (last.number, last.text) == ("B", "Data behind the figures")
    data = numbered.document.blocks[-1]
    assert isinstance(data, Table)
    assert data.caption.startswith("Figure 1 data: ")
    assert data.id == "f1-data"


def test_without_figures_there_is_no_data_annex() -> None:
    numbered = number(document(Heading(1, "A", "a"), table("t")))
    assert with_data_annex(numbered) == numbered


def test_references_are_filled() -> None:
    text = "See [](#t3), [](#f1), [](#second), [](#grades), [](#summary) and [words](#t1)."
    numbered = number(fill(document(*SAMPLE, Markdown(text)), NoQuotes()))
    (prose,) = [block for block in numbered.document.blocks if isinstance(block, Prose)]
    assert plain(prose.nodes[0]["c"]) == (
        "See Table 2, Figure 1, section 1.2, annex A.1, “Summary” and words."
    )


def test_a_reference_to_nothing_is_a_fault_with_its_line() -> None:
    filled = fill(document(*SAMPLE, Narrative("a\n\nb [](#nowhere)", "scope", "s.md")), NoQuotes())
    with pytest.raises(NarrativeFaults, match=r"s\.md, line 3: found the reference #nowhere"):
        number(filled)


def test_a_link_in_a_cell_must_lead_somewhere() -> None:
    with pytest.raises(DocumentFault, match="#nowhere"):
        number(document(table("t", cell=Cell("x", link="nowhere"))))
    number(document(table("t", cell=Cell("x", link="https://example.org"))))
    number(document(table("t", cell=Cell("x", id="here")), table("u", cell=Cell("y", link="here"))))


def test_a_javascript_link_in_a_cell_is_no_link() -> None:
    with pytest.raises(DocumentFault):
        number(document(table("t", cell=Cell("x", link="javascript:alert(1)"))))


def test_numbering_leaves_the_prose_it_was_given_as_it_was() -> None:
    given = fill(document(*SAMPLE, Markdown("See [](#t3).")), NoQuotes())
    before = deepcopy(given)
    number(given)
    assert given == before
