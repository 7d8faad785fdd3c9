"""Two people at one register, through the web, against a plain model of it (plain_model.py, two_people.py)."""

from collections import Counter
from unittest import mock

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.pages.register.agreeing import BEGAN
from tests.pages.register.two_people import Register
from tests.workbench import person, store_small_case

HAPPENED = {
    "added", "an old code refused", "changed", "told of faults", "nothing to change", "sent twice",
    "changed meanwhile", "removed meanwhile", "settled", "settled with nothing left to change", "not said",
    "removed", "named", "changed together", "one of several changed meanwhile", "put back", "taken away",
    "brought back", "could not be put back", "evidence asked about", "evidence follows",
    "sent otherwise",
}  # fmt: skip


def in_this_order(register: Register) -> None:
    """What chance seldom brings about."""
    both = "service:S3"
    try:
        ours, theirs = (register._opened(who, "services", both) for who in ("director", "analyst"))
        together = register.opens_several("director", "services", {0, 1, 2}, 0, None)
        register._filled_and_sent(theirs, {0: (0, 1)}, "save", "")
        told = register._filled_and_sent(ours, {0: (1, 1)}, "save", "")
        assert told is not None
        register._settled(told, -1)
        register._filled_and_sent(together, {}, "save", "")
        # Its key with other content, then what that page gives out: two versions to choose from.
        otherwise = register._filled_and_sent(theirs, {0: (1, 1), 4: (1, 1)}, "save", "")
        assert otherwise is not None
        assert register._filled_and_sent(otherwise, {}, "save", "")
        register._filled_and_sent(register._opened_past("director", "services", both, 1), {}, "save", "")
        register.all_is_as_the_model()
        assert register.happened.keys() >= {
            "not said",
            "one of several changed meanwhile",
            "put back",
            "sent otherwise",
        }
    finally:
        register.teardown()


@pytest.mark.django_db
def test_two_people_at_the_registers_do_what_the_model_does() -> None:
    from wayforward.people.models import Membership

    with mock.patch("wayforward.records.events.timezone") as clock:
        clock.now.return_value = BEGAN
        exercise = store_small_case()
    hands = {}
    for role in ("director", "analyst"):
        user = person(f"{role}@example.org")
        Membership.objects.create(exercise=exercise, user=user, role=role)
        hands[role] = Client()
        hands[role].force_login(user)
    happened: Counter[str] = Counter()
    run_state_machine_as_test(
        lambda: Register(exercise, hands, happened),
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a failure is told as it was found: to shorten it takes minutes
            report_multiple_bugs=False,
        ),
    )
    in_this_order(Register(exercise, hands, happened))
    assert happened.keys() >= HAPPENED, HAPPENED - happened.keys()
