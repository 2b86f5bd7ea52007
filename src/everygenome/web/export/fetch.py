"""Ask the site for an address in this process: no network, no port."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

_HOPS = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the site answered.

    Attributes:
        status: of HTTP.
        kind: the media type, without its parameters.
        body: the bytes.
    """

    status: int
    kind: str
    body: bytes


Fetch = Callable[[str], Fetched]


def through(
    application: Callable[..., Iterable[bytes]], *, site: str = "http://localhost"
) -> Fetch:
    """A function that gets an address, such as `/trend/?unit=studies`, from a WSGI application.

    Args:
        application: the site.
        site: the address under which it is asked; it stands in what pages write out whole.
    """
    scheme, host = urlsplit(site)[:2]

    def fetch(address: str) -> Fetched:
        for _ in range(_HOPS):
            status, headers, body = _ask(application, address, scheme=scheme, host=host)
            target = headers.get("location", "")
            if status not in (301, 302, 303, 307, 308) or not target:
                return Fetched(status, headers.get("content-type", "").split(";")[0], body)
            parts = urlsplit(target)
            if parts.netloc not in ("", host):
                break
            address = parts._replace(scheme="", netloc="").geturl()
        return Fetched(404, "", b"")

    return fetch


def _ask(
    application: Callable[..., Iterable[bytes]], address: str, *, scheme: str, host: str
) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(address)
    told: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        told["status"] = int(status[:3])
        told["headers"] = {name.lower(): value for name, value in headers}

    answer = application(
        {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            # WSGI passes bytes as letters of Latin-1 (PEP 3333).
            "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": host,
            "SERVER_PORT": "443" if scheme == "https" else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        },
        start,
    )
    try:
        body = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
    return told["status"], told["headers"], body
