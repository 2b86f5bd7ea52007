"""What the server answered, and whether it can be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from everygenome.snapshots.deadline import Deadline
from everygenome.snapshots.policy import Policy
from everygenome.snapshots.redirects import AddressError, checked, next_hop
from everygenome.snapshots.retry import PassingError, retry_after_s
from everygenome.snapshots.served import Served, validator

if TYPE_CHECKING:
    import httpx

IS_HTML: Final = "it sent a web page (HTML) where data were expected"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
_GONE: Final = frozenset({404, 410})
_HTML: Final = ("text/html", "application/xhtml+xml")


@contextmanager
def network(policy: Policy, deadline: Deadline) -> Iterator[None]:
    """Turns what can go wrong on the wire into a sentence.

    Raises:
        PassingError: no connection, silence, or a connection that broke off.
        AddressError: an address that cannot be asked at all.
    """
    import httpx

    try:
        yield
    except httpx.InvalidURL as fault:
        raise AddressError(f"not a usable address ({fault})") from fault
    except httpx.TransportError as fault:
        if deadline.expired:
            reason = "the connection was still open"
        elif isinstance(fault, httpx.ConnectTimeout):
            reason = f"no connection within {policy.connect_timeout_s:g} s"
        elif isinstance(fault, httpx.TimeoutException):
            reason = f"the server sent nothing for {policy.idle_timeout_s:g} s"
        elif isinstance(fault, (httpx.ConnectError, httpx.ProxyError)):
            reason = f"no connection ({fault})"
        else:
            reason = f"the connection broke off ({fault})"
        raise PassingError(reason) from fault


@contextmanager
def answer(
    client: httpx.Client, url: str, headers: Mapping[str, str], policy: Policy, deadline: Deadline
) -> Iterator[httpx.Response]:
    """The first answer that is not a redirect, with its body still to be read.

    Raises:
        AddressError: too many redirects, or one that must not be followed.
    """
    here = checked(url)
    for _ in range(policy.max_redirects + 1):
        extensions = {"trace": deadline.trace}
        with client.stream("GET", here, headers=headers, extensions=extensions) as response:
            if response.status_code not in _REDIRECTS:
                yield response
                return
            here = next_hop(here, response.headers.get("location", ""))
    raise AddressError(f"it redirects more than {policy.max_redirects} times")


def begun(response: httpx.Response, url: str) -> Served:
    """What the server says about a whole file that it begins to send.

    Args:
        response: any answer except one to a request for the rest of a file.
        url: the address that was asked, before redirects.

    Raises:
        PassingError: busy or broken at the moment; with the wait that the server asks for.
        AddressError: gone, forbidden, a web page, or an encoding that we cannot store.
    """
    status, headers = response.status_code, response.headers
    said = f"the server answered {status} {response.reason_phrase}".rstrip()
    if status in _GONE:
        raise AddressError(f"the file is not there ({status})")
    if status in _PASSING:
        raise PassingError(said, wait_s=retry_after_s(headers.get("retry-after")))
    if status != 200:
        raise AddressError(said)
    content_type = headers.get("content-type")
    if content_type is not None and content_type.partition(";")[0].strip().lower() in _HTML:
        raise AddressError(IS_HTML)
    # Bytes are kept as they come over the wire, so that size, limit, hash and range all speak of
    # the same bytes; gzip is recognised by content when the file is opened.
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise AddressError(f"it sent the encoding {encoding}, though none was asked for")
    length = headers.get("content-length")
    return Served(
        url=url,
        final_url=str(response.url),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        content_type=content_type,
        content_disposition=headers.get("content-disposition"),
        validator=validator(headers),
        total_bytes=None if length is None else int(length),
    )


def continued(response: httpx.Response, *, offset: int, before: Served) -> Served | None:
    """What the server says about the whole file, if the answer is the rest of what we hold.

    Args:
        response: an answer with status 206 or 416.
        offset: how many bytes we hold.
        before: what the server said when it sent them.

    Returns:
        None when it is another part, or a part of another version.

    Source: RFC 9110, sections 14.4 and 15.3.7.
    """
    name = "etag" if before.validator == before.etag else "last-modified"
    same = response.headers.get(name, before.validator) == before.validator
    span = re.fullmatch(
        r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("content-range", "").strip()
    )
    if response.status_code == 206 and same and span and int(span[1]) == offset:
        total = before.total_bytes if span[2] == "*" else int(span[2])
        if before.total_bytes in (None, total):
            return before.model_copy(update={"total_bytes": total})
    return None
