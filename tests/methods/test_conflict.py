"""Sources that disagree, on the published savings and budget figures of the worked case."""

from wayforward.methods.conflict import Given, compare, pairs, two_used

# shared/facts/west-midlands.md 1.1 row 2 and 1.2.
LEAFLET = Given("page 1", 523.57, "net budget requirement", "2015-16", "planned", "cash")
LEAFLET_2 = Given("page 2", 523.65, "Net budget  requirement", "2015-16", "planned", "cash", True)
HMIC_2013 = Given("HMIC 2013", 121, "savings", "2011-15", "required")
BRIEFING = Given("briefing", 78, "savings", "2010-12", "achieved")


def test_the_two_budget_totals_conflict() -> None:
    assert compare(LEAFLET, LEAFLET_2).kind == "conflict"


def test_the_savings_figures_only_differ() -> None:
    found = compare(HMIC_2013, BRIEFING)
    assert (found.kind, found.differ_in) == ("differ", ("period", "basis"))
    assert found.words == "differ in period, basis"


def test_alike_in_all_agree() -> None:
    assert compare(LEAFLET, Given("copy", 523.57, *LEAFLET_ASPECTS)).kind == "same"


LEAFLET_ASPECTS = ("net budget requirement", "2015-16", "planned", "cash")


def test_equal_values_of_different_things_still_differ() -> None:
    assert compare(Given("a", 1, "x"), Given("b", 1, "y")).kind == "differ"


def test_words_as_values() -> None:
    assert compare(Given("a", "Yes"), Given("b", " yes")).kind == "same"
    assert compare(Given("a", "yes"), Given("b", "no")).kind == "conflict"


def test_a_number_is_not_rounded_into_agreement() -> None:
    assert compare(Given("a", 523.57), Given("b", 523.5700001)).kind == "conflict"


def test_every_pair_once_whatever_the_order() -> None:
    values = [LEAFLET, LEAFLET_2, HMIC_2013]
    assert pairs(values) == pairs(values[::-1])
    assert len(pairs(values)) == 3


def test_two_used() -> None:
    used = Given("page 1", 523.57, used=True)
    assert two_used([used, LEAFLET_2]) == ("page 1", "page 2")
    assert two_used([LEAFLET, LEAFLET_2]) == ()
