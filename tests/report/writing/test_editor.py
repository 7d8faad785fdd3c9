"""Writing a section: preview, faults, saving, and two people at once."""

from typing import Any

import pytest
from django.test import Client

from tests.report.writing.conftest import As
from tests.report.writing.sent import given_out, new_key, send
from wayforward.exercise.models import Section
from wayforward.records.models import Event

EDIT = "/exercises/TOWN/report/sections/INT/edit"
PART = "/exercises/TOWN/report/read/section-INT"


def stored() -> Section:
    return Section.objects.get(code="INT")


def test_a_paragraph_is_written_previewed_and_saved(signed_in: As) -> None:
    analyst = signed_in("analyst")
    text = "Readers come less often. [](finding:exercise.days_left?column=headline)."
    seen = send(analyst, EDIT, body=text, do="preview")
    assert seen.status_code == 200
    assert "Readers come less often." in seen.content.decode()
    assert stored().body != text
    saved = send(analyst, EDIT, body=text, do="save")
    assert (saved.status_code, saved["Location"]) == (302, f"{PART}?saved=yes")
    assert stored().body == text
    assert Event.objects.filter(record="section:INT").latest("sequence").action == "written"
    page = analyst.get(PART).content.decode()
    assert "Readers come less often." in page
    # The quote is filled, and leads to the figure's own page.
    assert 'href="/exercises/TOWN/findings/exercise.days_left"' in page


def test_the_same_form_sent_twice_is_saved_once(signed_in: As) -> None:
    analyst = signed_in("analyst")
    entries = given_out(analyst, EDIT) | {"body": "Once.", "do": "save"}
    for _ in range(2):
        assert analyst.post(EDIT, entries).status_code == 302
    assert Event.objects.filter(record="section:INT").count() == 2  # the import, and this


def test_a_text_that_is_as_it_was_makes_no_version(signed_in: As) -> None:
    assert send(signed_in("analyst"), EDIT, body=stored().body, do="save").status_code == 302
    assert stored().version == 1


def test_a_draft_with_faults_is_saved_and_the_faults_are_told_with_their_lines(signed_in: As) -> None:
    analyst = signed_in("analyst")
    text = "First.\n\nWe save 45 posts.\n\nSee [](finding:no.such) and [](#nowhere)."
    page = send(analyst, EDIT, body=text, do="preview").content.decode()
    assert "Line 3: found &#x27;45&#x27;" in page
    assert "Line 5: found the quote finding:no.such" in page
    assert "Line 5: found the reference #nowhere" in page
    assert send(analyst, EDIT, body=text, do="save").status_code == 302
    told = analyst.get(f"{PART}.json").json()
    assert len(told["faults"]) == 3
    assert "[not found: finding:no.such]" in told["html"]


def test_the_report_itself_is_refused_while_a_reference_leads_nowhere(signed_in: As) -> None:
    from wayforward.pages.labels import Labels
    from wayforward.pages.opened import as_it_stands
    from wayforward.report.compose import ReportFaults, compose

    send(signed_in("analyst"), EDIT, body="See [](#nowhere).", do="save")
    findings = as_it_stands(stored().exercise)
    with pytest.raises(ReportFaults, match="the reference #nowhere"):
        compose(findings, Labels(findings.case), {})


def test_what_the_record_can_not_hold_is_refused_with_the_text_kept(signed_in: As) -> None:
    analyst = signed_in("analyst")
    for text in ("a\x07b", "long " * 7000):
        answer = send(analyst, EDIT, body=text, do="save")
        assert answer.status_code == 400
        assert "Error: Write section 1" in answer.content.decode()
        assert "There is a problem" in answer.content.decode()
    assert stored().version == 1


