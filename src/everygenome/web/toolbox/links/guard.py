"""Which addresses may be asked at all: entries come from strangers, and this server stands inside.

An address is looked up once, and the connection goes to what was found: a name that answers
otherwise a moment later leads nowhere else.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


class ForbiddenError(Exception):
    """The address leads into a network of our own, or is none of the web."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the address by number, and the name that it asks for."""

    url: str
    host: str
    name: str


def target(url: str, *, inside: bool = False) -> Target:
    """Look an address up.

    Args:
        url: an address.
        inside: addresses of this machine and its network are allowed; for tests alone.

    Raises:
        ForbiddenError: it is not of the web, or leads inside.
        OSError: its name is not known.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise ForbiddenError("it is no address of the web") from None
    name = parts.hostname
    if not name or parts.username is not None:
        raise ForbiddenError("it is no address of the web")
    if not inside and port not in _PORTS.values():
        raise ForbiddenError("it names a port that is not the web's")
    try:
        found = {info[4][0] for info in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)}
    except UnicodeError:
        raise ForbiddenError("its name is none") from None
    numbers = [ipaddress.ip_address(str(one).partition("%")[0]) for one in sorted(map(str, found))]
    # One that leads inside spoils all: which of them is called is not ours to choose.
    if not inside and not all(number.is_global and not number.is_multicast for number in numbers):
        raise ForbiddenError("it leads into a private network")
    number = numbers[0]
    shown = f"[{number}]" if number.version == 6 else str(number)
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    host = parts.netloc
    return Target(f"{parts.scheme}://{shown}:{port}{path}{query}", host, name)
