"""Whether the order depends on the method; expected orders are published or follow from dominance."""

from tests.appraisal.test_weighed import weighed_town
from tests.appraisal.town import Town
from tests.appraisal.weighed_town import found, money_town, on_good_evidence


def test_methods_that_agree_are_said_to() -> None:
    # A is better than B and B than C on every criterion: any sound method keeps that order.
    town = weighed_town({"A": (9, 8), "B": (5, 5), "C": (2, 1)}, (100, 60), 10)
    finding = found(town, "appraisal.other_methods")
    assert {r["method"]: r["agrees"] for r in finding.rows} == dict.fromkeys(
        ("Additive value", "Weighted product", "TOPSIS", "VIKOR", "PROMETHEE II", "ELECTRE I"), True
    )
    assert finding.headline == "No option is ranked; all 5 other methods agree with additive value"
    assert "rank" not in finding.rows[0]


def test_a_method_that_disagrees_is_named() -> None:
    # Added, A has 100 x 0.6 + 1 x 0.4 = 60.4 against 50; multiplied, 100^0.6 x 1^0.4 = 15.8 against 50.
    town = weighed_town({"A": (100, 1), "B": (50, 50)}, (100, 200 / 3), 100)
    rows = {r["method"]: r["agrees"] for r in found(town, "appraisal.other_methods").rows}
    assert rows["Weighted product"] is False
    assert rows["PROMETHEE II"] is True
    assert "Weighted product" in found(town, "appraisal.other_methods").headline


def test_a_method_that_needs_more_than_nought_says_so() -> None:
    town = weighed_town({"A": (9, 0), "B": (5, 5)}, (100, 60), 10)
    finding = found(town, "appraisal.other_methods")
    assert "Weighted product" not in {r["method"] for r in finding.rows}
    assert any(words.startswith("Weighted product can't be used here") for words in finding.warnings)


def test_ranks_are_shown_only_where_options_may_be_ranked() -> None:
    finding = found(on_good_evidence(money_town()), "appraisal.other_methods")
    # By hand in the tests of weighed values: A 71.4, business as usual 66.7.
    ranks = {r["option"]: r["rank"] for r in finding.where(method="Additive value")}
    assert ranks == {"A": 1, "BAU": 2}


def test_an_empty_case_is_waited_for() -> None:
    finding = found(Town(), "appraisal.other_methods")
    assert not finding.known
    assert "criteria" in finding.waiting
