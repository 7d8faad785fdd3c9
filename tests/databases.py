"""A real database for a test that runs programs of its own: SQLite in a file, or PostgreSQL where there is a server."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[1]
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@contextmanager
def empty_database(kind: str) -> Iterator[dict[str, str]]:
    """Its setting, for the environment of a program; dropped afterwards."""
    if kind == "sqlite":
        yield {}
        return
    import psycopg

    address, name = os.environ["WAYFORWARD_TEST_POSTGRES"], f"own_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(home: Path, database: dict[str, str]) -> dict[str, str]:
    """Of a program of the product with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAYFORWARD_")}
    kept.pop("DATABASE_URL", None)
    return {
        **kept,
        "WAYFORWARD_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "wayforward.web.settings",
        "PYTHONUNBUFFERED": "1",
        **database,
    }


def script(text: str, home: Path, database: dict[str, str], timeout: float = 300) -> str:
    """What a Python program says, run in an environment of its own; it must end well."""
    done = subprocess.run(
        [sys.executable, "-c", text],
        env=environment(home, database),
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def command(
    home: Path, database: dict[str, str], *arguments: object, status: int | None = 0
) -> subprocess.CompletedProcess[str]:
    """A command of the product in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from wayforward.cli import main; main()", *map(str, arguments)],
        env=environment(home, database),
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        check=False,
    )
    assert status is None or done.returncode == status, (done.returncode, done.stdout, done.stderr)
    return done


def asked(home: Path, database: dict[str, str], query: str) -> list[tuple[object, ...]]:
    """What a query answers, without a program of the product."""
    if database:
        import psycopg

        with psycopg.connect(database["DATABASE_URL"]) as server:
            return list(server.execute(query.encode()).fetchall())
    with closing(sqlite3.connect(home / "wayforward.sqlite3", timeout=20)) as file:
        return list(file.execute(query).fetchall())
