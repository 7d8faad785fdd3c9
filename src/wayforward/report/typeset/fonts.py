"""Source Sans, from its own package: the only typeface of the PDF and of the charts."""

from __future__ import annotations

import base64
import shutil
from functools import cache
from pathlib import Path

from wayforward.pages.fonts import folder

FAMILY = "Source Sans Pro"
FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")
WEB_FACES = (("Regular", 400), ("Semibold", 600))


def copy_faces(to: Path) -> None:
    """Copy the faces the report uses to an empty folder.

    The package holds each face twice (OTF and TTF), and which one a renderer meets first depends
    on the file system; one copy of each keeps the bytes of the PDF the same everywhere.

    Raises FileNotFoundError if a face is missing from the package.
    """
    to.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        shutil.copyfile(folder() / f"SourceSansPro-{face}.otf", to / f"SourceSansPro-{face}.otf")


@cache
def web_faces() -> str:
    """Style rules that carry the typeface in a page itself: the words of charts are cut where a wider one stands in."""
    return "".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
        f"src: url(data:font/otf;base64,{_encoded(face)}); }}\n"
        for face, weight in WEB_FACES
    )


def _encoded(face: str) -> str:
    return base64.b64encode((folder() / f"SourceSansPro-{face}.otf").read_bytes()).decode()
