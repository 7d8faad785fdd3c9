"""Findings of scope on a small case; every expected figure is worked out by hand beside it."""

import pytest

from tests.scope import made
from wayforward.scope.models import Service
from wayforward.scope.services import leaves, leaves_under

KEYS = made.of_stage("scope")


def by(finding, column):
    return {row[column]: row for row in finding.rows}


def test_the_stage_declares_its_findings():
    assert KEYS == ["scope.category", "scope.areas", "scope.ratings", "scope.grid", "scope.cutoff"]


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_case_waits(key):
    made.nothing_known(made.found(made.case_of(team_days=None), key))


@pytest.mark.parametrize("key", KEYS)
def test_only_declared_tables_are_read(key, monkeypatch):
    made.guarded(made.everything(), key, monkeypatch)


@pytest.mark.parametrize(
    ("service", "proposed", "agreed", "differs"),
    [
        ("S2", "core", "core", False),  # a constable's powers
        ("S3", "core", "support", True),  # no powers, supports S2: core by rule 3
        ("S4", "support", "support", False),  # none of these
        ("S5", "ICT", None, None),  # ICT without powers, not agreed yet
        ("S6", None, "core", None),  # who exercises powers is not known
    ],
)
def test_category_sets_the_proposal_beside_what_was_agreed(service, proposed, agreed, differs):
    row = by(made.found(made.everything(), "scope.category"), "service")[service]
    assert (row["proposed"], row["agreed"], row["differs"]) == (proposed, agreed, differs)


def test_category_leaves_out_headings_and_says_what_it_waits_for():
    finding = made.found(made.everything(), "scope.category")
    assert "S1" not in by(finding, "service")
    assert (
        finding.headline == "4 of 5 services have an agreed category, 1 of them other than the facts propose"
    )
    assert "Forensics was agreed as support against the proposal, without a reason" in finding.warnings
    assert any("powers exercised" in text and "Custody" in text for text in finding.waiting)
    assert "an agreed category of Desktop" in finding.waiting


def test_what_nobody_agreed_was_not_agreed_as_proposed():
    # S2 is agreed as proposed; S5 is proposed and not agreed; of S8 neither is known.
    case = made.case_of(*made.services().values(), Service(code="S8", name="Vehicle recovery"))
    rows = by(made.found(case, "scope.category"), "service")
    reasons = [rows[code]["agreed_reason"] for code in ("S2", "S5", "S8")]
    assert reasons == ["as proposed", None, None]


def test_category_takes_only_given_facts_for_assumptions():
    finding = made.found(made.everything(), "scope.category")
    assert "service:S2/powers_by" in finding.assumptions
    assert "service:S6/powers_by" not in finding.assumptions  # blank: waited for


def test_areas_add_up_services_without_headings():
    # core: Response 300,000 + Custody 50,000; people 10 + 6. support: 100,000 + 50,000; 4 + 2.5.
    rows = by(made.found(made.everything(), "scope.areas"), "area")
    assert (rows["core"]["cost"], rows["core"]["people"], rows["core"]["services"]) == (350_000, 16, 2)
    assert (rows["support"]["cost"], rows["support"]["people"]) == (150_000, 6.5)


def test_areas_leave_an_unknown_cost_unknown():
    finding = made.found(made.everything(), "scope.areas")
    open_yet = by(finding, "area")["not agreed"]
    assert (open_yet["services"], open_yet["cost"], open_yet["known_cost"]) == (1, None, None)
    # 350,000 of the 500,000 that are known is 70%.
    assert finding.headline == "Core services cost £350,000 a year, 70% of the cost that is known"
    assert "the yearly cost of Desktop" in finding.waiting


@pytest.mark.parametrize(
    ("service", "criticality", "benefit", "disagreement"),
    [
        ("S2", "high", "high", False),  # H H M: the median is High, one class apart
        ("S3", "medium", None, True),  # L H on benefit: evenly split
        ("S4", "low", "medium", True),  # L L H: a median, but opposites were given
        ("S5", "high", None, False),  # nobody rated the benefit
        ("S6", "high", "medium", False),
    ],
)
def test_ratings_take_the_median_and_name_disagreement(service, criticality, benefit, disagreement):
    row = by(made.found(made.everything(), "scope.ratings"), "service")[service]
    assert (row["criticality"], row["benefit"], row["disagreement"]) == (criticality, benefit, disagreement)


