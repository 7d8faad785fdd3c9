"""A skipped test says what it needs, or the run fails; where nothing may be lacking, it fails anyway."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]


def run(folder: Path, body: str, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """pytest in a folder of its own, under the same conftest.py."""
    inner = folder / "repository" / "tests"
    inner.mkdir(parents=True)
    shutil.copyfile(TESTS / "conftest.py", inner / "conftest.py")
    (inner / "test_one.py").write_text("import pytest\n\n" + body, encoding="utf-8")
    ours = ("WAYFORWARD_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", *options, str(inner)],
        cwd=inner,
        env=kept | environ,
        capture_output=True,
        text=True,
        timeout=60,
    )


def skipping(reason: str) -> str:
    return f"def test_one() -> None:\n    pytest.skip({reason!r})\n"


@pytest.mark.parametrize(
    ("body", "skips", "status"),
    [
        (skipping("needs: an office program"), "", 0),
        (skipping("needs: an office program"), "none", 1),
        (skipping("not today"), "", 1),
        ('pytest.skip("not today", allow_module_level=True)\n', "", 1),
        ("@pytest.mark.postgres\ndef test_one() -> None:\n    pass\n", "", 0),
        ("@pytest.mark.postgres\ndef test_one() -> None:\n    pass\n", "none", 1),
        ("@pytest.mark.shared\ndef test_one() -> None:\n    pass\n", "none", 0),
        ("@pytest.mark.xfail\ndef test_one() -> None:\n    raise ValueError\n", "none", 0),
    ],
)
def test_which_skips_fail_the_run(body: str, skips: str, status: int, tmp_path: Path) -> None:
    ended = run(tmp_path, body + "\n\ndef test_two() -> None:\n    pass\n", WAYFORWARD_SKIPS=skips)
    # A module that skips itself as a whole leaves no test to run: pytest's own status is then 5.
    assert ended.returncode in ({1, 5} if "allow_module_level" in body else {status}), ended.stdout
    assert ("fails the run" in ended.stdout) == bool(status)
    assert re.search(r"in \d+\.\d+s =+\s*$", ended.stdout), "pytest's closing line stands last"


@pytest.mark.parametrize(
    ("reason", "status"), [("needs: an office program", 0), ("not today", 1)], ids=["needs", "not-today"]
)
def test_a_skip_on_another_process_counts_like_one_on_this(reason: str, status: int, tmp_path: Path) -> None:
    """As `make test` runs them: the word of the process that skipped reaches the one that ends the run."""
    body = skipping(reason) + "\n\ndef test_two() -> None:\n    pass\n"
    ended = run(tmp_path, body, "-n", "2", "--dist", "loadfile")
    assert ended.returncode == status, ended.stdout
    assert ("fails the run" in ended.stdout) == bool(status)
    assert f"test_one.py::test_one: {reason}" in ended.stdout or not status
    assert re.search(r"1 passed, 1 skipped in \d+\.\d+s =+\s*$", ended.stdout), "the closing line is the same"


def test_a_module_that_skips_itself_on_another_process_fails_the_run(tmp_path: Path) -> None:
    ended = run(tmp_path, 'pytest.skip("not today", allow_module_level=True)\n', "-n", "2")
    assert ended.returncode in (1, 5), ended.stdout
    assert "fails the run" in ended.stdout
