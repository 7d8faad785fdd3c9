"""Turning a chart's specification into pictures. No Django here: this also runs in processes of its own."""

import json
from functools import cache
from typing import Any

from wayforward.pages.fonts import folder


def svg_of(spec: dict[str, Any]) -> str:
    """A chart as SVG: for pages without script, HTML and PDF."""
    import vl_convert

    _register_fonts()
    return str(vl_convert.vegalite_to_svg(spec))


def png_of(svg: str) -> bytes:
    """An SVG chart as PNG at twice its size: for Word. Four times quicker than drawing the chart again."""
    import vl_convert

    _register_fonts()
    return bytes(vl_convert.svg_to_png(svg, scale=2))


def both_of(spec_json: str) -> tuple[str, bytes]:
    """SVG and PNG of a specification given as JSON: what a process of the pool is asked for."""
    svg = svg_of(json.loads(spec_json))
    return svg, png_of(svg)


@cache
def _register_fonts() -> None:
    """Let pictures use the product's typeface, from its package, whatever the machine has installed."""
    import vl_convert

    vl_convert.register_font_directory(str(folder()))
