"""What is signed: a bundle of bytes that nothing changes any more."""

from typing import Any, NoReturn

from django.db import models


class Sealed(Exception):
    """A signed version is neither changed nor deleted; a later change makes a new version."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


class SealedRows(models.QuerySet["SignedVersion"]):
    """Signed versions, which may be added and read."""

    def update(self, **fields: Any) -> NoReturn:
        raise Sealed

    def delete(self) -> NoReturn:
        raise Sealed

    def bulk_update(self, *args: Any, **fields: Any) -> NoReturn:
        raise Sealed


class SignedVersion(models.Model):
    """A version of the report as it was signed: one archive with everything in it, and its digest.

    The public version of the same number is a row of its own, whose archive holds nothing that is commercial.
    """

    exercise = models.ForeignKey("exercise.Exercise", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    public = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    sequence = models.PositiveBigIntegerField()  # of the last event before it, whose hash is the head
    head = models.CharField(max_length=64)
    contents = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    bundle = models.BinaryField()

    objects = SealedRows.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["exercise", "number", "public"], name="a_version_signed_once"),
        )

    def __str__(self) -> str:
        return f"{self.number}{' (public)' if self.public else ''}"

    def save(self, *args: Any, **fields: Any) -> None:
        if not self._state.adding:
            raise Sealed
        super().save(force_insert=True)

    def delete(self, *args: Any, **fields: Any) -> NoReturn:
        raise Sealed
