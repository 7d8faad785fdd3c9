"""Signing in the background: the report is made three times over in two versions, which takes a while."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from wayforward.jobs.kinds import Refused, work
from wayforward.jobs.models import Job
from wayforward.jobs.queue import ask
from wayforward.jobs.running import Running
from wayforward.records.save import AlreadyReceived
from wayforward.report.signing.sign import MovedOn, NotReady, sign

KIND = "sign"


def _title(arguments: Mapping[str, Any]) -> str:
    return f"Signing version {arguments.get('number', '')}".strip()


@work(KIND, _title)
def sign_report(job: Running) -> str:
    """Sign the report as it stands; begun again after a stop, it signs nothing twice."""
    try:
        sign(job.exercise, job.actor, job.arguments["accepted"], job.submission, job.step)
    except AlreadyReceived:
        pass  # by an earlier try of this job, which was stopped before it could say so
    except NotReady as lacking:
        raise Refused(*(lack.words for lack in lacking.lacks)) from lacking
    except MovedOn as moved:
        raise Refused(str(moved.__doc__)) from moved
    return reverse("signed-versions", args=[job.exercise.code])


def ask_to_sign(exercise: Any, number: str, accepted: Mapping[str, str], actor: str) -> Job:
    """Ask for a version to be signed; twice for the same is once."""
    return ask(KIND, exercise, {"number": number, "accepted": dict(accepted)}, actor, f"sign:{number}")
