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

# `make test` hands the tests to several processes, file by file. These folders stay together: their tests
# share what takes long to make. The long ones begin first, lest one process works on alone at the end.
TOGETHER = ("tests/browser/test_", "tests/report/typeset/")
LONG = (
    "tests/browser/test_",
    "tests/pages/test_matrix.py",
    "tests/journeys/",
    "tests/pages/register/",
    "tests/pages/",
    "tests/jobs/",
    "tests/report/",
)

_skipped: dict[str, str] = {}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser, for tests marked ``browser``."""
    path = find_chromium()
    assert path, "mark the test `browser`: it is then skipped where there is none"
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A running browser, one for the tests of a file: while Playwright runs, no test of a database can."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make the tables as a new database gets them: tests/web/test_tables.py compares them with the migrations'."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Note each migration as done, as a new database has them."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    with django_db_blocker.unblock():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations:
            recorder.record_applied(app, name)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference files, for tests marked ``shared``."""
    return SHARED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what this machine can't run, with the reason; put what takes long first where several processes share."""
    if hasattr(config, "workerinput"):
        items.sort(
            key=lambda item: next((n for n, one in enumerate(LONG) if item.nodeid.startswith(one)), len(LONG))
        )
    for marker, (lacking, reason) in LACKING.items():
        marked = [item for item in items if item.get_closest_marker(marker)]
        if marked and lacking():
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=reason))


def work_unit(test: str) -> str:
    """What is done by one process in one go: a file, or a folder that shares a server."""
    file = test.partition("::")[0]
    return next((one for one in TOGETHER if file.startswith(one)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out the tests to the processes of `make test` by units, in the order in which they were put."""
    from xdist.scheduler import LoadFileScheduling

    class ByUnit(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return work_unit(nodeid)

    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return ByUnit(config, log)


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
