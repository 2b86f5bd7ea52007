"""Draw a Vega-Lite specification as SVG or PNG, on this machine, without a network."""

import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

VEGA_LITE = "6.4"
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
# Names that a page may use for its own elements, the drawing program's own words for its
# marks ("rect mark container"), and frames that are never shown.
_CLASS = re.compile(r' (?:class|pointer-events|aria-roledescription)="[^"]*"')
_UNSEEN = re.compile(r'<path(?:(?! display=)[^<>"]|"[^"]*")* display="none"/>')
_NAMED = re.compile(r'( id="|url\(#|href="#)')
_LONG = re.compile(r"(\.\d\d)\d+")
_PLACES = re.compile(r' (?:d|transform|x2|y2)="[^"]*"')

# Characters that XML cannot hold; one of them in a label would end the whole process.
_FORBIDDEN = re.compile(
    r"(\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})"
    r"|\\u(?:00[01][0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])|\\[bf]"
)


def to_svg(specification: Mapping[str, Any]) -> str:
    """SVG text; the same specification gives the same text.

    It may stand inside a page: it has no scripts, no inline styles, no links, no class names,
    and identifiers of its own.

    Raises:
        ValueError: it is no Vega-Lite specification.
    """
    import vl_convert

    text = _text(specification)
    drawn: str = vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE, allowed_base_urls=[])
    return _tidied(
        drawn,
        prefix=f"c{hashlib.sha256(text.encode()).hexdigest()[:8]}-",
        description=json.loads(_text(str(specification.get("description", "")))),
    )


def to_png(specification: Mapping[str, Any], *, scale: float = 2) -> bytes:
    """PNG bytes, `scale` dots for each pixel of the specification.

    Raises:
        ValueError: it is no Vega-Lite specification.
    """
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(
        _text(specification), vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[]
    )
    return drawn


def _text(specification: Mapping[str, Any] | str) -> str:
    """The specification as JSON, with a mark in the place of each character that XML forbids."""
    return _FORBIDDEN.sub(lambda found: found[1] or r"\ufffd", json.dumps(specification))


def _tidied(drawn: str, *, prefix: str, description: str) -> str:
    """The drawing without what could meet a page's own names, and with words for the whole."""

    def tag(found: re.Match[str]) -> str:
        text = found.group()
        if text.startswith("<svg"):
            words = f' role="img" aria-label="{escape(description)}"' if description else ""
            text = text.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
            text = text.replace(">", f"{words}>")
        text = _PLACES.sub(lambda place: _LONG.sub(r"\1", place.group()), text)
        return _NAMED.sub(rf"\g<1>{prefix}", _CLASS.sub("", text))

    return _TAG.sub(tag, _UNSEEN.sub("", drawn))
