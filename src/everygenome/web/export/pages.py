"""Pages of a copy: they know what the copy holds, and say what it is."""

from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.templatetags.static import static

from everygenome.queries.release import Release
from everygenome.web.export.crawl import Crawled
from everygenome.web.export.fetch import Fetch
from everygenome.web.export.options import Options
from everygenome.web.export.places import Address, read, relative
from everygenome.web.export.rewrite import Frame, links, rewritten

EXPLORE = "explore.html"
_EXPLORE_CHOICES = {"unit", "stage", "denominator", "from_year", "to_year", "trait_parent"}


class Pages:
    """Rewrites the pages that were found, and adds our own.

    Args:
        folder: of the copy.
        found: what the crawl wrote there.
        release: that the copy shows.
        options: how the copy is made.
        fetch: asks the site.
    """

    def __init__(
        self, folder: Path, found: Crawled, *, release: Release, options: Options, fetch: Fetch
    ) -> None:
        self._folder, self._found, self._fetch = folder, found, fetch
        self._release, self._options = release, options
        # A release without its ancestry file has nothing to reckon with.
        self.can_explore = "ancestry" not in release.manifest.missing
        self._style = self._bring(static("export/copy.css"))

    def rewrite(self, place: str, address: str) -> None:
        """Make a page that was found a page of the copy."""
        path = self._folder / place
        path.write_text(self._rewritten(path.read_text("utf-8"), place, address), "utf-8")

    def add(self, place: str, html: str) -> None:
        """A page of our own, with the files that only it needs; its forms stay."""
        address = f"/{place}"
        for link, shown in links(html):
            led = self._read(link, address)
            if led is not None and shown and led.place and not self._found.holds(led.place):
                self._bring(led.path)
        made = self._rewritten(html, place, address, keep_controls=True)
        (self._folder / place).write_text(made, "utf-8")

    def _bring(self, path: str) -> str:
        """Make sure that a file of the site is in the copy; returns its place."""
        place = str(Address(path, ()).place)
        target = self._folder / place
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self._fetch(path).body)
        self._found.files.add(place)
        return place

    def _read(self, link: str, address: str) -> Address | None:
        return read(link, base=address, release=self._release.label.id, hosts=self._options.hosts)

    def _rewritten(
        self, html: str, place: str, address: str, *, keep_controls: bool = False
    ) -> str:
        def resolve(link: str) -> str | None:
            led = self._read(link, address)
            if led is None:
                return link
            target = self._target(led)
            if target is None:
                return self._live(led)
            _, mark, fragment = link.partition("#")
            return relative(target, seen_from=place) + mark + fragment

        frame = Frame(
            notice=self._notice(place),
            style=relative(self._style, seen_from=place),
            keep_controls=keep_controls,
            has_live=self._options.live is not None,
        )
        return rewritten(html, resolve, frame)

    def _target(self, led: Address) -> str | None:
        """Where a link leads within the copy."""
        if led.place is not None and self._found.holds(led.place):
            return led.place
        names = {name for name, _ in led.choices}
        if self.can_explore and not led.is_file and names and names <= _EXPLORE_CHOICES:
            # A view with choices of its own: the page that reckons can show it.
            return f"{EXPLORE}?{urlencode((('view', '1'), *led.choices))}"
        return None

    def _live(self, led: Address) -> str | None:
        if self._options.live is None:
            return None
        query = f"?{urlencode(led.choices)}" if led.choices else ""
        return self._options.live.rstrip("/") + led.path + query

    def _notice(self, place: str) -> str:
        manifest = self._release.manifest
        said = {
            "release_date": manifest.date,
            "made_on": self._options.made_on,
            "software": version("everygenome"),
            "publisher": self._options.publisher,
            "live": self._options.live,
            "explore": relative(EXPLORE, seen_from=place) if self.can_explore else None,
        }
        return render_to_string("export/notice.html", said)
