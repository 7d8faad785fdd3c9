"""Ids, and the checks that a document passes before it is set."""

from datetime import date

import pytest

from tests.report.typeset.sample import cost_figure, report
from wayforward.report.typeset.checks import check
from wayforward.report.typeset.document import (
    Block,
    Column,
    Document,
    DocumentFault,
    Figure,
    Heading,
    Table,
    anchor,
    long_date,
)


def test_anchor_is_safe_everywhere_and_keeps_apart_what_differs() -> None:
    assert anchor("Finding: Appraisal.NPSV") == "finding-appraisal-npsv"
    assert anchor("12") == "x-12"
    assert anchor("") == "x"
    assert anchor(anchor("A b")) == anchor("A b")
    long = "finding:appraisal.net_present_social_value?option="
    assert anchor(long + "a") != anchor(long + "b")
    assert len(anchor(long + "a")) <= 40
    assert anchor(anchor(long + "a")) == anchor(long + "a")


def test_dates_are_written_in_english() -> None:
    assert long_date(date(2013, 1, 5)) == "5 January 2013"
    assert long_date(date(2012, 12, 31)) == "31 December 2012"


def faults(*blocks: Block) -> str:
    with pytest.raises(DocumentFault) as told:
        check(Document("T", "", "1", date(2013, 1, 23), "Draft", "", blocks))
    return str(told.value)


def test_the_sample_passes() -> None:
    check(report())


def test_every_fault_is_told_at_once() -> None:
    figure = cost_figure("same")
    told = faults(
        Heading(1, "A", "same"),
        Heading(3, "Skipped", "skipped"),
        Table("C", "t", (Column("A"), Column("B")), (("1", "2"), ("1",))),
        Table("", "u", (Column("A"),), ()),
        Figure("Says this", "f", "Says this", figure.svg, figure.png),
        Figure("C", "g", "", figure.svg, b"GIF"),
        figure,
    )
    assert "the id same is used 2 times" in told
    assert "heading skipped: level 3 follows level 1; use 2" in told
    assert "table t, row 2: has 1 cells, but the table has 2 columns" in told
    assert "table u: needs a caption" in told
    assert "figure f: the alternative text repeats the caption" in told
    assert "figure g: needs alternative text" in told
    assert "figure g: needs a PNG" in told


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="file:///etc/passwd"/>', "<image>"),
        ('<rect onclick="alert(1)"/>', "onclick"),
        ('<a href="https://example.org"/>', "<a>"),
        ('<rect fill="javascript:x"/>', "fill"),
        ("<rect>", "can't be read"),
    ],
)
def test_a_picture_with_anything_active_is_refused(inner: str, reason: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'
    assert reason in faults(Figure("C", "f", "Alt.", svg, cost_figure().png))


def test_a_picture_with_a_document_type_is_refused() -> None:
    svg = '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'
    assert "declares a document type" in faults(Figure("C", "f", "Alt.", svg, cost_figure().png))
