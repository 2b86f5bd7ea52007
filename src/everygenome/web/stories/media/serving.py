"""Sealed files, opened for who may read them: whole, or the part that a player asks for."""

import errno
import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from everygenome.web.people import vaults
from everygenome.web.stories.media import kept
from everygenome.web.stories.media.kinds import TYPES

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)


def respond(request: HttpRequest, vault: str, name: str, type: str, size: int) -> HttpResponseBase:
    """Send a file of a story, or the part of it that was asked for.

    Args:
        request: whether it may be read is decided before; here only its method and range count.
        vault: the story's vault.
        name: what `kept.keep` returned.
        type: the MIME type of what was made.
        size: bytes of the whole file.

    Returns:
        The file (200), a part of it (206), or nothing: a part that is not in it (416), a story
        that was withdrawn (410), a file that cannot be opened (404).
    """
    asked = _asked(request, size)
    start, stop = asked or (0, size)
    # Before anything is promised, also to HEAD: it can be opened there.
    if kept.read(vault, name, start, start + 1) is None:
        return _plain(HttpResponse(status=404 if vaults.is_open(vault) else 410))
    if asked and start >= stop:
        headers = {"Content-Range": f"bytes */{size}"}
        return _plain(HttpResponse(status=416, headers=headers))
    headers = {
        # One of those that we make; a browser must never take a file for a page or a program.
        "Content-Type": type if type in TYPES else "application/octet-stream",
        "Content-Length": str(stop - start),
        "Content-Disposition": "inline",
        "Accept-Ranges": "bytes",
    }
    if asked:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    # Pictures and sound are packed already. What packs pages would take the length away, which
    # players need; it looks here whether it may.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    if request.method == "HEAD":
        return _plain(HttpResponse(headers=headers))
    body = _opened(vault, name, start, stop)
    return _plain(StreamingHttpResponse(body, status=206 if asked else 200, headers=headers))


def _asked(request: HttpRequest, size: int) -> tuple[int, int] | None:
    """The first byte that is asked for, and the one after the last; None for the whole file.

    Several parts, and what is no range, are answered with the whole, as HTTP allows. So is a part
    of "the file as it was then": it bears no mark by which that could be told.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.method != "GET" or "If-Range" in request.headers:
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(size, int(last) + 1) if last else size


def _opened(vault: str, name: str, start: int, stop: int) -> Iterator[bytes]:
    """A file, piece by piece, so that never more than one is in memory."""
    at = start
    while at < stop:
        end = min(stop, (at // kept.PIECE + 1) * kept.PIECE)
        data = kept.read(vault, name, at, end)
        if data is None or len(data) != end - at:
            # Withdrawn meanwhile. Only a broken connection tells a reader that this was not all.
            raise ConnectionResetError(errno.ECONNRESET, "A file cannot be opened to its end.")
        yield data
        at = end


def _plain(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
