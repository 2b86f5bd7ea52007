"""An answer as a response: one release, one form, named by what was asked and not by its bytes.

The ETag says release, question and software, so "not modified" is told before anything is
reckoned: a release never changes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from everygenome.queries.answer import Answer
from everygenome.reports import exports
from everygenome.web.api.chosen import HEADER
from everygenome.web.api.formats import Format, to_bytes
from everygenome.web.site.prepared import Pantry, Prepared

_LARGEST_KEPT = 512 * 1024  # bytes
ANSWERS = Pantry(512, largest=_LARGEST_KEPT)
SOFTWARE = version("everygenome")
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"


@dataclass(frozen=True)
class Asked:
    """What a request asks, wholly.

    Attributes:
        request: the request.
        values: every parameter, read, with defaults.
        form: the form of the answer.
        releases: identifiers of the releases that the answer is about, mostly one.
        pinned: the address names what the answer depends on, so it never changes.
        state: what the answer depends on beside release and values (the list of releases).
        keeps_release: the address has a parameter for the release.
    """

    request: HttpRequest
    values: Mapping[str, Any]
    form: Format
    releases: tuple[str, ...] = ()
    pinned: bool = False
    state: Any = None
    keeps_release: bool = True

    @cached_property
    def canonical(self) -> str:
        """The question, the same however it was written."""
        said = {k: v for k, v in self.values.items() if k not in ("release", "format")}
        whole = [self.request.path, self.releases, said, self.form.name, self.state, SOFTWARE]
        return json.dumps(whole, sort_keys=True, default=str)

    @cached_property
    def tag(self) -> str:
        """The ETag."""
        return f'"{hashlib.sha256(self.canonical.encode()).hexdigest()[:24]}"'

    def link(self, **changes: Any) -> str:
        """The address of the same question with some parameters changed; it names the release."""
        said: dict[str, Any] = dict(self.request.GET.lists()) | changes
        said.pop("release", None)
        if self.keeps_release:
            # The current release may be another when the next page is asked for.
            said["release"] = self.releases[0]
        return f"{quote(self.request.path)}?{urlencode(said, doseq=True, quote_via=quote)}"


@dataclass(frozen=True, slots=True)
class Told:
    """What an operation answers with.

    Attributes:
        answer: rows with everything that they need, or plain values for JSON.
        after: the cursor of the next page, where there is one.
        within: the parameter that takes it.
    """

    answer: Answer | Mapping[str, Any]
    after: str | None = None
    within: str = "after"


def respond(asked: Asked, make: Callable[[], Told]) -> HttpResponseBase:
    """Answer: "not modified" at once, the bytes where they are held, or newly made."""
    known = _not_modified(asked)
    if known is not None:
        return _finished(asked, known)
    if asked.form.name == "arrow":
        return _finished(asked, _streamed(asked, make()))
    made = ANSWERS.get(asked.canonical, lambda: _prepared(asked, make()))
    return _finished(asked, made.respond(asked.request, dated=asked.pinned))


def _not_modified(asked: Asked) -> HttpResponse | None:
    """The answer to whoever has these very bytes; nothing is reckoned for it."""
    given = asked.request.headers.get("If-None-Match", "")
    # Whoever asks for "anything" has not shown that there is something.
    if not given or given.strip() == "*":
        return None
    for tag in (asked.tag, f'{asked.tag[:-1]}-gz"'):
        found = get_conditional_response(asked.request, etag=tag)
        if found is not None and found.status_code == 304:
            found["ETag"] = tag
            return found
    return None


def _prepared(asked: Asked, told: Told) -> Prepared:
    answer = told.answer
    if isinstance(answer, Answer):
        body = to_bytes(answer, asked.form)
    else:
        body = (json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n").encode()
    headers = _links(asked, told)
    if len(body) > _LARGEST_KEPT:
        # Too much to compress well, or to keep.
        return Prepared(body, asked.form.content_type, headers, tag=asked.tag)
    return replace(Prepared.of(body, asked.form.content_type, headers=headers), tag=asked.tag)


def _streamed(asked: Asked, told: Told) -> StreamingHttpResponse:
    if not isinstance(told.answer, Answer):
        raise TypeError("only a table can be streamed")
    pieces = () if asked.request.method == "HEAD" else exports.to_arrow_stream(told.answer)
    return StreamingHttpResponse(
        pieces,
        content_type=asked.form.content_type,
        headers={"ETag": asked.tag} | _links(asked, told),
    )


def _links(asked: Asked, told: Told) -> dict[str, str]:
    """The next page, and where the caveats' sentences are if they are not in the body."""
    links = []
    if told.after is not None:
        links.append(f'<{asked.link(**{told.within: told.after})}>; rel="next"')
    if asked.form.name != "json":
        whole = asked.link(format="json")
        links.append(f'<{whole}>; rel="describedby"; type="application/json"')
    return {"Link": ", ".join(links)} if links else {}


def _finished(asked: Asked, response: HttpResponseBase) -> HttpResponseBase:
    if asked.releases:
        response[HEADER] = ", ".join(asked.releases)
    if response.status_code in (200, 304):
        response["Cache-Control"] = _FOR_EVER if asked.pinned else _ASK_FIRST
    patch_vary_headers(response, ["Accept", "Accept-Encoding"])
    return response
