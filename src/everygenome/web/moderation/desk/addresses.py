"""The addresses in what somebody offers: a curator looks at each before anybody else can."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the host that it leads to."""

    address: str
    host: str


def links_in(proposed: Mapping[str, Any], note: str = "") -> list[Link]:
    """Each address once, in the order of the fields.

    Example:
        >>> [link.host for link in links_in({"url": "https://a.example/x", "n": 3}, "see http://b.example.")]
        ['a.example', 'b.example']
    """
    found: dict[str, Link] = {}
    for text in (*_texts(proposed), note):
        for address in _ADDRESS.findall(text):
            address = address.rstrip(".,;:!?)")  # noqa: PLW2901
            host = _host(address)
            if host and len(found) < _MOST:
                found.setdefault(address, Link(address, host))
    return list(found.values())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
