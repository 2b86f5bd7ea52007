"""Only what can be read reaches a view: the rest gets a page that says what to do."""

import codecs
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from everygenome.web.site.pages import page

# The last two: a part of a form can name a way to write letters that is none.
_UNREADABLE = (
    SuspiciousOperation,
    BadRequest,
    MultiPartParserError,
    UnreadablePostError,
    LookupError,
    ValueError,
)
View = Callable[..., HttpResponse]


def readable(view: View) -> View:
    """A view that is given only what can be read: not too large, not too many fields, in UTF-8."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            # Some other ways to write letters can write what no page can hold.
            readable = not request.encoding or codecs.lookup(request.encoding).name == "utf-8"
            readable and request.POST  # noqa: B018 - reading it is what may fail
        except RequestDataTooBig:
            return page(request, "site/unreadable_form", status=413, private=True)
        except _UNREADABLE:
            readable = False
        if not readable:
            return page(request, "site/unreadable_form", status=400, private=True)
        return view(request, *args, **kwargs)

    return respond
