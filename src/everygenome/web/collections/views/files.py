"""A list as a file: exactly the entries that the page of the same address shows."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections import files
from everygenome.web.collections.listing import Asked
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.views.lists import asked
from everygenome.web.site import absolute
from everygenome.web.site.prepared import Prepared


@require_safe
def as_csv(request: HttpRequest, collection: Collection) -> HttpResponse:
    """A row for each entry."""
    return understood(request, collection, files.to_csv)


@require_safe
def as_json(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Entries whole, with who said what."""
    return understood(request, collection, files.to_json)


def understood(
    request: HttpRequest, collection: Collection, make: Callable[[Asked, str], Prepared]
) -> HttpResponse:
    """An answer that has no place to say that a choice was left out, so none may be."""
    wanted = asked(request, collection)
    if wanted.messages:
        return HttpResponse(
            "\n".join([*wanted.messages, "Take that out of the address, and ask again.", ""]),
            status=400,
            content_type="text/plain; charset=utf-8",
        )
    return make(wanted, absolute.base(request)).respond(request, dated=False)
