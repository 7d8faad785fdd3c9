"""What a quote may ask of a finding: columns, a grid, a caption; the town's figures are a few rows."""

import pytest

from tests.appraisal.town import usual_town
from wayforward.findings import Findings
from wayforward.pages.labels import Labels
from wayforward.pages.pictures import Picture
from wayforward.report.case_quotes import CaseQuotes, figures_quoted
from wayforward.report.typeset.document import Figure, Table, as_cell
from wayforward.report.typeset.quotes import UnknownQuote

NPSV = "finding:appraisal.npsv"
COSTS = "finding:appraisal.costs"
DRAWN = {"appraisal.npsv": Picture("<svg/>", b"", "A dot.", "{}")}


@pytest.fixture
def quotes() -> CaseQuotes:
    findings = Findings(usual_town().case(), keep=False)
    return CaseQuotes(findings, Labels(findings.case), DRAWN)


def one_table(quotes: CaseQuotes, target: str, caption: str = "") -> Table:
    (made,) = quotes.block(target, caption)
    assert isinstance(made, Table)
    return made


def titles(made: Table) -> list[str]:
    return [column.title for column in made.columns]


def test_columns_are_shown_in_the_order_asked_and_the_rest_are_told(quotes: CaseQuotes) -> None:
    whole = titles(one_table(quotes, f"{NPSV}?as=table"))
    some = one_table(quotes, f"{NPSV}?columns=high,option")
    assert titles(some) == ["High", "Option"]
    assert some.source_note.endswith(f"{len(whole) - 2} more columns in the workbench.")
    every = one_table(quotes, f"{NPSV}?columns=option,npsv,low,high,benefits,costs")
    assert titles(every) == whole
    assert "more column" not in every.source_note


def test_a_column_kept_for_the_detail_is_shown_where_it_is_asked_for(quotes: CaseQuotes) -> None:
    assert "Rank" not in titles(one_table(quotes, "finding:appraisal.order"))
    assert titles(one_table(quotes, "finding:appraisal.order?columns=option,rank")) == ["Option", "Rank"]


def test_a_grid_has_one_column_down_one_across_and_one_inside(quotes: CaseQuotes) -> None:
    made = one_table(quotes, f"{COSTS}?grid=phase,option,real")
    assert titles(made) == ["Phase", "BAU", "A"]
    rows = [[as_cell(cell).text for cell in row] for row in made.rows]
    assert ["Start-up", "0", "500"] in [[row[0].capitalize(), *row[1:]] for row in rows]
    assert "more column" not in made.source_note


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (f"{NPSV}?columns=option,worth", "no column 'worth'; it has option, npsv"),
        (f"{COSTS}?grid=option,year,real", "no column 'year'"),
        (f"{COSTS}?grid=option,real", "name the column down, the column across and the one inside"),
        (f"{COSTS}?grid=option,option,real", "rows for BAU and BAU: choose among them"),
        (f"{COSTS}?grid=option,phase,real&columns=option", "don't go together"),
        (f"{NPSV}?as=figure&option=A", "has no figure of some rows"),
        ("finding:appraisal.order?as=figure", "has no figure; quote it as a table"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_to_write(
    quotes: CaseQuotes, target: str, told: str
) -> None:
    with pytest.raises(UnknownQuote, match=told):
        quotes.block(target)


def test_columns_make_a_table_of_a_figure_unless_the_figure_is_asked_for(quotes: CaseQuotes) -> None:
    (whole,) = quotes.block(NPSV)
    assert isinstance(whole, Figure)
    assert isinstance(quotes.block(f"{NPSV}?columns=option,npsv")[0], Table)
    (drawn,) = quotes.block(f"{NPSV}?as=figure&columns=option,npsv")
    assert isinstance(drawn, Figure)
    assert drawn.svg == whole.svg
    assert drawn.table is not None
    assert titles(drawn.table) == ["Option", "NPSV, likely"]


def test_a_figure_with_nothing_to_draw_is_a_table(quotes: CaseQuotes) -> None:
    assert isinstance(quotes.block(f"{COSTS}?as=figure&columns=option,phase,real")[0], Table)


def test_the_writers_caption_stands_for_the_headline_and_keeps_the_prices(quotes: CaseQuotes) -> None:
    assert one_table(quotes, f"{NPSV}?as=table", "What it is worth").caption == (
        "What it is worth, 2012-13 prices"
    )
    (drawn,) = quotes.block(NPSV, "What it is worth")
    assert isinstance(drawn, Figure)
    assert drawn.caption == "What it is worth, 2012-13 prices"
    assert one_table(quotes, "records:options", "Ways forward").caption == "Ways forward"
    assert one_table(quotes, "records:options").caption == "Options: 2 rows"


def test_only_what_may_be_shown_as_a_figure_is_drawn() -> None:
    body = (
        "As [](finding:a.value) says.\n\n![](finding:b.whole)\n\n![Some *words*](finding:c.named)\n\n"
        "![](finding:d.table?as=table)\n\n![](finding:e.some?option=A)\n\n![](finding:f.few?columns=option)"
        "\n\n![](finding:g.kept?as=figure&columns=option)\n\n![](records:lessons)"
    )
    assert figures_quoted(body) == {"b.whole", "c.named", "g.kept"}
