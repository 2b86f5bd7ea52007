"""Write the whole site of one release as plain files."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.release import list_releases
from everygenome.web.export.crawl import Bounds, Crawled, crawl
from everygenome.web.export.fetch import Fetch, through
from everygenome.web.export.places import Address, read, relative
from everygenome.web.export.rewrite import Frame, rewritten
from everygenome.web.export.target import building, check, mark
from everygenome.web.prepare import prepared

Progress = Callable[[str, int, int | None], None]
_EXPLORE_CHOICES = {
    "unit",
    "stage",
    "denominator",
    "from_year",
    "to_year",
    "trait_parent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a copy is made.

    Attributes:
        made_on: the day that stands on its pages.
        live: address of the live site, for what a copy cannot do.
        publisher: who publishes the copy.
        bounds: how much it may hold.
    """

    made_on: date
    live: str | None = None
    publisher: str | None = None
    bounds: Bounds = field(default_factory=Bounds)

    def __post_init__(self) -> None:
        """Refuse an address that is none."""
        if self.live is not None and urlsplit(self.live).scheme not in ("http", "https"):
            raise UsageError(
                f"{self.live!r} is no address of a web site.",
                remedy="Write it whole, such as https://monitor.example.org.",
            )


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


def export_site(
    folder: Path,
    *,
    store: Path,
    release: str | None = None,
    options: Options,
    progress: Progress = lambda *_: None,
) -> Exported:
    """Write the site over a store as plain files; call it once in a process.

    The site is asked in this process, with a database of its own that holds nothing, so
    nothing that readers wrote can leave with the copy. The store is only read.

    Args:
        folder: where the copy goes: empty, new, or a former copy, which is replaced whole.
        store: the folder of the releases.
        release: identifier or date; None takes the current one. Later ones are not shown.
        options: how the copy is made.
        progress: called with what is done, how far, and of how many.

    Raises:
        UsageError: the folder holds other files, or the copy would be too large.
        NotFoundError: there is no such release.
        StoreError: the disk is full, or a file may not be read or written.
    """
    check(folder)
    with tempfile.TemporaryDirectory(prefix="everygenome-") as made:
        chosen = view_of(store, release, Path(made))
        progress("Starting the site", 0, None)
        # A database of its own, and as much time as an answer takes: nobody else is waiting.
        os.environ.pop("DATABASE_URL", None)
        os.environ["EVERYGENOME_QUERY_SECONDS"] = "600"
        application = prepared(Path(made), "127.0.0.1")
        return copy_site(
            folder, fetch=through(application), release=chosen, options=options, progress=progress
        )


