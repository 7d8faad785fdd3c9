"""Sixty hostile texts through every field of words into every format: nothing may be active."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("home", {}),
    ("registers", {}),
    ("findings", {}),
    ("report", {}),
    ("options-summary", {}),
    ("what-if", {}),
    *(
        ("stage", {"name": name})
        for name in ("exercise", "records", "scope", "baseline", "options", "appraisal")
    ),
)


def documents(findings: Any, folder: Path) -> Iterator[tuple[str, bytes]]:
    """A case in every format that leaves the workbench, each by the word for its kind."""
    from wayforward.appraisal.audit import audit_workbook
    from wayforward.casefile import write_folder, write_workbook
    from wayforward.pages.files import csv_of, told
    from wayforward.report.produce import produce

    for path in produce(findings, folder / "report", ["html", "docx", "pdf"]):
        yield path.suffix.removeprefix("."), path.read_bytes()
    write_workbook(findings.case, folder / "case.xlsx")
    yield "xlsx", (folder / "case.xlsx").read_bytes()
    yield "audit", audit_workbook(findings)
    write_folder(findings.case, folder / "case")
    for path in sorted((folder / "case").glob("*.csv")):
        yield "csv", path.read_bytes()
    for one in findings.all():
        if one.rows:
            yield "csv", csv_of(one, told(findings, one)).encode()


def run() -> Iterator[str]:
    """Every rotation: each payload comes to stand in every field. A process of its own keeps the database apart."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"WAYFORWARD_HOME": home, "DJANGO_SETTINGS_MODULE": "wayforward.web.settings"}
        yield from _rotations(Path(home))


def _rotations(home: Path) -> Iterator[str]:
    import django

    django.setup()
    from tests.hostile import activity
    from tests.hostile.payloads import PAYLOADS
    from tests.hostile.placed import place
    from tests.workbench import store_small_case

    from wayforward.findings import Findings
    from wayforward.records.case import Case
    from wayforward.web.home import prepare_database

    prepare_database()
    looks = {
        "html": lambda c: activity.in_html(c.decode()),
        "docx": activity.in_word,
        "pdf": activity.in_pdf,
        "xlsx": activity.in_workbook,
        "audit": lambda c: activity.in_workbook(c, formulas=True),
        "csv": lambda c: activity.in_csv(c.decode()),
    }
    exercise = store_small_case()
    written: dict[str, int] = dict.fromkeys(looks, 0)
    active: list[str] = []
    fields = 0
    for rotation in range(len(PAYLOADS)):
        fields = place(exercise, rotation)
        with tempfile.TemporaryDirectory(dir=home) as folder:
            for form, content in documents(Findings(Case.of(exercise), keep=False), Path(folder)):
                written[form] += 1
                active += [f"rotation {rotation}, {form}: {what}" for what in looks[form](content)]
    told = ", ".join(f"{many:,} {form}" for form, many in written.items())
    yield (
        f"{len(PAYLOADS)} payloads in {fields:,} fields: {told}; "
        f"{'nothing active' if not active else f'{len(active)} ACTIVE: ' + '; '.join(active[:3])}"
    )
