"""Annex D: each figure once with what every source says; the town's sources are made up here."""

from decimal import Decimal

from tests.appraisal.town import Town
from wayforward.finance.models import PlanLine
from wayforward.findings import Findings
from wayforward.records.models import Citation
from wayforward.report.disagreements import disagreements
from wayforward.report.typeset.document import Markdown, Table, as_cell


def rows(town: Town) -> list[list[str]]:
    findings = Findings(town.case(), keep=False)
    (made,) = disagreements(findings["evidence.disagreements"])
    assert isinstance(made, Table)
    return [[as_cell(cell).text for cell in row] for row in made.rows]


def three_sources(measures: tuple[str, str, str]) -> Town:
    """A grant of 1,000, of which another source says 1,200 and a third 900."""
    town = Town()
    grant = town.add(PlanLine, "G", plan_kind="grant", name="Grant", year=2013, amount=Decimal(1000))
    third = town.evidence("EVD-3", 4)
    sources = zip((town.strong, town.weak, third), ("1000", "1200", "900"), measures, strict=True)
    for place, (evidence, value, measure) in enumerate(sources):
        reason = "The latest of them." if not place else ""
        town.cite(grant, evidence, "amount", place == 0, value=value, measure=measure, reason=reason)
    return town


def test_a_figure_stands_once_with_what_each_source_says() -> None:
    # Three sources make three pairs; none of them truly conflicts, since each counts another thing.
    (row,) = rows(three_sources(("agreed", "asked for", "paid")))
    assert row == [
        "Grant\nAmount",
        "£1,000: EVD-1\n£1,200: EVD-2\n£900: EVD-3",
        "£1,000",
        "differ in measure",
        "The latest of them.",
    ]


def test_only_a_true_conflict_names_its_sources() -> None:
    (row,) = rows(three_sources(("agreed", "agreed", "paid")))
    assert row[3].splitlines() == ["conflict: EVD-1 and EVD-2", "differ in measure"]


def test_what_is_said_of_a_source_is_said_once_however_many_pairs_it_is_in() -> None:
    town = three_sources(("agreed", "asked for", "paid"))
    for citation, reason in zip(town.tables[Citation][1:], ("Before the cut.", "Of one month."), strict=True):
        citation.reason = reason
    (row,) = rows(town)
    assert row[4] == "The latest of them. Before the cut. Of one month."


def test_the_ways_in_which_sources_differ_are_told_together() -> None:
    town = three_sources(("agreed", "asked for", "agreed"))
    town.tables[Citation][2].period = "2014-15"
    (row,) = rows(town)
    assert row[3] == "differ in measure, period"


def test_a_figure_that_is_no_money_has_no_pound_sign() -> None:
    town = Town()
    option = town.option("A", 1)
    line = town.cost("C-A", option, "2013-14: 500", low=Decimal("0.8"))
    town.cite(line, town.strong, "low", value="0.8")
    town.cite(line, town.weak, "low", used=False, value="0.7", measure="other")
    (row,) = rows(town)
    assert row[1] == "0.80: EVD-1\n0.70: EVD-2"


def test_where_no_sources_differ_the_annex_says_so() -> None:
    findings = Findings(Town().case(), keep=False)
    (made,) = disagreements(findings["evidence.disagreements"])
    assert made == Markdown("No two sources give different values for one figure.")
