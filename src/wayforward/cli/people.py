"""Commands about the people of the workbench: who there is, what part they have, and their links and locks."""

from typing import Annotated, Any

import typer

from wayforward.cli.saying import misuse, stop
from wayforward.cli.store import prepare_database
from wayforward.exercise.models import Exercise
from wayforward.people.models import ROLES

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
    group.command("sign-out")(sign_out)
    group.command("second-factor-off")(second_factor_off)
    group.command("erase")(erase)


def add(
    email: Email,
    exercise: ExerciseOption = "",
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(dict(ROLES))}.")] = "",
    operator: Annotated[bool, typer.Option("--operator", help="Lets the person see every exercise.")] = False,
    called: Annotated[
        str | None, typer.Option(help="What records call them as owner, such as 'Scope lead; Options lead'.")
    ] = None,
) -> None:
    """Add a person, or give one a part in an exercise; a new person gets a link to set a password.

    Example: **wayforward people add a@example.org --exercise WMP-2012 --role analyst**
    """
    from wayforward.people.models import User
    from wayforward.web.passwords import good_for, password_link

    _refuse_no_address(email)
    if bool(exercise) != bool(role) or not (exercise or operator):
        misuse("Give both --exercise and --role, or --operator.")
    if called is not None and not exercise:
        misuse("Give --called with --exercise and --role: a person is called so in one exercise.")
    if role and role not in dict(ROLES):
        misuse(f"There is no role {role!r}; there are: {', '.join(dict(ROLES))}.")
    prepare_database()
    joined = _exercise(exercise) if exercise else None
    user = _find(email) or User.objects.create_user(email)
    if operator:
        user.is_superuser = True
        user.save()
    if joined:
        from wayforward.people import parts

        try:
            parts.give(joined, user, role, None)
            if called is not None:
                parts.call(joined, user, called, None)
        except parts.Refused as why:
            stop(str(why))
    typer.echo(_line(user))
    if not user.has_usable_password():
        typer.echo(f"To set a password, once, within {good_for(user).days} days: {password_link(user)}")


def remove(
    email: Email,
    exercise: ExerciseOption = "",
    operator: Annotated[bool, typer.Option("--operator", help="They no longer see every exercise.")] = False,
) -> None:
    """Take a person's part in an exercise away, for whom it is then not there; or their right to see every one.

    Example: **wayforward people remove a@example.org --exercise WMP-2012**
    """
    from wayforward.people import parts

    if not (exercise or operator):
        misuse("Give --exercise or --operator.")
    prepare_database()
    user, left = _person(email), _exercise(exercise) if exercise else None
    if left:
        parts.take(left, user, None)
    if operator:
        user.is_superuser = False
        user.save()
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


def sign_out(email: Email) -> None:
    """End everything that a person is signed in to, as after the loss of a laptop.

    Example: **wayforward people sign-out a@example.org**
    """
    from allauth.usersessions.models import UserSession

    prepare_database()
    every = UserSession.objects.purge_and_list(_person(email))
    for one in every:
        one.end()
    typer.echo(f"{len(every)} {'place' if len(every) == 1 else 'places'} ended.")


def second_factor_off(email: Email) -> None:
    """Take a person's second factor off, who has lost the telephone and the recovery codes.

    Be sure that it is they who ask. Example: **wayforward people second-factor-off a@example.org**
    """
    from allauth.mfa.models import Authenticator

    prepare_database()
    user = _person(email)
    Authenticator.objects.filter(user=user).delete()
    typer.echo(f"{user.email}: the password alone lets them in, until they set up a second factor again.")


def erase(
    email: Email,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is meant.")] = False,
) -> None:
    """Take a person's name and address out of the workbench for good; logs keep their number.

    Example: **wayforward people erase a@example.org**
    """
    from wayforward.people import parts
    from wayforward.web import throttle

    prepare_database()
    user = _person(email)
    if not yes and not typer.confirm(f"Erase {user.email}, with every part they have? It can't be undone."):
        stop("Nothing was changed.")
    throttle.unlock(user.email)
    parts.erase(user)
    typer.echo(f"Erased. They stay in logs as person {user.pk}.")


def _line(user: Any) -> str:
    """'a@example.org: analyst of WMP-2012; signed in on 3 May 2026'."""
    if user.erased:
        return f"person {user.pk}: erased"
    parts = [
        f"{one.role} of {one.exercise.code}" + (f" (called {one.called})" if one.called else "")
        for one in user.memberships.select_related("exercise")
    ]
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
