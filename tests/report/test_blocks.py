"""Captions, registers and gaps in the report; the cases are a few rows and the words are by hand."""

import dataclasses

from tests.appraisal.town import Town, usual_town
from wayforward.exercise.models import Assumption, Decision, Gate
from wayforward.findings import Column, Finding, Findings
from wayforward.pages.labels import Labels
from wayforward.records.base import columns
from wayforward.report import blocks
from wayforward.report.compose import gaps
from wayforward.report.typeset.document import Bullets, Callout, Paragraph, Table, as_cell
from wayforward.report.typeset.document import Column as Head


def finding(town: Town, columns: tuple[Column, ...], rows: list[dict], **more: object) -> Finding:
    made = Findings(town.case(), keep=False)["appraisal.costs"]
    return dataclasses.replace(made, columns=columns, rows=tuple(rows), pivot=None, **more)


def test_a_register_says_that_it_is_partly_illustrative() -> None:
    town = usual_town()
    first = town.add(Assumption, "ASM-1", name="It holds", owner="Director")
    town.add(Assumption, "ASM-2", name="So does this", owner="Director")
    rows = town.tables[Assumption]
    assert blocks.register(town.case(), Assumption, rows, "x").caption == "Assumptions: 2 rows"
    town.cite(first, town.weak, used=False)
    assert blocks.register(town.case(), Assumption, rows, "x").caption == "Assumptions: 2 rows"
    town.cite(first, town.weak)  # grade 6, illustrative
    made = blocks.register(town.case(), Assumption, rows, "x")
    assert made.caption == "Assumptions: 2 rows (partly illustrative)"
    assert made.source_note == "Source: assumptions; evidence is cited for 1 of 2; worst grade 6 of 6."


def test_a_register_says_how_many_columns_are_left_out(monkeypatch) -> None:
    town = usual_town()
    town.add(Decision, "DEC-1", name="Go", decided_by="Board", decided_on=town.exercise.starts, reason="Need")
    rows = town.tables[Decision]
    whole = blocks.register(town.case(), Decision, rows, "x")
    assert [c.title for c in whole.columns] == ["Decision", "Decided by", "Decided on", "Reason"]
    assert "more column" not in whole.source_note
    monkeypatch.setattr(blocks, "MOST_COLUMNS", 2)
    cut = blocks.register(town.case(), Decision, rows, "x")
    assert [c.title for c in cut.columns] == ["Decision", "Decided by"]
    assert "2 more columns in the workbench" in cut.source_note


def test_a_column_that_says_no_is_not_blank() -> None:
    town = usual_town()
    answers = [f.name for f in columns(Gate) if type(f).__name__ == "YesNo"]
    town.add(Gate, "GAT-1", name="First", **dict.fromkeys(answers, False))
    (row,) = blocks.register(town.case(), Gate, town.tables[Gate], "x").rows
    assert [as_cell(cell).text for cell in row] == ["First", *("no" for _ in answers)]


def test_a_filtered_table_says_what_it_shows() -> None:
    town = usual_town()
    told = (
        Column("option", "Option", refers="option"),
        Column("verdict", "Verdict"),
        Column("late", "Known only later", "yes or no"),
        Column("year", "Year", "financial year"),
    )
    rows = [
        {"option": "A", "verdict": "conflict", "late": True, "year": 2013},
        {"option": "A", "verdict": None, "late": False, "year": 2014},
        {"option": "BAU", "verdict": "conflict", "late": False, "year": 2013},
    ]
    whole = finding(town, told, rows, title="Figures", headline="3 figures differ", warnings=("Beware",))
    label = Labels(town.case())

    def caption(**criteria: str) -> str:
        return blocks.table(blocks.only(whole, criteria, label), label, "x").caption

    assert blocks.table(whole, label, "x").caption == "3 figures differ, 2012-13 prices"
    assert caption(verdict="conflict") == "Figures (verdict: conflict): 2 rows, 2012-13 prices"
    assert caption(verdict="") == "Figures (verdict: not known): 1 row, 2012-13 prices"
    assert caption(late="yes") == "Figures (known only later: yes): 1 row, 2012-13 prices"
    assert caption(option="A", year="2014") == "Figures (option: A; year: 2014-15): 1 row, 2012-13 prices"
    assert blocks.table(whole, label, "x").notes == ("Beware",)
    assert blocks.table(blocks.only(whole, {"late": "no"}, label), label, "x").notes == ()


def test_up_to_six_gaps_are_one_sentence_and_more_are_a_list() -> None:
    assert blocks.waiting([]) == ()
    assert blocks.waiting(["a", "b", "a"]) == (Callout("Waiting for a; b."),)
    six, seven = list("abcdef"), list("abcdefg")
    assert blocks.waiting(six) == (Callout("Waiting for a; b; c; d; e; f."),)
    assert blocks.waiting(seven) == (Callout("Waiting for:"), Bullets(tuple(f"{one}." for one in seven)))


def test_a_table_without_rows_says_what_it_waits_for() -> None:
    bare = finding(usual_town(), (), [], title="Cost", waiting=("amounts",))
    assert blocks.waiting_here(bare) == (Callout("Waiting for amounts."),)
    many = dataclasses.replace(bare, waiting=tuple("abcdefg"))
    assert blocks.waiting_here(many) == (
        Callout("Cost: waiting for 7 things, each named at the end of this section."),
    )
    none = dataclasses.replace(bare, waiting=())
    assert blocks.waiting_here(none) == (Callout("Waiting for cost."),)


def test_many_gaps_that_a_table_shows_are_told_as_one() -> None:
    told = finding(usual_town(), (Column("option", "Option"),), [{"option": "A"}], title="Cost")
    few, many = tuple("abcdef"), tuple("abcdefg")
    assert gaps(dataclasses.replace(told, waiting=few)) == few
    assert gaps(dataclasses.replace(told, waiting=many)) == ("what would fill the 7 gaps in “Cost”",)
    assert gaps(dataclasses.replace(told, rows=(), waiting=many)) == many  # nothing shows them


def test_a_note_of_a_section_is_told_once() -> None:
    def noted(*notes: str) -> Table:
        return Table("C", "t", (Head("A"),), (("x",),), notes)

    prose = Paragraph("Between.")
    body = [noted("Likely amounts.", "By analogy."), prose, noted("By analogy.", "In cash."), noted("New.")]
    first, between, second, third = blocks.each_note_once(body)
    assert (first, between, third) == (body[0], prose, body[3])
    assert isinstance(second, Table)
    assert second.notes == ("In cash.", blocks.TOLD_ABOVE)
