"""The pages that a search engine should know; views with choices are endless, and are not."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from everygenome.errors import NotFoundError
from everygenome.queries.release import Release
from everygenome.web.collections.registry import collections
from everygenome.web.collections.shelf import shown_of
from everygenome.web.dashboard.pages import PAGES
from everygenome.web.site import absolute
from everygenome.web.site.releases import SHELF
from everygenome.web.site.several import PLURALS, knows

_ROOMS = ("/changes/", "/badge/", "/alerts/", "/api/v1/docs")


def _known(release: Release, kind: str) -> list[str]:
    """The identifiers of a kind that have anything to show."""
    if kind != "country":
        return list(release.tables.entities.of(kind)) if knows(release, kind) else []
    try:
        # Every country of the world has a page, but not every one has a record.
        return [row["id"] for row in release.portfolio(kind).rows]
    except NotFoundError:
        return []


def _entries() -> list[tuple[str, str | None]]:
    """Every list and every entry, with the day on which it changed last."""
    lists = [(f"/{one.name}/{page}", None) for one in collections() for page in ("", "export/")]
    lists += [(address, None) for one in collections() for address, _ in one.links]
    # Collections may name the same page.
    return list(dict.fromkeys(lists)) + [
        (item.address, str(item.changed_at.date()))
        for one in collections()
        for item in shown_of(one).order_by("sort", "pk").iterator()
    ]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page without a name in its path; those of each trait, funder, and so on; entries."""
    listed = SHELF.listed()
    paths = [page.path for page in PAGES if "{" not in page.path] + list(_ROOMS)
    day = None
    if listed.current:
        release = SHELF.open(listed.current)
        paths += [f"/traits/{name}/" for name in release.tables.traits]
        for kind, plural in PLURALS.items():
            if not knows(release, kind):
                paths.remove(f"/{plural}/")
            paths += [f"/{plural}/{name}/" for name in _known(release, kind)]
        day = listed.about(listed.current)["date"]
    origin = absolute.base(request)
    context = {"origin": origin, "pages": [*((path, day) for path in paths), *_entries()]}
    xml = render_to_string("dashboard/sitemap.xml", context)
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")
