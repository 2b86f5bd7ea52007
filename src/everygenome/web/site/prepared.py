"""Answers as bytes, made once: a release never changes, so neither do its pages."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

_KEPT = 128
_LARGEST = 4 * 1024 * 1024
_TOGETHER = 96 * 1024 * 1024
_A_DAY = "public, max-age=86400"
_ASK_FIRST = "no-cache"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The body of an answer, plain and compressed, with what names it."""

    body: bytes
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    packed: bytes = b""
    tag: str = ""

    @classmethod
    def of(
        cls,
        body: bytes,
        content_type: str,
        *,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> "Prepared":
        """Compress a body and name it by its hash."""
        # PNG is compressed already, and a time stamp would make equal bytes differ.
        packed = b"" if content_type == "image/png" else gzip.compress(body, 9, mtime=0)
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        return cls(body, content_type, dict(headers or {}), status, packed, tag)

    @property
    def size(self) -> int:
        """Bytes that it takes, plain and compressed."""
        return len(self.body) + len(self.packed)

    def respond(self, request: HttpRequest, *, dated: bool) -> HttpResponse:
        """Answer a request: the bytes, or "not modified" to whoever has them.

        Args:
            request: the request.
            dated: the address names the release, so the answer may be kept for a day;
                otherwise whoever keeps it has to ask whether it still holds.
        """
        accepts = "gzip" in request.headers.get("Accept-Encoding", "")
        body = self.packed if accepts and self.packed else self.body
        # Two forms of one answer are two representations, and so have two tags.
        tag = f'{self.tag[:-1]}-gz"' if body is self.packed else self.tag
        response = HttpResponse(
            b"" if request.method == "HEAD" else body,
            content_type=self.content_type,
            status=self.status,
            headers=dict(self.headers),
        )
        response["Content-Length"] = str(len(body))
        if body is self.packed:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding"])
        if self.status != 200:
            response["Cache-Control"] = "no-store"
            return response
        response["ETag"] = tag
        response["Cache-Control"] = _A_DAY if dated else _ASK_FIRST
        answered = get_conditional_response(request, etag=tag, response=response)
        if answered is None or answered is response:
            return response
        # Whoever keeps the answer takes the headers of this one over (RFC 9111, 3.2): without
        # its own, a picture would be given the rules of a page, and could not be shown elsewhere.
        for name, value in self.headers.items():
            answered[name] = value
        return answered


class Pantry:
    """What is prepared, by name; each thing is made once though many ask at a time.

    Args:
        kept: how many things.
        largest: bytes of the largest body that is kept; larger ones are made each time.
        together: bytes of everything that is kept.
    """

    def __init__(
        self, kept: int = _KEPT, *, largest: int = _LARGEST, together: int = _TOGETHER
    ) -> None:
        self._kept, self._largest, self._together = kept, largest, together
        self._lock = threading.RLock()
        self._making: dict[Hashable, threading.RLock] = {}
        self._held: OrderedDict[Hashable, Prepared] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Prepared]) -> Prepared:
        """What is held under a key, or made now."""
        found = self._held.get(key)
        if found is not None:
            return found
        with self._lock:
            # A lock for each thing: a slow one must not hold up the others.
            making = self._making.setdefault(key, threading.RLock())
        with making:
            try:
                return self._held.get(key) or self._keep(key, make())
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _keep(self, key: Hashable, made: Prepared) -> Prepared:
        if len(made.body) <= self._largest:
            with self._lock:
                self._held[key] = made
                held = sum(one.size for one in self._held.values())
                # Strangers choose what is made: many large things must not fill the memory.
                while len(self._held) > self._kept or held > self._together:
                    held -= self._held.popitem(last=False)[1].size
        return made


PANTRY = Pantry()
