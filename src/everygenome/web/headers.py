"""Headers that Django has no setting for, and plain words where a name is not ours."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
_ALWAYS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def headers(get_response: Handler) -> Handler:
    """Set the headers of `_ALWAYS` where a view has not set its own."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _ALWAYS.items():
            response.setdefault(name, value)
        return response

    return respond


def known_name(get_response: Handler) -> Handler:
    """Answer a request under an unknown name with what to do, as plain text."""

    def respond(request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponse(
                "This site is not served under that name.\n"
                "If it is yours, add the name to EVERYGENOME_ALLOWED_HOSTS and start it again.\n",
                status=400,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return respond
