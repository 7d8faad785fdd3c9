"""Each pound once, end to end: one double count is planted in a case that is whole, and `check` names its row.

Rows are counted by hand in tests/casefile/small_case: the header is row 1, and what is planted follows.
"""

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wayforward.casefile import load
from wayforward.casefile.sheets import tables
from wayforward.cli.app import app
from wayforward.records.base import columns

SMALL = Path(__file__).parents[1] / "casefile" / "small_case"
Rows = list[dict[str, str]]

BENEFIT = {
    "option": "B",
    "amounts": "2014-15 to 2017-18: 9000",
    "benefit_kind": "cash-releasing",
    "service": "S1",
    "outcome": "M1",
    "beneficiary": "The council",
    "in_plan": "no",
    "hours": "no",
}
RISING = "2014-15: 5000; 2015-16: 7000; 2016-17 to 2017-18: 9000"
COST = {
    "option": "B",
    "name": "More machines",
    "amounts": "2014-15: 9000",
    "cost_kind": "capital",
    "cost_phase": "implementation",
    "cash": "yes",
}
PRACTICES = [
    {"code": "PRA-1", "name": "Loans by machine", "strength": "weak"},
    {"code": "PRA-2", "name": "Returns by machine", "strength": "weak"},
]
MINUTES = {"amounts": RISING, "benefit_kind": "non-cash-releasing", "beneficiary": "Staff", "hours": "yes"}
CRIME = {"benefit_kind": "societal", "beneficiary": "Victims", "with_police_cost": "yes", "amounts": RISING}
PROJECT = [{"code": "OB1", "name": "Machines", "option": "B"}]
SHARE = [{"code": "OS1", "bias": "OB1", "project_type": "equipment-and-development", "share": "1"}]
CORRECTED = COST | {"code": "CL3", "bias": "OB1"}


def line(code: str, **more: str) -> dict[str, str]:
    return BENEFIT | {"code": code, "name": f"Line {code}"} | more


# What is planted, by file; where it is told; words of what is told.
PLANTED: dict[str, tuple[dict[str, Rows], str, str]] = {
    "a saving that the plan holds": (
        {"benefit_lines": [line("BL3", in_plan="yes", service="S2", amounts=RISING)]},
        "benefit_lines.csv, row 4, in_plan",
        "belongs to business as usual",
    ),
    "a saving of the plan under another name": (
        {
            "benefit_lines": [
                line("BL3", option="A", in_plan="yes", service="S2"),
                line("BL4", service="S2", amounts=RISING),
            ]
        },
        "benefit_lines.csv, row 5, differs",
        "BL3, which the financial plan counts already",
    ),
    "two practices, same minutes": (
        {
            "practices": PRACTICES,
            "benefit_lines": [
                line("BL3", **MINUTES, service="S3", practice="practice:PRA-1"),
                line("BL4", **MINUTES, service="S3", practice="practice:PRA-2"),
            ],
        },
        "benefit_lines.csv, row 5, differs",
        "BL3 (practices PRA-1 and PRA-2)",
    ),
    "hours cashed and reused": (
        {
            "benefit_lines": [
                line("BL3", hours="yes", service="S3"),
                line("BL4", **MINUTES, service="S3"),
            ]
        },
        "benefit_lines.csv, row 5, differs",
        "one of BL3 and BL4 cashes",
    ),
    "a crime cost with its police part": (
        {"benefit_lines": [line("BL3", **CRIME, service="S2")]},
        "benefit_lines.csv, row 4, differs",
        "BL3 includes the cost to police",
    ),
    "the uplift and the grade": (
        {
            "optimism_bias": PROJECT,
            "bias_shares": SHARE,
            "cost_lines": [CORRECTED | {"correction": "confidence grade"}],
        },
        "cost_lines.csv, row 4, bias",
        "corrected by its grade",
    ),
    "a ramp on amounts that rise": (
        {"benefit_lines": [line("BL3", amounts=RISING, ramp_months="24", service="S2")]},
        "benefit_lines.csv, row 4, ramp_months",
        "rise through those months",
    ),
    "a reach on a figure of those reached": (
        {"benefit_lines": [line("BL3", amounts="", quotes="demand.harm", reach="0.5", service="S2")]},
        "benefit_lines.csv, row 4, reach",
        "cut twice",
    ),
    "one saving, two partners": (
        {
            "benefit_lines": [
                line("BL3", amounts=RISING, service="S2", organisation="Town"),
                line(
                    "BL4",
                    amounts="2014-15: 2500; 2015-16: 3500; 2016-17 to 2017-18: 4500",
                    service="S2",
                    organisation="County",
                    beneficiary="The county",
                ),
            ]
        },
        "benefit_lines.csv, row 5, differs",
        "BL3 (Town and County)",
    ),
    "a sunk cost": (
        {"cost_lines": [COST | {"code": "CL3", "nature": "sunk"}]},
        "cost_lines.csv, row 4, nature",
        "spent or committed whatever is decided",
    ),
    "a cost before the first year": (
        {"cost_lines": [COST | {"code": "CL3", "amounts": "2012-13: 9000"}]},
        "cost_lines.csv, row 4, amounts",
        "is sunk",
    ),
}


def plant(folder: Path, planted: dict[str, Rows]) -> Path:
    """A copy of the small case with these rows after its own, in files that may be new."""
    shutil.copytree(SMALL, folder)
    for stem, rows in planted.items():
        path = folder / f"{stem}.csv"
        lines = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []
        names = [column.name for column in columns(tables()[stem])]
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines + rows)
    return folder


@pytest.mark.parametrize("name", PLANTED)
def test_a_double_count_is_named_with_its_row(name: str, tmp_path: Path) -> None:
    planted, where, words = PLANTED[name]
    answer = CliRunner().invoke(app, ["check", str(plant(tmp_path / "case", planted))])
    assert answer.exit_code == 1
    told = [fault for fault in answer.stderr.splitlines() if ": found" in fault]
    assert len(told) == 1, answer.stderr
    assert told[0].startswith(f"{where}: ")
    assert words in told[0]


ANSWERS = {
    "a saving of the plan under another name": (
        "benefit_lines",
        "differs",
        "Of rooms that the plan leaves out",
    ),
    "two practices, same minutes": ("benefit_lines", "differs", "Returns are at another desk"),
    "hours cashed and reused": (
        "benefit_lines",
        "differs",
        "Cash is of vacant posts, time of those who stay",
    ),
    "a crime cost with its police part": (
        "benefit_lines",
        "differs",
        "Leaves the police part out, which BL1 counts",
    ),
    "the uplift and the grade": ("cost_lines", "correction", "optimism bias"),
    "a ramp on amounts that rise": ("benefit_lines", "ramp_months", ""),
    "a reach on a figure of those reached": ("benefit_lines", "reach", ""),
    "one saving, two partners": ("benefit_lines", "differs", "The county closes a desk of its own"),
    "a sunk cost": ("cost_lines", "nature", ""),
    "a cost before the first year": ("cost_lines", "amounts", "2013-14: 9000"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_a_person_answers_is_taken(name: str, tmp_path: Path) -> None:
    """The same rows with the one cell that the fault asks for: the case is whole again."""
    planted, (stem, field, text) = PLANTED[name][0], ANSWERS[name]
    mended = dict(planted)
    mended[stem] = [*planted[stem][:-1], planted[stem][-1] | {field: text}]
    assert load(plant(tmp_path / "case", mended)) is not None
