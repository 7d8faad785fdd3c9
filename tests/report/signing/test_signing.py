"""Agreeing in order, what a final sign-off lacks, signing, and what a signature freezes."""

import hashlib
import io
import json
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from tests.report.signing.ready import SAID, Town
from wayforward.exercise.models import Approval, Assumption, ReportVersion, Risk
from wayforward.pages.people import actor_of
from wayforward.records.models import Comment, Event
from wayforward.records.save import AlreadyReceived, remove, save
from wayforward.report.models import Sealed, SignedVersion
from wayforward.report.signing import bundle, given
from wayforward.report.signing.given import NotGiven
from wayforward.report.signing.lacking import lacking
from wayforward.report.signing.sign import MovedOn, NotReady, sign
from wayforward.report.signing.steps import ORDER, Standing
from wayforward.report.signing.subjects import BY_KEY
from wayforward.scope.models import Definition

pytestmark = pytest.mark.django_db


def standing(town: Town, subject: str) -> Standing:
    return Standing(town.findings.case, BY_KEY[subject])


def lacks(town: Town) -> list[str]:
    return [lack.words for lack in lacking(town.findings)]


# -- agreeing


def test_no_step_before_those_it_waits_for(town: Town) -> None:
    for step in ("director", "analysis", "legal", "chief", "commissioner"):
        with pytest.raises(NotGiven, match=r"waits for .*workstream lead"):
            town.step("report", step)
    assert not town.findings.case.rows(Approval)
    town.step("report", "lead")
    town.step("report", "director")
    assert [step.name for step in standing(town, "report").steps if step.done] == ["lead", "director"]


def test_advice_comes_in_any_order_and_the_chief_waits_for_all_of_it(town: Town) -> None:
    for step in ("lead", "director", "analysis", "legal", "finance-commissioner"):
        town.step("report", step)
    with pytest.raises(NotGiven, match=r"waits for advice of the force's chief finance officer\."):
        town.step("report", "chief")
    town.step("report", "finance-force", outcome="refused", reason="Too dear", conditions="Not now")
    town.step("report", "chief")  # advice is heard, not obeyed
    assert not standing(town, "report").agreed


def test_a_refusal_stops_the_steps_after_it(town: Town) -> None:
    town.fill()
    town.step("definitions", "lead", outcome="refused", reason="Unclear")
    with pytest.raises(NotGiven):
        town.step("definitions", "director")
    assert standing(town, "definitions").words == "Workstream lead: refused."
    town.step("definitions", "lead")
    town.step("definitions", "director")


def test_nobody_gives_a_step_that_is_another_roles(town: Town) -> None:
    seen = standing(town, "terms").digest
    for role in ("lead", "analyst", "commissioner", "guest"):
        with pytest.raises(PermissionDenied):
            given.agree(town.people[role], town.findings, "terms", "director", seen, SAID, uuid4())
    operator = town.people["analyst"]
    operator.is_superuser = True
    operator.save()
    with pytest.raises(PermissionDenied):
        given.agree(operator, town.findings, "terms", "director", seen, SAID, uuid4())


def test_what_was_changed_while_it_was_read_is_not_agreed(town: Town) -> None:
    town.fill()
    seen = standing(town, "definitions").digest
    row = Definition.objects.get(code="DEF-1")
    row.wording = "Whatever people like."
    save(row, 1, "person 0")
    with pytest.raises(NotGiven, match="changed while you read it"):
        given.agree(town.people["lead"], town.findings, "definitions", "lead", seen, SAID, uuid4())


def test_a_change_makes_earlier_approvals_given_on_an_earlier_text_and_says_what(town: Town) -> None:
    town.fill()
    town.agree("definitions", "scope")
    assert standing(town, "definitions").agreed
    assert standing(town, "definitions").version == "1.0"
    row = Definition.objects.get(code="DEF-1")
    row.wording = "Whatever people like."
    save(row, 1, "person 0")
    now = standing(town, "definitions")
    assert not now.agreed
    assert now.version == "2.0"
    assert [step.name for step in now.earlier] == ["lead", "director", "commissioner"]
    first = now.steps[0].approval
    assert first is not None
    assert [str(one) for one in now.changes(first)] == ["definition:DEF-1 was changed (wording)"]
    assert standing(town, "scope").agreed  # another subject's text is as it was


