"""A figure for another page: nothing but the picture, its words, and the way back."""

from typing import Any

from everygenome.web.dashboard.figures import FIGURES
from everygenome.web.dashboard.pages.page import Asked
from everygenome.web.dashboard.shown import shown
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared

# Any page may frame this one; it still loads nothing from elsewhere and runs no script.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)


def embedded(asked: Asked, name: str) -> Prepared:
    """A figure as a page to be framed.

    Raises:
        NotFoundError: the release lacks a file without which it cannot be drawn.
    """
    figure, view = FIGURES[name], asked.view

    def make() -> Prepared:
        path = PATHS.get(name, f"/{name}/")
        told = shown(figure, asked.release, view, origin=asked.origin, page=path)
        context: dict[str, Any] = base_context(asked.listed, asked.release) | {
            "figure": told,
            "back": f"{asked.origin}{path}{view.address()}",
        }
        made = render("dashboard/embed", context)
        return Prepared.of(
            made.body,
            made.content_type,
            headers={
                "Content-Security-Policy": CONTENT_SECURITY_POLICY,
                "Cross-Origin-Resource-Policy": "cross-origin",
            },
        )

    return PANTRY.get(("embed", name, view.release, view.address(), asked.origin), make)


# Where a figure stands on a page of another name.
PATHS = {"countries": "/map/", "comparison": "/compare/"}
