"""The pages that a search engine should know; views with choices are endless, and are not."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from everygenome.web.dashboard.pages import PAGES
from everygenome.web.site import absolute
from everygenome.web.site.releases import SHELF

_ROOMS = ("/changes/", "/badge/", "/alerts/", "/api/v1/docs")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page without a name in its path, and every trait's."""
    listed = SHELF.listed()
    paths = [page.path for page in PAGES if "{" not in page.path] + list(_ROOMS)
    day = None
    if listed.current:
        paths += [f"/traits/{name}/" for name in SHELF.open(listed.current).tables.traits]
        day = listed.about(listed.current)["date"]
    origin = absolute.base(request)
    xml = render_to_string("dashboard/sitemap.xml", {"origin": origin, "paths": paths, "day": day})
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")
