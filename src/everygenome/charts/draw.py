"""Draw a Vega-Lite specification as SVG or PNG, on this machine, without a network."""

import json
from collections.abc import Mapping
from typing import Any

VEGA_LITE = "6.4"


def to_svg(specification: Mapping[str, Any]) -> str:
    """SVG text; the same specification gives the same text.

    Raises:
        ValueError: it is no Vega-Lite specification.
    """
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(
        json.dumps(specification), vl_version=VEGA_LITE, allowed_base_urls=[]
    )
    return drawn


def to_png(specification: Mapping[str, Any], *, scale: float = 2) -> bytes:
    """PNG bytes, `scale` dots for each pixel of the specification.

    Raises:
        ValueError: it is no Vega-Lite specification.
    """
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(
        json.dumps(specification), vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[]
    )
    return drawn
