"""A piece of long work as people see it, and who is there to do it."""

import uuid

from django.db import models
from django.db.models import Q

WAITING, RUNNING, DONE = "waiting", "running", "done"
CANCELLED, REFUSED, STOPPED = "cancelled", "refused", "stopped"
STATES = [
    (WAITING, "Waiting its turn"),
    (RUNNING, "Running"),
    (DONE, "Done"),
    (CANCELLED, "Cancelled"),
    (REFUSED, "Can’t be done yet"),  # the work itself says why: the same again would end alike
    (STOPPED, "Stopped"),  # something went wrong on the way
]
OPEN = (WAITING, RUNNING)


class Job(models.Model):
    """One piece of long work of an exercise; while it has not ended, no other has its key."""

    exercise = models.ForeignKey("exercise.Exercise", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=150)
    arguments = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=60)  # as the event log names an actor: a person by number
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    task = models.CharField(max_length=40, default="")  # its turn in the queue
    worker = models.CharField(max_length=64, default="")
    claim = models.UUIDField(null=True)  # of this try: who lost it may write nothing more
    held_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # By which what it saves is known again: a try that was killed after saving changes nothing twice.
    submission = models.UUIDField(default=uuid.uuid4)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=200, default="")
    cancel_asked = models.BooleanField(default=False)
    result = models.CharField(max_length=300, default="")  # the address of what was made
    error = models.TextField(default="")  # sentences, one a line
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["exercise", "key"], condition=Q(state__in=OPEN), name="one_open_job_a_key"
            ),
        )
        indexes = (models.Index(fields=["state"], name="jobs_by_state"),)
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in OPEN


class Worker(models.Model):
    """A process that does long work, and when it last said that it is there."""

    name = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
