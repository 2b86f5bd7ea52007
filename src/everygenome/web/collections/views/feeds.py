"""Feeds of a list."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections.feeds import feed
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.views.files import understood


@require_safe
def atom(request: HttpRequest, collection: Collection) -> HttpResponse:
    """What changed last in a list, as Atom."""
    return _feed(request, collection, "atom")


@require_safe
def rss(request: HttpRequest, collection: Collection) -> HttpResponse:
    """What changed last in a list, as RSS."""
    return _feed(request, collection, "rss")


def _feed(request: HttpRequest, collection: Collection, kind: str) -> HttpResponse:
    return understood(request, collection, lambda asked, base: feed(asked, kind, base))
