"""Write the whole site of one release as plain files."""

import os
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from everygenome.errors import NotFoundError
from everygenome.queries.release import Release, list_releases
from everygenome.settings import settings
from everygenome.web.export.crawl import crawl
from everygenome.web.export.fetch import Fetch, through
from everygenome.web.export.options import Exported, Options
from everygenome.web.export.target import building, check, mark
from everygenome.web.prepare import prepared

Progress = Callable[[str, int, int | None], None]


def export_site(
    folder: Path,
    *,
    store: Path,
    release: str | None = None,
    options: Options,
    progress: Progress = lambda *_: None,
) -> Exported:
    """Write the site over a store as plain files; call it once in a process.

    The site is asked in this process, with a database of its own that holds the public entries
    of the collections and nothing else, so nothing about people can leave with the copy. The
    store and the site's database are only read.

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
    chosen = chosen_release(store, release)
    with tempfile.TemporaryDirectory(prefix="everygenome-") as made:
        progress("Starting the site", 0, None)
        # A database of its own, and as much time as an answer takes: nobody else is waiting.
        address = os.environ.pop("DATABASE_URL", None)
        # The copy has keys and an index of its own, and never writes to those of the site.
        kept = os.environ.pop("EVERYGENOME_APART", None)
        os.environ["EVERYGENOME_QUERY_SECONDS"] = "600"
        # Bundles, citations and snippets name the live site.
        if options.live:
            os.environ["EVERYGENOME_SITE_URL"] = options.site
        names = [name.partition(":")[0] for name in options.hosts]
        os.environ["EVERYGENOME_ALLOWED_HOSTS"] = ",".join(names)
        application = prepared(Path(made), "127.0.0.1")
        from django import conf

        # Django's settings are read when this is imported: not before they are ours.
        from everygenome.web.collections.carrying import carry
        from everygenome.web.settings.database import apart, database

        live = {"store": store, "database_url": address}
        shelf = apart(Path(kept) if kept else store / "web" / "apart")
        carry(database(settings().model_copy(update=live)), shelf)
        conf.settings.STORE = store
        return copy_site(
            folder,
            fetch=through(application, site=options.site),
            release=chosen,
            options=options,
            progress=progress,
        )


def chosen_release(store: Path, release: str | None) -> str:
    """The identifier of a release, by identifier or date; None takes the current one.

    Raises:
        NotFoundError: there is no such release.
        StoreError: the store cannot be read.
    """
    listed = list_releases(store=store)
    wanted = release
    if release in (None, "current"):
        wanted = next((item["id"] for item in listed if item["current"]), None)
    fitting: list[str] = [item["id"] for item in listed if wanted in (item["id"], item["date"])]
    if len(fitting) != 1:
        what = "several releases of" if fitting else "no release"
        raise NotFoundError(
            f"The store {store} holds {what} {wanted or 'yet'}.",
            remedy="`everygenome releases` lists them; `everygenome sync` brings one.",
        )
    return fitting[0]


def copy_site(
    folder: Path,
    *,
    fetch: Fetch,
    release: str,
    options: Options,
    progress: Progress = lambda *_: None,
) -> Exported:
    """Write what a site answers as plain files; Django is set up over the store.

    Raises:
        As `export_site`.
    """
    from everygenome.web.export.explore import write_explore
    from everygenome.web.export.pages import EXPLORE, Pages
    from everygenome.web.site.releases import SHELF

    SHELF.show_until(release)
    try:
        with building(folder) as made:
            found = crawl(
                fetch,
                made,
                release=release,
                bounds=options.bounds,
                hosts=options.hosts,
                progress=lambda done, known: progress("Writing the site", done, known),
            )
            opened = SHELF.open(release)
            pages = Pages(made, found, release=opened, options=options, fetch=fetch)
            for count, (place, address) in enumerate(found.pages.items()):
                progress("Making links relative", count, len(found.pages))
                pages.rewrite(place, address)
            if pages.can_explore:
                progress("Writing the page that reckons", 0, None)
                pages.add(EXPLORE, write_explore(made, opened))
            done = _counted(made)
            mark(made, _said(opened, options, done))
    finally:
        SHELF.show_until(None)
    return Exported(folder, release, **done, beyond=found.beyond, failed=dict(found.failed))


def _counted(folder: Path) -> dict[str, int]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files)
    return {"pages": pages, "files": len(files) - pages, "size_bytes": size}


def _said(release: Release, options: Options, done: dict[str, int]) -> dict[str, Any]:
    return {
        "about": "A fixed copy of everygenome. This folder may be replaced as a whole.",
        "release": release.label.id,
        "demonstration": release.label.demonstration,
        "made_on": str(options.made_on),
        "software": version("everygenome"),
        **done,
    }
