"""What waits for a person to agree it: the steps that are theirs and whose turn has come."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from wayforward.findings import Findings
from wayforward.pages.waiting import Waits, waits
from wayforward.people.permissions import may, part
from wayforward.report.signing.steps import ADVICE, ORDER, Standing, Step, rule_of
from wayforward.report.signing.subjects import SUBJECTS, Subject

ASKED_FROM_THE_START = "terms"  # whoever begins the others' round has nobody before them to wait for


@waits
def to_agree(user: Any, findings: Findings) -> Iterator[Waits]:
    """Each step that the person may give, that waits for nobody else, and that the text as it is now still lacks."""
    exercise = findings.case.exercise
    if not part(user, exercise).role:
        return
    for subject in SUBJECTS:
        names = {name for rank in ORDER[subject.key] for name in rank if may(user, rule_of(name), exercise)}
        if not names:
            continue
        for step in Standing(findings.case, subject).steps:
            if step.name in names and _their_turn(subject, step):
                yield _waits(exercise.code, subject, step)


def _their_turn(subject: Subject, step: Step) -> bool:
    if step.waits_for or step.done or (step.approval and step.on_this_text):
        return False
    begins = step.name in ORDER[subject.key][0]
    return not begins or step.approval is not None or subject.key == ASKED_FROM_THE_START


def _waits(code: str, subject: Subject, step: Step) -> Waits:
    title = subject.title.lower()
    if (subject.key, step.name) == ("report", "commissioner"):
        return Waits("decide on the report", reverse("decide", args=[code]))
    what = f"give your advice on the {title}" if step.name in ADVICE else f"agree the {title}"
    changed = ", which changed since you did" if step.approval else ""
    return Waits(f"{what}{changed}", reverse("agree", args=[code, subject.key, step.name]))
