"""What of an upload can be kept: a row that breaks a rule is found and refused, and the rest stands.

The small case is made by hand: options A (order 1, business as usual) and B (order 2); services S1, S2 and S3, which
is part of S2.
"""

from pathlib import Path

import pytest

from tests.casefile.streaming import compared
from wayforward.casefile import load
from wayforward.casefile.settling import Settled, settle
from wayforward.casefile.stream_in import read_stream
from wayforward.records.case import Case

SMALL = Path(__file__).parent / "small_case"


@pytest.fixture(scope="module")
def small() -> Case:
    return load(SMALL)


def settled(case: Case, stem: str, text: str) -> Settled:
    upload = read_stream("part.csv", f"# register,{stem}\n{text}".encode())
    # Without a ticket each difference is asked: everything is answered with "yours".
    found = compared(case, upload)
    choices = {(one.stem, one.code, cell.column): "yours" for one in found for cell in one.cells}
    return settle(case, found, choices, set(case.by_reference))


def kept(one: Settled) -> list[tuple[str, bool]]:
    return [(change.record.reference, change.gone) for change in one.changes]


def test_new_rows_that_name_one_another(small: Case) -> None:
    one = settled(small, "services", "code,name,parent\nS6,Inner,S5\nS5,Outer,\n")
    assert kept(one) == [("service:S5", False), ("service:S6", False)]  # the one that is named comes first
    inner = one.changes[1].record
    assert inner.parent is one.changes[0].record  # type: ignore[attr-defined]  # a service's


def test_a_ring_of_new_rows(small: Case) -> None:
    one = settled(small, "services", "code,name,parent\nS5,One,S6\nS6,Other,S5\nS7,Third,\n")
    assert kept(one) == [("service:S7", False)]
    assert {place[1] for place in one.refused} == {"S5", "S6"}


def test_what_names_nothing_falls_with_what_names_it(small: Case) -> None:
    one = settled(small, "services", "code,name,parent\nS5,One,NONE\nS6,Other,S5\nS3,Warden desk,NONE\n")
    assert kept(one) == []
    assert one.refused["services", "S3", "parent"][0] == "NONE"
    assert {("services", "S5", "parent"), ("services", "S6", "parent")} <= set(one.refused)


def test_a_rule_told_of_a_row_that_nobody_touched(small: Case) -> None:
    """A new option AA with the order of B: the rule tells it of B, the later by code, and names AA."""
    text = "code,name,short_name,option_kind,order\nAA,Shared desk,Desk,option,2\nC,Third,Third,option,3\n"
    one = settled(small, "options", text)
    assert kept(one) == [("option:C", False)]
    assert [(place[1], "AA" in fault[0] + fault[1]) for place, fault in one.refused.items()] == [("AA", True)]


def test_a_value_that_is_cited_changes_with_its_citation_alone(small: Case) -> None:
    one = settled(small, "services", "code,yearly_cost,people\nS1,5,10\n")
    assert [(name, fault[0]) for (_, _, name), fault in one.refused.items()] == [
        ("yearly_cost", "citation:C1, value: 310000")
    ]
    row = one.changes[0].record
    assert (str(row.people), str(row.yearly_cost)) == ("10", "310000")  # type: ignore[attr-defined]  # a service's


def test_rows_that_go_together(small: Case) -> None:
    """S3 is part of S2 and supports it; S2 is named by an option's service too, so S3 goes and S2 stays."""
    one = settled(small, "services", "code,_remove\nS2,yes\nS3,yes\n")
    assert kept(one) == [("service:S3", True)]
    assert "option_service:OS1" in one.refused["services", "S2", "_remove"][0]


def test_the_case_itself_is_unchanged(small: Case) -> None:
    from wayforward.records.rows import digest

    before = {model: digest(small.rows(model)) for model in small.models()}
    settled(small, "services", "code,name,parent\nS1,Other,S2\nS5,New,S1\n")
    assert {model: digest(small.rows(model)) for model in small.models()} == before
