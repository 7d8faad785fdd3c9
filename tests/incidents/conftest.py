"""Files for the incident tests: fifty rows made up by hand, and the real ones where present."""

from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "police-uk" / "street"


@pytest.fixture
def data() -> Path:
    return DATA


@pytest.fixture
def made_up() -> list[Path]:
    return sorted(DATA.glob("*.csv"))


@pytest.fixture
def real() -> Callable[[str], list[Path]]:
    """Return the real street-level files whose name matches; skip where they aren't there."""
    if not SHARED.is_dir():
        pytest.skip("the police.uk files are not beside the repository (../shared)")
    return lambda pattern: sorted(SHARED.glob(pattern))


@pytest.fixture
def one_row(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of two rows, the second with the values given; return its path."""

    def write(**changed: str) -> Path:
        good = {
            "Crime ID": "",
            "Month": "2014-01",
            "Reported by": "Midshire Police",
            "Falls within": "Midshire Police",
            "Longitude": "-1.501001",
            "Latitude": "52.501001",
            "Location": "On or near Tinker Row",
            "LSOA code": "E01990001",
            "LSOA name": "Middleham 001A",
            "Crime type": "Burglary",
            "Last outcome category": "",
            "Context": "",
        }
        second = good | {name.replace("_", " "): value for name, value in changed.items()}
        lines = [",".join(good), ",".join(good.values()), ",".join(second.values())]
        path = tmp_path / "street.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
