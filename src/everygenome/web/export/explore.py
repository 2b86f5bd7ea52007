"""The page that reckons by itself: the cube, its charts, and the drawing program."""

import json
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from everygenome.charts.draw import VEGA_LITE, to_svg
from everygenome.charts.explore import explore_charts
from everygenome.charts.theme import THEMES
from everygenome.queries.answer import Answer
from everygenome.queries.cube import cube
from everygenome.queries.release import Release
from everygenome.web.site.page import base_context
from everygenome.web.site.releases import SHELF, Listed

_FOLDER = "explore"
_PICTURES = {
    "composition": ("Group by group", "Bars: the share of each group in all participations."),
    "trend": ("Year by year", "Lines: the share of each group by year of publication."),
}
# Drawing without evaluating text as a program, so that the strict policy holds.
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def write_explore(folder: Path, release: Release) -> str:
    """Write what the page needs into a copy.

    Args:
        folder: of the copy.
        release: that it shows.

    Returns:
        The page as HTML, with addresses as seen from the folder itself.

    Raises:
        NotFoundError: the release was published without its ancestry file.
        OSError: a file cannot be written.
    """
    here = folder / _FOLDER
    here.mkdir(exist_ok=True)
    (here / "cube.json").write_bytes(cube(release).to_json())
    (here / "charts.json").write_text(_charts(), "utf-8")
    (here / "vega.js").write_text(_vega(), "utf-8")
    listed = SHELF.listed()
    return render_to_string(
        "export/explore.html",
        base_context(Listed((), listed.current), release)
        | {
            "here": "explore",
            "cube": f"{_FOLDER}/cube.json",
            "charts": f"{_FOLDER}/charts.json",
            "vega": f"{_FOLDER}/vega.js",
            "pictures": _pictures(here, release),
        },
    )


def _charts() -> str:
    layouts = {"wide": False, "narrow": True}
    made = {
        name: {
            layout: explore_charts(theme, narrow=is_narrow) for layout, is_narrow in layouts.items()
        }
        for name, theme in THEMES.items()
    }
    return json.dumps(made, separators=(",", ":"))


def _vega() -> str:
    import vl_convert

    made: str = vl_convert.javascript_bundle(_SNIPPET, vl_version=VEGA_LITE)
    return made


def _pictures(folder: Path, release: Release) -> list[dict[str, str]]:
    """The usual choices as pictures, for readers without scripts."""
    answers: dict[str, Answer] = {"composition": release.composition(), "trend": release.trend()}
    made = []
    for name, (title, words) in _PICTURES.items():
        rows: list[dict[str, Any]] = answers[name].rows
        for theme, look in THEMES.items():
            charts = explore_charts(look)
            drawn = to_svg(charts[name] | {"datasets": {"shares": rows}})
            (folder / f"{name}-{theme}.svg").write_text(drawn, "utf-8")
        made.append(
            {
                "title": title,
                "words": f"{words} {answers[name].caption}",
                "light": f"{_FOLDER}/{name}-light.svg",
                "dark": f"{_FOLDER}/{name}-dark.svg",
            }
        )
    return made