def test_terms_do_not_change_with_the_day_nor_with_what_is_written(town: Town) -> None:
    from datetime import date

    from wayforward.exercise.models import Exercise, Section

    town.agree("terms")
    exercise = Exercise.objects.get(code="TOWN")
    exercise.status_date = date(2012, 10, 2)
    save(exercise, exercise.version, "person 0")
    section = Section.objects.get(code="OPT")
    section.body = "Two options."
    save(section, 1, "person 0")
    assert standing(town, "terms").agreed
    section.question = "Which?"
    save(section, 2, "person 0")
    assert not standing(town, "terms").agreed


def test_the_same_answer_twice_is_kept_once(town: Town) -> None:
    seen, key = standing(town, "terms").digest, uuid4()
    for _ in range(2):
        try:
            given.agree(town.people["director"], town.findings, "terms", "director", seen, SAID, key)
        except AlreadyReceived:
            break
    else:
        raise AssertionError("it was kept twice")
    assert len(town.findings.case.rows(Approval)) == 1


def test_whoever_made_any_of_the_analysis_can_not_assure_it(town: Town) -> None:
    save(Risk(exercise=town.exercise, code="R-1", name="Late"), 0, actor_of(town.people["assurer"]))
    with pytest.raises(NotGiven, match="They made 1 change"):
        town.assure()


def test_a_statement_no_longer_counts_once_its_assurer_changes_the_analysis(ready: Town) -> None:
    save(Risk(exercise=ready.exercise, code="R-1", name="Late"), 0, actor_of(ready.people["assurer"]))
    assert any("ASR-001 does not count. They made 1 change" in told for told in lacks(ready))


# -- what the final sign-off lacks


def test_everything_that_is_missing_is_told_at_once(town: Town) -> None:
    """The small case has evidence and citations, and nothing else that a final sign-off needs."""
    told = lacks(town)
    assert [words.partition(":")[0] for words in told] == [
        "The register of assumptions is empty.",
        "The register of decisions is empty.",
        "The data log is not complete",
        "The data log is not complete",
        "Terms of reference",
        "Definitions",
        "Scope",
        "Cut-off",
        "Report",
        "There is no assurance statement, with its risk rating, on version 1.0.",
    ]
    with pytest.raises(NotReady):
        town.sign()
    assert not SignedVersion.objects.exists()


def test_nothing_is_lacking_once_all_is_done(ready: Town) -> None:
    assert lacks(ready) == []


@pytest.mark.parametrize("code", ["ASM-1"])
def test_each_register_is_needed(ready: Town, code: str) -> None:
    remove(Assumption.objects.get(code=code), 1, "person 0")
    assert "The register of assumptions is empty." in lacks(ready)


def test_a_report_that_changed_since_it_was_agreed_and_assured_waits_for_all_again(ready: Town) -> None:
    from wayforward.exercise.models import Section

    section = Section.objects.get(code="OPT")
    section.body = "Two options."
    save(section, 1, "person 0")
    told = " ".join(lacks(ready))
    assert "Report: Changed since it was agreed: waits for workstream lead again." in told
    assert "The report has changed since it was assured: section:OPT was changed (narrative)" in told


def test_a_fault_of_the_narrative_is_told(ready: Town) -> None:
    from wayforward.exercise.models import Section

    section = Section.objects.get(code="OPT")
    section.body = "It costs [](finding:no.such)."
    save(section, 1, "person 0")
    assert any("no.such" in words for words in lacks(ready))


def test_without_a_status_date_the_figures_stand_at_no_day(ready: Town) -> None:
    from wayforward.exercise.models import Exercise

    exercise = Exercise.objects.get(code="TOWN")
    exercise.status_date = None
    save(exercise, exercise.version, "person 0")
    assert any("set the status date" in words for words in lacks(ready))


def test_a_decision_to_refuse_is_no_ground_to_sign(town: Town) -> None:
    town.fill()
    town.agree("terms", "definitions", "scope", "cut-off")
    town.assure()
    for rank in ORDER["report"][:-1]:
        for step in rank:
            town.step("report", step)
    town.decide(outcome="refused")
    assert lacks(town) == ["Report: Commissioner: refused."]


def test_an_open_challenge_is_closed_or_accepted_with_a_reason_that_is_printed(ready: Town) -> None:
    raised = Comment(
        exercise=ready.exercise,
        code="CMT-1",
        about="finding:appraisal.npsv",
        comment_kind="challenge",
        text="Is that so?",
    )
    save(raised, 0, "person 0", "added")
    assert lacks(ready) == [
        "Challenge CMT-1 on finding:appraisal.npsv is open: close it, or sign with a reason why it may stay."
    ]
    signed = ready.sign(**{"CMT-1": "It turns on a price that nobody has."})
    page = bundle.unpacked(bytes(signed.bundle))["report/options-report.html"].decode()
    assert "It turns on a price that nobody has." in page
    assert "Is that so?" in page


