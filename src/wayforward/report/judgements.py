"""Words that prefer an option may not stand in the narrative while the evidence is too weak to rank any."""

import re
from collections.abc import Iterable

from wayforward.exercise.models import Section
from wayforward.findings.finding import Finding
from wayforward.report.typeset.quotes import NarrativeFault

# 'Best practice', 'best value' and 'preferred supplier' are terms of their own and prefer no option.
PREFERRING = re.compile(
    r"\b(?:best(?![\s-]+(?:practices?|value)\b)|preferred(?![\s-]+suppliers?\b)|recommended|winners?)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\]\([^)\s]*\)")
ALLOWED = "while the evidence is too weak to rank the options, say what the figures show and prefer none"


def judgements(order: Finding, sections: Iterable[Section]) -> list[NarrativeFault]:
    """A fault for each such word, with section and line; none once the options are ranked."""
    if order.value != "not ranked":
        return []
    return [
        NarrativeFault(section.code, f"sections/{section.code}.md", line, f"the word {word!r}", ALLOWED)
        for section in sections
        for line, word in _preferring(section.body)
    ]


def _preferring(body: str) -> list[tuple[int, str]]:
    prose = ADDRESS.sub("]", body)  # an address holds no line break, so lines keep their numbers
    return [(prose.count("\n", 0, one.start()) + 1, one.group()) for one in PREFERRING.finditer(prose)]
