"""Charts as SVG: checked, cleaned and measured before they stand in a report."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
REFUSED = {"script", "foreignObject", "iframe", "animate", "set", "image", "use", "a", "handler"}

TEXT_WIDTH_MM = 160.0
MM_A_POINT = 25.4 / 72
TALLEST_MM = 195.0
# A picture may be set this much smaller to fit the page it belongs to, if its words stay legible.
LEAST_SCALE = 0.75
LEAST_POINTS = 7.0


@dataclass(frozen=True)
class Picture:
    """A clean SVG, with the size at which it fits the page and how far it may still be scaled down."""

    svg: str
    width_mm: float
    height_mm: float
    least_scale: float


def faults_of_svg(svg: str) -> Iterator[str]:
    """What keeps an SVG out of a report: scripts, handlers, outside addresses, broken XML."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        yield "its SVG declares a document type; leave that out"
        return
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        yield f"its SVG can't be read ({error})"
        return
    for element in root.iter():
        name = _local(element.tag)
        if name in REFUSED - {"use", "a"} or (name in {"use", "a"} and _leads_out(element)):
            yield f"its SVG holds <{name}>, which a report does not take"
        yield from (
            f"its SVG holds the attribute {key}, which a report does not take"
            for key, value in element.attrib.items()
            if _local(key).lower().startswith("on") or "javascript:" in value.lower()
        )


def picture(svg: str, prefix: str) -> Picture:
    """Clean an SVG: ids made its own by ``prefix``, inner roles left out, size from its view box.

    One picture with one alternative text is what a screen reader gets, so the roles that Vega
    gives to each mark would only be noise.
    """
    root = ET.fromstring(svg)
    names = {element.get("id", "") for element in root.iter()} - {""}
    for element in root.iter():
        for key in list(element.attrib):
            if _local(key) in ("role", "aria-hidden") or key.startswith("aria-"):
                del element.attrib[key]
            else:
                element.set(key, _renamed(_local(key), element.attrib[key], names, prefix))
    width, height = _size(root)
    root.set("viewBox", root.get("viewBox") or f"0 0 {width:g} {height:g}")
    for key in ("width", "height", "class", "style"):
        root.attrib.pop(key, None)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    fitting = min(TEXT_WIDTH_MM, TALLEST_MM * width / height)
    smallest = _smallest_type(root) * fitting / width / MM_A_POINT
    least = min(1.0, max(LEAST_SCALE, LEAST_POINTS / smallest)) if smallest else LEAST_SCALE
    return Picture(
        written(root),
        round(fitting, 2),
        round(fitting * height / width, 2),
        round(least, 3),
    )


def _smallest_type(root: ET.Element) -> float:
    """The smallest size of type in a picture, in its own units; 0 where no size is told."""
    told = (re.match(r"[\d.]+", element.get("font-size", "")) for element in root.iter())
    return min((float(size.group()) for size in told if size), default=0.0)


def _local(name: object) -> str:
    return str(name).rsplit("}", 1)[-1]


def _leads_out(element: ET.Element) -> bool:
    addresses = [value for key, value in element.attrib.items() if _local(key) == "href"]
    return any(not address.startswith("#") for address in addresses)


def _renamed(key: str, value: str, names: set[str], prefix: str) -> str:
    if key == "id":
        return f"{prefix}-{value}"
    if key == "href" and value.removeprefix("#") in names:
        return f"#{prefix}-{value[1:]}"
    return re.sub(
        r"url\(#([^)]+)\)",
        lambda match: f"url(#{prefix}-{match.group(1)})" if match.group(1) in names else "none",
        value,
    )


def _size(root: ET.Element) -> tuple[float, float]:
    numbers = [float(one) for one in re.findall(r"[\d.]+", root.get("viewBox", ""))]
    if len(numbers) == 4 and numbers[2] and numbers[3]:
        return numbers[2], numbers[3]
    sides = [re.match(r"[\d.]+", root.get(side, "")) for side in ("width", "height")]
    width, height = (float(side.group()) if side else 100.0 for side in sides)
    return width or 100.0, height or 100.0


def written(picture: ET.Element) -> str:
    """A picture as text, its elements without a prefix: other libraries name one for all pictures of the process."""
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return ET.tostring(picture, encoding="unicode")
