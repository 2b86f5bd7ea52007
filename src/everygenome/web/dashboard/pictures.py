"""Charts of a release as SVG and PNG, prepared as bytes."""

from typing import Any

from everygenome.charts.composition import composition_chart
from everygenome.charts.draw import to_png, to_svg
from everygenome.charts.theme import THEMES
from everygenome.charts.trend import trend_chart
from everygenome.queries.answer import Answer
from everygenome.web.site import words
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import SHELF

LAYOUTS = ("wide", "narrow")
# A picture opened by itself may load, run and embed nothing at all.
_STRICT = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
_TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}


def picture(
    release_id: str, name: str, kind: str, *, layout: str = "wide", theme: str = "light"
) -> Prepared:
    """A chart of a release.

    Raises:
        NotFoundError: the release lacks a file without which it cannot be drawn.
    """

    def make() -> Prepared:
        release = SHELF.open(release_id)
        specification = _specification(release, name, layout=layout, theme=theme)
        drawn = to_png(specification) if kind == "png" else to_svg(specification).encode()
        return Prepared.of(
            drawn,
            _TYPES[kind],
            headers=_STRICT
            | {"Content-Disposition": f'inline; filename="everygenome-{name}-{release_id}.{kind}"'},
        )

    return PANTRY.get(("picture", release_id, name, kind, layout, theme), make)


def _specification(release: Any, name: str, *, layout: str, theme: str) -> dict[str, Any]:
    look = {"theme": THEMES[theme], "narrow": layout == "narrow"}
    if name == "trend":
        answer: Answer = release.trend(bands=True)
        return trend_chart(
            answer.table, title=words.trend_finding(answer.rows), caption=answer.caption, **look
        )
    answer = release.composition()
    return composition_chart(
        answer.table, title=words.composition_finding(answer.rows), caption=answer.caption, **look
    )
