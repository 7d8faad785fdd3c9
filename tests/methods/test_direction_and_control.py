"""Direction and control; expected answers follow from the rules of the domain."""

import itertools

import pytest

from wayforward.methods.category import Category, Party, Powers, facts, propose
from wayforward.methods.direction_and_control import Verdict, effect, rule

RESPONSE = facts("constable", "force", "force", "", False)
CUSTODY = facts("designated staff", "force", "force", "", False)
CALL_HANDLING = facts("none", "force", "force", "SVC-001", False)
PAYROLL = facts("none", "force", "force", "", False)
NETWORKS = facts("none", "force", "force", "", True)


@pytest.mark.parametrize("service", [RESPONSE, CUSTODY, CALL_HANDLING])
@pytest.mark.parametrize("tasked_by", ["other force", "public body", "contractor", "joint"])
def test_core_that_others_would_task_is_refused(service, tasked_by: str) -> None:
    found = rule(service, effect(tasked_by=tasked_by))
    assert found.verdict is Verdict.REFUSED
    assert "direction and control of the chief constable" in found.reason


@pytest.mark.parametrize("service", [RESPONSE, CUSTODY, CALL_HANDLING])
def test_core_left_as_it_is_may_be_changed_by_partners(service) -> None:
    found = rule(service, effect())
    assert found.verdict is Verdict.ALLOWED
    assert "change, equip or support" in found.reason


@pytest.mark.parametrize("service", [PAYROLL, NETWORKS])
def test_support_and_ict_may_go_to_others(service) -> None:
    assert rule(service, effect("", "contractor", "contractor")).verdict is Verdict.ALLOWED


def test_contracted_detention_needs_legal_advice() -> None:
    found = rule(CUSTODY, effect("designated contractor", "contractor"))
    assert found.verdict is Verdict.LEGAL_ADVICE
    assert "detention and escort" in found.reason


def test_constables_are_not_a_contractors_people() -> None:
    assert rule(RESPONSE, effect(employer="contractor")).verdict is Verdict.REFUSED


@pytest.mark.parametrize("employer", ["other force", "joint"])
def test_constables_of_another_force_need_legal_advice(employer: str) -> None:
    assert rule(RESPONSE, effect(employer=employer)).verdict is Verdict.LEGAL_ADVICE


def test_supporting_staff_of_a_contractor_need_legal_advice() -> None:
    assert rule(CALL_HANDLING, effect(employer="contractor")).verdict is Verdict.LEGAL_ADVICE


def test_taking_powers_away_does_not_take_a_service_out_of_core() -> None:
    found = rule(RESPONSE, effect("none", "contractor", "contractor"))
    assert found.verdict is Verdict.REFUSED


def test_giving_powers_to_a_support_service_makes_it_core() -> None:
    found = rule(PAYROLL, effect("designated staff", "", "public body"))
    assert found.verdict is Verdict.REFUSED


def test_unknown_facts_leave_it_unsettled() -> None:
    unknown = facts("", "force", "force", None, None)
    assert rule(unknown, effect(tasked_by="contractor")).verdict is Verdict.UNSETTLED
    untasked = facts("constable", "force", "", "", False)
    assert rule(untasked, effect()).verdict is Verdict.UNSETTLED


def test_unknown_category_is_allowed_where_either_answer_would_be() -> None:
    unknown = facts("none", "force", "force", None, False)
    assert rule(unknown, effect()).verdict is Verdict.ALLOWED


def test_no_set_of_facts_lets_others_task_a_core_service() -> None:
    for powers, employer, tasker, supports, information in itertools.product(
        Powers, Party, Party, ("", "SVC-001"), (True, False)
    ):
        service = facts(powers, employer, tasker, supports, information)
        if propose(service).category is Category.CORE:
            others = set(Party) - {Party.FORCE}
            for change in itertools.product(["", *Powers], ["", *Party], others):
                assert rule(service, effect(*change)).verdict is Verdict.REFUSED
