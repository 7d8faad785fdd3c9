"""Rules of choices: a line that belongs to a choice of the longlist stands in an option made of it."""

from collections import defaultdict
from collections.abc import Iterator

from wayforward.appraisal.checks.common import lines
from wayforward.options.models import OptionChoice
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check


@check
def a_line_is_of_a_choice_of_its_option(case: Case) -> Iterator[Wrong]:
    made_of: dict[str, set[str]] = defaultdict(set)
    for row in case.rows(OptionChoice):
        made_of[row.option.code].add(row.choice.code)
    for line in lines(case):
        own = made_of[line.option.code]
        if line.choice is not None and own and line.choice.code not in own:
            allowed = f"a choice that {line.option.code} is made of: {', '.join(sorted(own))}; or blank"
            yield Wrong(line, "choice", line.choice.code, allowed)
