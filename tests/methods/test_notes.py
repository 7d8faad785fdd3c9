"""Every method has its note and its tests; the worked examples in the notes give what they say."""

import doctest
from pathlib import Path

import pytest

import wayforward.methods

METHODS = Path(wayforward.methods.__file__).parent
NOTES = Path(__file__).parents[2] / "docs" / "methods"
NAMES = sorted(path.stem for path in METHODS.glob("[a-z]*.py"))
PARTS = ("## Purpose", "## Formula", "## Source", "## Limits", "## Worked example")


@pytest.mark.parametrize("name", NAMES)
def test_note_has_its_parts_and_stands_in_the_index(name: str) -> None:
    note = (NOTES / f"{name}.md").read_text(encoding="utf-8")
    assert [part for part in PARTS if f"\n{part}\n" not in note] == []
    assert f"]({name}.md)" in (NOTES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_worked_example(name: str) -> None:
    """The figures in the notes are worked out by hand there, in words, beside the call."""
    # The closing fence would be read as output, so the fences go first.
    text = (NOTES / f"{name}.md").read_text(encoding="utf-8").replace("```", "")
    example = doctest.DocTestParser().get_doctest(text, {}, name, f"{name}.md", 0)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert result.attempted > 0
    assert report == []


def test_no_note_without_a_method() -> None:
    assert {path.stem for path in NOTES.glob("*.md")} == {*NAMES, "README"}


@pytest.mark.parametrize("name", NAMES)
def test_method_has_its_tests(name: str) -> None:
    assert Path(__file__).with_name(f"test_{name}.py").exists()


@pytest.mark.parametrize("name", NAMES)
def test_method_names_its_source(name: str) -> None:
    assert "Source:" in (METHODS / f"{name}.py").read_text(encoding="utf-8")
