"""What every page of an exercise shows, and the few words that several pages share."""

from collections.abc import Iterable
from typing import Any

from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.pages.marking import in_words
from wayforward.pages.present import source_line


def frame(findings: Findings, markings: Iterable[str] = ()) -> dict[str, Any]:
    """Whose exercise it is, its notice, and the strictest marking of what the page shows."""
    exercise = findings.case.exercise
    return {
        "exercise": {
            "code": exercise.code,
            "title": exercise.title,
            "organisation": exercise.organisation,
            "marking": in_words(findings.case, markings),
            "notice": exercise.notice,
            "edition": findings.edition.title,
        }
    }


def frame_of(findings: Findings, shown: Iterable[Finding]) -> dict[str, Any]:
    """The frame of a page that shows these findings."""
    return frame(findings, [one.marking for one in shown])


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
