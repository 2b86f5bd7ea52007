"""Who may go on with a story: whoever holds its link, with files that are not too large."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from everygenome.errors import StoreError
from everygenome.web.moderation.keys import by_link, stays_open
from everygenome.web.moderation.views.standing import dead_link
from everygenome.web.people.vaults import is_open
from everygenome.web.site.readable import readable
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.offering.uploads import Bounded

View = Callable[..., HttpResponse]


def of_teller(view: View) -> View:
    """Give a view the story whose teller holds this link; to all others there is no such page."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @_bounded
    @readable
    @wraps(view)
    def inner(request: HttpRequest, secret: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = by_link(secret)
        if found is None or found.kind != NAME or not found.vault:
            return dead_link(request)
        stays_open(secret)
        try:
            return view(request, found, secret, *args, **kwargs)
        except StoreError:
            # It was withdrawn while this was on its way: there is nothing to keep it in.
            if is_open(found.vault):
                raise
            return dead_link(request)

    return inner


def _bounded(view: View) -> View:
    """What is sent with a form is counted while it comes."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [Bounded(request)]
        return view(request, *args, **kwargs)

    return inner
