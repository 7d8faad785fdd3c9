"""The documents keep up with the code: settings, links, decisions."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_setting_is_documented() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"\bWAYFORWARD_[A-Z_]+\b", code)) | {"DATABASE_URL"}
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {name for name in named if f"`{name}" not in page} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(
        r"\]\((?!https?:|mailto:|#|finding:|record:)([^)#\s]+)", page.read_text(encoding="utf-8")
    )
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in sorted(folder.glob("0*.md")) if p.name not in listed] == []


def test_nothing_that_a_workbench_keeps_is_part_of_the_project() -> None:
    import subprocess

    if not (ROOT / ".git").exists():
        return  # an unpacked archive keeps no list of files
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    kept = [
        name for name in files.splitlines() if "secret-key" in name or name.endswith((".djcache", ".sqlite3"))
    ]
    assert kept == []
