"""Markers for what a machine may lack, and the rule that a skipped test says what it needs."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
# A reason for skipping begins with one of these. WAYFORWARD_SKIPS=none (continuous integration)
# leaves only the second: those files are kept beside the repository and never in it.
NEEDS = "needs: "
NEEDS_SHARED = "needs: the reference files in ../shared"

# The same examples each time, and no clock: a shared machine may pause for a second.
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")


def find_chromium() -> str | None:
    """The browser that tests drive: WAYFORWARD_CHROMIUM, else the first on the path."""
    named = os.environ.get("WAYFORWARD_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


LACKING: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (
        lambda: find_chromium() is None,
        NEEDS + "Chromium on the path, or its path in WAYFORWARD_CHROMIUM",
    ),
    "postgres": (
        lambda: not os.environ.get("WAYFORWARD_TEST_POSTGRES"),
        NEEDS + "a PostgreSQL server, its postgres:// address in WAYFORWARD_TEST_POSTGRES",
    ),
    "shared": (lambda: not SHARED.is_dir(), NEEDS_SHARED),
}

_skipped: dict[str, str] = {}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser, for tests marked ``browser``."""
    path = find_chromium()
    assert path, "mark the test `browser`: it is then skipped where there is none"
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """A running browser, one for the whole session: Playwright can't be started twice in one process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference files, for tests marked ``shared``."""
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine can't run, with the reason."""
    for marker, (lacking, reason) in LACKING.items():
        marked = [item for item in items if item.get_closest_marker(marker)]
        if marked and lacking():
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the reason of each skip (an expected failure is none)."""
    _note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A module that skips itself as a whole counts too."""
    _note_skip(report)


def _note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _skipped[report.nodeid] = reason.removeprefix("Skipped: ")


def unexplained(reason: str, none_allowed: bool) -> bool:
    """Whether a skip with this reason fails the run."""
    return not reason.startswith(NEEDS_SHARED if none_allowed else NEEDS)


def _refused() -> dict[str, str]:
    none_allowed = os.environ.get("WAYFORWARD_SKIPS") == "none"
    return {test: why for test, why in _skipped.items() if unexplained(why, none_allowed)}


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped without a good reason fails the run."""
    if _refused() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests whose skipping fails the run."""
    refused = _refused()
    if refused:
        terminalreporter.section("skipped, and that fails the run", red=True)
        terminalreporter.line(f"A reason begins with {NEEDS!r} and names what the machine lacks;")
        terminalreporter.line("with WAYFORWARD_SKIPS=none the machine is to lack nothing.")
        for test, why in sorted(refused.items()):
            terminalreporter.line(f"  {test}: {why}")