def test_markup_that_could_act_is_shown_as_nothing(signed_in: As) -> None:
    text = "Hello <script>alert(1)</script> <img src=x onerror=alert(1)> [go](javascript:alert(1))"
    page = send(signed_in("analyst"), EDIT, body=text, do="preview").content.decode()
    _, _, reads = page.partition('aria-label="How the section reads"')
    shown = reads.partition("</section>")[0]
    assert "Hello" in shown
    assert "<script" not in shown
    assert "<img" not in shown
    assert "javascript:" not in shown
    # In the box it stands as the characters that were typed.
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_second_of_two_writers_sees_both_texts(signed_in: As) -> None:
    first, second = signed_in("analyst"), signed_in("lead")
    entries = given_out(second, EDIT)
    send(first, EDIT, body="The first text stands.", do="save")
    answer = second.post(EDIT, entries | {"body": "The second text stands.", "do": "save"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Analyst (person " in page
    assert "[taken out: </span>first" in page
    assert "[put in: </span>second" in page
    assert stored().body == "The first text stands."
    # In sight of both, the second saves.
    assert (
        second.post(
            EDIT,
            {"body": "Both stand.", "do": "save", "version": str(stored().version), "submission": new_key()},
        ).status_code
        == 302
    )
    assert stored().body == "Both stand."


def test_texts_that_do_not_meet_are_put_together(signed_in: As) -> None:
    first, second = signed_in("analyst"), signed_in("lead")
    lines = ["Alpha.", "", "Beta.", "", "Gamma.", "", "Delta."]
    send(first, EDIT, body="\n".join(lines), do="save")
    entries = given_out(second, EDIT)
    send(first, EDIT, body="\n".join(["Alpha, new.", *lines[1:]]), do="save")
    mine = "\n".join([*lines[:-1], "Delta, new."])
    conflict = second.post(EDIT, entries | {"body": mine, "do": "save"})
    assert "Put both together" in conflict.content.decode()
    joined = second.post(EDIT, entries | {"body": mine, "do": "join", "base": entries["version"]})
    page = joined.content.decode()
    assert "Alpha, new." in page
    assert "Delta, new." in page


def test_another_field_changed_meanwhile_stops_nobody_and_stays(signed_in: As) -> None:
    from wayforward.records.save import save

    analyst = signed_in("analyst")
    entries = given_out(analyst, EDIT)
    section = stored()
    section.owner = "Somebody else"
    save(section, 1, "person 99")
    assert analyst.post(EDIT, entries | {"body": "Mine.", "do": "save"}).status_code == 302
    assert (stored().body, stored().owner) == ("Mine.", "Somebody else")


def test_a_section_removed_meanwhile_gives_the_text_back(signed_in: As) -> None:
    from wayforward.exercise.models import PeerReview
    from wayforward.records.save import remove

    analyst = signed_in("analyst")
    entries = given_out(analyst, EDIT)
    remove(PeerReview.objects.get(), 1, "person 99")
    remove(stored(), 1, "person 99")
    answer = analyst.post(EDIT, entries | {"body": "Not lost.", "do": "save"})
    assert answer.status_code == 409
    assert "Not lost." in answer.content.decode()


def test_quotes_are_found_by_words_and_each_works(signed_in: As) -> None:
    from wayforward.pages.labels import Labels
    from wayforward.pages.opened import as_it_stands
    from wayforward.report.case_quotes import CaseQuotes
    from wayforward.report.writing.quotable import quotable

    analyst = signed_in("analyst")
    page = send(analyst, EDIT, body="Kept.", do="find", q="net present social").content.decode()
    assert "Kept." in page
    assert "![](finding:appraisal.npsv)" in page
    findings = as_it_stands(stored().exercise)
    quotes = CaseQuotes(findings, Labels(findings.case), {})
    things = [thing for words in ("option", "cost", "S1") for thing in quotable(findings, stored(), words)[0]]
    some = [quote for thing in things for quote in (*thing.quotes, *thing.rows)]
    assert len(some) > 30
    for quote in some:
        target = quote.text.partition("](")[2].removesuffix(")")
        if quote.text.startswith("!"):
            assert quotes.block(target), quote
        else:
            assert quotes.inline(target).text, quote


def test_who_may_not_write_is_told_so(signed_in: As) -> None:
    for role in ("reviewer", "guest", "commissioner"):
        client: Client = signed_in(role)
        assert client.get(EDIT).status_code == 403
        entries = {"body": "x", "do": "save", "version": "1", "submission": new_key()}
        assert client.post(EDIT, entries).status_code == 403
    assert stored().version == 1


def test_a_form_that_was_not_given_out_here_is_refused(signed_in: As) -> None:
    analyst = signed_in("analyst")
    hostile: list[dict[str, Any]] = [
        {},
        {"version": "1"},
        {"version": "-1", "submission": new_key()},
        {"version": "\u0661", "submission": new_key()},
        {"version": "1", "submission": "x"},
        {"version": "9" * 40, "submission": new_key()},
    ]
    for entries in hostile:
        assert analyst.post(EDIT, {"body": "x", "do": "save", **entries}).status_code == 400


def test_what_the_report_leaves_out_is_told_and_the_draft_is_no_fault(signed_in: As) -> None:
    analyst = signed_in("analyst")
    text = "First.\n\n<div>lost words</div>\n\n![a picture](https://example.org/a.png)\n"
    page = send(analyst, EDIT, body=text, do="preview").content.decode()
    assert "To mend, or to leave: not in the report" in page
    assert "Line 3: markup that is not Markdown: &lt;div&gt;lost words&lt;/div&gt;" in page
    assert "Line 5: an image: charts come from findings" in page
    assert "<div>lost words" not in page
    assert send(analyst, EDIT, body=text, do="save").status_code == 302
    told = analyst.get(f"{PART}.json").json()
    assert (told["faults"], len(told["left_out"])) == ([], 2)
    assert "Line 3: markup that is not Markdown" in analyst.get(PART).content.decode()


def test_a_text_that_would_be_slow_to_read_is_told_with_its_line(signed_in: As) -> None:
    text = "First.\n\n" + "*a " * 9_000
    page = send(signed_in("analyst"), EDIT, body=text, do="preview").content.decode()
    assert "Line 3: found 9,000 marks (*, _, [ and ]) in one paragraph; at most 800" in page
