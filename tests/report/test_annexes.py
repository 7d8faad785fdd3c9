"""What stands behind the report, counted by hand on a made-up town."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.exercise.models import Assumption, InformationRequest, Section
from wayforward.findings import Findings
from wayforward.pages.labels import Labels
from wayforward.report.assumptions import without_evidence
from wayforward.report.compose import compose, lacking
from wayforward.report.figures_used import codes_in_words, inputs_by_kind
from wayforward.report.opening import unknowns
from wayforward.report.typeset.document import Document, Prose, Table, as_cell
from wayforward.report.typeset.numbering import number


def document(town: Town) -> Document:
    findings = Findings(town.case(), keep=False)
    return compose(findings, Labels(findings.case), {})


def table(made: Document, id: str) -> Table:
    return next(block for block in made.blocks if isinstance(block, Table) and block.id == id)


def texts(made: Table) -> list[list[str]]:
    return [[as_cell(cell).text for cell in row] for row in made.rows]


def quoting(body: str) -> Town:
    town = usual_town()
    town.add(Section, "OPT", number=8, title="Options", body=body)
    return town


def test_annex_a_holds_what_is_quoted_and_what_opening_and_annexes_show() -> None:
    town = quoting("Costs:\n\n![](finding:appraisal.costs)")
    town.cite(town.tables[CostLine][0], town.strong)
    made = document(town)
    rows = {row[0].split("\n")[1]: row for row in texts(table(made, "annex-figures-table"))}
    assert list(rows) == [
        "appraisal.costs",
        "appraisal.order",
        "appraisal.side_by_side",
        "appraisal.uncertainty",
        "evidence.assumptions",
        "evidence.disagreements",
    ]
    costs = rows["appraisal.costs"]
    assert costs[1] == "discounting\ngreen-book-2003"
    assert costs[2].startswith("3 cost lines")  # C-BAU, C-A1 and C-A2
    assert costs[3].startswith("EVD-1; ")
    assert costs[4] == "2"


def test_a_quoted_field_has_its_row_and_the_quote_leads_there() -> None:
    town = quoting("The work costs [](record:exercise/budget), from [](record:cost_line:C-A1/low).")
    town.exercise.budget = Decimal(98_000)
    town.cite(town.exercise, town.strong, "budget")
    made = document(town)
    assert texts(table(made, "annex-fields-table")) == [
        ["C-A1\ncost_line:C-A1", "Low", "0.8", "none: an assumption", "none"],
        ["Town options\nexercise", "Budget for the exercise", "£98,000", "EVD-1", "2"],
    ]
    (prose,) = (block for block in made.blocks if isinstance(block, Prose))
    assert len(re.findall(r"'#field-", str(prose.nodes))) == 2
    number(made)  # raises where a link leads nowhere


def test_no_field_quoted_no_table() -> None:
    ids = [block.id for block in document(quoting("Words.")).blocks if isinstance(block, Table)]
    assert "annex-fields-table" not in ids


def test_inputs_are_counted_by_kind_the_most_first() -> None:
    references = ["benefit_line:B", "cost_line:1", "cost_line:2", "exercise"]
    assert inputs_by_kind(references) == "2 cost lines, 1 benefit line, the terms of the exercise"
    assert inputs_by_kind([]) == "none"


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["EVD-1", "EVD-2"], "EVD-1, EVD-2"),
        (["EVD-001", "EVD-002", "EVD-003", "EVD-009"], "EVD-001 to EVD-003, EVD-009"),
        (["A", "B", "C"], "A, B, C"),
        (["A-1", "B-2", "B-3", "B-4"], "A-1, B-2 to B-4"),
        ([], ""),
    ],
)
def test_runs_of_codes_are_short_and_none_is_left_out(codes: list[str], words: str) -> None:
    assert codes_in_words(codes) == words


def test_values_without_evidence_are_counted_by_field_with_the_findings_that_use_them() -> None:
    town = usual_town()
    town.cite(town.tables[CostLine][0], town.strong)
    findings = Findings(town.case(), keep=False)
    found = without_evidence([findings["appraisal.costs"], findings["appraisal.npsv"]])
    amounts = found["cost_line", "amounts"]
    assert amounts.records == {"cost_line:C-A1", "cost_line:C-A2"}
    assert list(amounts.findings) == ["appraisal.costs", "appraisal.npsv"]
    assert found["benefit_line", "amounts"].records == {"benefit_line:B-A"}


def test_annex_c_is_the_sum_of_what_its_figures_say() -> None:
    town = quoting("![](finding:appraisal.npsv)")
    town.add(Assumption, "ASM-1", name="It holds")
    town.inflation("0.025")
    made = document(town)
    findings = Findings(town.case(), keep=False)
    shown = (
        "appraisal.npsv",
        "appraisal.order",
        "appraisal.side_by_side",
        "appraisal.uncertainty",
        "evidence.disagreements",
    )
    bare = {one for key in shown for one in findings[key].assumptions}
    listed = table(made, "annex-assumed-values")
    assert sum(int(row[2]) for row in texts(listed)) == len(bare) > 0
    assert listed.caption == f"{len(bare)} values used without evidence, by field"
    assert texts(table(made, "annex-assumption-register")) == [["It holds"]]
    assert texts(table(made, "annex-inflation"))[0] == ["2012-13", "2.5%"]


def test_with_evidence_for_all_annex_c_says_none() -> None:
    town = usual_town()
    for record in (*town.tables[CostLine], *town.tables[BenefitLine]):
        town.cite(record, town.strong)
    findings = Findings(town.case(), keep=False)
    assert without_evidence([findings["appraisal.npsv"]]) == {}


def test_a_gap_is_named_once_and_in_its_section() -> None:
    town = quoting("![](finding:exercise.information)")
    town.tables[Section].append(
        Section(exercise=town.exercise, code="FIN", number=3, title="Money", body="x")
    )
    section = town.tables[Section][1]
    asked = {"asked_of": "Force", "asked": date(2012, 12, 1), "section": section}
    town.add(InformationRequest, "INF-1", name="Calls by type", never_known=True, fallback="Counts", **asked)
    town.add(InformationRequest, "INF-2", name="The budget", **asked)
    findings = Findings(town.case(), keep=False)
    options, money = (lacking(findings, one) for one in town.tables[Section])
    expected = ["calls by type (never known)", "the budget (asked for, no day promised)"]
    assert money == expected
    assert set(expected) <= set(options)
    told = unknowns(findings, [*money, *options])
    assert sum("alls by type" in one for one in told) == 1
    assert sum("the budget (asked" in one for one in told) == 1
    assert told[0] == "Calls by type: Counts."


def test_what_is_cut_from_the_opening_stands_in_a_section() -> None:
    findings = Findings(usual_town().case(), keep=False)
    named = [f"thing {one}" for one in range(40)]
    told = unknowns(findings, named)
    whole = [one for one in told if one.startswith("Waiting for thing")]
    assert told[-1] == f"And {40 - len(whole)} more, each named in its section."
    own = {words for key in ("appraisal.side_by_side", "appraisal.order") for words in findings[key].waiting}
    assert {f"Waiting for {words}." for words in own} <= set(told)


def test_a_report_without_a_status_date_is_dated_today() -> None:
    town = usual_town()
    assert document(town).date == date(2012, 12, 20)
    town.exercise.status_date = None
    assert document(town).date == timezone.localdate()
