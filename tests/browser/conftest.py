"""The workbench as a person meets it: started by its own command, with the worked case, in a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

CASE = Path(__file__).resolve().parents[2] / "cases" / "west-midlands-2012"
CODE = "WMP-2012"
EMAIL = "operator@example.org"
PASSWORD = "three odd words here"


@dataclass(frozen=True)
class Workbench:
    """A running workbench and its link for the first person."""

    address: str
    first_link: str
    home: Path

    def exercise(self, path: str = "") -> str:
        return f"{self.address}/exercises/{CODE}{path}"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    home = tmp_path_factory.mktemp("home")
    address = f"http://127.0.0.1:{_free_port()}"
    environment = {
        **os.environ,
        "WAYFORWARD_HOME": str(home),
        "WAYFORWARD_URL": address,
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", "from wayforward.cli import main; main()"]
    subprocess.run([*command, "import", str(CASE)], env=environment, check=True, capture_output=True)
    said = home / "said.txt"
    with said.open("w") as out:
        server = subprocess.Popen(
            [*command, "serve", "--workers", "1"], env=environment, stdout=out, stderr=out
        )
    try:
        _wait_for(f"{address}/healthz", server, said)
        link = re.search(r"http\S+/first/\S+", said.read_text())
        assert link, said.read_text()
        yield Workbench(address, link.group(), home)
    finally:
        server.terminate()
        server.wait(timeout=40)


def _wait_for(address: str, server: Any, said: Path) -> None:
    for _ in range(120):
        assert server.poll() is None, said.read_text()
        try:
            with urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"the workbench did not answer: {said.read_text()}")


@pytest.fixture(scope="session")
def cookies() -> dict[str, Any]:
    """Of the first person, once they are there: the link is good for one sign-in."""
    return {}


@pytest.fixture
def signed_in(workbench: Workbench, browser: Any, cookies: dict[str, Any]) -> Any:
    """The cookies of the first person, who came by the link that `serve` printed."""
    if not cookies:
        cookies |= _by_the_first_link(workbench, browser)
    return cookies


def _by_the_first_link(workbench: Workbench, browser: Any) -> Any:
    context = browser.new_context()
    page = context.new_page()
    page.goto(workbench.first_link)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    # One exercise: straight to its home.
    page.wait_for_url(workbench.exercise())
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page(browser: Any, signed_in: Any) -> Iterator[Any]:
    """A page of the person signed in, on a desk; `page.said` is what its console complained of."""
    context = browser.new_context(storage_state=signed_in, viewport={"width": 1280, "height": 900})
    one = context.new_page()
    one.said = []
    one.on("console", lambda m: one.said.append(m.text) if m.type in ("error", "warning") else None)
    one.on("pageerror", lambda error: one.said.append(str(error)))
    yield one
    context.close()
