"""What the pages say of the small case, told by its own files."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from wayforward.records.models import Event

AT = "/exercises/TOWN"


def text(client: Client, path: str) -> str:
    return " ".join(client.get(f"{AT}{path}").content.decode().split())


def test_home_counts_the_days_and_tells_what_each_stage_lacks(director: Client) -> None:
    # exercise.csv: status date 1 October, report due 16 November 2012.
    told = director.get(f"{AT}.json").json()
    assert told["days_left"] == 46
    assert told["report_due"] == "16 November 2012"
    assert len(told["tasks"]) == 11
    assert {task["status"] for task in told["tasks"]} <= {
        "Completed",
        "In progress",
        "There is a problem",
        "Cannot start yet",
    }
    page = text(director, "")
    assert "<strong>46</strong> <span>days left</span>" in page


def test_home_names_no_more_than_three_lacks_of_a_stage(director: Client) -> None:
    task = next(t for t in director.get(f"{AT}.json").json()["tasks"] if len(t["lacks"]) > 3)
    page = text(director, "")
    assert task["lacks"][2] in page
    assert f"and {len(task['lacks']) - 3} more" in page


def test_home_tells_an_import_as_one_change(director: Client) -> None:
    many = Event.objects.count()
    (said,) = director.get(f"{AT}.json").json()["changes"]
    assert said.startswith(f"{many} records imported by operator on ")


def test_each_page_carries_the_marking_and_the_notice(director: Client, exercise: Any) -> None:
    exercise.notice = "This is made up."
    exercise.save()
    from wayforward.records import events

    events.append(exercise, "operator", "changed", [exercise])
    for path in ("", "/stages/scope", "/records", "/records/services", "/records/services/S1", "/findings",
                 "/findings/scope.areas", "/report"):  # fmt: skip
        page = text(director, path)
        assert page.count("Official") >= 2, path
        assert "This is made up." in page, path


# services.csv has three rows.
def test_a_stage_has_sentences_charts_and_registers_as_counts(director: Client) -> None:
    told = director.get(f"{AT}/stages/scope.json").json()
    assert {one["stem"]: one["count"] for one in told["registers"]}["services"] == 3
    page = text(director, "/stages/scope")
    for one in told["findings"]:
        assert one["headline"] in page.replace("&#x27;", "'").replace("&quot;", '"')
    # A picture is in the page itself, with its words for those who can't see it.
    assert 'role="img" aria-label="' in page
    assert "<svg" in page


def test_a_record_shows_evidence_beside_its_value_and_says_where_there_is_none(director: Client) -> None:
    fields = {f["name"]: f for f in director.get(f"{AT}/records/services/S1.json").json()["fields"]}
    # citations.csv: E1 is used for the yearly cost, E2 is not.
    assert [item["code"] for item in fields["yearly_cost"]["evidence"]] == ["E1"]
    assert fields["yearly_cost"]["text"] == "£310,000"
    assert fields["people"]["assumption"] is True
    assert fields["parent"]["text"] == "none named"
    page = text(director, "/records/services/S1")
    assert "Accounts of the town" in page
    assert "grade 2" in page
    assert "Survey of readers" not in page
    assert "assumption: no evidence" in page


def test_a_blank_says_what_it_stands_for_where_the_field_says_so(director: Client) -> None:
    said = director.get(f"{AT}/records/cost_lines/CL1.json").json()
    told = {field["name"]: field["text"] for field in said["fields"]}
    assert told["prices"] == "blank: real"
    assert told["price_year"] == "blank: the exercise's"
    assert told["exit_for"] == "none named"


def test_a_record_tells_what_uses_it_and_its_history(director: Client) -> None:
    told = director.get(f"{AT}/records/services/S1.json").json()
    assert "scope.areas" in [one["key"] for one in told["used_in"]]
    assert told["history"][0].startswith("Imported by operator on ")


def test_evidence_tells_which_values_rest_on_it(director: Client) -> None:
    told = director.get(f"{AT}/records/evidence/E2.json").json()
    assert {(one["code"], one["field"], one["value"], one["used"]) for one in told["supports"]} >= {
        ("S1", "Yearly cost", "300000", "not used")
    }


def test_a_register_is_searched_in_every_column(director: Client) -> None:
    found = director.get(f"{AT}/records/services.json?q=WARDENS").json()
    assert (found["found"], found["total"]) == (2, 3)
    # S3 holds S2 as its parent, which is shown by its name.
    assert [row["code"] for row in found["records"]] == ["S2", "S3"]
    page = text(director, "/records/services?q=%3Cb%3E")
    assert "0 of 3 services hold “&lt;b&gt;”" in page


def test_the_json_of_a_register_is_the_columns_of_an_export(director: Client) -> None:
    from tests.workbench import SMALL

    with (SMALL / "systems.csv").open(newline="") as file:
        kept = list(csv.DictReader(file))
    assert director.get(f"{AT}/records/systems.json").json()["records"] == kept


def test_a_finding_shows_how_it_was_worked_out(director: Client) -> None:
    page = text(director, "/findings/scope.areas")
    for words in (
        "How it was worked out",
        "Method",
        "Edition",
        "Evidence",
        "Where the report quotes it",
    ):
        assert words in page


def test_discounting_is_shown_with_its_rates_and_first_factors(director: Client) -> None:
    told = dict(director.get(f"{AT}/findings/appraisal.npsv.json").json()["steps"]["parameters"])
    # 1, 1/1.035, 1/1.035^2, 1/1.035^3 by hand; five years from 2013-14 (exercise.csv).
    assert told["discount rates"] == (
        "Social time preference rate, standard schedule: 3.5% a year in years 0 to 30. "
        "Factors: 2013-14 1.0000, 2014-15 0.9662, 2015-16 0.9335, 2016-17 0.9019 …"
    )
    days = dict(director.get(f"{AT}/findings/exercise.days_left.json").json()["steps"]["parameters"])
    assert days["status date"] == "1 October 2012"


def test_the_twin_of_a_finding_names_its_inputs(director: Client) -> None:
    told = director.get(f"{AT}/findings/scope.areas.json").json()["inputs"]
    services = next(group for group in told if group["stem"] == "services")
    assert {"code": "S1", "text": "Lending"} in services["records"]


def test_a_finding_links_the_sections_that_quote_it(director: Client) -> None:
    from wayforward.exercise.models import Section
    from wayforward.records import save

    section = Section.objects.get(code="OPT")
    section.body = "It costs [](finding:scope.areas?area=core&column=cost) a year.\n\n![](finding:scope.grid)"
    save.save(section, section.version, "director")
    quoting = director.get(f"{AT}/findings/scope.areas.json").json()["quoted_in"]
    assert [one["code"] for one in quoting] == ["OPT"]
    assert [one["code"] for one in director.get(f"{AT}/findings/scope.grid.json").json()["quoted_in"]] == [
        "OPT"
    ]
    assert director.get(f"{AT}/findings/scope.ratings.json").json()["quoted_in"] == []


def test_a_change_of_a_record_shows_at_once(director: Client) -> None:
    from wayforward.records import save
    from wayforward.scope.models import Service

    director.get(f"{AT}/records/services/S1.json")
    service = Service.objects.get(code="S1")
    service.name = "Lending and reading"
    save.save(service, service.version, "director")
    assert director.get(f"{AT}/records/services/S1.json").json()["title"] == "Lending and reading"


def test_the_rows_of_a_finding_as_csv_open_safely_in_a_spreadsheet(director: Client) -> None:
    from wayforward.options.models import Option
    from wayforward.records import save

    option = Option.objects.get(code="B")
    option.name = "=1+1"
    save.save(option, option.version, "director")
    answer = director.get(f"{AT}/findings/options.list.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="options.list.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    finding = director.get(f"{AT}/findings/options.list.json").json()["finding"]
    assert rows[0] == [column["name"] for column in finding["columns"]]
    assert len(rows) == len(finding["rows"]) + 1
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert any(cell == "'=1+1" for row in rows for cell in row)


@pytest.mark.parametrize(("ending", "kind"), [("svg", "image/svg+xml"), ("vega", "application/json")])
def test_a_chart_is_had_as_picture_and_as_specification(director: Client, ending: str, kind: str) -> None:
    answer = director.get(f"{AT}/findings/scope.grid.{ending}")
    assert answer["Content-Type"] == kind
    if ending == "vega":
        assert json.loads(answer.content)["$schema"] == "https://vega.github.io/schema/vega/v6.json"
    else:
        assert answer.content.startswith(b"<svg")


def test_what_people_wrote_is_shown_as_text_and_never_run(director: Client) -> None:
    from wayforward.records import save
    from wayforward.scope.models import Service

    service = Service.objects.get(code="S1")
    service.name = "<script>alert(1)</script>"
    save.save(service, service.version, "director")
    for path in ("/records/services", "/records/services/S1", "/stages/scope", "/findings/scope.cutoff"):
        page = text(director, path)
        assert "<script>alert" not in page, path
        assert "&lt;script&gt;alert" in page, path
