"""The proposed category; expected answers follow from section 6 of the terms of reference."""

import itertools

import pytest

from wayforward.methods.category import Category, Party, Powers, facts, propose


@pytest.mark.parametrize(
    ("powers", "supports", "information", "expected"),
    [
        ("constable", "", False, Category.CORE),
        ("designated staff", "", True, Category.CORE),  # powers outweigh information
        ("designated contractor", "", False, Category.CORE),
        ("none", "SVC-001", False, Category.CORE),
        ("none", "", True, Category.ICT),
        ("none", "SVC-001", True, Category.ICT),
        ("none", "", False, Category.SUPPORT),
    ],
)
def test_decision_table(powers: str, supports: str, information: bool, expected: Category) -> None:
    found = propose(facts(powers, "force", "force", supports, information))
    assert found.category is expected
    assert found.reason
    assert found.missing == ()


@pytest.mark.parametrize(
    ("powers", "supports", "information", "words"),
    [
        ("", "", True, "whether police powers are exercised is not known"),
        ("none", "", None, "whether it provides ICT"),
        ("none", None, False, "support a core service is not known"),
    ],
)
def test_a_fact_that_decides_is_asked_for(
    powers: str, supports: str | None, information: bool | None, words: str
) -> None:
    found = propose(facts(powers, "force", "force", supports, information))
    assert found.category is None
    assert words in found.reason
    assert len(found.missing) == 1


def test_a_fact_that_does_not_decide_is_only_listed() -> None:
    found = propose(facts("constable", "", "force", None, None))
    assert found.category is Category.CORE
    assert found.missing == ("who employs", "core service supported", "ICT or information")


def test_core_that_others_task_today_is_warned_of() -> None:
    (warning,) = propose(facts("constable", "force", "joint", "", False)).warnings
    assert "tasked today by the force jointly with others" in warning


def test_contracted_detention_is_warned_of() -> None:
    (warning,) = propose(facts("designated contractor", "contractor", "force", "", False)).warnings
    assert "legal advice" in warning


def test_every_set_of_known_facts_has_an_answer() -> None:
    for powers, employer, tasker, supports, information in itertools.product(
        Powers, Party, Party, ("", "SVC-001"), (True, False)
    ):
        found = propose(facts(powers, employer, tasker, supports, information))
        assert found.category in Category
        # Neither who employs nor who tasks may change what a service is.
        assert found.category is propose(facts(powers, "", "", supports, information)).category


def test_word_that_is_no_choice() -> None:
    with pytest.raises(ValueError, match="sheriff"):
        facts("sheriff", "", "", "", None)
