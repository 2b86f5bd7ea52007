"""TopoJSON borders: read, thinned, put together to rings, and cut at the edge of the map."""

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Ring: TypeAlias = list[tuple[float, float]]

_NARROWEST = 1.5  # pixels between two points of a border


def arcs(file: dict[str, Any]) -> list[Ring]:
    """TopoJSON's borders, each drawn once: steps of whole numbers become degrees."""
    (wide, high), (left, low) = file["transform"]["scale"], file["transform"]["translate"]
    made = []
    for arc in file["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * wide + left, y * high + low))
        made.append(points)
    return made


def rings(item: dict[str, Any], borders: Sequence[Ring]) -> list[Ring]:
    """The outlines of a country, in degrees."""
    polygons = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
    found: list[Ring] = []
    for polygon in polygons:
        for indices in polygon:
            ring: Ring = []
            for index in indices:
                # A negative number is the border of a neighbour, walked the other way round.
                points = borders[index] if index >= 0 else borders[~index][::-1]
                ring += points[1:] if ring else points
            found.append(ring)
    return found


def thinned(arc: Ring, at: Callable[[float, float], tuple[float, float]]) -> Ring:
    """A border without points that nobody can tell apart on the map; its ends stay."""
    kept, last = arc[:1], at(*arc[0])
    for point in arc[1:-1]:
        place = at(*point)
        if math.dist(place, last) >= _NARROWEST:
            kept.append(point)
            last = place
    return [*kept, arc[-1]]


def halves(ring: Ring) -> list[Ring]:
    """A ring cut where it crosses the edge of the map, at 180 degrees.

    Example:
        >>> halves([(170, 0), (-170, 0), (-170, 9), (170, 9)])[0]
        [(170.0, 0), (180, 0.0), (180, 9.0), (170.0, 9)]
    """
    turned: Ring = []
    shift = 0.0
    for longitude, latitude in ring:
        if turned and abs(longitude + shift - turned[-1][0]) > 180:
            shift += 360 if longitude + shift < turned[-1][0] else -360
        turned.append((longitude + shift, latitude))
    if all(-180 <= longitude <= 180 for longitude, _ in turned):
        return [ring]
    parts = []
    for move in (-360, 0, 360):
        part = [(longitude + move, latitude) for longitude, latitude in turned]
        part = _side(_side(part, 180, keep=1), -180, keep=-1)
        parts += [part] if len(part) > 2 else []
    return sorted(parts, key=lambda part: -part[0][0])


def _side(ring: Ring, edge: float, *, keep: int) -> Ring:
    """The part of a ring below an edge (`keep` 1) or above it (-1)."""
    kept: Ring = []
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        first, second = (x0 - edge) * keep <= 0, (x1 - edge) * keep <= 0
        if first:
            kept.append((x0, y0))
        if first != second:
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return kept