def test_ratings_say_what_is_lacking():
    finding = made.found(made.everything(), "scope.ratings")
    assert finding.headline == "3 of 5 services have both ratings settled; raters disagree on 2"
    assert finding.waiting == (
        "ratings of benefit opportunity for Desktop",
        "raters to settle the benefit opportunity of Forensics",
    )
    assert "Policing" in finding.warnings[0]  # a rating of a heading is not used


def test_grid_places_each_service_once():
    # Response H H, Custody H M, Payroll L M; Forensics and Desktop are not settled.
    finding = made.found(made.everything(), "scope.grid")
    placed = {
        (row["criticality"], row["benefit"]): (row["services"], row["cost"])
        for row in finding.rows
        if row["count"]
    }
    assert placed == {
        ("high", "high"): ("S2", 300_000),
        ("high", "medium"): ("S6", 50_000),
        ("low", "medium"): ("S4", 50_000),
    }
    assert len(finding.rows) == 9
    assert finding.waiting == ("both ratings settled for Forensics and Desktop",)
    assert finding.headline == "Response is rated High for both criticality and benefit opportunity"


def test_cutoff_stops_where_the_days_run_out():
    # Scores 3x3 = 9, 3x2 = 6, 1x2 = 2; days 4, 6, 11 added up; the team has 7.
    finding = made.found(made.everything(), "scope.cutoff")
    known = [
        (row["rank"], row["service"], row["score"], row["cumulative"], row["inside"])
        for row in finding.rows
        if row["rank"]
    ]
    assert known == [(1, "S2", 9, 4, True), (2, "S6", 6, 6, True), (3, "S4", 2, 11, False)]
    assert finding.value == 2
    assert finding.headline == "The team's 7 days cover 2 of 3 ranked services"


def test_cutoff_names_what_can_not_be_ranked():
    finding = made.found(made.everything(), "scope.cutoff")
    unknown = [row for row in finding.rows if row["rank"] is None]
    assert [(row["service"], row["inside"], row["cumulative"]) for row in unknown] == [
        ("S3", None, None),
        ("S5", None, None),
    ]
    assert finding.waiting == (
        "both ratings settled for Forensics and Desktop",
        "the days to baseline Desktop",
    )


def test_cutoff_warns_of_equal_scores_on_both_sides_of_the_line():
    of = made.services()
    rated = {
        ("S2", "criticality"): "H",
        ("S2", "benefit"): "M",
        ("S6", "criticality"): "M",
        ("S6", "benefit"): "H",
    }
    # Both score 6; Custody needs 2 days, Response 4, and there are 3: Custody goes first and alone.
    finding = made.found(made.case_of(*of.values(), *made.ratings(of, rated), team_days=3), "scope.cutoff")
    ranked = [(row["rank"], row["service"], row["inside"]) for row in finding.rows if row["rank"]]
    assert ranked == [(1, "S6", True), (1, "S2", False)]
    assert "Response and Custody" in finding.warnings[0]


def test_cutoff_without_days_ranks_but_does_not_cut():
    of = made.services()
    finding = made.found(made.case_of(*of.values(), *made.ratings(of), team_days=None), "scope.cutoff")
    assert finding.value is None
    assert {row["inside"] for row in finding.rows} == {None}
    assert [row["service"] for row in finding.rows][:3] == ["S2", "S6", "S4"]
    assert "the team's days for baselining" in finding.waiting


def test_leaves_are_nobodys_parent():
    of = made.services()
    assert [one.code for one in leaves(list(of.values()))] == ["S2", "S3", "S4", "S5", "S6"]
    under = leaves_under(list(of.values()))
    assert [one.code for one in under["S1"]] == ["S2", "S3"]
    assert [one.code for one in under["S4"]] == ["S4"]


def test_no_chart_is_drawn_of_nothing():
    assert made.drawings("scope", made.case_of(team_days=None)) == {}


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("scope.areas", ["Core", "Not agreed yet", "cost not known: 1 service", "£350,000", "16 people"]),
        ("scope.grid", ["High (H)", "Medium (M)", "Low (L)", "S2", "1 service"]),
        ("scope.cutoff", ["Response", "Payroll", "the team's 7 days", "score"]),
    ],
)
def test_charts_are_drawn_with_their_words(key, says):
    made.well_drawn(made.drawings("scope", made.everything())[key], says)
