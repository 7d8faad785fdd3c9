"""Keeping the text of a section: nothing that somebody else wrote meanwhile is overwritten."""

from typing import Any

from wayforward.exercise.models import Section
from wayforward.pages.people import actor_of
from wayforward.records import history
from wayforward.records.save import AlreadyReceived, Sent, save, was_received

WRITTEN = "written"
BODY = "body"


class TextChanged(Exception):
    """Somebody wrote the same section meanwhile: as it is stored now, and the text that both began from."""

    def __init__(self, stored: Section, base: str | None) -> None:
        super().__init__(f"{stored.reference} was written by somebody else meanwhile")
        self.stored, self.base = stored, base


def stored_section(exercise: Any, which: str) -> Section | None:
    """A section as the database has it now: what is in memory is shared and may not be changed."""
    return Section._default_manager.filter(exercise=exercise, code=which).first()


def text_at(exercise: Any, reference: str, version: int) -> str | None:
    """The text of a section at one of its versions; None where the log knows none."""
    for step in history.steps(exercise, reference):
        if step.after.version == version and step.after.cells is not None:
            return step.after.cells[BODY]
    return None


def keep_text(
    section: Section, body: str, seen: int, user: Any, submission: Sent, action: str = WRITTEN
) -> None:
    """Save the text of a section that was read from the database just now.

    What else of the section was changed meanwhile stays as it is. Raises TextChanged where its text was, and
    ChangedMeanwhile where it is at this very moment.
    """
    if was_received(submission) or section.body == body:
        return
    if section.version != seen:
        base = text_at(section.exercise, section.reference, seen)
        if base != section.body:
            raise TextChanged(section, base)
    section.body = body
    try:
        save(section, section.version, actor_of(user), action, submission)
    except AlreadyReceived:
        return
