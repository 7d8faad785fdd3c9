"""The files that run the workbench in containers: what they name is there, and they are set as docs/operations.md says.

No container program is needed: compose.yaml is read in the small part of YAML that it keeps to.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
EVERY_FILE = sorted(
    path for path in DEPLOY.iterdir() if path.suffix != ".env"
)  # those are the operator's own


def read(text: str) -> dict[str, Any]:
    """Mappings by two spaces, lists of plain scalars, comments on lines of their own. Raises ValueError for more."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found, rest = _mapping(lines, 0)
    if rest:
        raise ValueError(rest[0])
    return found


def _mapping(lines: list[str], depth: int) -> tuple[dict[str, Any], list[str]]:
    found: dict[str, Any] = {}
    while lines and _depth(lines[0]) == depth:
        named = re.fullmatch(r" *([\w.-]+):(?: (\S.*))?", lines[0])
        if not named or named[1] in found:
            raise ValueError(lines[0])
        lines = lines[1:]
        if named[2]:
            found[named[1]] = named[2].strip('"')
        elif lines and _depth(lines[0]) == depth + 2 and lines[0].lstrip().startswith("- "):
            items = []
            while lines and _depth(lines[0]) == depth + 2 and lines[0].lstrip().startswith("- "):
                items.append(lines[0].lstrip()[2:].strip('"'))
                lines = lines[1:]
            found[named[1]] = items
        else:
            found[named[1]], lines = _mapping(lines, depth + 2)
    return found, lines


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


