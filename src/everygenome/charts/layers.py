"""The layers of a drawing: how each kind of row is drawn. Places and colours stand in the rows."""

from typing import Any


def _at(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _as(field: str) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


_WORDS = {"field": "words", "type": "nominal"}
_BOX = {
    "x": _at("x"),
    "y": _at("y"),
    "x2": {"field": "x2"},
    "y2": {"field": "y2"},
    "fill": _as("fill"),
    "stroke": _as("stroke"),
}

_RULE = {
    "mark": {"type": "rule", "aria": False},
    "encoding": {
        "x": _at("x"),
        "y": _at("y"),
        "x2": {"field": "x2"},
        "y2": {"field": "y2"},
        "color": _as("colour"),
        "strokeWidth": _as("thick"),
        "strokeDash": _as("dash"),
    },
}

LAYERS: dict[str, dict[str, Any]] = {
    "ground": {"mark": {"type": "rect", "aria": False}, "encoding": _BOX},
    "areas": {
        "mark": {"type": "area", "aria": False, "opacity": 0.2},
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "y2": {"field": "y2"},
            "fill": _as("fill"),
            "detail": _as("part"),
        },
    },
    "rules": _RULE,
    "strokes": _RULE,
    "bars": {"mark": {"type": "rect"}, "encoding": {**_BOX, "description": _WORDS}},
    "paths": {
        # A symbol of four square pixels is drawn at the size of its own path.
        "mark": {"type": "point", "size": 4, "opacity": 1, "strokeWidth": 0.5},
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "shape": _as("shape"),
            "fill": _as("fill"),
            "stroke": _as("stroke"),
            "description": _WORDS,
        },
    },
    "lines": {
        "mark": {"type": "line", "aria": False},
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "color": _as("colour"),
            "strokeDash": _as("dash"),
            "strokeWidth": _as("thick"),
            "detail": _as("part"),
            "order": None,
        },
    },
    "points": {
        "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.2},
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "shape": _as("shape"),
            "size": _as("area"),
            "fill": _as("fill"),
            "stroke": _as("stroke"),
            "description": _WORDS,
        },
    },
    "letters": {
        "mark": {
            "type": "text",
            "aria": False,
            "baseline": "alphabetic",
            "fontWeight": {"expr": "datum.weight"},
            "align": {"expr": "datum.align"},
        },
        "encoding": {
            "x": _at("x"),
            "y": _at("y"),
            "text": _as("text"),
            "size": _as("size"),
            "angle": _as("angle"),
            "color": _as("colour"),
        },
    },
}
