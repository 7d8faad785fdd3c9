"""What the operator gives in settings: read, or refused in a sentence that says what to write instead."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

MAIL = {"smtp": 587, "smtps": 465, "smtp+plain": 25}  # the usual port of each
MINUTES_IN_A_YEAR = 366 * 24 * 60
SHORTEST_TOKEN = 24  # characters
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


def home_folder(text: str) -> Path:
    """The folder of WAYFORWARD_HOME. Raises ImproperlyConfigured where something else stands there."""
    home = Path(text or "var").expanduser().resolve()
    nearest = next(one for one in (home, *home.parents) if one.exists() or one == one.parent)
    if not nearest.is_dir():
        raise ImproperlyConfigured(
            f"WAYFORWARD_HOME is {home}, and {nearest} is no folder. Set it to a folder."
        )
    return home


def address(text: str) -> SplitResult:
    """The parts of WAYFORWARD_URL. Raises ImproperlyConfigured where it is no address of a web site."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        good = good and parts.path in ("", "/") and not parts.query and not parts.username
    except ValueError:  # a port that is no number, or over 65535
        good = False
    if not good:
        raise ImproperlyConfigured(
            f"WAYFORWARD_URL is {text!r}, which is no address of a web site. "
            "Write it as http://127.0.0.1:8000 or https://options.example.org, with no path after it."
        )
    return parts


def database(text: str, home: Path) -> dict[str, Any]:
    """Django's settings of DATABASE_URL; of SQLite in the home where it is blank. Raises ImproperlyConfigured."""
    try:
        found: dict[str, Any] = dict(
            dj_database_url.parse(text or f"sqlite:///{home / 'wayforward.sqlite3'}", conn_max_age=60)
        )
    except ValueError:
        found = {}
    if found.get("ENGINE") not in ENGINES or not found.get("NAME"):
        # The text may hold a password: it is not said again.
        raise ImproperlyConfigured(
            "DATABASE_URL names no database that can be used. Write it as postgres://user:password@host/name "
            "or sqlite:////folder/file.sqlite3, or leave it out."
        )
    return found


def whole(name: str, text: str, usual: int, least: int = 0) -> int:
    """A setting that is a whole number. Raises ImproperlyConfigured where it is none, or out of all bounds."""
    if not text.strip():
        return usual
    if not (text.isascii() and text.isdecimal() and least <= int(text[:9]) <= MINUTES_IN_A_YEAR):
        raise ImproperlyConfigured(
            f"{name} is {text!r}. Write a whole number from {least} to {MINUTES_IN_A_YEAR}."
        )
    return int(text)


def one_of(name: str, text: str, choices: tuple[str, ...]) -> str:
    """A setting that is one of a few words, the first where it is blank. Raises ImproperlyConfigured."""
    chosen = text.strip() or choices[0]
    if chosen not in choices:
        raise ImproperlyConfigured(f"{name} is {text!r}. Write {' or '.join(choices)}, or leave it out.")
    return chosen


def token(name: str, text: str) -> str:
    """A secret that a program shows; '' where none is given. Raises ImproperlyConfigured where it could be guessed."""
    told = text.strip()
    if told and not (len(told) >= SHORTEST_TOKEN and told.isascii() and told.isprintable()):
        # It is not said again.
        raise ImproperlyConfigured(
            f"{name} is too short, or holds more than plain characters. Write 24 or more."
        )
    return told


def mail(text: str) -> dict[str, Any]:
    """Django's settings of WAYFORWARD_EMAIL_URL; none where it is blank. Raises ImproperlyConfigured."""
    if not text:
        return {}
    try:
        parts = urlsplit(text)
        if parts.scheme == "file" and parts.path.startswith("/"):
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": parts.path,
            }
        good = parts.scheme in MAIL and parts.hostname and parts.port != 0 and parts.path in ("", "/")
        port = parts.port or MAIL.get(parts.scheme, 0)
    except ValueError:
        good, port = False, 0
    if not good:
        # The text may hold a password: it is not said again.
        raise ImproperlyConfigured(
            "WAYFORWARD_EMAIL_URL names no mail server. Write it as smtp://user:password@mail.example.org, or smtps:// "
            "where the server speaks TLS from the start, or leave it out."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
