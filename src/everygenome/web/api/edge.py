"""Everything under /api/: who may ask, how often, how; and no page of errors leaves it."""

import ipaddress
import logging
from collections.abc import Callable
from typing import Any

from django import conf
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_ratelimit import ALL
from django_ratelimit.core import get_usage

from everygenome.web.api.problems import MEDIA_TYPE, ProblemError, problem_of

PREFIX = "/api/"
_METHODS = "GET, HEAD, OPTIONS"
_LONGEST_QUERY = 16_384
_ERROR = 400
_PROXY = ("127.0.0.1", "::1")
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Expose-Headers": "ETag, Link, Everygenome-Release, RateLimit-Limit, "
    "RateLimit-Remaining, RateLimit-Reset, Retry-After",
}
_ASKED_BEFORE = {
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": _METHODS,
}
Handler = Callable[[HttpRequest], HttpResponseBase]


def edge(get_response: Handler) -> Handler:
    """Middleware for addresses under /api/; others pass."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        usage = _usage(request)
        response = _answered(request, usage, get_response)
        for name, value in {**_OPEN, **_rate(usage)}.items():
            response[name] = value
        return response

    return respond


def _answered(
    request: HttpRequest, usage: dict[str, Any] | None, get_response: Handler
) -> HttpResponseBase:
    refused = _refused(request, usage)
    if refused is not None:
        return refused.respond(request)
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_ASKED_BEFORE)
    try:
        response = get_response(request)
    except Exception as error:
        return problem_of(error).respond(request)
    if response.status_code >= _ERROR and not _is_problem(response):
        return _instead(response.status_code).respond(request)
    return response


def _refused(request: HttpRequest, usage: dict[str, Any] | None) -> ProblemError | None:
    """Why a request is not looked at, if so."""
    if usage is not None and usage["should_limit"]:
        seconds = max(1, usage["time_left"])
        return ProblemError(
            429,
            f"More than {usage['limit']} requests in a minute came from this address. Try again "
            f"in {seconds} seconds.",
            headers={"Retry-After": str(seconds)},
        )
    if request.method not in _METHODS.split(", "):
        return ProblemError(
            405, "Data are read here, and never changed: use GET.", headers={"Allow": _METHODS}
        )
    if len(request.META.get("QUERY_STRING", "")) > _LONGEST_QUERY:
        return ProblemError(414, f"A query has at most {_LONGEST_QUERY} letters.")
    return None


def _is_problem(response: HttpResponseBase) -> bool:
    return response.get("Content-Type", "").startswith(MEDIA_TYPE)


def _instead(status: int) -> ProblemError:
    """A problem in the place of an error that something before us answered in its own way."""
    if status == 404:
        return ProblemError(404, "There is nothing at this address; see /api/v1/docs.")
    if status in (400, 412):
        return ProblemError(status, "The request cannot be read, or asks for what does not hold.")
    logging.getLogger("django").error("An answer of the API has the status %d", status)
    return ProblemError(500, "It is not your mistake. Please try again in a minute.")


def _usage(request: HttpRequest) -> dict[str, Any] | None:
    """How much of its minute an address has used, with this request; None without a limit."""
    most = conf.settings.API_RATE_LIMIT
    if not most:
        return None
    found: dict[str, Any] | None = get_usage(
        request, group="api", key=address, rate=f"{most}/m", method=ALL, increment=True
    )
    return found


def _rate(usage: dict[str, Any] | None) -> dict[str, str]:
    if usage is None:
        return {}
    return {
        "RateLimit-Limit": str(usage["limit"]),
        "RateLimit-Remaining": str(max(0, usage["limit"] - usage["count"])),
        "RateLimit-Reset": str(max(0, usage["time_left"])),
    }


def address(_group: str, request: HttpRequest) -> str:
    """Whom to count a request for: an IPv4 address, or the /64 network of an IPv6 address.

    A proxy on this machine tells the address in X-Forwarded-For, of which it writes the last
    part itself; from anywhere else that header is what a stranger says, and is not read.
    """
    told = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if told in _PROXY and forwarded:
        told = forwarded.rsplit(",", maxsplit=1)[-1].strip()
    try:
        found = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        # One subscriber has a whole /64.
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
