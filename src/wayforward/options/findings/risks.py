"""What could go wrong with each option, in expected pounds and weeks."""

from collections.abc import Sequence

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import risk as method
from wayforward.options.findings.designs import OPTION, in_order
from wayforward.options.models import Option, OptionRisk

FIELDS = ("probability", "impact", "impact_weeks")
READS = (Option, OptionRisk)


def _risks(case: Reading) -> list[tuple[Option, list[OptionRisk], method.Exposures]]:
    """Each option with its risks and what they are expected to cost."""
    found = []
    for option in in_order(case.rows(Option)):
        own = [row for row in case.rows(OptionRisk) if row.option.code == option.code]
        found.append((option, own, method.exposures([_risk(row) for row in own])))
    return found


def _risk(row: OptionRisk) -> method.Risk:
    return method.Risk(row.code, *(_number(row, name) for name in FIELDS))


def _number(row: OptionRisk, name: str) -> float | None:
    value = getattr(row, name)
    return None if value is None else float(value)


@finding(
    "options.risks",
    title="Risks of each option",
    question="What could go wrong with each option, and what would it cost?",
    method="risk",
    unit="GBP",
    prices="real",
    reads=READS,
)
def risks(case: Reading) -> Result:
    """Every risk of every option: probability, impact, and expected pounds and weeks, largest first."""
    found = _risks(case)
    rows: list[Row] = []
    for option, own, exposures in found:
        by_code = {row.code: row for row in own}
        for exposure in exposures.rows:
            risk = by_code[exposure.code]
            rows.append(
                {
                    "risk": risk.code,
                    "option": option.code,
                    "name": risk.name,
                    "probability": _number(risk, "probability"),
                    "impact": _number(risk, "impact"),
                    "expected": exposure.pounds,
                    "weeks": _number(risk, "impact_weeks"),
                    "expected_weeks": exposure.weeks,
                    "mitigation": risk.mitigation or None,
                    "owner": risk.owner or None,
                }
            )
    names = {option.code: option.short_name for option, _, _ in found}
    return Result(
        headline=_risks_headline(rows, names),
        columns=(
            Column("risk", "Risk", refers="option_risk"),
            OPTION,
            Column("name", "What could happen"),
            Column("probability", "Probability", "fraction"),
            Column("impact", "Impact", "GBP"),
            Column("expected", "Expected cost", "GBP"),
            Column("weeks", "Impact on time", "weeks"),
            Column("expected_weeks", "Expected delay", "weeks"),
            Column("mitigation", "What is done about it"),
            Column("owner", "Owner"),
        ),
        rows=tuple(rows),
        value_column="expected",
        used=given([row for _, own, _ in found for row in own], *FIELDS),
        waiting=_waiting(found),
    )


def _risks_headline(rows: Sequence[Row], names: dict[str, str]) -> str:
    priced = [row for row in rows if row["expected"] is not None]
    if not priced:
        return "What the risks of the options would cost is not known yet"
    worst = max(priced, key=lambda row: float(row["expected"] or 0))
    return (
        f"The largest of {show.count(len(rows), 'risk')} is “{worst['name']}” ({names[str(worst['option'])]}), "
        f"with an expected cost of {show.money(worst['expected'])}"
    )


def _waiting(found: list[tuple[Option, list[OptionRisk], method.Exposures]]) -> tuple[str, ...]:
    if not found:
        return ("the options, with their risks",)
    lacking = [f"the risks of {option.short_name}" for option, own, _ in found if not own]
    for option, own, exposures in found:
        names = {row.code: row.name for row in own}
        lacking += [
            f"probability and impact in pounds of “{names[code]}” ({option.short_name})"
            for code in exposures.pounds.unknown
        ]
    return tuple(lacking)


@finding(
    "options.exposure",
    title="Expected cost of the risks of each option",
    question="How much is at risk with each option, and from what most of all?",
    method="risk",
    unit="GBP",
    prices="real",
    reads=READS,
)
def exposure(case: Reading) -> Result:
    """Expected pounds and weeks by option, and its largest risk; not known while any risk has no figure."""
    found = _risks(case)
    rows: list[Row] = []
    for option, own, exposures in found:
        names = {row.code: row.name for row in own}
        top = next((row for row in exposures.rows if row.pounds is not None), None)
        rows.append(
            {
                "option": option.code,
                "risks": len(own) if own else None,
                "expected": exposures.pounds.value if own else None,
                "weeks": exposures.weeks.value if own else None,
                "top_risk": names[top.code] if top else None,
                "top_expected": top.pounds if top else None,
            }
        )
    short = {option.code: option.short_name for option, _, _ in found}
    return Result(
        headline=_exposure_headline(rows, short),
        columns=(
            OPTION,
            Column("risks", "Risks", "risks"),
            Column("expected", "Expected cost", "GBP"),
            Column("weeks", "Expected delay", "weeks"),
            Column("top_risk", "Largest risk", "words"),
            Column("top_expected", "Expected cost of the largest", "GBP"),
        ),
        rows=tuple(rows),
        value_column="expected",
        used=given([row for _, own, _ in found for row in own], *FIELDS),
        warnings=(
            ("Risks are added as if each stood alone; pounds and weeks are not turned into one another.",)
            if any(own for _, own, _ in found)
            else ()
        ),
        waiting=_waiting(found),
    )


def _exposure_headline(rows: Sequence[Row], names: dict[str, str]) -> str:
    known = [row for row in rows if row["expected"] is not None]
    if not known:
        return "What is at risk with each option is not known yet"
    most = max(known, key=lambda row: float(row["expected"] or 0))
    return (
        f"{names[str(most['option'])]} carries the largest expected cost of risk, "
        f"{show.money(most['expected'])}, most of all from “{most['top_risk']}”"
    )
