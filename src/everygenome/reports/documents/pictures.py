"""Charts as SVG that may stand inside a page or on paper.

Every element and attribute is on a list; another one stops. So a picture can hold no script,
no style, no link, and nothing that would be fetched.
"""

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree  # writes; what is read goes through defusedxml

from defusedxml.ElementTree import fromstring

from everygenome.charts.draw import to_svg
from everygenome.errors import EverygenomeError
from everygenome.reports.documents.extra import program
from everygenome.reports.documents.letters import CHART, MISSING, drawable, everywhere, plain
from everygenome.reports.documents.model import Picture
from everygenome.reports.documents.typeset import typeset

_SPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = re.compile(
    "svg|g|path|rect|line|circle|ellipse|polygon|polyline|text|tspan|defs|clipPath"
    "|linearGradient|radialGradient|stop"
)
_ATTRIBUTES = re.compile(
    "[cdfr]?[xy][12]?|r|d|points|width|height|viewBox|version|transform|id|display"
    "|opacity|(fill|stroke|stop)(-opacity)?|stop-color|offset|gradient(Units|Transform)"
    "|stroke-(width|dasharray|dashoffset|linecap|linejoin|miterlimit)"
    "|font-(family|size|weight|style)|text-anchor|dominant-baseline|clip-(path|rule)|fill-rule"
)
# The whole is one picture with words of its own; those of its marks would never be read.
_NEEDLESS = frozenset({"role", "class", "aria-label", "aria-hidden", "aria-roledescription"})
_INNER = re.compile(r"url\(#([\w-]+)\)")
_PICTURE = re.compile(rb'href="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"')
# No machine has this font under another name, since the drawing program brings it along.
_PAPER_FONT = "Liberation Sans, sans-serif"


def inline_svg(picture: Picture, *, place: str) -> str:
    """A chart as an SVG element of an HTML page, with identifiers of its own.

    Args:
        picture: the chart.
        place: its place in the document, of digits and hyphens, which no other picture has.

    Raises:
        EverygenomeError: it cannot be drawn, or would hold something that may not be in a page.
        UsageError: the extra `reports` is not installed.
    """
    root = _checked(picture, everywhere(picture.specification, plain))
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"picture-{place}-{value}")
            else:
                element.set(name, _INNER.sub(rf"url(#picture-{place}-\1)", value))
    # Last, so that no word of it is taken for a reference.
    root.attrib |= {"role": "img", "aria-label": plain(picture.alt), "focusable": "false"}
    return ElementTree.tostring(root, encoding="unicode")


def paper_svg(picture: Picture) -> str:
    """A chart as SVG whose letters are shapes, so that it is the same on every machine.

    Letters that the font lacks are empty boxes.

    Args:
        picture: the chart.

    Raises:
        EverygenomeError: it cannot be drawn.
        UsageError: the extra `reports` is not installed.
    """
    told = _in_letters_of_charts(picture)
    config = {**told.get("config", {}), "font": _PAPER_FONT}
    root = _checked(picture, {**told, "config": config})
    root.set("xmlns", _SPACE)
    drawn = program("vl_convert").svg_to_pdf(ElementTree.tostring(root, encoding="unicode"))
    # A page of PDF cannot stand inside an accessible one; typst turns it into shapes.
    page = typeset(
        {
            "main.typ": b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
            b'#image(bytes(json("picture.json")), format: "pdf")',
            "picture.json": json.dumps(list(drawn)).encode(),
        },
        format="svg",
    )
    # The page is one picture in a frame; typst would draw the frame's content as dots.
    inner = _PICTURE.search(bytes(page))
    return b64decode(inner[1]).decode() if inner else bytes(page).decode()


def lacks_letters(picture: Picture) -> bool:
    """Whether a chart on paper has empty boxes in the place of letters."""
    return MISSING in json.dumps(_in_letters_of_charts(picture), ensure_ascii=False)


def _in_letters_of_charts(picture: Picture) -> dict[str, Any]:
    told: dict[str, Any] = everywhere(picture.specification, lambda text: drawable(text, CHART))
    return told


def _checked(picture: Picture, specification: Mapping[str, Any]) -> ElementTree.Element:
    """The drawing, without namespaces, once each part of it is known."""
    program("vl_convert")
    try:
        root: ElementTree.Element = fromstring(to_svg(specification))
    except (ValueError, ElementTree.ParseError) as error:
        raise EverygenomeError(
            f"The chart {picture.title!r} cannot be drawn: {str(error).splitlines()[0]}",
            remedy="Its specification must be one of Vega-Lite, as `charts` make them.",
        ) from error
    # The program numbers definitions on from one drawing to the next; ours begin at 1.
    named = [element.get("id", "") for element in root.iter() if "id" in element.attrib]
    new = {name: str(place) for place, name in enumerate(named, start=1)}
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SPACE}}}")
        if not _ELEMENTS.fullmatch(element.tag):
            raise _foreign(picture, f"<{element.tag}>")
        for name, value in list(element.attrib.items()):
            # A solid line is one without a pattern; a pattern with gaps of none shows hairlines.
            if name in _NEEDLESS or (name, value) == ("stroke-dasharray", "1,0"):
                del element.attrib[name]
            elif not _ATTRIBUTES.fullmatch(name) or "url(" in _INNER.sub("", value):
                raise _foreign(picture, f"{name}={value[:60]!r}")
            elif name == "id":
                element.set(name, new[value])
            else:
                element.set(name, _INNER.sub(lambda it: f"url(#{new.get(it[1], '')})", value))
    return root


def _foreign(picture: Picture, found: str) -> EverygenomeError:
    return EverygenomeError(
        f"The chart {picture.title!r} holds {found}, which may not stand in a document.",
        remedy="Use marks without pictures, links and styles of their own.",
    )
