"""After the signature: verify, recompute, superseded, the public version. What was changed is known to each test."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.report.signing.ready import Town
from wayforward.appraisal.models import CostLine
from wayforward.records.models import Event
from wayforward.records.save import save
from wayforward.report.models import SignedVersion
from wayforward.report.seal import Printed
from wayforward.report.signing import bundle
from wayforward.report.signing.recompute import near, recompute
from wayforward.report.signing.superseded import superseded, told
from wayforward.report.signing.verify import NoSeal, printed_in, verify
from wayforward.report.withholding import WITHHELD, PublicFindings
from wayforward.scope.models import Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(ready: Town) -> Any:
    return ready.sign()


def behind(version: Any, **changed: Any) -> None:
    """Change a signed version as only whoever holds the database can."""
    from django.db.models import QuerySet

    QuerySet(SignedVersion).filter(pk=version.pk).update(**changed)


def report_file(version: Any, form: str, folder: Path) -> Path:
    path = folder / f"options-report.{form}"
    path.write_bytes(bundle.unpacked(bytes(version.bundle))[f"report/{path.name}"])
    return path


def wrong(town: Town, **asked: Any) -> list[str]:
    return verify(town.exercise, **asked).wrong


# -- verify


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_the_seal_is_read_from_each_format_and_all_holds(
    form: str, ready: Town, signed: Any, tmp_path: Path
) -> None:
    path = report_file(signed, form, tmp_path)
    printed = printed_in(path)
    assert printed == Printed("TOWN", "1.0", signed.sequence, signed.head, signed.contents)
    assert wrong(ready, printed=printed, report=path.read_bytes()) == []


def test_a_report_that_was_changed_is_found(ready: Town, signed: Any, tmp_path: Path) -> None:
    path = report_file(signed, "html", tmp_path)
    path.write_bytes(path.read_bytes().replace(b"Library service review", b"Library service refusal"))
    (words,) = wrong(ready, printed=printed_in(path), report=path.read_bytes())
    assert "not the report that was signed" in words


def test_a_changed_bundle_is_found_even_with_its_own_new_digest(ready: Town, signed: Any) -> None:
    files = bundle.unpacked(bytes(signed.bundle))
    files["findings/appraisal.npsv.json"] = b"{}"
    content = bundle.archive(files)
    behind(signed, bundle=content)
    assert "Version 1.0: the bytes of its bundle are not those of its digest." in wrong(ready)
    behind(signed, sha256=bundle.sha256(content))
    assert "Version 1.0: the contents of its bundle are not those of the digest that it prints." in wrong(
        ready
    )
    behind(signed, contents=bundle.digest(files))
    assert any("does not tell of its bundle" in words for words in wrong(ready))


def test_a_signed_version_that_was_taken_away_is_found(ready: Town, signed: Any, tmp_path: Path) -> None:
    from django.db.models import QuerySet

    printed = printed_in(report_file(signed, "html", tmp_path))
    QuerySet(SignedVersion).filter(pk=signed.pk).delete()
    assert any("tells of a signed bundle" in words for words in wrong(ready))
    QuerySet(SignedVersion).all().delete()
    found = wrong(ready, printed=printed)
    assert "Version 1.0, which the report is, is not in the database." in found


def test_a_log_written_anew_with_its_records_is_found_at_its_event(ready: Town, signed: Any) -> None:
    """One word of event 3 and every hash after it, so that the log holds by itself."""
    from wayforward.records.events import event_hash

    before = ""
    for event in Event.objects.filter(exercise=ready.exercise, sequence__gte=3).order_by("sequence"):
        event.actor = "person 99" if event.sequence == 3 else event.actor
        event.previous_hash = before or event.previous_hash
        event.hash = before = event_hash(event)
        Event.objects.filter(pk=event.pk).update(
            actor=event.actor, previous_hash=event.previous_hash, hash=event.hash
        )
    (words,) = [one for one in wrong(ready) if "first bad event" in one]
    assert "Event 3 (" in words
    assert "it is not the event that was sealed" in words


def test_a_log_cut_short_is_found_by_the_report_alone(ready: Town, signed: Any, tmp_path: Path) -> None:
    from django.db.models import QuerySet

    printed = printed_in(report_file(signed, "docx", tmp_path))
    QuerySet(SignedVersion).all().delete()
    Event.objects.filter(exercise=ready.exercise, sequence__gt=signed.sequence - 2).delete()
    found = wrong(ready, printed=printed)
    assert any(f"Event {signed.sequence - 1}: it is missing" in words for words in found)


def test_a_record_changed_behind_the_log_is_found(ready: Town, signed: Any) -> None:
    Service.objects.filter(code=Service.objects.order_by("code")[0].code).update(name="Other")
    (words,) = wrong(ready)
    assert "changed without an event: name" in words


def test_what_holds_no_seal_is_refused(tmp_path: Path) -> None:
    for name, content in (("a.html", b"<p>Draft</p>"), ("a.docx", b"not a zip"), ("a.exe", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(NoSeal):
            printed_in(path)
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as packed:
        packed.writestr("other.xml", "x")
    with pytest.raises(NoSeal):
        printed_in(tmp_path / "b.docx")


# -- recompute


def test_every_figure_comes_out_the_same_to_the_byte(signed: Any) -> None:
    result = recompute(signed)
    assert (result.environment, result.wrong, result.report_compared) == ((), (), True)


def test_a_figure_that_comes_out_otherwise_is_named(signed: Any) -> None:
    files = bundle.unpacked(bytes(signed.bundle))
    name = "findings/scope.category.json"
    files[name] = files[name].replace(b'"title": "', b'"title": "X')
    signed.bundle = bundle.archive(files)
    assert recompute(signed).wrong == ("scope.category: columns, title came out otherwise.",)


def test_elsewhere_numbers_are_compared_to_1e_9_and_that_is_said(signed: Any) -> None:
    files = bundle.unpacked(bytes(signed.bundle))
    files["environment.json"] = files["environment.json"].replace(b'"python": "3', b'"python": "2')
    signed.bundle = bundle.archive(files)
    result = recompute(signed)
    assert any(words.startswith("python: 2") for words in result.environment)
    assert (result.wrong, result.report_compared) == ((), False)


def test_near() -> None:
    assert near({"a": [1.0, None, "x"]}, {"a": [1.0 + 1e-10, None, "x"]})
    assert not near([1.0], [1.0 + 1e-8])
    assert not near({"a": 1.0}, {"b": 1.0})
    assert not near(1.0, None)
    assert not near(1.0, True)


# -- superseded


def test_what_was_signed_stands_until_a_figure_changes(ready: Town, signed: Any) -> None:
    assert superseded(ready.findings) is None
    line = CostLine.objects.get(code="CL1")
    line.high = line.low  # 0.9: the option costs at most what it costs at least
    line.high = type(line.low)("1.2")
    before = {key: (one.value, one.rows) for key, one in ready.findings.items()}
    save(line, 1, "person 0")
    now = ready.findings
    changed = {key for key, one in now.items() if (one.value, one.rows) != before[key]}
    assert changed
    found = superseded(now)
    assert found is not None
    import json

    printed = json.loads(bundle.unpacked(bytes(signed.bundle))["about.json"])["printed"]
    assert [figure.finding.key for figure in found.figures] == sorted(changed & set(printed))
    many = len(found.figures)
    said = told(ready.people["director"], now)
    assert said is not None
    assert said["words"] == (
        f"Version 1.0 is superseded: {many} figure{'s have' if many > 1 else ' has'} changed"
    )


def test_a_text_that_changed_is_told(ready: Town, signed: Any) -> None:
    from wayforward.exercise.models import Section

    section = Section.objects.get(code="OPT")
    section.body = "Two options."
    save(section, 1, "person 0")
    found = superseded(ready.findings)
    assert found is not None
    assert found.sections == ("Options",)


# -- the public version


def test_what_is_commercial_is_withheld_with_every_figure_that_rests_on_it(town: Town) -> None:
    line = CostLine.objects.get(code="CL2")
    line.marking = "commercial"
    line.name = "Secret machines"
    save(line, 1, "person 0")
    whole = town.findings
    public = PublicFindings(whole)
    assert "CL2" not in {row.code for row in public.case.rows(CostLine)}
    resting = {key for key, one in whole.items() if "cost_line:CL2" in one.inputs}
    assert "appraisal.npsv" in resting
    for key in resting:
        hidden = public[key]
        assert (hidden.headline, hidden.value, hidden.rows) == (WITHHELD, None, ())
    for key in set(whole) - resting:
        if whole[key].marking != "commercial":
            assert public[key] == whole[key], key


def test_the_public_report_says_so_on_its_first_page_and_holds_nothing_commercial(town: Town) -> None:
    from wayforward.exercise.models import DeclaredInterest

    line = CostLine.objects.get(code="CL2")
    line.marking = "commercial"
    line.name = "Secret machines"
    save(line, 1, "person 0")
    interest = {"holder": "Adviser", "interest": "Sells machines", "handling": "Rates nothing"}
    save(DeclaredInterest(exercise=town.exercise, code="INT-1", **interest), 0, "person 0")
    from wayforward.exercise.models import Section

    section = Section.objects.get(code="OPT")
    section.body = (
        "They cost [](record:cost_line:CL2/amounts), and [](finding:appraisal.npsv?option=B).\n\n"
        "![](records:cost_lines)"
    )
    save(section, 1, "person 0")
    town.make_ready()
    town.sign()
    public = SignedVersion.objects.get(number="1.0", public=True)
    files = bundle.unpacked(bytes(public.bundle))
    assert set(files) == {
        "about.json",
        *(f"report/options-report.{form}" for form in ("html", "docx", "pdf")),
    }
    page = files["report/options-report.html"].decode()
    assert "Public version: what is commercial" in page.partition("<nav")[0]
    assert "They cost" in page
    assert page.count(WITHHELD) >= 4
    assert "Sells machines" in page
    with zipfile.ZipFile(io.BytesIO(files["report/options-report.docx"])) as packed:
        word = packed.read("word/document.xml").decode()
    for text in (page, word):
        assert "Secret machines" not in text
        assert "12,500" not in text  # of the commercial line
    whole = bundle.unpacked(bytes(SignedVersion.objects.get(number="1.0", public=False).bundle))
    assert "Secret machines" in whole["report/options-report.html"].decode()
