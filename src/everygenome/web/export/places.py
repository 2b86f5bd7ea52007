"""Where an address of the site stands in the copy: readable names that do not change."""

import hashlib
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

INDEX = "index.html"
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 60
# What only a server can do. Such an address has no place, and the copy says so.
_LIVE = (
    re.compile(r"^/api(/|$)"),
    re.compile(r"^/alerts(/|$)"),
    # Forms, and what belongs to those who filled them in.
    re.compile(r"^/(contribute|contributions|report|desk|people)(/|$)"),
    re.compile(r"^/stories/(offer|restricted)(/|$)"),
    re.compile(r"^/health$"),
    # A feed or a calendar that never has anything new would mislead whoever follows it.
    re.compile(r"\.(atom|rss|ics)$"),
    re.compile(r"^/(studies/)?search(/|$)"),
    # Each takes a moment to typeset, and there are thousands.
    re.compile(r"^/reports(/|$)"),
    # A quarter of a million pages.
    re.compile(r"^/studies/[^/]+/?$"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the site, taken apart.

    Attributes:
        path: its path, not decoded.
        choices: its query, without what a copy of one release need not say, in order.
    """

    path: str
    choices: tuple[tuple[str, str], ...]

    @property
    def is_file(self) -> bool:
        """Whether it names a file (`/data/trend.csv`) and not a page (`/trend/`)."""
        return "." in self.path.rsplit("/", 1)[-1]

    @property
    def only_live(self) -> bool:
        """Whether only a server can answer it."""
        return any(pattern.search(self.path) for pattern in _LIVE)

    @property
    def place(self) -> str | None:
        """The path of its file in the copy; None for what a copy cannot hold."""
        parts = [_safe(unquote(part)) for part in self.path.split("/") if part]
        if self.only_live or any(set(part) <= {"."} for part in parts):
            return None
        if not self.is_file:
            # A page with choices of its own: there would be no end of them.
            return None if self.choices else "/".join([*parts, INDEX])
        stem, dot, ending = parts[-1].rpartition(".")
        made = [stem, *(f"{_safe(name)}-{_safe(value)}" for name, value in self.choices)]
        return "/".join([*parts[:-1], ".".join(made) + dot + ending])


def read(link: str, *, base: str, release: str, hosts: tuple[str, ...] = ()) -> Address | None:
    """An address within the site from a link on one of its pages; None for one that leads away.

    Args:
        link: as it stands on the page.
        base: the address of the page.
        release: the release of the copy, which its links need not name.
        hosts: names of the site, for links that are written out whole.
    """
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", *hosts):
        return None
    if parts.scheme and not parts.netloc:
        return None
    here = urlsplit(base)
    path = parts.path if parts.path or parts.netloc else here.path
    query = parts.query if parts.path or parts.netloc or parts.query else here.query
    folder = here.path[: here.path.rfind("/") + 1]
    joined = posixpath.normpath(posixpath.join(folder, path or "/"))
    if path.endswith("/") or not path:
        joined = joined.rstrip("/") + "/"
    joined = "/" + joined.lstrip("/")
    # The release of the copy by its identifier or its date.
    unsaid = {("release", release), ("release", release[:10]), ("view", "1")}
    given = parse_qsl(query, keep_blank_values=True)
    return Address(joined, tuple(sorted(set(given) - unsaid)))


def relative(place: str, *, seen_from: str) -> str:
    """The way from one file of the copy to another.

    Example:
        >>> relative("trend/index.html", seen_from="about/method/index.html")
        '../../trend/index.html'
    """
    return posixpath.relpath(place, posixpath.dirname(seen_from) or ".")


def _safe(text: str) -> str:
    """Text as part of a file name; what had to be changed keeps apart by its fingerprint."""
    made = _SAFE.sub("-", text)[:_LONGEST]
    if made == text:
        return made
    return f"{made.strip('-.')}-{hashlib.sha256(text.encode()).hexdigest()[:8]}".lstrip("-")
