"""Ask one address: bounded in time, in steps and in bytes, and never past the guard."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import httpx

from everygenome.web.toolbox.links.guard import ForbiddenError, target
from everygenome.web.toolbox.links.limit import within

LARGEST_BYTES = 64 * 1024
_STEPS = 5
_SECONDS = 10.0
# A request may take this many times as long as one byte may.
_PATIENCE = 3
# Servers that do not know HEAD, or answer it otherwise than GET.
_ASK_AGAIN = (400, 403, 404, 405, 406, 500, 501, 503)
# What may go wrong with a request, apart from the guard.
FAULTS = (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError)
_FOR_GOOD = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)


@dataclass(frozen=True, slots=True)
class Answer:
    """How an address answered.

    Attributes:
        ok: there is something.
        status: in words.
        etag, modified: to ask next time whether it changed.
        moved_to: where it sends on to for good; empty: nowhere.
    """

    ok: bool
    status: str
    etag: str = ""
    modified: str = ""
    moved_to: str = ""


def agent(contact: str) -> str:
    """How we call ourselves, and how whoever runs a server reaches us."""
    return f"everygenome/{version('everygenome')} (link check; {contact or 'no contact given'})"


def client(contact: str, *, seconds: float = _SECONDS) -> httpx.Client:
    """A client that keeps nothing and follows nothing by itself."""
    return httpx.Client(
        headers={"User-Agent": agent(contact)},
        timeout=httpx.Timeout(seconds, connect=min(seconds, 5.0)),
        trust_env=False,
        # Each request has a connection of its own, so that its time limit can end it.
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def ask(
    url: str, *, by: httpx.Client, etag: str = "", modified: str = "", inside: bool = False
) -> Answer:
    """Ask an address whether it is still there.

    Args:
        url: the address.
        by: a client of `client`.
        etag, modified: of its last answer.
        inside: see `guard.target`.
    """
    known = {"If-None-Match": etag} if etag else {}
    known |= {"If-Modified-Since": modified} if modified else {}
    here, moved_to, for_good = url, "", True
    for _ in range(_STEPS + 1):
        try:
            response = _one(here, by, known, inside=inside)
            code = response.status_code
            following = response.headers.get("location", "")
            there = urljoin(here, following) if response.is_redirect else ""
        except ForbiddenError as error:
            return Answer(False, f"not asked: {error}")
        except FAULTS as error:
            return Answer(False, _words(error))
        if following and there:
            here = there
            for_good = for_good and code in _FOR_GOOD
            moved_to = here if for_good else moved_to
            continue
        ok = response.is_success or code == HTTPStatus.NOT_MODIFIED
        return Answer(
            ok,
            _phrase(code),
            etag=_kept(response, "etag", etag, longest=300),
            modified=_kept(response, "last-modified", modified, longest=60),
            moved_to=moved_to[:500] if ok and len(moved_to) <= 500 else "",
        )
    return Answer(False, f"sent on more than {_STEPS} times")


def _one(url: str, by: httpx.Client, known: dict[str, str], *, inside: bool) -> httpx.Response:
    response, _ = once("HEAD", url, by, known, inside=inside)
    if response.status_code in _ASK_AGAIN:
        response, _ = once("GET", url, by, known, inside=inside)
    return response


def once(
    method: str, url: str, by: httpx.Client, headers: Mapping[str, str], *, inside: bool
) -> tuple[httpx.Response, bytes]:
    """One request, and the beginning of what it answers.

    Raises:
        ForbiddenError: the address leads inside, or is none.
        Exception: one of `FAULTS`: there was no answer that can be read.
    """
    found = target(url, inside=inside)
    more = {"sni_hostname": found.name} if urlsplit(url).scheme == "https" else {}
    headers = {**headers, "Host": found.host}
    whole = (by.timeout.read or _SECONDS) * _PATIENCE
    with (
        within(whole) as limit,
        by.stream(method, found.url, headers=headers, extensions=limit | more) as response,
    ):
        text = b""
        for piece in response.iter_raw(LARGEST_BYTES):
            text += piece
            if len(text) >= LARGEST_BYTES:
                break
        return response, text[:LARGEST_BYTES]


def _kept(response: httpx.Response, name: str, before: str, *, longest: int) -> str:
    """A header to send back next time; what is unchanged need not say it again."""
    unchanged = response.status_code == HTTPStatus.NOT_MODIFIED
    said = response.headers.get(name, before if unchanged else "")
    # Half of it, or letters that no request may hold, would only make the next one fail.
    return said if len(said) <= longest and said.isascii() and said.isprintable() else ""


def _phrase(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _words(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "its certificate is not valid, or it speaks no TLS"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, TimeoutError):
        return "did not answer in time"
    known = {
        httpx.ConnectTimeout: "could not be reached in time",
        httpx.TimeoutException: "did not answer in time",
        httpx.ConnectError: "could not be reached",
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    return "its name is not known" if isinstance(error, OSError) else "broke off"
