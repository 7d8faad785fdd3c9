"""The map from the sections to the five cases: what answers, what is lacking, what is empty."""

from datetime import date

from tests.exercise.small import find
from wayforward import parameters
from wayforward.exercise.models import Driver, FirstHundredDays, Gate, Section
from wayforward.findings import registered
from wayforward.options.findings.five_cases import NEEDS, QUESTIONS, TABLES
from wayforward.options.models import Option, OptionPhase

GOVERNANCE = Section(code="GOV", number=9, title="Governance", body="Who decides.")
BACKGROUND = Section(code="BCK", number=4, title="Background")


def rows(*records: object) -> dict[str, dict[str, object]]:
    finding = find("options.five_cases", *records)
    return {str(row["question"]): dict(row) for row in finding.rows}


def test_the_template_names_what_there_is() -> None:
    assert set(NEEDS) <= set(registered())
    named = {str(stem) for row in QUESTIONS for stem in row["tables"]}  # type: ignore[union-attr]  # a list of stems
    assert named == set(TABLES)  # and nothing is read in vain
    cases = [str(row["code"]) for row in parameters.template("five-cases").rows("cases")]
    assert list(dict.fromkeys(str(row["case"]) for row in QUESTIONS)) == cases


def test_a_question_that_records_answer() -> None:
    found = rows(GOVERNANCE, FirstHundredDays(code="1", name="Tell staff", from_day=1, to_day=5))
    first = found["What happens first?"]
    assert (first["standing"], first["lacks"]) == ("answered", "")
    assert first["answered_by"] == "1 first hundred days"
    assert first["sections"] == "Governance"


def test_a_question_answered_in_part() -> None:
    found = rows(GOVERNANCE, BACKGROUND, Gate(code="1", name="Outline"), Driver(code="1", name="Old systems"))
    decides = found["Who decides, at which gates?"]
    assert (decides["standing"], decides["lacks"]) == ("in part", "governance groups; decision rights")
    stays = found["Why can things not stay as they are?"]
    assert stays["standing"] == "in part"
    assert str(stays["lacks"]).startswith("the narrative of “Background”; a section CAP; ")


def test_a_finding_that_waits_leaves_a_gap_and_one_that_knows_nothing_does_not_answer() -> None:
    option = Option(code="A", name="Alone", short_name="Alone", option_kind="option", order=1)
    phase = OptionPhase(code="1", option=option, phase="ownership", months=6)
    options = Section(code="OPT", number=8, title="Options", body="What could be done.")
    when = rows(options, option, phase)["When would it be done, in which phases?"]
    # Its one row says that the start is not known: rows without a value answer nothing.
    assert (when["standing"], when["lacks"]) == ("empty", "When each option would be done")
    phase.starts = date(2013, 4, 1)
    when = rows(options, option, phase)["When would it be done, in which phases?"]
    assert (when["standing"], when["answered_by"]) == ("answered", "When each option would be done")


def test_what_is_empty_is_counted_and_waited_for() -> None:
    finding = find("options.five_cases", GOVERNANCE)
    empty = [row for row in finding.rows if row["standing"] == "empty"]
    assert len(finding.rows) == len(QUESTIONS)
    assert len(finding.waiting) == len(empty) == len(QUESTIONS)
    assert f"none answered, none in part and {len(empty)} empty" in finding.headline
    assert "in the management case" in finding.headline
    assert finding.warnings[0].startswith("The map is to be confirmed: HM Treasury, Guide to developing")
