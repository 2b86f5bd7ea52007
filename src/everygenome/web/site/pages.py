"""Pages that are about no release: they show the current one in their foot, if there is one."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from everygenome.errors import EverygenomeError
from everygenome.web.site.page import base_context, render
from everygenome.web.site.releases import SHELF


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    private: bool = False,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """A page from a template such as `toolbox/find`.

    Args:
        request: the request.
        template: without `.html`.
        context: what it names, beside what every page shows.
        status: of the answer.
        private: it is for one reader: nobody on the way may keep it, and no search engine.
        headers: others.
    """
    try:
        listed = SHELF.listed()
        release = SHELF.open(listed.current) if listed.current else None
    except EverygenomeError:
        # These pages need no release, so a damaged one does not take them away.
        listed, release = None, None
    made = base_context(listed, release) | (context or {})
    response = render(template, made, status=status).respond(request, dated=False)
    if private:
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        del response["ETag"]
    for name, value in (headers or {}).items():
        response[name] = value
    return response
