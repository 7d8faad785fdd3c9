"""The lock files name versions and hashes, and no place; the three agree on versions."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)(?:\s*;\s*(.*?))?\s*\\?$")
PLACES = (
    (
        "a host or an address",
        re.compile(r"[a-z][a-z0-9+.-]*://|\b[a-z0-9-]+\.(?:org|com|net|io)\b|\bwww\.", re.I),
    ),
    ("an option other than a hash", re.compile(r"^\s*-(?!-hash=sha256:)")),
    ("a local path", re.compile(r"(?:^|\s|@)(?:\.{0,2}/|~/|[A-Za-z]:\\)\S|\bfile:")),
)


def places(text: str) -> list[str]:
    """What a lock file says about where things come from: one line a finding."""
    return [
        f"line {number} holds {what}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in PLACES
        if pattern.search(line)
    ]


def pins(path: Path) -> dict[str, set[tuple[str, str]]]:
    """Package to its (version, marker) pairs in one file."""
    found: dict[str, set[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", " ")):
            match = PIN.match(line)
            assert match, f"{path.name}: not an exact pin: {line}"
            name, version, marker = match.groups()
            found.setdefault(name.lower(), set()).add((version, marker or ""))
    return found


def versions(path: Path) -> dict[str, set[str]]:
    return {name: {version for version, _ in pairs} for name, pairs in pins(path).items()}


def test_the_lock_files_are_the_ones_we_know() -> None:
    assert [path.name for path in LOCKS] == ["npm.txt", "peers.txt", "run.txt", "test.txt"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_names_no_place(path: Path) -> None:
    assert places(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "--index-url=https://example.org/simple",
        "-i https://example.org/simple",
        "--some-option wheels",
        "-f wheels",
        "-r run.txt",
        "-e .",
        "--trusted-host example",
        "wayforward @ file:///home/someone/wayforward",
        "./wheels/numpy.whl",
        "/opt/wheels/numpy.whl",
        "numpy @ ../numpy",
        "    # via -c /home/someone/all.txt",
        "# from packages.example.org",
        "C:\\wheels\\numpy.whl",
    ],
)
def test_a_place_is_found_where_there_is_one(line: str) -> None:
    assert places("# heading\n" + line) != []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_pin_has_a_hash(path: Path) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", path.read_text(encoding="utf-8"))[1:]
    assert len(blocks) == sum(len(pairs) for pairs in pins(path).values()) > 0
    without = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]
    assert without == []


def test_the_three_agree_on_versions() -> None:
    run, test, peers = (versions(ROOT / "requirements" / f"{n}.txt") for n in ("run", "test", "peers"))
    assert {name: test.get(name) for name in run} == run
    both = peers.keys() & test.keys()
    assert "numpy" in both
    assert {name: peers[name] for name in both} == {name: test[name] for name in both}


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]

    def names(requirements: list[str]) -> set[str]:
        found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
        return {match.group().lower().replace("_", "-") for match in found if match}

    run = pins(ROOT / "requirements" / "run.txt").keys()
    test = pins(ROOT / "requirements" / "test.txt").keys()
    assert names(project["project"]["dependencies"]) | names(groups["build"]) <= run
    assert names(groups["test"]) <= test
    assert names(groups["peers"]) <= pins(ROOT / "requirements" / "peers.txt").keys()


def test_the_npm_lock_file_names_no_place_and_every_package_its_hash() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert places(text) == []
    packages = json.loads(text)["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert fetched
    for name, entry in fetched.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
