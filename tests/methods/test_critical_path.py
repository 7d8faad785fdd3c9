"""The critical path by hand, and against the longest of all chains of tasks, listed one by one."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.critical_path import Placed, Task, critical, in_order, place

# A of 3 days, then B of 2 and C of 4, then D of 1, due by 10:
# A 0-3, B 3-5, C 3-7, D 7-8. Backwards from 10: D 10, B and C 9, A min(7, 5) = 5.
DIAMOND = (
    Task("A", 0, 3),
    Task("B", 0, 2, ("A",)),
    Task("C", 0, 4, ("A",)),
    Task("D", 0, 1, ("B", "C"), 10),
)


def test_a_diamond_by_hand() -> None:
    assert place(DIAMOND) == {
        "A": Placed(0, 3, 5, 2),
        "B": Placed(3, 5, 9, 4),
        "C": Placed(3, 7, 9, 2),
        "D": Placed(7, 8, 10, 2),
    }
    assert critical(place(DIAMOND)) == ("A", "C", "D")


def test_a_task_waits_for_its_own_day_too_and_may_be_late() -> None:
    placed = place([Task("A", 5, 2, (), 6)])
    assert placed["A"] == Placed(5, 7, 6, -1)


def test_without_a_deadline_there_is_no_slack() -> None:
    placed = place([Task("A", 0, 1), Task("B", 0, 1, ("A",))])
    assert placed["B"] == Placed(1, 2, None, None)
    assert critical(placed) == ()
    assert place([]) == {}


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ([Task("A", 0, 1), Task("A", 0, 1)], "one code"),
        ([Task("A", 0, 1, ("B",))], "B, which is no task"),
        ([Task("A", 0, -1)], "below 0"),
        ([Task("A", 0, 1, ("B",)), Task("B", 0, 1, ("A",))], "A after B after A"),
    ],
)
def test_what_is_no_plan_is_refused(tasks: list[Task], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        place(tasks)


@st.composite
def plans(draw: st.DrawFn) -> list[Task]:
    """Up to seven tasks, each after some of those before it, in any order."""
    tasks = []
    for number in range(draw(st.integers(1, 7))):
        after = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        tasks.append(
            Task(
                f"T{number}",
                draw(st.integers(0, 9)),
                draw(st.integers(0, 6)),
                tuple(f"T{one}" for one in sorted(after)),
                draw(st.none() | st.integers(0, 30)),
            )
        )
    return draw(st.permutations(tasks))


def chains(tasks: list[Task], code: str) -> Iterator[list[Task]]:
    """Every chain of tasks that ends with one, from the nearest to the furthest beginning."""
    by_code = {task.code: task for task in tasks}
    task = by_code[code]
    yield [task]
    for before in task.after:
        for chain in chains(tasks, before):
            yield [*chain, task]


@given(plans())
def test_ends_and_latest_ends_are_those_of_the_longest_chains(tasks: list[Task]) -> None:
    placed = place(tasks)
    every = {task.code: list(chains(tasks, task.code)) for task in tasks}
    for task in tasks:
        longest = max(chain[0].earliest + sum(one.days for one in chain) for chain in every[task.code])
        assert placed[task.code].end == longest
        # Chains through this task on to one with a deadline: what follows must fit before it.
        limits = [
            end.deadline - sum(one.days for one in chain[chain.index(task) + 1 :])
            for end in tasks
            if end.deadline is not None
            for chain in every[end.code]
            if task in chain
        ]
        assert placed[task.code].latest_end == (min(limits) if limits else None)


@given(plans())
def test_each_comes_after_all_that_it_waits_for(tasks: list[Task]) -> None:
    seen: set[str] = set()
    for task in in_order(tasks):
        assert seen.issuperset(task.after)
        seen.add(task.code)
    assert seen == {task.code for task in tasks}
