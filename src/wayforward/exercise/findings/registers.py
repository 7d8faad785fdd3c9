"""What the exercise keeps watch over, and what its ambition would look like when reached."""

from wayforward.exercise.models import AmbitionTheme, Risk
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.provenance import given
from wayforward.methods import ratings

WORST = {"high": 0, "medium": 1, "low": 2, "": 3}


@finding(
    "exercise.risks",
    title="Risks to the exercise",
    question="What could stop the exercise from giving a good answer in time?",
    method="ratings",
    reads=(Risk,),
)
def risks(case: Reading) -> Result:
    """The register of risks, the likeliest and weightiest first; a risk not rated comes last."""
    found = sorted(case.rows(Risk), key=_weight)
    unrated = [risk for risk in found if not risk.likelihood or not risk.impact]
    overdue = [risk.name for risk in found if risk.review and risk.review < case.today]
    return Result(
        headline=_risks_headline(found),
        columns=(
            Column("risk", "Risk", refers="risk"),
            Column("name", "What could happen"),
            Column("likelihood", "Likelihood"),
            Column("impact", "Impact"),
            Column("response", "Response"),
            Column("owner", "Owner"),
            Column("review", "Review by", "date"),
        ),
        rows=tuple(
            {
                "risk": risk.code,
                "name": risk.name,
                "likelihood": risk.likelihood or None,
                "impact": risk.impact or None,
                "response": risk.response or None,
                "owner": risk.owner or None,
                "review": risk.review.isoformat() if risk.review else None,
            }
            for risk in found
        ),
        value_column="response",
        used=given(found, "likelihood", "impact"),
        warnings=(f"Past the day of review: {'; '.join(overdue)}.",) if overdue else (),
        waiting=tuple(f"likelihood and impact of “{risk.name}”" for risk in unrated)
        or (() if found else ("the risks to the exercise",)),
    )


def _weight(risk: Risk) -> tuple[int, int, int, str]:
    score = ratings.score(risk.likelihood or None, risk.impact or None)
    return (-(score or 0), WORST[risk.likelihood], WORST[risk.impact], risk.code)


def _risks_headline(found: list[Risk]) -> str:
    if not found:
        return "No risk to the exercise has been recorded yet"
    worst = [risk for risk in found if risk.likelihood == risk.impact == "high"]
    if not any(risk.likelihood and risk.impact for risk in found):
        return f"None of {show.count(len(found), 'risk')} has been rated yet"
    be = "is" if len(worst) == 1 else "are"
    return f"{len(worst) or 'None'} of {show.count(len(found), 'risk')} {be} high both in likelihood and in impact"


@finding(
    "exercise.ambition",
    title="What would show that the ambition is reached",
    question="How would anybody see that the ambition has been reached?",
    method="listing",
    reads=(AmbitionTheme,),
)
def ambition(case: Reading) -> Result:
    """Each theme of the ambition with its indicator, where that stands and where it should."""
    themes = case.rows(AmbitionTheme)
    measured = [t for t in themes if t.indicator and t.baseline is not None and t.target is not None]
    return Result(
        headline=(
            f"{len(measured) or 'None'} of {show.count(len(themes), 'theme')} of the ambition "
            f"{'has' if len(measured) == 1 else 'have'} an indicator with a baseline and a target"
            if themes
            else "The themes of the ambition are not known yet"
        ),
        columns=(
            Column("theme", "Theme", refers="ambition_theme"),
            Column("detail", "What is wanted"),
            Column("indicator", "Indicator"),
            Column("baseline", "Baseline", "unit of the row"),
            Column("target", "Target", "unit of the row"),
            Column("unit", "Unit"),
        ),
        rows=tuple(
            {
                "theme": theme.code,
                "detail": theme.detail or None,
                "indicator": theme.indicator or None,
                "baseline": None if theme.baseline is None else float(theme.baseline),
                "target": None if theme.target is None else float(theme.target),
                "unit": theme.unit,
            }
            for theme in themes
        ),
        value_column="target",
        used=given(themes, "baseline", "target"),
        waiting=tuple(f"{lack} of {theme.name}" for theme in themes if (lack := _lacking(theme)))
        or (() if themes else ("the themes of the ambition",)),
    )


def _lacking(theme: AmbitionTheme) -> str:
    lacks = [] if theme.indicator else ["an indicator"]
    lacks += [f"the {name}" for name in ("baseline", "target") if getattr(theme, name) is None]
    return show.listed(lacks)
