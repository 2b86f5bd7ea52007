"""Pictures for a browser that swaps the rows by itself: scales and places follow the data.

The other charts place their marks here, once for each answer. These are for a page that
reckons without us, so they leave that to Vega. Their rows are those of `composition` and
`trend`, in a table named `shares`.
"""

from typing import Any

from everygenome.charts.theme import FONT, LIGHT, Theme

TABLE = "shares"
_GAP = "break-paths-show-path-domains"


def explore_charts(theme: Theme = LIGHT, *, narrow: bool = False) -> dict[str, dict[str, Any]]:
    """Vega-Lite specifications by name, without rows.

    Args:
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        `composition`: a bar for each `group` with its `share`, and a line from `share_min` to
        `share_max`. `trend`: a panel for each `group`, `share` by `year`, on a scale of its own.
        Set `datasets` to `{"shares": rows}` before drawing; shares are 0-1.

    Example:
        >>> sorted(explore_charts())
        ['composition', 'trend']
    """
    return {
        "composition": _composition(theme, narrow=narrow),
        "trend": _trend(theme, narrow=narrow),
    }


def _composition(theme: Theme, *, narrow: bool) -> dict[str, Any]:
    share = {"field": "share", "type": "quantitative", "title": None, "axis": _axis(theme)}
    group: dict[str, Any] = {"field": "group", "type": "nominal", "sort": None, "title": None}
    group["axis"] = {"domain": False, "ticks": False, "labelLimit": 150 if narrow else 260}
    interval = {**share, "field": "share_min"}
    return {
        **_base(theme, "Share of each group; the line goes from its lowest to its highest."),
        "width": 150 if narrow else 560,
        "height": {"step": 30},
        "layer": [
            {
                "mark": {"type": "bar", "color": theme.colours[0], "opacity": 0.55, "height": 14},
                "encoding": {"x": share, "y": group},
            },
            {
                "mark": {"type": "rule", "color": theme.ink, "strokeWidth": 1.5},
                "encoding": {"x": interval, "x2": {"field": "share_max"}, "y": group},
            },
        ],
    }


def _trend(theme: Theme, *, narrow: bool) -> dict[str, Any]:
    year = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": False, "nice": False},
        "axis": {"format": "d", "grid": False, "tickCount": 4, "labelFlush": True},
    }
    share = {"field": "share", "type": "quantitative", "title": None, "axis": _axis(theme)}
    share["scale"] = {"zero": True, "nice": True}
    line = {"color": theme.colours[0], "invalid": _GAP}
    return {
        **_base(theme, "Share of each group by year of publication; each panel has its own scale."),
        "facet": {
            "field": "group",
            "type": "nominal",
            "sort": None,
            "title": None,
            "header": {"labelAnchor": "start", "labelFontWeight": "bold", "labelFontSize": 13},
        },
        "columns": 1 if narrow else 3,
        "spacing": {"row": 26, "column": 30},
        "resolve": {"scale": {"y": "independent"}, "axis": {"x": "independent"}},
        "spec": {
            "width": 250 if narrow else 235,
            "height": 90,
            "layer": [
                {"mark": {"type": "line", **line}, "encoding": {"x": year, "y": share}},
                {
                    "mark": {"type": "point", "filled": True, "size": 26, **line},
                    "encoding": {"x": year, "y": share},
                },
            ],
        },
    }


def _axis(theme: Theme) -> dict[str, Any]:
    return {"format": ".1%", "tickCount": 4, "gridColor": theme.grid}


def _base(theme: Theme, description: str) -> dict[str, Any]:
    colours = {"labelColor": theme.quiet, "domainColor": theme.grid, "tickColor": theme.grid}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": description,
        "background": theme.ground,
        "padding": 4,
        "data": {"name": TABLE},
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {**colours, "labelFontSize": 12},
            "header": {"labelColor": theme.ink},
        },
    }
