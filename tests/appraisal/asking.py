"""Questions of What if to the town of tests/appraisal/workbench.py, and what comes back."""

import re
from typing import Any
from urllib.parse import quote

from django.test import Client

from tests.appraisal.town import Town
from tests.appraisal.workbench import AT, two_options, weighed
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.options.models import FactorVerdict, Option, SuccessFactor

ASK = f"{AT}/what-if"
# 1 a year for four years at 3.5%, from the first year on.
F = sum(1.035**-t for t in range(4))
WORTH_A, WORTH_B = 300 * F - 500, 190 * F


def ask(**moved: str) -> str:
    return "&".join(f"{quote(name, safe='')}={quote(value)}" for name, value in moved.items())


def of(about: str, field: str, value: str) -> str:
    return ask(**{f"{about}/{field}": value})


def told(client: Client, query: str = "") -> Any:
    answer = client.get(f"{ASK}.json?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def worths(said: Any) -> dict[str, float]:
    return {row["option"]: row["npsv"] for row in said["findings"]["appraisal.npsv"]["rows"]}


def phased() -> Town:
    """The running cost and the benefit of A move with its ownership; the cost of its start with nothing."""
    town = weighed(two_options())
    for model in (CostLine, BenefitLine):
        for line in town.tables[model]:
            if line.code in ("C-A2", "B-A"):
                line.phase = "ownership"
    return town


def barred(town: Town, code: str) -> Town:
    """One option fails an imperative."""
    factor = town.add(SuccessFactor, "F1", name="Lawful", imperative="operational")
    option = next(row for row in town.tables[Option] if row.code == code)
    town.add(FactorVerdict, "V1", option=option, factor=factor, passes=False)
    return town


def box(page: Any, name: str) -> str:
    """The number box of an input, as it stands in a page."""
    found = re.search(rf'<input [^>]*type="text"[^>]* name="{re.escape(name)}"[^>]*>', page.content.decode())
    assert found, name
    return found[0]


def text(answer: Any) -> str:
    page = answer.content.decode().replace("&#x27;", "'")
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def text_of(page: Any, part: str) -> str:
    """The list of a page with a class, without its tags."""
    found = re.search(rf'<ul class="[^"]*{part}.*?</ul>', page.content.decode(), re.DOTALL)
    assert found, part
    return re.sub(r"<[^>]+>", " ", found[0]).replace("&#x27;", "'")
