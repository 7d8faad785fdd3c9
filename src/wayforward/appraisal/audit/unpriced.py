"""The sheet Without a price: what a benefit told in words must be worth a year to draw level with the next option."""

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.factors import STANDARD_FACTOR
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.plan import FACTORS, LINES, OPTIONS, UNPRICED
from wayforward.appraisal.audit.worth import NONE, NOT_KNOWN, if_numbers

Row = dict[str, Cell]
SAME = "0.000000000001"  # of a figure: less than that apart is the same figure worked out twice


def write_unpriced(book: Book, facts: Facts) -> None:
    """A row a benefit told in words alone, in the order of Lines, where they come last."""
    book.write(UNPRICED, (_row(book, facts, at) for at in range(len(facts.lines) - facts.priced)))


def _row(book: Book, facts: Facts, at: int) -> Row:
    table, options, lines = book[UNPRICED], book[OPTIONS], book[LINES]
    cell = {column.key: table.here(column.key, at) for column in table.columns}
    line = {key: lines.at(key, facts.priced + at) for key in ("code", "no", "name", "starts", "lag", "delay")}
    last = len(facts.years)
    factors = book[FACTORS].across("y", STANDARD_FACTOR, stays=True)
    standings, own = options.down("standing"), cell["own"]
    above = f"SUMPRODUCT(ISNUMBER({standings})*({standings}>{own}+ABS({own})*{SAME}))"
    begins = f"MAX(IF(ISNUMBER({line['starts']}),{line['starts']},First_year)-First_year,0)"
    lasting = f"SUM(INDEX({factors},1,{cell['place']}+1):INDEX({factors},1,{last}))"
    worth = f'IF({cell["annuity"]}=0,"{NONE}",({cell["above"]}-{own})/{cell["annuity"]})'
    found = {
        "code": line["code"],
        "no": line["no"],
        "option": f"INDEX({options.down('name')},{cell['no']})",
        "name": line["name"],
        "place": f"{begins}+ROUNDUP(({line['lag']}+{line['delay']})/12,0)",
        "annuity": f"IF({cell['place']}<{last},{lasting},0)",
        "own": f"INDEX({standings},{cell['no']})",
        "above": (
            f'IF(INDEX({options.down("barred")},{cell["no"]})<>"","{NONE}",'
            f'IF(OR(COUNTIF({standings},"{NOT_KNOWN}")>0,ISNA(Usual)),"{NOT_KNOWN}",'
            f'IF({above}=0,"{NONE}",LARGE({standings},{above}))))'
        ),
        "a_year": f'IF({cell["above"]}="{NONE}","{NONE}",{if_numbers(worth, own, cell["above"])})',
    }
    return {key: Formula(f"={formula}") for key, formula in found.items()}
