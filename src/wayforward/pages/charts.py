"""Charts: one look for all, and the register of which finding is drawn how.

A stage declares its charts in charts.py. A chart's title is the finding's headline, so it can't go stale; what a
reader who can't see it needs to know is its `alt`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules

from wayforward.findings.finding import Finding

INK = "#0b0c0c"
RULE = "#c9ced6"
LAPIS = "#1d3f72"
FONT = "Source Sans Pro"
# After Okabe and Ito; business as usual and do minimum are greys, whatever else is compared.
OPTION_COLOURS = ("#6f777b", "#84909d", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b37400")
SHADES = ("#e4eaf3", "#b9c8df", "#86a0c6", "#4e70a3", "#1d3f72")  # one hue, light to dark
WIDTH = 620

Label = Callable[[str, str], str]


@dataclass(frozen=True)
class Drawing:
    """An Altair chart and the sentence that stands for it where it can't be seen."""

    chart: Any
    alt: str


Draw = Callable[[Finding, Label], Drawing | None]
_DRAWN: dict[str, Draw] = {}


def chart(key: str) -> Callable[[Draw], Draw]:
    """Declare how a finding is drawn: a function of the finding and of `label(kind, code)`, the short names."""

    def declare(draw: Draw) -> Draw:
        if key in _DRAWN:
            raise ValueError(f"two charts are declared for {key}")
        _DRAWN[key] = draw
        return draw

    return declare


@cache
def discover() -> None:
    """Load the charts modules of the stages: only when something is drawn, for Altair takes a second to load."""
    autodiscover_modules("charts")


def drawn() -> frozenset[str]:
    """The keys of the findings that have a chart."""
    discover()
    return frozenset(_DRAWN)


def draw(finding: Finding, label: Label) -> Drawing | None:
    """The chart of a finding, or None where it has none or nothing is known yet."""
    discover()
    if finding.key not in _DRAWN or not finding.rows:
        return None
    return _DRAWN[finding.key](finding, label)


def specification(drawing: Drawing) -> dict[str, Any]:
    """The Vega-Lite specification in the product's look, ready for a page or for a picture."""
    # Altair's own validation takes longer than drawing; tests draw every chart, which validates more.
    spec: dict[str, Any] = drawing.chart.to_dict(validate=False)
    spec["config"] = look()
    spec["background"] = "white"
    spec["description"] = drawing.alt
    return spec


def interactive(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart compiled to Vega for a page's script, its marks (not its labels) saying their values when pointed at."""
    import vl_convert

    config = spec["config"]
    told = {**config, "mark": {"tooltip": True}, "text": {**config["text"], "tooltip": None}}
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega({**spec, "config": told})
    return compiled


def look() -> dict[str, Any]:
    """The Vega-Lite configuration of every chart."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13}
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            **text,
            "labelFlush": False,  # a first and last label stand at their ticks like all others
            "labelColor": INK,
            "titleColor": INK,
            "titleFontWeight": "normal",
            "gridColor": "#e6e9ee",
            "domainColor": RULE,
            "tickColor": RULE,
            "labelLimit": 260,
        },
        "legend": {**text, "labelColor": INK, "titleColor": INK, "labelLimit": 260},
        "header": {**text, "labelColor": INK, "titleColor": INK},
        "text": {"font": FONT, "fontSize": 13, "color": INK},
        "bar": {"fill": LAPIS},
    }
