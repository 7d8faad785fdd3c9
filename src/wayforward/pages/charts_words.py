"""Words in charts: long names in lines or in brief, and figures that stay readable over a line."""

import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt

IN_LINES = r"split(datum.label, '\n')"  # what an axis or a header makes of a label of several lines
LONGEST = 40  # characters of a name that is told whole
LEADING = 2  # pixels between two lines of a label


def in_lines(words: str, width: int, most: int = 2) -> str:
    """Words broken into as few lines as hold them, of like length, as `IN_LINES` shows them; cut after the most."""
    lines = _wrapped(words, width, most) or [""]
    longest = max((len(word) for word in words.split()), default=width)
    for narrower in range(width - 1, longest - 1, -1):
        tried = _wrapped(words, narrower, most + 1)
        if len(tried) > len(lines) or lines[-1].endswith("…"):
            break
        lines = tried
    return "\n".join(lines)


def _wrapped(words: str, width: int, most: int) -> list[str]:
    return textwrap.wrap(words, width, max_lines=most, placeholder="…", break_on_hyphens=False)


def briefly(names: Mapping[str, str]) -> dict[str, str]:
    """Names by code, a long one by what stands before its colon; whole where two would then be alike."""
    brief = {code: name.partition(":")[0] if len(name) > LONGEST else name for code, name in names.items()}
    return brief if len(set(brief.values())) == len(brief) else dict(names)


def names_axis(size: int = 13, limit: int = 300, padding: int = 4) -> alt.Axis:
    """An axis of names, those of several lines (see `in_lines`) each about the middle of its mark."""
    up = -(size + LEADING) / 2
    offset = {
        "condition": {"test": "true", "expr": rf"{up} * (length(split(datum.value, '\n')) - 1)"},
        "value": 0,
    }
    return alt.Axis(
        ticks=False,
        domain=False,
        labelExpr=IN_LINES,
        labelFontSize=size,
        labelLimit=limit,
        labelPadding=padding,
        labelOffset=offset,
    )


def haloed(base: alt.Chart, text: str, **mark: Any) -> list[alt.Chart]:
    """Text with a white rim, so that no line runs through it."""
    rim = base.mark_text(stroke="white", strokeWidth=4, strokeJoin="round", fill="white", **mark)
    return [rim.encode(text=text), base.mark_text(**mark).encode(text=text)]