COMPOSE = read((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
# The instructions, each on one line, without comments.
STEPS = re.sub(r"\s*\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", CONTAINERFILE)).strip().splitlines()


@pytest.mark.parametrize("broken", ["a: 1\na: 2\n", "a:\n   b: 1\n", "a\n", "a: 1\n  b: 2\n", "a:\n\t- b\n"])
def test_the_reader_refuses_what_it_does_not_know(broken: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the message is the line
        read(broken)


def test_the_reader_reads() -> None:
    text = '# told\na:\n  b:\n    - "x:y"\n    - z\n  c: ["d", "e"]\nf:\n'
    assert read(text) == {"a": {"b": ["x:y", "z"], "c": '["d", "e"]'}, "f": {}}


def test_three_services_are_joined() -> None:
    assert set(SERVICES) == {"database", "web", "worker"}
    for one in SERVICES.values():
        assert {volume.partition(":")[0] for volume in one["volumes"]} <= set(COMPOSE["volumes"])
        assert set(one["networks"]) <= set(COMPOSE["networks"])
        assert set(one.get("depends_on", {})) <= set(SERVICES)
    assert SERVICES["database"]["image"] == "postgres:15"
    assert SERVICES["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": "true"}
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["web"]
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]  # the web server in front is on this machine


def test_one_worker_does_the_long_work() -> None:
    assert '"serve", "--no-worker"' in SERVICES["web"]["command"]
    assert SERVICES["worker"]["command"] == '["wayforward", "worker"]'


@pytest.mark.parametrize("name", ["web", "worker"])
def test_ours_may_do_little(name: str) -> None:
    one = SERVICES[name]
    assert one["read_only"] == "true"
    assert one["tmpfs"] == ["/tmp"]
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["volumes"] == ["home:/var/lib/wayforward"]
    assert one["build"] == {"context": "..", "dockerfile": "deploy/Containerfile"}
    assert "privileged" not in one
    assert "user" not in one  # that of the image


def test_secrets_come_from_files_that_are_not_kept() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/deploy/*.env" in ignored
    for one in SERVICES.values():
        assert "environment" not in one
        assert (DEPLOY / f"{one['env_file']}.example").is_file()


def test_the_examples_name_settings_that_there_are() -> None:
    documented = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for line in (DEPLOY / "workbench.env.example").read_text(encoding="utf-8").splitlines():
        if named := re.match(r"(?:# )?([A-Z_]+)=", line):
            assert f"| `{named[1]}` |" in documented


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: path.name)
def test_no_host_and_no_secret_is_in_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"\b\d+\.\d+\.\d+\.\d+\b", text)) <= {"127.0.0.1", "0.0.0.0"}
    assert set(re.findall(r"\w+://[^\s'\")]+", text)) <= {
        "http://127.0.0.1:8000/healthz",
        "postgres://wayforward:PASSWORD@database/wayforward",
    }
    for name, value in re.findall(
        r"(?im)^(?:# )?(\w*(?:password|secret|token|key)\w*)\s*[=:][ \t]*(\S*)", text
    ):
        assert not value, name


def test_what_is_copied_is_there_and_reaches_the_build() -> None:
    reaches = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [step.split()[1:-1] for step in STEPS if step.startswith("COPY ") and "--from=" not in step]
    sources = [source for one in copied for source in one]
    assert {"src", "requirements/run.txt", "package-lock.json"} <= set(sources)
    assert "." not in sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in reaches
    assert {line[1:] for line in reaches if line.startswith("!")} == set(sources)
    assert reaches[1] == "*"


def test_what_is_taken_from_another_stage_was_made_there() -> None:
    stages = [step.split()[3] for step in STEPS if step.startswith("FROM ") and " AS " in step]
    assert stages == ["styles", "made"]
    assert set(re.findall(r"--from=(\w+)", CONTAINERFILE)) == set(stages)


def test_base_images_are_pinned_by_tag() -> None:
    bases = [step.split()[1] for step in STEPS if step.startswith("FROM ")]
    assert bases == ["node:24-bookworm-slim", "python:3.12-slim-bookworm", "python:3.12-slim-bookworm"]


@pytest.mark.parametrize(
    "told", [SERVICES["web"]["command"], SERVICES["worker"]["command"], STEPS[-1].removeprefix("CMD ")]
)
def test_what_they_run_is_a_command_with_such_options(told: str) -> None:
    import typer

    from wayforward.cli.app import app

    program, name, *options = json.loads(told)
    assert program == "wayforward"
    group: Any = typer.main.get_command(app)
    group.commands[name].make_context(name, options)  # raises on an option that there is not


def test_packages_are_installed_by_hash_alone() -> None:
    installed = [part for step in STEPS for part in step.split("&&") if "pip install" in part]
    assert len(installed) == 3
    assert all(
        "--require-hashes" in one or one.strip().endswith("--no-build-isolation .") for one in installed
    )
    assert any("npm ci --ignore-scripts" in step for step in STEPS)


@pytest.mark.skipif(not shutil.which("awk"), reason="needs: awk on the path")
def test_the_driver_of_postgresql_is_cut_out_of_the_locked_tests() -> None:
    (program,) = re.findall(r"awk '([^']+)'", CONTAINERFILE)
    lock = ROOT / "requirements" / "test.txt"
    cut = subprocess.run(["awk", program, lock], capture_output=True, text=True, check=True).stdout
    pinned = re.findall(r"(?m)^([a-z][\w-]*)==", cut)
    assert pinned == ["psycopg", "psycopg-binary"]
    assert len(re.findall(r"(?m)^\S", cut)) == 2
    assert cut.count("--hash=sha256:") >= 4
    assert "\ntyping-extensions==" in (ROOT / "requirements" / "run.txt").read_text()  # what it needs besides


def test_it_runs_as_nobody_of_the_machine_and_is_asked_how_it_is() -> None:
    last = STEPS[max(number for number, step in enumerate(STEPS) if step.startswith("FROM ")) :]
    assert "USER 10001:10001" in last
    assert last.index("USER 10001:10001") < last.index("VOLUME /var/lib/wayforward")
    (asked,) = [step for step in last if step.startswith("HEALTHCHECK")]
    assert "http://127.0.0.1:8000/healthz" in asked
    (settings,) = [step for step in last if step.startswith("ENV ")]
    assert "WAYFORWARD_HOME=/var/lib/wayforward" in settings
    assert "WAYFORWARD_ASSETS=/opt/wayforward/assets" in settings
    assert last[-1] == 'CMD ["wayforward", "serve", "--bind", "0.0.0.0:8000"]'
    assert not re.search(r"(?i)\b(sudo|chmod 777|--privileged)\b", CONTAINERFILE)
