"""The commands that open the workbench: a web server on this machine or for others, and the worker beside it."""

import os
import signal
from typing import Annotated
from urllib.parse import urlsplit

import typer
from django.conf import settings

from wayforward.cli.saying import misuse, stop
from wayforward.cli.store import prepare_database

BEHIND_A_WEB_SERVER = "127.0.0.1:8000"


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(worker)


def serve(
    bind: Annotated[str, typer.Option(help="Address and port; by default those of WAYFORWARD_URL.")] = "",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Server processes.")] = 2,
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Begin a worker for long work, and keep it running.")
    ] = True,
) -> None:
    """Open the workbench. The first time it prints a link that signs you in once, to set a password.

    Example: **wayforward serve** or **wayforward serve --bind 127.0.0.1:8080**
    """
    from wayforward.web.first_link import first_link
    from wayforward.web.server import complaint, no_address, occupied, run

    if not settings.STATIC_BUILT.exists():
        stop("The pages' style sheets are not there yet. `make serve` fetches them and starts the workbench.")
    listens = bind or address(settings.URL)
    if wrong := no_address(listens):
        misuse(wrong)
    if wrong := complaint(settings.HOME) or occupied(listens):
        stop(wrong)
    os.umask(0o077)  # what the workbench writes from here on is for its owner alone
    prepare_database()
    # Bound elsewhere for a moment, with no public address named: people reach it where it listens.
    where = f"http://{bind}" if bind and "WAYFORWARD_URL" not in os.environ else settings.URL
    if link := first_link(where):
        typer.echo(f"Sign in for the first time, once, within a day: {link}")
    typer.echo(f"The workbench is at {where} (stop it with Ctrl-C).")
    if not bind and urlsplit(settings.URL).scheme == "https":
        typer.echo(f"It listens at {listens}, for the web server that speaks https (docs/operations.md).")
    run(listens, workers, _work if with_worker else None)


def worker(
    once: Annotated[
        bool, typer.Option("--once", help="End when nothing waits, in place of waiting for more.")
    ] = False,
) -> None:
    """Do long work, such as making reports, until stopped. `wayforward serve` begins one by itself.

    Example: **wayforward worker** or **wayforward worker --once**
    """
    os.umask(0o077)
    prepare_database()
    if not once:
        typer.echo("The worker waits for long work (stop it with Ctrl-C).")
    _work(once)


def _work(once: bool = False) -> None:
    from wayforward.jobs.worker import be_told_to_end, lower_priority, work

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, be_told_to_end)
    lower_priority()
    work(looks_for_work=not once, once=once)


def address(url: str) -> str:
    """Where to listen for an address: '127.0.0.1:8000' for http://127.0.0.1:8000.

    An https address belongs to the web server in front: the workbench listens behind it, on this machine alone.
    """
    parts = urlsplit(url)
    if parts.scheme == "https":
        return BEHIND_A_WEB_SERVER
    host = parts.hostname or "127.0.0.1"
    port = parts.port or 80
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
