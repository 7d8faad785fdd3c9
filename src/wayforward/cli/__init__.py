"""The command line: `wayforward --help` lists the commands, each with an example."""

import os
import sys

EXAMPLE_CASE = "cases/west-midlands-2012"


def main() -> None:
    """Run a command. Exit status 0: done; 1: faults were found; 2: the command was not used as it can be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayforward.web.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:  # a setting that can't be used: the message says which
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
    from wayforward.cli.app import app

    # Text that leaves by a pipe is UTF-8 wherever the machine stands.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app()
