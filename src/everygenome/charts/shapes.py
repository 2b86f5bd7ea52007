"""The world's countries as paths on an Equal Earth map, made once for each width.

The borders are those of Natural Earth. Where a border is disputed, drawing it is not a
judgement of ours; two areas there that have no ISO 3166-1 code are drawn and not counted.

Source: Natural Earth 1:110m (public domain), as `countries-110m.json` of world-atlas 2.0.2;
projection: Savric, Patterson and Jenny 2019, Int. J. Geogr. Inf. Sci. 33:454.
"""

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from everygenome.charts.topology import Ring, arcs, halves, rings, thinned
from everygenome.vocabulary.countries import COUNTRIES

CREDIT = "Shapes: Natural Earth."
ANTARCTICA = "ATA"
_TERMS = (1.340264, -0.081106, 0.000893, 0.003796)
_SMALLEST = 1.0  # square pixels of an island that is still drawn
# Natural Earth gives it no number; the code is user-assigned, and in wide use.
_BY_NAME = {"Kosovo": "XKX"}
_ATLANTIC = -20  # degrees east


@dataclass(frozen=True, slots=True)
class Shape:
    """A country's outline: its alpha-3 code, or None where it has none; its name; SVG path."""

    iso3: str | None
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class World:
    """A map of a certain width.

    Attributes:
        height: in pixels.
        shapes: the countries, without Antarctica.
        places: alpha-3 code to the place of countries too small to have a shape.
    """

    height: float
    shapes: tuple[Shape, ...]
    places: dict[str, tuple[float, float]]


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to the plane, in which the equator is 5.414 wide and areas keep their ratio.

    Example:
        >>> [round(x, 3) for x in equal_earth(180, 0)], [round(x, 3) for x in equal_earth(0, 90)]
        ([2.707, 0.0], [0.0, 1.317])
    """
    a1, a2, a3, a4 = _TERMS
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2, t6 = t * t, t**6
    bent = 9 * a4 * t**8 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * bent)
    return x, t * (a4 * t**8 + a3 * t6 + a2 * t2 + a1)


@cache
def world(width: int) -> World:
    """The world, `width` pixels wide, with its left upper corner at 0, 0."""
    scale = width / (2 * equal_earth(180, 0)[0])
    top = equal_earth(0, 84)[1]

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = equal_earth(longitude, latitude)
        return round(width / 2 + x * scale, 1), round((top - y) * scale, 1)

    height = (top - equal_earth(0, -58)[1]) * scale
    file = json.loads(_text("countries-110m.json"))
    # Borders are thinned before they are put together, so that neighbours still touch.
    borders = [thinned(arc, at) for arc in arcs(file)]
    shapes = []
    for item in file["objects"]["countries"]["geometries"]:
        for iso3, name, outlines in _countries(item, rings(item, borders)):
            if iso3 != ANTARCTICA:
                cut = [half for ring in outlines for half in halves(ring)]
                shapes.append(Shape(iso3, name, _path([[at(*p) for p in ring] for ring in cut])))
    small = csv.DictReader(_lines("small_countries.csv"))
    places = {r["iso3"]: at(float(r["longitude"]), float(r["latitude"])) for r in small}
    return World(height, tuple(shapes), places)


def _text(name: str) -> str:
    return resources.files("everygenome.charts").joinpath("world", name).read_text("utf-8")


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if not line.startswith("#")]


def _countries(
    item: dict[str, Any], outlines: Sequence[Ring]
) -> list[tuple[str | None, str, Sequence[Ring]]]:
    """Code, name and rings; Natural Earth draws French Guiana as a part of France."""
    import pycountry

    name = item["properties"]["name"]
    found = pycountry.countries.get(numeric=item["id"]) if "id" in item else None
    iso3 = found.alpha_3 if found else _BY_NAME.get(name)
    if iso3 is None:
        return [(None, name, outlines)]
    if iso3 != "FRA":
        return [(iso3, COUNTRIES[iso3].name, outlines)]
    overseas = [ring for ring in outlines if ring[0][0] < _ATLANTIC]
    europe = [ring for ring in outlines if ring[0][0] >= _ATLANTIC]
    return [(code, COUNTRIES[code].name, r) for code, r in (("FRA", europe), ("GUF", overseas))]


def _path(outlines: Sequence[Ring]) -> str:
    """Rings as a path, without points and islands too small to be seen; one ring always stays."""
    by_size = sorted(outlines, key=_area, reverse=True)
    seen = [ring for ring in by_size if _area(ring) >= _SMALLEST]
    return "".join(_closed(ring) for ring in seen or by_size[:1])


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def _closed(ring: Ring) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z"
