"""What every page of an exercise shows, and the few words that several pages share."""

from typing import Any

from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.pages.present import source_line


def frame(findings: Findings) -> dict[str, Any]:
    """Whose exercise it is, its marking and its notice."""
    exercise = findings.case.exercise
    return {
        "exercise": {
            "code": exercise.code,
            "title": exercise.title,
            "organisation": exercise.organisation,
            "marking": dict(exercise._meta.get_field("handling").flatchoices)[exercise.handling],
            "notice": exercise.notice,
            "edition": findings.edition.title,
        }
    }


def brief(one: Finding) -> dict[str, Any]:
    """A finding in a list: its sentence, its grade and what it waits for."""
    return {
        "key": one.key,
        "title": one.title,
        "headline": one.headline,
        "question": one.question,
        "grade": one.grade,
        "illustrative": one.illustrative,
        "known": one.known,
        "source": source_line(one),
        "waiting": list(one.waiting),
    }
