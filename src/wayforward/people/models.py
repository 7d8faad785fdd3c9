"""People who sign in, and what they are in each exercise."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

ROLES = [
    ("director", "Director"),
    ("lead", "Workstream lead"),
    ("analyst", "Analyst"),
    ("reviewer", "Peer reviewer"),
    ("assurer", "Assurer"),
    ("approver", "Approver of the analysis"),
    ("finance-commissioner", "Chief finance officer of the commissioner"),
    ("finance-force", "Chief finance officer of the force"),
    ("legal", "Legal and procurement adviser"),
    ("adviser", "External adviser"),
    ("chief", "Chief constable"),
    ("commissioner", "Commissioner"),
    ("guest", "Guest"),
    ("operator", "Operator"),
]


class UserByEmail(BaseUserManager["User"]):
    """Makes and finds people by their e-mail address, in whatever case it is typed."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The one form in which an address is kept and looked up."""
        return (email or "").strip().casefold()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))


class User(AbstractUser):
    """A person, known by e-mail address."""

    username = None  # type: ignore[assignment]  # the e-mail address takes its place
    email = models.EmailField("E-mail address", unique=True)
    seen = models.DateTimeField(null=True, blank=True)  # when they last used the workbench, to five minutes
    erased = models.BooleanField(default=False)  # their name and address are gone, their number stays

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    only_exercise: int | None = None  # of whom a token stands in for: the one exercise that it reads
    objects = UserByEmail()  # type: ignore[misc,assignment]  # a manager of e-mail, not user names

    class Meta(AbstractUser.Meta):
        constraints = (models.UniqueConstraint(Lower("email"), name="one_person_an_address"),)

    def save(self, *args: Any, **fields: Any) -> None:
        self.email = UserByEmail.normalize_email(self.email)
        super().save(*args, **fields)


class Membership(models.Model):
    """What a person is in one exercise. Without one, the exercise does not exist for them."""

    exercise = models.ForeignKey("exercise.Exercise", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)
    since = models.DateTimeField(default=timezone.now)
    called = models.CharField(max_length=300, blank=True)  # as owners in the records are, semicolons between

    class Meta:
        constraints = (models.UniqueConstraint(fields=["exercise", "user"], name="one_role_an_exercise"),)

    def __str__(self) -> str:
        return f"{self.role} of {self.exercise_id}"

    @property
    def names(self) -> tuple[str, ...]:
        """What the records of the exercise call this person."""
        return tuple(name.strip() for name in self.called.split(";") if name.strip())


class HeldInterest(models.Model):
    """Who it is that a declared interest of the case is held by: the case itself names a role alone."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="interests")
    interest = models.CharField(max_length=40)  # the code of a declared interest

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["membership", "interest"], name="an_interest_held_once"),
        )

    def __str__(self) -> str:
        return f"{self.interest} held by {self.membership}"


class PartChange(models.Model):
    """A change of what a person is or is called in an exercise, or of their interests. Rows are only ever added.

    People stand in it by number, so that it outlasts the erasure of a name.
    """

    WHAT = (("part", "Part"), ("interests", "Interests"), ("called", "Called"))

    exercise = models.ForeignKey("exercise.Exercise", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.PositiveBigIntegerField(null=True)  # None: the command line of the operator
    who = models.PositiveBigIntegerField()
    what = models.CharField(max_length=10, choices=WHAT)
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.what} of person {self.who}: {self.before or 'none'} to {self.after or 'none'}"

    def save(self, *args: Any, **fields: Any) -> None:
        if self.pk is not None:
            raise TypeError("A change of parts is written once and stays as it is.")
        super().save(*args, **fields)

    def delete(self, *args: Any, **fields: Any) -> Any:
        raise TypeError("A change of parts stays in the log.")


class FailedSignIn(models.Model):
    """A failed try to sign in, kept for 15 minutes as keyed digests of the e-mail address and of where it came from."""

    address_digest = models.CharField(max_length=40, db_index=True)
    place_digest = models.CharField(max_length=40, db_index=True, default="")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class ApiToken(models.Model):
    """What a program shows in place of a person: it reads one exercise as that person may. Kept as a digest alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    exercise = models.ForeignKey("exercise.Exercise", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    submission = models.UUIDField(unique=True)  # of the form that made it
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateField()  # the last day on which it works
    used = models.DateField(null=True)  # the last day on which it was
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
