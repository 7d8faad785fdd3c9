"""Evidence attached to a value, with a file or without; hostile files refused, and nothing left behind."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.pages.register.filling import send
from wayforward.pages.register import uploads
from wayforward.records.models import Attachment, Citation, Event, Evidence

AT = "/exercises/TOWN/records"
PDF = b"%PDF-1.7\n1 0 obj\n"
NEW = {"which": "new", "e_title": "Minutes of May", "e_evidence_kind": "judgement"}


def form(director: Client) -> Any:
    return director.get(f"{AT}/services/S3/evidence/yearly_cost")


def office(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as inside:
        for name in names:
            inside.writestr(name, "x")
    return content.getvalue()


def lying(home: Path) -> list[Path]:
    return (
        [path for path in (home / "files").rglob("*") if path.is_file()] if (home / "files").is_dir() else []
    )


def test_evidence_that_is_there_is_cited_for_the_field(director: Client) -> None:
    saved = send(director, form(director), which="there", chosen="E2")
    assert saved["Location"] == f"{AT}/services/S3?saved=cited"
    citation = Citation.objects.get(code="C4")  # after C1, C2, C3
    assert (citation.record, citation.field, citation.value, citation.used) == (
        "service:S3",
        "yearly_cost",
        "40000",
        True,
    )
    assert citation.evidence.code == "E2"
    assert "Survey of readers" in director.get(f"{AT}/services/S3").content.decode()


def test_new_evidence_with_a_file_is_stored_together_and_the_file_comes_back(
    director: Client, settings: Any
) -> None:
    name = "../../Minutes\u202e of <May>.PDF"
    file = SimpleUploadedFile(name, PDF, "text/html")
    page = form(director)
    saved = send(director, page, file=file, **NEW)
    assert saved.status_code == 302, saved.content.decode()
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.media_type, attachment.size) == (
        "Minutes of _May_.pdf",
        "application/pdf",
        len(PDF),
    )
    assert attachment.evidence.title == "Minutes of May"
    made = Evidence.objects.get(title="Minutes of May")
    events = Event.objects.filter(action="evidence attached").order_by("sequence")
    assert [one.record for one in events] == [made.reference, "citation:C4", f"attachment:{attachment.code}"]
    assert len(lying(settings.HOME)) == 1

    got = director.get(f"{AT}/attachments/{attachment.code}/file")
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"] == 'attachment; filename="Minutes of _May_.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Wayforward-Marking"] == "Official"
    assert (
        f"/attachments/{attachment.code}/file" in director.get(f"{AT}/evidence/{made.code}").content.decode()
    )

    twice = send(director, page, file=SimpleUploadedFile(name, PDF), **NEW)
    assert (twice.status_code, Attachment.objects.count()) == (302, 1)
    assert Evidence.objects.filter(title="Minutes of May").count() == 1


def test_a_file_is_not_there_for_an_outsider_nor_when_it_is_lost(
    director: Client, outsider: Client, settings: Any
) -> None:
    send(director, form(director), file=SimpleUploadedFile("a.pdf", PDF), **NEW)
    address = f"{AT}/attachments/{Attachment.objects.get().code}/file"
    assert outsider.get(address).status_code == 404
    lying(settings.HOME)[0].unlink()
    assert director.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "The file is empty"),
        ("page.html", b"<script>alert(1)</script>", "A file of this kind"),
        ("run.exe", b"MZ", "A file of this kind"),
        ("nameless", PDF, "A file of this kind"),
        ("wrong.pdf", b"<html>", "does not hold what its name says"),
        ("wrong.png", PDF, "does not hold what its name says"),
        ("words.txt", b"a\x00b", "does not hold what its name says"),
        ("fake.docx", b"PK\x03\x04 and nothing more", "does not hold what its name says"),
        ("sheet.docx", office("[Content_Types].xml", "xl/workbook.xml"), "does not hold what its name says"),
        (
            "macro.xlsx",
            office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
            "The document holds macros",
        ),
    ],
)
def test_a_file_that_may_not_be_is_refused_with_all_entries_kept(
    director: Client, settings: Any, name: str, content: bytes, words: str
) -> None:
    before = Evidence.objects.count()
    told = send(director, form(director), file=SimpleUploadedFile(name, content), **NEW)
    assert told.status_code == 400
    assert words in told.content.decode()
    assert 'href="#file"' in told.content.decode()
    assert "Minutes of May" in told.content.decode()
    assert (Evidence.objects.count(), Attachment.objects.count(), lying(settings.HOME)) == (before, 0, [])


def test_a_file_over_the_limit_is_cut_off_and_told(
    director: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads.AtMost.__init__, "__defaults__", (1000,))
    file = SimpleUploadedFile("large.pdf", PDF + b"x" * 1000)
    told = send(director, form(director), file=file, **NEW)
    assert (told.status_code, "larger than 20 MB" in told.content.decode()) == (400, True)
    assert lying(settings.HOME) == []


def test_a_form_that_was_not_given_out_here_is_refused_with_its_file(director: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = director.cookies
    file = SimpleUploadedFile("a.pdf", PDF)
    assert strict.post(f"{AT}/services/S3/evidence/yearly_cost", {"file": file}).status_code == 403


def test_what_is_not_said_is_asked_for(director: Client) -> None:
    told = send(director, form(director))
    assert told.status_code == 400
    assert "Choose evidence that is there, or new evidence" in told.content.decode()
    told = send(director, form(director), which="new")
    assert 'href="#e-title"' in told.content.decode()
    told = send(director, form(director), which="there", chosen="E9")
    assert 'href="#chosen"' in told.content.decode()


def test_a_rule_of_evidence_refuses_it(director: Client) -> None:
    # C1 is in use for the cost of S1 already.
    page = director.get(f"{AT}/services/S1/evidence/yearly_cost")
    told = send(director, page, which="there", chosen="E2", f_used="yes")
    assert (told.status_code, Citation.objects.count()) == (400, 3)


@pytest.mark.parametrize(
    "address", ["services/S3/evidence/code", "services/S3/evidence/no", "evidence/E1/evidence/title"]
)
def test_there_is_no_such_field(director: Client, address: str) -> None:
    assert director.get(f"{AT}/{address}").status_code == 404


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("report.PDF", "report.pdf"),
        ("C:\\Users\\me\\a b.xlsx", "a b.xlsx"),
        ("/etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("a\x00b\n.txt", "ab_.txt"),
        ("Œuvre été.csv", "Œuvre été.csv"),
        ("x" * 400 + ".txt", "x" * 150 + ".txt"),
        ('q"uote;.txt', "q_uote_.txt"),
    ],
)
def test_a_name_is_made_safe(given: str, safe: str) -> None:
    assert uploads.clean(given) == safe


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", office("[Content_Types].xml", "word/document.xml")),
        ("a.png", b"\x89PNG\r\n\x1a\n...."),
        ("a.csv", "naïve,1\n".encode("cp1252")),
        ("a.doc", uploads.OLD_OFFICE + b"..."),
    ],
)
def test_files_of_the_kinds_that_are_taken(name: str, content: bytes) -> None:
    assert uploads.checked(io.BytesIO(content), name) == uploads.KINDS[name.rpartition(".")[2]][0]


def test_what_was_attached_by_mistake_is_removed(director: Client) -> None:
    send(director, form(director), file=SimpleUploadedFile("a.pdf", PDF), **NEW)
    attachment = Attachment.objects.get()
    page = f"{AT}/attachments/{attachment.code}"
    assert director.get(f"{page}/edit").status_code == 403
    shown = director.get(page).content.decode()
    assert (f"{page}/edit" in shown, f"{page}/remove" in shown) == (False, True)
    assert send(director, director.get(f"{page}/remove")).status_code == 302
    assert not Attachment.objects.exists()
    assert director.get(f"{page}/file").status_code == 404
    events = Event.objects.filter(record=attachment.reference)
    assert sorted(one.action for one in events) == ["evidence attached", "removed"], (
        "the log keeps that it was there"
    )


def test_what_was_attached_by_mistake_is_undone_as_a_whole(director: Client) -> None:
    send(director, form(director), file=SimpleUploadedFile("a.pdf", PDF), **NEW)
    code = Attachment.objects.get().evidence.code
    last = Event.objects.latest("sequence").sequence
    page = director.get(f"/exercises/TOWN/changes/{last}/undo")
    undone = director.post(f"/exercises/TOWN/changes/{last}/undo", hidden(page))
    assert undone.status_code == 302, undone.content.decode()
    assert not Attachment.objects.exists()
    assert not Evidence.objects.filter(code=code).exists()
    # And the undoing is undone: the file is where it was.
    last = Event.objects.latest("sequence").sequence
    page = director.get(f"/exercises/TOWN/changes/{last}/undo")
    assert director.post(f"/exercises/TOWN/changes/{last}/undo", hidden(page)).status_code == 302
    attachment = Attachment.objects.get()
    assert director.get(f"{AT}/attachments/{attachment.code}/file").status_code == 200


def hidden(page: Any) -> dict[str, str]:
    found = re.findall(
        r'<input type="hidden" name="(submission|version)" value="([^"]*)"', page.content.decode()
    )
    return dict(found)


def test_a_register_kept_by_pages_of_its_own_goes_to_no_workbook(director: Client) -> None:
    for stem, there in (("services", True), ("attachments", False), ("peer_reviews", False)):
        page = director.get(f"{AT}/{stem}").content.decode()
        assert ("As a workbook" in page) is there, stem
