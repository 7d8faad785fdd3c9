"""Whether a person made the analysis: then they can't assure it."""

from typing import Any

from wayforward.records.models import Event

# What somebody says of the analysis, agrees or decides makes none of it.
NO_ANALYSIS = ("comment", "peer_review", "approval", "decision_notice", "assurance_statement")


def changed_by(number: int, exercise: Any) -> int:
    """How many changes of an exercise's records were made by the person of a number."""
    made = Event.objects.filter(exercise=exercise, actor=f"person {number}")
    for kind in NO_ANALYSIS:
        made = made.exclude(record__startswith=f"{kind}:")
    return made.count()


def why_no_assurer(number: int, exercise: Any) -> str:
    """Why a person can't assure an exercise, in a sentence; '' where they can."""
    if not (many := changed_by(number, exercise)):
        return ""
    changes = "1 change" if many == 1 else f"{many:,} changes"
    return (
        f"They made {changes} to the records of this exercise. Who assures an analysis did not make it: "
        "choose somebody who has changed nothing in it."
    )
