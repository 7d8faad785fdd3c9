"""A stream goes out and comes back: unchanged it differs in nothing, and each edit comes back as that edit alone."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casefile.streaming import cells_of, compared, edited, stream_of
from tests.casefile.test_hostile import BOOKS
from tests.casefile.test_round_trip import cell as texts_of
from wayforward.casefile import limits, load, stream_in
from wayforward.casefile.sheets import tables
from wayforward.casefile.stream_in import Upload, letters_of, read_stream
from wayforward.casefile.stream_out import csv_of, workbook
from wayforward.casefile.streams import READ_ME, seen
from wayforward.records.base import columns
from wayforward.records.case import Case
from wayforward.records.faults import Faults

SMALL = Path(__file__).parent / "small_case"
WORKED = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


@pytest.fixture(scope="module")
def small() -> Case:
    return load(SMALL)


def services(case: Case) -> Any:
    return stream_of(case, [tables()["services"]])


@pytest.mark.parametrize("folder", [SMALL, WORKED])
def test_every_register_comes_back_unchanged(folder: Path) -> None:
    case = load(folder)
    stream = stream_of(case, list(tables().values()))
    upload = read_stream("all.xlsx", workbook(stream))
    assert upload.seal == "a seal"
    assert upload.faults == []
    assert sum(len(table.rows) for table in upload.tables) == 1 + sum(
        len(case.rows(model)) for model in case.models()
    )
    assert compared(case, upload) == []
    for register in stream.registers:
        again = read_stream("part.csv", csv_of(register, stream).encode())
        assert again.faults == []
        assert compared(case, again) == [], register.model.stem


def test_the_same_stream_is_the_same_bytes(small: Case) -> None:
    assert workbook(services(small)) == workbook(services(small))


def test_what_is_open_and_what_is_locked(small: Case) -> None:
    """Codes of rows that are there, heads and versions are locked, other cells and the rows below are not."""
    content = workbook(services(small))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        book = parts.read("xl/workbook.xml").decode()
        sheet = parts.read("xl/worksheets/sheet3.xml").decode()  # after the two that only tell
    assert 'name="_stream" sheetId="5" state="veryHidden"' in book
    assert 'name="_codes" sheetId="4" state="hidden"' in book
    assert "<sheetProtection" in sheet
    assert 'state="frozen"' in sheet


def test_a_copied_row_does_not_carry_the_version_of_another() -> None:
    assert seen("S1/3", "S1") == 3
    assert [seen(text, "S1") for text in ("S2/3", "3", "", "S1/", "S1/x", "S1/" + "9" * 30, "S1/-1")] == [
        None
    ] * 7


def test_an_edit_of_each_kind(small: Case) -> None:
    """Places by hand: services begin with code in A; D is yearly_cost, U the own column _remove; S3 is row 4."""
    content = workbook(services(small))
    heads = cells_of(content)["services"][0]
    assert heads[:5] == ["code", "name", "parent", "yearly_cost", "people"]
    remove = letters_of(heads.index("_remove"))
    upload = read_stream(
        "services.xlsx",
        edited(
            content,
            {
                ("services", "D2"): 311000,
                ("services", "B3"): "",
                ("services", "D3"): "many",
                ("services", f"{remove}4"): "yes",
                ("services", "A5"): "S9",
                ("services", "B5"): "Archive",
            },
        ),
    )
    told = {
        (one.code, one.kind): [(c.column, c.place, c.mark, c.stored, c.yours) for c in one.cells]
        for one in compared(small, upload)
    }
    assert told == {
        ("S1", "changed"): [("yearly_cost", "D2", "changed", "310000", "311000")],
        ("S2", "changed"): [
            ("name", "B3", "refused", "Wardens", ""),
            ("yearly_cost", "D3", "refused", "120000", ""),
        ],
        ("S3", "removed"): [("_remove", f"{remove}4", "removed", "", "yes")],
        ("S9", "added"): [("name", "B5", "added", "", "Archive")],
    }


def test_three_versions_of_a_cell(small: Case) -> None:
    """Taken away at version 1; stored is version 2. What only others changed is no difference of mine."""
    import copy

    from wayforward.records.rows import cells

    taken = workbook(services(small))
    row = copy.copy(small.get("service:S1"))
    before = cells(row)  # type: ignore[arg-type]  # it is there
    row.yearly_cost, row.name, row.version = 400000, "Loans", 2  # type: ignore[union-attr]
    now = small.changed([row])  # type: ignore[list-item]
    mine = read_stream("s.xlsx", edited(taken, {("services", "D2"): 311000, ("services", "E2"): 10}))
    (one,) = compared(now, mine, {("service:S1", 1): before})
    assert [(c.column, c.mark, c.was, c.stored, c.yours) for c in one.cells] == [
        ("yearly_cost", "conflicting", "310000", "400000", "311000"),
        ("people", "changed", "9.5", "9.5", "10"),
    ]
    # Where it is not known what was taken away, all that differs is asked.
    (one,) = compared(now, mine)
    assert [(c.column, c.mark) for c in one.cells] == [
        ("name", "conflicting"),
        ("yearly_cost", "conflicting"),
        ("people", "conflicting"),
    ]


EDITED = ("services", "options", "cost_lines", "ratings")


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_edits_come_back_as_those_edits(data: st.DataObject) -> None:
    case = load(SMALL)
    models = [tables()[stem] for stem in EDITED]
    known = {model: [row.code for row in case.rows(model)] for model in case.models()}
    edits: dict[tuple[str, str], str | float] = {}
    wanted: dict[tuple[str, str, str], str] = {}
    for _ in range(data.draw(st.integers(1, 6))):
        model = data.draw(st.sampled_from(models))
        rows = case.rows(model)  # type: ignore[type-var]
        at = data.draw(st.integers(0, len(rows) - 1))
        place = data.draw(st.integers(1, len(columns(model)) - 1))
        field = columns(model)[place]
        text = data.draw(texts_of(field, known))
        value = field.read_cell(text)
        canonical = text if hasattr(field, "table") else field.write_cell(value)
        edits[model.stem, f"{letters_of(place)}{at + 2}"] = text
        wanted[model.stem, rows[at].code, field.name] = canonical
    was = {
        key: next(f for f in columns(tables()[key[0]]) if f.name == key[2]).write_cell(
            getattr(next(r for r in case.rows(tables()[key[0]]) if r.code == key[1]), key[2])  # type: ignore[type-var]
        )
        for key in wanted
    }
    upload = read_stream("some.xlsx", edited(workbook(stream_of(case, models)), edits))
    found = {
        (one.stem, one.code, c.column): (c.mark, c.yours) for one in compared(case, upload) for c in one.cells
    }
    assert found == {key: ("changed", text) for key, text in wanted.items() if text != was[key]}


def test_what_is_kept_meanwhile_is_read_again_as_it_was(small: Case) -> None:
    upload = read_stream("s.xlsx", edited(workbook(services(small)), {("services", "D3"): "many"}))
    assert Upload.from_json(upload.as_json()) == upload


def test_a_formula_in_a_text_stays_a_text(small: Case) -> None:
    import copy

    row = copy.copy(small.get("service:S1"))
    row.name = '=HYPERLINK("http://a.example")'  # type: ignore[union-attr]
    case = small.changed([row])  # type: ignore[list-item]
    content = workbook(services(case))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
    stream = services(case)
    text = csv_of(stream.registers[0], stream)
    assert '"\'=HYPERLINK(""http://a.example"")"' in text
    assert compared(case, read_stream("s.xlsx", content)) == []
    assert compared(case, read_stream("s.csv", text.encode())) == []


@pytest.mark.parametrize("kind", BOOKS)
def test_a_hostile_workbook_is_refused_in_words(small: Case, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "part.xlsx"
    path.write_bytes(workbook(services(small)))
    BOOKS[kind](path)
    with pytest.raises(Faults) as told:
        read_stream("part.xlsx", path.read_bytes())
    assert {fault.place for fault in told.value.faults} == {"part.xlsx"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"\xff\xfe\x00", "letters that are not UTF-8"),
        (b"code,name\nX,Y\n", "a CSV of no known register"),
        (b'# register,services\ncode,name\nS1,"never closed\n', "a quotation mark that is never closed"),
        (b"# register,services\n", "an empty file"),
    ],
)
def test_a_csv_that_is_none(text: bytes, words: str) -> None:
    with pytest.raises(Faults, match=words):
        read_stream("part.csv", text)


def test_more_than_is_read_at_once(small: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_in, "MOST_ROWS", 2)
    with pytest.raises(Faults, match="at most 2 rows at once"):
        read_stream("s.xlsx", workbook(services(small)))


def test_more_faults_than_are_kept_are_never_read_as_blank(
    small: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FAULTS", 2)
    content = edited(workbook(services(small)), {("services", f"D{row}"): "many" for row in (2, 3, 4)})
    with pytest.raises(Faults, match="2 faults or more"):
        read_stream("s.xlsx", content)


def test_a_code_twice_and_words_under_no_head(small: Case) -> None:
    text = "# register,services\ncode,name\nS1,Lending\ns1,Other\nS2,Wardens,stray\n"
    found = compared(small, read_stream("s.csv", text.encode()))
    assert [(one.number, c.place, c.mark, c.fault[0]) for one in found for c in one.cells] == [
        (4, "A4", "refused", "s1"),
        (5, "A5", "refused", "stray in C5"),
    ]


def test_unknown_columns_are_told_and_own_ones_passed_over(small: Case) -> None:
    text = "# register,services\ncode,nmae,_evidence\nS1,Lending,E1\n"
    upload = read_stream("s.csv", text.encode())
    assert [(fault.column, "did you mean name" in fault.allowed) for fault in upload.faults] == [
        ("nmae", True)
    ]
    assert compared(small, upload) == []


def test_the_first_sheet_says_what_it_is(small: Case) -> None:
    lines = [row[0] for row in cells_of(workbook(services(small)))[READ_ME]]
    assert lines[:2] == ["A case", "Marking: Official"]


def with_beside(case: Case) -> Any:
    """The services with two columns that were worked out beside them."""
    from wayforward.casefile.streams import Beside, Register, Stream

    rows = tuple(case.rows(tables()["services"]))  # type: ignore[type-var]  # of records
    beside = (
        Beside("_names", "What codes stand for.", {"S1": "Lending\n  and more", "S2": "Wardens"}),
        Beside("_used_in", "In how many findings.", {row.code: "2 findings" for row in rows}),
    )
    return Stream("A case", "Official", (Register(tables()["services"], rows, "", beside),), {}, "a seal")


def test_what_is_worked_out_beside_a_row_comes_back_as_no_difference(small: Case) -> None:
    content = workbook(with_beside(small))
    heads = cells_of(content)["services"][0]
    assert heads[-2:] == ["_names", "_used_in"]
    assert compared(small, read_stream("s.xlsx", content)) == []
    # Another program writes white space in its own way.
    place = letters_of(heads.index("_names"))
    spaced = edited(content, {("services", f"{place}2"): "Lending \r\n and more"})
    assert compared(small, read_stream("s.xlsx", spaced)) == []


def test_what_somebody_writes_over_it_is_refused_and_nothing_else_is(small: Case) -> None:
    """By hand: B is the name; S9 is new, so nothing was worked out for it."""
    content = workbook(with_beside(small))
    heads = cells_of(content)["services"][0]
    used, names = (letters_of(heads.index(name)) for name in ("_used_in", "_names"))
    edits: dict[tuple[str, str], str | float] = {
        ("services", f"{used}2"): 99,
        ("services", f"{names}3"): "",
        ("services", "B3"): "Street wardens",
        ("services", "A5"): "S9",
        ("services", "B5"): "Archive",
        ("services", f"{used}5"): "7 findings",
    }
    told = {
        one.code: [(c.column, c.place, c.mark, *c.fault) for c in one.cells]
        for one in compared(small, read_stream("s.xlsx", edited(content, edits)))
    }
    words = "worked out, not entered: leave the cell as it was downloaded"
    assert told == {
        "S1": [("_used_in", f"{used}2", "refused", "99", words)],
        "S2": [("name", "B3", "changed", "", ""), ("_names", f"{names}3", "refused", "nothing", words)],
        "S9": [("name", "B5", "added", "", ""), ("_used_in", f"{used}5", "refused", "7 findings", words)],
    }


def test_a_sheet_without_its_marks_says_nothing_of_what_is_beside(small: Case) -> None:
    content = workbook(with_beside(small))
    heads = cells_of(content)["services"][0]
    marks, used = (letters_of(heads.index(name)) for name in ("_marks", "_used_in"))
    edits: dict[tuple[str, str], str | float] = {
        ("services", f"{marks}1"): "_else",
        ("services", f"{used}2"): 99,
    }
    assert compared(small, read_stream("s.xlsx", edited(content, edits))) == []


def test_an_error_in_the_column_by_which_rows_are_removed_is_refused(small: Case, tmp_path: Path) -> None:
    from tests.casefile.test_hostile import hostile, row_of, workbook_parts

    code = '<c r="A2" t="inlineStr"><is><t>S1</t></is></c>'
    rows = row_of(1, "code", "_remove") + f'<row r="2">{code}<c r="B2"><f>IF(1,"yes")</f></c></row>'
    path = hostile(tmp_path / "a.xlsx", workbook_parts(rows, name="services"))
    (one,) = compared(small, read_stream("a.xlsx", path.read_bytes()))
    assert [(c.column, c.place, c.mark) for c in one.cells] == [("_remove", "B2", "refused")]
