"""The sheets of optimism bias: types of work, risk areas, and the uplift that is left of each project."""

from collections.abc import Iterator

from wayforward.appraisal.audit.book import Book, Cell, Formula, Table, number
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import BOUNDS, Parameters, bound_name
from wayforward.appraisal.audit.plan import AREAS, BIAS, SHARES
from wayforward.appraisal.bias import MEASURES
from wayforward.methods.optimism_bias import ROUNDING

Row = dict[str, Cell]


def write_projects(book: Book, facts: Facts, known: Parameters) -> None:
    """Shares, areas and uplifts of every project."""
    book.write(SHARES, _shares(book, facts, known))
    book.write(AREAS, _areas(book, facts))
    book.write(BIAS, _uplifts(book, facts))


def _shares(book: Book, facts: Facts, known: Parameters) -> Iterator[Row]:
    table = book[SHARES]
    items, values = known.down("item", BOUNDS), known.down("value", BOUNDS)
    for at, row in enumerate(facts.shares):
        share, kind = table.here("share", at), table.here("type", at)
        found: Row = {
            "project": facts.project(row.bias),
            "type": row.project_type,
            "share": number(row.share),
        }
        for measure in MEASURES:
            for side in ("upper", "lower"):
                item = f'"{bound_name(measure, side, "")}"&{kind}'
                bound = f"INDEX({values},MATCH({item},{items},0))"
                found[f"{measure}_{side}"] = Formula(f"=IF({share}=0,0,{share}*{bound})")
        yield found


def _areas(book: Book, facts: Facts) -> Iterator[Row]:
    table = book[AREAS]
    for at, row in enumerate(facts.areas):
        part, done, priced, off = (
            table.here(key, at) for key in ("contribution", "mitigation", "priced", "off")
        )
        gone = f'IF({priced}="yes",1,IF(ISNUMBER({done}),{done},NA()))'
        nothing = f'OR(AND(ISNUMBER({part}),{part}=0),AND({priced}<>"yes",ISNUMBER({done}),{done}=0))'
        yield {
            "project": facts.project(row.bias),
            "name": row.name,
            "contribution": number(row.contribution),
            "mitigation": number(row.mitigation),
            "evidenced": facts.case.grade(row, "mitigation") is not None,
            "priced": row.risk is not None and row.risk.counted_in == "the register",
            "off": Formula(f"=IF({nothing},0,IF(ISNUMBER({part}),{part},NA())*{gone})"),
            "proven": Formula(f'=IF(OR({table.here("evidenced", at)}="yes",{priced}="yes"),{off},0)'),
        }


def _uplifts(book: Book, facts: Facts) -> Iterator[Row]:
    table, shares, areas = book[BIAS], book[SHARES], book[AREAS]
    for at, project in enumerate(facts.projects):
        own = table.here("no", at)
        total = f"SUMIFS({shares.down('share')},{shares.down('project')},{own})"
        parts = f"SUMIFS({areas.down('contribution')},{areas.down('project')},{own})"
        off, proven = (
            f"SUMIFS({areas.down(key)},{areas.down('project')},{own})" for key in ("off", "proven")
        )
        yield {
            "no": at + 1,
            "code": project.code,
            "name": project.name,
            "below": bool(project.below_lower),
            "off": Formula(f"={off}"),
            "proven": Formula(f"={proven}"),
            "usable": Formula(f"=IF(AND(ABS({total}-1)<=0.000000001,{parts}<={1 + ROUNDING:g}),1,0)"),
            **{measure: _uplift(table, shares, at, measure) for measure in MEASURES},
        }


def _uplift(table: Table, shares: Table, at: int, measure: str) -> Formula:
    """Upper x (1 - mitigated), not below the lower bound; below it only so far as evidence goes, with a reason."""
    own, off, proven = (table.here(key, at) for key in ("no", "off", "proven"))
    upper, lower = (
        f"SUMIFS({shares.down(f'{measure}_{side}')},{shares.down('project')},{own})"
        for side in ("upper", "lower")
    )
    left = f"{upper}*(1-MIN({off},1))"
    floor = f'IF({table.here("below", at)}="yes",MIN({lower},{upper}*(1-MIN({proven},1))),{lower})'
    return Formula(f"=IF({table.here('usable', at)}=1,MAX({left},{floor}),NA())")
