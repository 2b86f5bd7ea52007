"""How a copy is made, and what came of it."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from everygenome.errors import UsageError

_SITE = re.compile(r"^https?://[^\s/?#@]+/?$")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a copy may hold.

    Attributes:
        pages: how many pages; further ones are left out, and counted.
        size_bytes: of all files together; more is an error.
        without: endings of files that are left out, such as "png".
    """

    pages: int = 4_000
    size_bytes: int = 1_000_000_000
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a copy is made.

    Attributes:
        made_on: the day that stands on its pages.
        live: address of the live site, for what a copy cannot do; citations and bundles name it.
        publisher: who publishes the copy.
        bounds: how much it may hold.
    """

    made_on: date
    live: str | None = None
    publisher: str | None = None
    bounds: Bounds = field(default_factory=Bounds)

    def __post_init__(self) -> None:
        """Refuse an address that is none."""
        if self.live is not None and not _SITE.match(self.live):
            raise UsageError(
                f"{self.live!r} is no address of a web site.",
                remedy="Write it whole, such as https://monitor.example.org.",
            )

    @property
    def site(self) -> str:
        """The address under which the site is asked, without a slash at its end."""
        return (self.live or "http://localhost").rstrip("/")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names of the site, in links that are written out whole."""
        return tuple({"localhost", self.site.partition("//")[2]})


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        folder: of the copy.
        release: its identifier.
        pages: how many pages.
        files: how many other files.
        size_bytes: of everything.
        beyond: pages left out because there were too many.
        failed: addresses that the site links to and could not show, with the status.
    """

    folder: Path
    release: str
    pages: int
    files: int
    size_bytes: int
    beyond: int
    failed: dict[str, int]
