"""The bundle for machines without a network: built once, installed where no index can be reached, and at work there."""

import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.setup.test_lock_files import places

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "casefile" / "small_case"
LOCK = ROOT / "requirements" / "run.txt"
# Whoever goes round pip's own settings meets a port at which nobody listens.
NOWHERE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
pytestmark = [pytest.mark.extras, pytest.mark.timeout(900)]


def run(*words: object, told: dict[str, str] | None = None, status: int = 0) -> str:
    """What a program says; it must end with the status."""
    done = subprocess.run(
        [str(w) for w in words], env=told, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, (words, done.stdout, done.stderr)
    return done.stdout if status == 0 else done.stderr


def without_a_network(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(
            ("PIP_", "PYTHON", "WAYFORWARD_", "VIRTUAL_ENV", "DATABASE_URL", "DJANGO_")
        )
    }
    plain = {"PATH": "/usr/bin:/bin", "PYTHON": base_python(), "WAYFORWARD_HOME": str(home)}
    return {**kept, **NOWHERE, **plain, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": "/dev/null"}


def base_python() -> str:
    """The Python that .venv was made from, which has none of our packages."""
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}")


def index_is_reached(folder: Path) -> bool:
    """Whether pip finds one small package of the lock file."""
    found = re.search(r"^sqlparse==\S+ \\\n(?: +--hash=\S+(?: \\)?\n)+", LOCK.read_text(), re.MULTILINE)
    assert found, "the lock file names sqlparse"
    (folder / "one.txt").write_text(found.group().rstrip().rstrip("\\") + "\n")
    words = ("download", "--quiet", "--no-deps", "--no-cache-dir", "--require-hashes", "--dest", str(folder))
    asked: Sequence[str] = (sys.executable, "-m", "pip", *words, "-r", str(folder / "one.txt"))
    return subprocess.run(asked, capture_output=True, check=False, timeout=300).returncode == 0


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle as somebody unpacks it, in a folder whose name holds a space."""
    folder = tmp_path_factory.mktemp("bundle")
    if not index_is_reached(folder):
        pytest.skip("needs: a package index that pip can reach")
    run("tools/bundle", folder / "dist")
    (archive,) = (folder / "dist").iterdir()
    assert re.fullmatch(r"wayforward-[\w.]+-offline\.tar\.gz", archive.name)
    with tarfile.open(archive) as packed:
        packed.extractall(folder / "un packed", filter="data")
    archive.unlink()  # a quarter of a gigabyte
    (inner,) = (folder / "un packed").iterdir()
    return inner


@pytest.fixture(scope="module")
def installed(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("target") / "way forward"
    said = run("sh", unpacked / "install.sh", target, told=without_a_network(target.parent / "home"))
    assert str(target) in said
    return target


def test_a_bundle_names_no_place_where_packages_come_from(unpacked: Path) -> None:
    for name in ("install.sh", "made-for", "requirements/wheels.txt", "requirements/run.txt"):
        assert "://" not in (unpacked / name).read_text(encoding="utf-8"), name
    assert places((unpacked / "requirements" / "run.txt").read_text(encoding="utf-8")) == []
    named = (unpacked / "requirements" / "wheels.txt").read_text(encoding="utf-8").split()[::2]
    assert named == sorted(f"./wheels/{wheel.name}" for wheel in (unpacked / "wheels").iterdir())


def test_it_installs_without_a_network_and_reads_a_case(installed: Path, tmp_path: Path) -> None:
    from wayforward import __version__

    told, program = without_a_network(tmp_path), installed / "bin" / "wayforward"
    assert run(program, "--version", told=told) == f"wayforward {__version__}\n"
    assert "no fault found" in run(program, "check", SMALL, told=told)
    assert "imported" in run(program, "import", SMALL, told=told)  # the tables are brought along too


def test_the_pages_files_are_served_from_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    text = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from wayforward.web.assets import built_folder
print(built_folder())
for name in ("govuk-frontend.min.css", "govuk-frontend.min.js", "source-sans.css", "vega.js"):
    answer = Client().get(f"/static/vendor/{name}", headers={"host": "127.0.0.1"})
    print(name, answer.status_code, len(answer.getvalue()) == (built_folder() / "vendor" / name).stat().st_size)
"""
    told = without_a_network(tmp_path) | {"DJANGO_SETTINGS_MODULE": "wayforward.web.settings"}
    folder, *answers = run(installed / "bin" / "python", "-I", "-c", text, told=told).splitlines()
    assert Path(folder).is_relative_to(installed.resolve())
    assert [answer.partition(" ")[2] for answer in answers] == ["200 True"] * 4


def test_an_old_folder_and_another_python_are_refused_and_nothing_is_left(
    unpacked: Path, tmp_path: Path
) -> None:
    told = without_a_network(tmp_path)
    assert "is there already" in run("sh", unpacked / "install.sh", tmp_path, told=told, status=1)
    made_for = unpacked / "made-for"
    before = made_for.read_text()
    made_for.write_text("3.99 Nowhere abacus\n")
    try:
        said = run("sh", unpacked / "install.sh", tmp_path / "new", told=told, status=1)
    finally:
        made_for.write_text(before)
    assert "3.99 Nowhere abacus" in said
    assert not (tmp_path / "new").exists()


def test_a_wheel_that_was_changed_is_refused_and_nothing_is_left(unpacked: Path, tmp_path: Path) -> None:
    (wheel,) = (unpacked / "wheels").glob("wayforward-*.whl")
    before = wheel.read_bytes()
    wheel.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    try:
        said = run(
            "sh", unpacked / "install.sh", tmp_path / "new", told=without_a_network(tmp_path), status=1
        )
    finally:
        wheel.write_bytes(before)
    assert "HASH" in said.upper()
    assert not (tmp_path / "new").exists()
