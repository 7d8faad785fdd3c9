"""Source Sans, from its own package: the only typeface of the PDF and of the charts."""

from __future__ import annotations

import shutil
from pathlib import Path

from wayforward.pages.fonts import folder

FAMILY = "Source Sans Pro"
FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")


def copy_faces(to: Path) -> None:
    """Copy the faces the report uses to an empty folder.

    The package holds each face twice (OTF and TTF), and which one a renderer meets first depends
    on the file system; one copy of each keeps the bytes of the PDF the same everywhere.

    Raises FileNotFoundError if a face is missing from the package.
    """
    to.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        shutil.copyfile(folder() / f"SourceSansPro-{face}.otf", to / f"SourceSansPro-{face}.otf")
