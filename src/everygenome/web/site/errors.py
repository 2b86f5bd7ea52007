"""Pages for what went wrong, in plain words and with the status that says so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from everygenome.errors import EverygenomeError, NotFoundError
from everygenome.web.site.page import base_context, render
from everygenome.web.site.releases import SHELF, Listed

_SHOWN = 60


def empty(request: HttpRequest) -> HttpResponse:
    """The store holds no release yet."""
    return _page(request, "empty", {"status": 503, **base_context(None, None)})


def unknown_release(request: HttpRequest, listed: Listed, wanted: str) -> HttpResponse:
    """No release of that name, or several of that date."""
    context = _current_context(listed)
    return _page(request, "unknown_release", context | {"status": 404, "wanted": wanted[:_SHOWN]})


def lacking(
    request: HttpRequest, listed: Listed, release_id: str, error: NotFoundError
) -> HttpResponse:
    """The release lacks what this needs."""
    context = base_context(listed, SHELF.open(release_id), chosen=True)
    return _page(request, "lacking", context | {"status": 404, "lacking": error.what})


def unreadable(request: HttpRequest, listed: Listed, release_id: str) -> HttpResponse:
    """The release that was asked for is damaged."""
    told = {"status": 503, "wanted": release_id}
    return _page(request, "unreadable", _current_context(listed) | told)


def not_understood(request: HttpRequest, listed: Listed, told: str) -> HttpResponse:
    """Words in the address are not known, or contradict each other."""
    context = _current_context(listed) | {"status": 400, "told": told}
    return _page(request, "not_understood", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No page at this address."""
    try:
        context = _current_context(SHELF.listed())
    except EverygenomeError:
        context = base_context(None, None)
    return _page(request, "not_found", context | {"status": 404})


def not_from_here(_request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Something was sent that did not come from a form of this site."""
    return HttpResponse(
        "This was not sent from a form of this site, or the form was open for too long.\n"
        "Load the page again and send it once more.\n",
        status=403,
        content_type="text/plain; charset=utf-8",
    )


def busy() -> HttpResponse:
    """Others asked for much at once."""
    return HttpResponse(
        "Many pictures are being drawn just now. Please ask again in a moment.\n",
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": "5", "Cache-Control": "no-store"},
    )


def fault(_request: HttpRequest) -> HttpResponse:
    """A fault of ours; this page depends on nothing that could be broken."""
    html = render_to_string("site/fault.html", base_context(None, None))
    return HttpResponse(html, status=500)


def _current_context(listed: Listed) -> dict[str, Any]:
    release = SHELF.open(listed.current) if listed.current else None
    return base_context(listed, release)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    made = render(f"site/{template}", context, status=context["status"])
    return made.respond(request, dated=False)
