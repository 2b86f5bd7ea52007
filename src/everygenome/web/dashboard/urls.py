"""Addresses of the monitor; each takes `?release=` to look at another release."""

from django.urls import path, re_path

from everygenome.web.dashboard import downloads, sitemap, suggest, views
from everygenome.web.dashboard.figures import FIGURES
from everygenome.web.dashboard.pages import PAGES
from everygenome.web.site.several import ENTITIES, PLURALS

_FIGURE = f"(?P<name>{'|'.join(FIGURES)})"
_FILE = f"(?P<name>{'|'.join(downloads.NAMES)})"

urlpatterns = [
    *(
        path(
            page.path.removeprefix("/").replace("{", "<str:").replace("}", ">"),
            views.page_view(page),
            name=page.name,
        )
        for page in PAGES
    ),
    re_path(rf"^charts/{_FIGURE}\.(?P<kind>svg|png)$", views.chart, name="chart"),
    re_path(rf"^data/{_FILE}\.(?P<kind>csv|json|parquet)$", views.data, name="data"),
    re_path(rf"^bundle/{_FIGURE}\.zip$", views.bundle, name="bundle"),
    re_path(rf"^embed/{_FIGURE}/$", views.framed, name="embed"),
    path("studies/points.bin", views.points, name="points"),
    path("traits/suggest.json", suggest.suggest, name="suggest"),
    *(path(f"{PLURALS[kind]}/suggest.json", suggest.entities, {"kind": kind}) for kind in ENTITIES),
    re_path(
        rf"^reports/(?P<kind>{'|'.join(PLURALS)})/(?P<name>[^/]+)\.(?P<form>pdf|html|md)$",
        views.report,
        name="report",
    ),
    re_path(r"^award/report\.(?P<form>pdf|html|md)$", views.award_report, name="award report"),
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
