"""Ask one address: bounded in time, in steps and in bytes, and never past the guard."""

from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import httpx

from everygenome.web.toolbox.links.guard import ForbiddenError, target

LARGEST_BYTES = 64 * 1024
_STEPS = 5
_SECONDS = 10.0
# Servers that do not know HEAD, or answer it otherwise than GET.
_ASK_AGAIN = (400, 403, 404, 405, 406, 500, 501, 503)
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
    timeout = httpx.Timeout(seconds, connect=min(seconds, 5.0))
    return httpx.Client(
        headers={"User-Agent": agent(contact)}, timeout=timeout, trust_env=False, http2=False
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
        except ForbiddenError as error:
            return Answer(False, f"not asked: {error}")
        except (httpx.HTTPError, OSError, ValueError) as error:
            return Answer(False, _words(error))
        code = response.status_code
        following = response.headers.get("location")
        if response.is_redirect and following:
            here = urljoin(here, following)
            for_good = for_good and code in _FOR_GOOD
            moved_to = here if for_good else moved_to
            continue
        ok = response.is_success or code == HTTPStatus.NOT_MODIFIED
        return Answer(
            ok,
            _phrase(code),
            etag=response.headers.get("etag", etag if code == HTTPStatus.NOT_MODIFIED else "")[
                :300
            ],
            modified=response.headers.get("last-modified", "")[:60],
            moved_to=moved_to[:500] if ok and len(moved_to) <= 500 else "",
        )
    return Answer(False, f"sent on more than {_STEPS} times")


def _one(url: str, by: httpx.Client, known: dict[str, str], *, inside: bool) -> httpx.Response:
    found = target(url, inside=inside)
    more = {"sni_hostname": found.name} if urlsplit(url).scheme == "https" else {}
    headers = known | {"Host": found.host}
    response = by.request("HEAD", found.url, headers=headers, extensions=more)
    if response.status_code not in _ASK_AGAIN:
        return response
    with by.stream("GET", found.url, headers=headers, extensions=more) as response:
        read = 0
        for piece in response.iter_raw():
            read += len(piece)
            if read >= LARGEST_BYTES:
                break
        return response


def _phrase(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _words(error: Exception) -> str:
    known = {
        httpx.ConnectTimeout: "could not be reached in time",
        httpx.TimeoutException: "did not answer in time",
        httpx.ConnectError: "could not be reached",
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    return "its name is not known" if isinstance(error, OSError) else "broke off"
