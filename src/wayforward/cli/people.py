"""Commands about the people of the workbench: who there is, what part they have, and their links and locks."""

from typing import Annotated, Any

import typer

from wayforward.cli.saying import misuse
from wayforward.cli.store import prepare_database
from wayforward.exercise.models import Exercise

PERSON = typer.Argument(help="The person's e-mail address.", metavar="EMAIL")
Email = Annotated[str, PERSON]
ExerciseOption = Annotated[str, typer.Option(help="The code of an exercise.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help="Add people, give them a part in an exercise, and help them sign in.")
    app.add_typer(group, name="people", no_args_is_help=True)
    group.command("add")(add)
    group.command("remove")(remove)
    group.command("list")(list_people)
    group.command("link")(link)
    group.command("unlock")(unlock)


def add(
    email: Email,
    exercise: ExerciseOption = "",
    role: Annotated[str, typer.Option(help="director, lead, analyst, reviewer, commissioner or guest.")] = "",
    operator: Annotated[bool, typer.Option("--operator", help="Lets the person see every exercise.")] = False,
) -> None:
    """Add a person, or give one a part in an exercise; a new person gets a link to set a password.

    Example: **wayforward people add a@example.org --exercise WMP-2012 --role analyst**
    """
    from wayforward.people.models import ROLES, Membership, User
    from wayforward.web.passwords import password_link

    _refuse_no_address(email)
    if bool(exercise) != bool(role) or not (exercise or operator):
        misuse("Give both --exercise and --role, or --operator.")
    if role and role not in dict(ROLES):
        misuse(f"There is no role {role!r}; there are: {', '.join(dict(ROLES))}.")
    prepare_database()
    joined = _exercise(exercise) if exercise else None
    user = _find(email) or User.objects.create_user(email)
    if operator:
        user.is_superuser = True
        user.save()
    if joined:
        Membership.objects.update_or_create(exercise=joined, user=user, defaults={"role": role})
    typer.echo(_line(user))
    if not user.has_usable_password():
        typer.echo(f"To set a password, once, within a day: {password_link(user)}")


def remove(email: Email, exercise: ExerciseOption) -> None:
    """Take a person's part in an exercise away; for them it is then not there.

    Example: **wayforward people remove a@example.org --exercise WMP-2012**
    """
    prepare_database()
    user, left = _person(email), _exercise(exercise)
    user.memberships.filter(exercise=left).delete()
    typer.echo(_line(user))


def list_people() -> None:
    """List everybody with their parts in exercises.

    Example: **wayforward people list**
    """
    from wayforward.people.models import User

    prepare_database()
    for user in User.objects.order_by("email"):
        typer.echo(_line(user))


def link(email: Email) -> None:
    """Print a link by which a person sets a new password: it works once, within a day.

    Example: **wayforward people link a@example.org**
    """
    from wayforward.web.passwords import password_link

    prepare_database()
    typer.echo(password_link(_person(email)))


def unlock(email: Email) -> None:
    """Let a person try again who must wait after too many failed tries to sign in.

    Example: **wayforward people unlock a@example.org**
    """
    from wayforward.web import throttle

    prepare_database()
    many = throttle.unlock(_person(email).email)
    typer.echo(f"{many} failed {'try' if many == 1 else 'tries'} forgotten.")


def _line(user: Any) -> str:
    """'a@example.org: analyst of WMP-2012; signed in on 3 May 2026'."""
    parts = [f"{one.role} of {one.exercise.code}" for one in user.memberships.select_related("exercise")]
    parts = (["operator"] if user.is_superuser else []) + sorted(parts)
    state = f"last signed in on {user.last_login:%Y-%m-%d}" if user.last_login else "never signed in"
    if not user.has_usable_password():
        state = "no password yet"
    return f"{user.email}: {', '.join(parts) or 'no part in any exercise'}; {state}"


def _find(email: str) -> Any:
    from wayforward.people.models import User

    return User.objects.filter(email=User.objects.normalize_email(email)).first()


def _person(email: str) -> Any:
    found = _find(email)
    if found is None:
        misuse(f"There is nobody with the address {email!r}. `wayforward people list` names everybody.")
    return found


def _exercise(code: str) -> Any:
    found = Exercise.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Exercise.objects.order_by("code").values_list("code", flat=True)) or "none"
        misuse(f"There is no exercise {code!r} in the workbench; there are: {known}.")
    return found


def _refuse_no_address(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email.strip())
    except ValidationError:
        misuse(f"{email!r} is no e-mail address.")
