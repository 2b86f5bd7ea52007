"""What went wrong, as `application/problem+json` (RFC 9457): never a page, never a traceback."""

import json
import logging
import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from everygenome.errors import (
    EverygenomeError,
    NotFoundError,
    StoreError,
    TooLongError,
    UsageError,
)
from everygenome.web.site.turns import BusyError

MEDIA_TYPE = "application/problem+json"
_SHOWN = 200
# Each kind of problem has one short title and one anchor in the page of the API.
KINDS = {
    400: ("bad-request", "The request cannot be read"),
    404: ("not-found", "There is no such thing here"),
    405: ("method-not-allowed", "This can only be read"),
    406: ("not-acceptable", "No such format"),
    410: ("gone", "It was withdrawn"),
    414: ("too-long", "The address is too long"),
    422: ("not-understood", "A parameter was not understood"),
    429: ("too-many-requests", "Too many requests"),
    500: ("fault", "Something broke on our side"),
    503: ("not-ready", "No answer can be given now"),
}


class ProblemError(Exception):
    """A request that cannot be answered.

    Args:
        status: the HTTP status.
        detail: what happened and what to do, for the reader of this one answer.
        parameter: the parameter that is to blame.
        valid: the values, or the names of parameters, that would do.
        headers: further headers of the answer.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        parameter: str | None = None,
        valid: Iterable[Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.parameter, self.headers = parameter, headers or {}
        self.valid = None if valid is None else list(valid)

    def body(self, instance: str) -> dict[str, Any]:
        """The members of the answer."""
        kind, title = KINDS.get(self.status, KINDS[500])
        told: dict[str, Any] = {
            "type": f"/api/v1/docs#problem-{kind}",
            "title": title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance[:_SHOWN],
        }
        if self.parameter is not None:
            told["parameter"] = self.parameter[:_SHOWN]
        if self.valid is not None:
            told["valid"] = self.valid
        return told

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The answer."""
        body = json.dumps(self.body(request.path), ensure_ascii=False).encode()
        response = HttpResponse(
            b"" if request.method == "HEAD" else body,
            status=self.status,
            content_type=MEDIA_TYPE,
            headers=self.headers,
        )
        response["Content-Length"] = str(len(body))
        response["Cache-Control"] = "no-store"
        return response


def problem_of(error: Exception) -> ProblemError:
    """The problem that an error is; a fault of ours is logged, and told without its reason."""
    if isinstance(error, ProblemError):
        return error
    for kind, status in ((NotFoundError, 404), (UsageError, 422)):
        if isinstance(error, kind):
            return ProblemError(status, _told(error))
    return _not_now(error)


def _not_now(error: Exception) -> ProblemError:
    """What is no mistake of the request."""
    if isinstance(error, TooLongError):
        detail = f"{error.what} Ask for less at once: fewer years, one trait, or one country."
        return ProblemError(503, detail, headers={"Retry-After": "60"})
    if isinstance(error, BusyError):
        detail = "Other comparisons of releases are being made, and take long. Try again soon."
        return ProblemError(503, detail, headers={"Retry-After": "30"})
    if isinstance(error, StoreError):
        logging.getLogger("django").error("The store cannot be read: %s", error)
        detail = "The release cannot be read. Another one may do; see /api/v1/releases."
        return ProblemError(503, detail)
    # Our own errors may name a file of this machine, so only their kind leaves it.
    logging.getLogger("django").error("A fault in the API", exc_info=error)
    return ProblemError(500, "It is not your mistake. Please try again in a minute.")


def shown(text: str) -> str:
    """A stranger's text, short enough for a sentence."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def _told(error: EverygenomeError) -> str:
    """The message, where options are called as the API calls them."""
    return re.sub(r"--([a-z][a-z-]*)", lambda m: f"`{m[1].replace('-', '_')}`", str(error))