def copy_site(
    folder: Path,
    *,
    fetch: Fetch,
    release: str,
    options: Options,
    progress: Progress = lambda *_: None,
) -> Exported:
    """Write what a site answers as plain files; Django is set up, and shows this release.

    Raises:
        As `export_site`.
    """
    from everygenome.web.export.explore import PAGE, write_explore
    from everygenome.web.site.releases import SHELF

    with building(folder) as made:
        found = crawl(
            fetch,
            made,
            release=release,
            bounds=options.bounds,
            hosts=("localhost",),
            progress=lambda done, known: progress("Writing the site", done, known),
        )
        opened = SHELF.open(release)
        copied = _Copy(made, found, release, options, _notice(opened, options))
        for count, (place, address) in enumerate(found.pages.items()):
            progress("Making links relative", count, len(found.pages))
            copied.rewrite(place, address)
        progress("Writing the page that reckons", 0, None)
        try:
            copied.add(PAGE, write_explore(made, opened), fetch)
        except NotFoundError:
            # A release without its ancestry file has nothing to reckon with.
            copied.forget_explore()
        files = [path for path in made.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        pages = sum(path.suffix == ".html" for path in files)
        mark(
            made,
            {
                "about": "A fixed copy of everygenome; its folder may be replaced as a whole.",
                "release": release,
                "demonstration": opened.label.demonstration,
                "made_on": str(options.made_on),
                "software": _software(),
                "pages": pages,
                "files": len(files) - pages,
            },
        )
    return Exported(
        folder, release, pages, len(files) - pages, size, found.beyond, dict(found.failed)
    )


def view_of(store: Path, release: str | None, made: Path) -> str:
    """A store that shows a release as the current one, and none that came later.

    Raises:
        NotFoundError: there is no such release.
        StoreError: the store cannot be read.
    """
    listed = list_releases(store=store)
    wanted = release
    if release in (None, "current"):
        wanted = next((item["id"] for item in listed if item["current"]), None)
    fitting = [item["id"] for item in listed if wanted in (item["id"], item["date"])]
    if len(fitting) != 1:
        raise NotFoundError(
            f"The store {store} holds no release {release or 'yet'}."
            if not fitting
            else f"The store {store} holds several releases of {release}.",
            remedy="`everygenome releases` lists them; `everygenome sync` brings one.",
        )
    (made / "releases").mkdir()
    for item in listed:
        if item["id"] <= fitting[0]:
            (made / "releases" / item["id"]).symlink_to((store / "releases" / item["id"]).resolve())
    (made / "current").write_text(fitting[0] + "\n", "utf-8")
    return fitting[0]


class _Copy:
    """Pages of a copy that know what the copy holds."""

    def __init__(
        self,
        folder: Path,
        found: Crawled,
        release: str,
        options: Options,
        notice: Callable[[str], str],
    ) -> None:
        self._folder, self._found, self._release = folder, found, release
        self._options, self._notice = options, notice

    def rewrite(self, place: str, address: str) -> None:
        path = self._folder / place
        path.write_text(self._rewritten(path.read_text("utf-8"), place, address), "utf-8")

    def add(self, place: str, html: str, fetch: Fetch) -> None:
        """A page of our own, and the files that only it needs."""
        from everygenome.web.export.rewrite import links

        for link, shown in links(html):
            led = read(link, base="/" + place, release=self._release)
            if led is None or not shown or led.place is None or self._found.holds(led.place):
                continue
            target = self._folder / led.place
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(fetch(led.path).body)
            self._found.files.add(led.place)
        made = self._rewritten(html, place, "/" + place, keep_controls=True)
        (self._folder / place).write_text(made, "utf-8")

    def forget_explore(self) -> None:
        """Take the link to the page that reckons out of every page."""
        for place in self._found.pages:
            path = self._folder / place
            html = path.read_text("utf-8")
            path.write_text(html.replace(self._notice(place), ""), "utf-8")

    def _rewritten(
        self, html: str, place: str, address: str, *, keep_controls: bool = False
    ) -> str:
        def resolve(link: str) -> str | None:
            led = read(link, base=address, release=self._release, hosts=("localhost",))
            if led is None:
                return link
            target = self._target(led)
            if target is None:
                return self._live(led)
            _, hash_, fragment = link.partition("#")
            return relative(target, seen_from=place) + hash_ + fragment

        frame = Frame(self._notice(place), keep_controls=keep_controls)
        return rewritten(html, resolve, frame)

    def _target(self, led: Address) -> str | None:
        if self._found.holds(led.place):
            return led.place
        names = {name for name, _ in led.choices}
        if not led.is_file and names and names <= _EXPLORE_CHOICES:
            return f"explore.html?{urlencode((('view', '1'), *led.choices))}"
        return None

    def _live(self, led: Address) -> str | None:
        if self._options.live is None:
            return None
        query = f"?{urlencode(led.choices)}" if led.choices else ""
        return self._options.live.rstrip("/") + led.path + query


def _notice(opened: Any, options: Options) -> Callable[[str], str]:
    from django.template.loader import render_to_string

    def made(place: str) -> str:
        return render_to_string(
            "export/notice.html",
            {
                "release_date": opened.manifest.date,
                "made_on": options.made_on,
                "software": _software(),
                "publisher": options.publisher,
                "live": options.live,
                "explore": relative("explore.html", seen_from=place),
            },
        )

    return made


def _software() -> str:
    from importlib.metadata import version

    return version("everygenome")
