"""What the charts of the appraisal share: the scale of options, dots, and figures as they are drawn."""

from typing import Any

import altair as alt

from wayforward.findings.finding import Finding, Scalar
from wayforward.pages.charts import OPTION_COLOURS, Label

MILLION = 1e6

Mark = dict[str, Any]  # what one mark of a chart is drawn from


def in_millions(value: Scalar) -> float | None:
    """Pounds as millions; None is not known."""
    return None if value is None else float(value) / MILLION


def option_scale(finding: Finding, label: Label) -> alt.Scale:
    """Each option its own colour, in the order of the report."""
    names = [label("option", code) for code in dict.fromkeys(str(r["option"]) for r in finding.rows)]
    shift = 0 if finding.key in ("appraisal.affordability", "appraisal.cost_by_year") else 1
    return alt.Scale(domain=names, range=list(OPTION_COLOURS[shift : shift + len(names)]))


def dotted(base: alt.Chart, finding: Finding, **mark: Any) -> alt.Chart:
    """Dots at figures: open ones where the finding rests on illustrative evidence."""
    fill = {"filled": False, "fill": "white"} if finding.illustrative else {"filled": True}
    return base.mark_point(**{"size": 90, "strokeWidth": 2, "opacity": 1, **fill, **mark})


def begun(words: Scalar) -> str:
    """Words as they begin a line."""
    return f"{words}"[:1].upper() + f"{words}"[1:]
