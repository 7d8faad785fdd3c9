"""The sheet Lines: each line as it was entered, and by formula its delay, its correction and where it counts."""

from collections.abc import Iterator

from wayforward.appraisal.audit.book import Book, Cell, Formula, Table, number
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import GRADES, HEALTH, Parameters, option_name
from wayforward.appraisal.audit.plan import BIAS, BODIES, LINES, PHASES
from wayforward.appraisal.bias import MEASURES
from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.appraisal.priced import BIAS as BY_BIAS
from wayforward.appraisal.priced import GRADE as BY_GRADE
from wayforward.records.fields import read_year

Row = dict[str, Cell]
WORKS = MEASURES[:2]  # a duration raises no cost
EFFECT = ("units", "unit_value", "reach", "take_up", "deadweight", "attribution", "drop_off")


def write_lines(book: Book, facts: Facts, known: Parameters) -> None:
    """Every line of every option, in the order of the options."""
    book.write(LINES, _rows(book, facts, known))


def _rows(book: Book, facts: Facts, known: Parameters) -> Iterator[Row]:
    for at, line in enumerate(facts.lines):
        own = _cost(facts, line) if isinstance(line, CostLine) else _benefit(facts, line)
        yield {**_common(facts, line), **own, **_formulas(book, known, at), **_amounts(facts, line)}


def _common(facts: Facts, line: Line) -> Row:
    return {
        "code": line.code,
        "no": facts.number(line.option),
        "name": line.name,
        "body": facts.body(line.organisation),
        "estimate": line.estimate_class,
        "prices": line.prices,
        "price_year": line.price_year,
        "low": number(line.low),
        "high": number(line.high),
        "driver": facts.driver(line),
        "phase": line.phase,
        "correction": line.correction,
        "grade": facts.case.grade(line, "amounts"),
    }


def _cost(facts: Facts, line: CostLine) -> Row:
    return {
        "side": "cost",
        "kind": line.cost_kind,
        "cost_phase": line.cost_phase,
        "nature": line.nature,
        "cash": line.cash,
        "project": facts.project(line.bias),
        "residual": number(line.residual),
    }


def _benefit(facts: Facts, line: Line) -> Row:
    assert isinstance(line, BenefitLine)
    return {
        "side": "benefit",
        "kind": line.benefit_kind,
        "in_plan": line.in_plan,
        "value": line.value,
        "life": line.life_or_health,
        "starts": line.starts,
        "lag": line.lag_months,
        "ramp": line.ramp_months,
        **{name: number(getattr(line, name)) for name in EFFECT},
        "income": facts.income(line.income_group),
    }


def _amounts(facts: Facts, line: Line) -> Row:
    """Amounts by year as they were given. Years that a profile does not name hold nothing; no profile is not known."""
    if line.amounts is None:
        return {}
    given = {read_year(text): float(amount) for text, amount in line.amounts.items()}
    return {f"y{place}": given.get(year, 0.0) for place, year in enumerate(facts.case.years)}


def _formulas(book: Book, known: Parameters, at: int) -> Row:
    table, phases, bodies = book[LINES], book[PHASES], book[BODIES]
    cell = {column.key: table.here(column.key, at) for column in table.plan.columns}
    own_phase = f"{phases.down('no')},{cell['no']},{phases.down('phase')},{cell['phase']}"
    health = 'IF({life}="yes",2,1)' if known.has(HEALTH) else "1"
    counts = (
        'IF({side}="cost",IF(OR(LEN({nature})=0,{nature}="resource"),1,0),'
        'IF(AND({kind}<>"unmonetised",{in_plan}<>"yes"),1,0))'
    )
    ours = f"INDEX({bodies.down('ours')},{cell['body']})=1"
    cash = (
        'IF({side}="cost",IF(AND({cash}="yes",{nature}<>"sunk",OURS),1,0),'
        'IF(AND({counts}=1,{kind}="cash-releasing",OURS),1,0))'
    )
    return {
        "option": option_name(book, cell["no"]),
        "organisation": Formula(f'=INDEX({bodies.down("name")},{cell["body"]})&""'),
        "value_of": Formula(
            '=IF({side}="cost","",IF(LEN({value})>0,{value},IF({kind}="societal","social","fiscal")))'.format(
                **cell
            )
        ),
        # A line that names nobody is the organisation's own, unless it is a gain of society's.
        "whose": Formula(
            '=IF(LEN({organisation})=0,IF(AND({side}="benefit",{kind}="societal"),Nobody,Own_body),{body})'.format(
                **cell
            )
        ),
        "delay": Formula(f"=IF(LEN({cell['phase']})=0,0,SUMIFS({phases.down('delay')},{own_phase}))"),
        "times": _times(table, book[BIAS], known, at),
        "schedule": Formula("=" + health.format(**cell)),
        "counts": Formula("=" + counts.format(**cell)),
        "own_cash": Formula("=" + cash.format(**cell).replace("OURS", ours)),
    }


def _times(table: Table, bias: Table, known: Parameters, at: int) -> Formula:
    """By its project 1 + uplift; by its grade 1 + correction, for a benefit 1 - correction; no grade is the worst."""
    correction, side, grade, project = (
        table.here(key, at) for key in ("correction", "side", "grade", "project")
    )
    grades, values = known.down("start", GRADES), known.down("value", GRADES)
    by_grade = f"INDEX({values},MATCH(IF(ISNUMBER({grade}),{grade},MAX({grades})),{grades},0))"
    capital, operating = (f"INDEX({bias.down(measure)},{project})" for measure in WORKS)
    by_kind = f'IF({table.here("kind", at)}="capital",{capital},{operating})'
    uplift = f"IF(ISNUMBER({project}),{by_kind},NA())"
    return Formula(
        f'=IF({correction}="{BY_GRADE}",1+IF({side}="cost",1,-1)*{by_grade},'
        f'IF(AND({correction}="{BY_BIAS}",{side}="cost"),1+{uplift},1))'
    )