# -- signing


def test_a_signature_freezes_case_findings_log_and_report(ready: Town) -> None:
    from wayforward.casefile.folder_out import folder_texts
    from wayforward.findings import registered

    case = ready.findings.case
    head = Event.objects.filter(exercise=ready.exercise).order_by("-sequence")[0]
    signed = ready.sign()
    assert (signed.number, signed.sequence, signed.head) == ("1.0", head.sequence, head.hash)
    assert hashlib.sha256(bytes(signed.bundle)).hexdigest() == signed.sha256
    files = bundle.unpacked(bytes(signed.bundle))
    texts = {f"case/{name}": text.encode() for name, text in folder_texts(case).items()}
    assert {name: content for name, content in files.items() if name.startswith("case/")} == texts
    assert {name for name in files if name.startswith("findings/")} == {
        f"findings/{key}.json" for key in registered()
    }
    assert files["events.txt"].decode().split()[-1] == head.hash
    # What is printed is the digest of a list that `sha256sum` would print.
    lines = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n"
        for name in sorted(files)
        if not name.startswith("report/")
    )
    assert signed.contents == hashlib.sha256(lines.encode()).hexdigest()
    assert json.loads(files["environment.json"])["edition"] == "green-book-2003"


def test_the_log_tells_of_the_bundle_next_after_what_was_sealed(ready: Town) -> None:
    signed = ready.sign()
    event = Event.objects.get(exercise=ready.exercise, sequence=signed.sequence + 1)
    assert event.action == "signed"
    assert signed.sha256 in event.row
    row = ReportVersion.objects.get(number="1.0")
    assert (row.state, event.record) == ("Signed", row.reference)


def test_the_seal_is_printed_in_every_format(ready: Town) -> None:
    from pypdf import PdfReader

    signed = ready.sign()
    files = bundle.unpacked(bytes(signed.bundle))
    pages = PdfReader(io.BytesIO(files["report/options-report.pdf"])).pages
    pdf = "".join(page.extract_text() for page in pages)
    with zipfile.ZipFile(io.BytesIO(files["report/options-report.docx"])) as packed:
        word = packed.read("word/document.xml").decode()
    page = files["report/options-report.html"].decode()
    for text in (pdf, word, page):
        plain = "".join(text.split()).replace("\u200b", "")
        assert signed.head in plain
        assert signed.contents in plain
    assert "The decision" in page
    assert "Take the machines to an outline business case." in page
    assert '<p class="draft">' not in page
    assert ">Signed<" in page


def test_frozen_bytes_refuse_every_change(ready: Town) -> None:
    signed = ready.sign()
    before = bytes(signed.bundle)
    signed.bundle = b"other"
    with pytest.raises(Sealed):
        signed.save()
    with pytest.raises(Sealed):
        signed.delete()
    with pytest.raises(Sealed):
        SignedVersion.objects.filter(number="1.0").update(bundle=b"other")
    with pytest.raises(Sealed):
        SignedVersion.objects.all().delete()
    with pytest.raises(Sealed):
        SignedVersion.objects.bulk_update([signed], ["bundle"])
    stored = SignedVersion.objects.get(number="1.0", public=False)
    assert bytes(stored.bundle) == before


def test_the_same_version_is_not_signed_twice(ready: Town) -> None:
    ready.sign()
    with pytest.raises(NotReady, match=r"Nothing has changed since version 1\.0 was signed"):
        ready.sign()


def test_a_signature_that_is_sent_twice_is_one(ready: Town) -> None:
    key = uuid4()
    sign(ready.exercise, "person 1", {}, key)
    with pytest.raises(AlreadyReceived):
        sign(ready.exercise, "person 1", {}, key)
    assert SignedVersion.objects.filter(public=False).count() == 1


def test_what_is_saved_while_the_report_is_made_is_not_signed_over(ready: Town) -> None:
    def meanwhile(done: int, of: int, what: str) -> None:
        if not Risk.objects.exists():
            save(Risk(exercise=ready.exercise, code="R-1", name="Late"), 0, "person 0")

    with pytest.raises(MovedOn):
        sign(ready.exercise, "person 1", {}, uuid4(), meanwhile)
    assert not SignedVersion.objects.exists()


def test_two_archives_of_the_same_files_are_the_same_bytes() -> None:
    files: dict[str, Any] = {"b.txt": b"2", "a.txt": b"1"}
    assert bundle.archive(files) == bundle.archive(dict(reversed(files.items())))
