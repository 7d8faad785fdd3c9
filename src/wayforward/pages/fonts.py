"""Where the product's typeface is: Source Sans, from its own package."""

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """The folder of the installed font package."""
    return Path(str(files("font_source_sans_pro") / "files"))
