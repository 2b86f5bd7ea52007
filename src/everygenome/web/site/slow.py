"""A question that took too long is told in plain words, on every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from everygenome.errors import TooLongError
from everygenome.web.site.page import base_context, render


class TooLong:
    """Turn a `TooLongError` of a view into a page (503) that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the page where the view gave up; otherwise leave it to others."""
        if not isinstance(exception, TooLongError):
            return None
        made = render("site/too_long", base_context(None, None), status=503)
        return made.respond(request, dated=False)
