"""Writes docs/data-dictionary.md: `make dictionary` runs this module as a program."""

import os
from pathlib import Path

import django

OUTPUT = Path("docs/data-dictionary.md")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayforward.web.settings")
    django.setup()
    from wayforward.casefile.guide import dictionary  # the models are there now

    OUTPUT.write_bytes(dictionary().encode())


if __name__ == "__main__":
    main()
