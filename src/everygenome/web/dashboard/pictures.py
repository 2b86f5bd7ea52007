"""Figures of a release as SVG and PNG, prepared as bytes."""

from everygenome.charts.draw import to_png, to_svg
from everygenome.charts.theme import THEMES
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures import FIGURES
from everygenome.web.dashboard.figures.figure import Look
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.state import View
from everygenome.web.site.turns import drawing

LOOKS: dict[str, tuple[str, ...]] = {
    "layout": ("wide", "narrow"),
    "theme": tuple(THEMES),
    "title": ("yes", "no"),
}
# A picture opened by itself may load, run and embed nothing at all; any site may show it.
_OPEN = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}


def picture(release: Release, view: View, name: str, kind: str) -> Prepared:
    """A figure of a release.

    Raises:
        NotFoundError: the release lacks a file without which it cannot be drawn.
        UsageError: the choices cannot be combined with this figure.
    """
    figure = FIGURES[name]
    look = Look(
        THEMES[view.get("theme", "light")],
        narrow=view.get("layout") == "narrow",
        bare=view.get("title") == "no",
    )
    here = view.only(figure.extra)

    def make() -> Prepared:
        answer = figure.answer(release, here)
        with drawing():
            specification = figure.specification(answer, here, look)
            drawn = to_png(specification) if kind == "png" else to_svg(specification).encode()
        mark = "-demonstration-not-real" if answer.release.demonstration else ""
        file_name = f"everygenome-{name}-{view.release}{mark}.{kind}"
        disposition = {"Content-Disposition": f'inline; filename="{file_name}"'}
        return Prepared.of(drawn, _TYPES[kind], headers=_OPEN | disposition)

    key = ("picture", name, kind, view.release, here.address(), look)
    return PANTRY.get(key, make)
