"""The page of all live claims, and its files."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections import files, json_ld
from everygenome.web.collections.registry import collection_of
from everygenome.web.evidence import table
from everygenome.web.site import absolute
from everygenome.web.site.pages import page
from everygenome.web.site.prepared import Prepared

_NAME = "everygenome-live-claims"


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Every published figure that we have something to say about, beside today's."""
    found = table.claims()
    base = absolute.base(request)
    context = {
        "here": "evidence",
        "collection": collection_of("evidence"),
        "counted": [(item, shown) for item, shown in found if not shown.is_never],
        "never": [(item, shown) for item, shown in found if shown.is_never],
        "example": next((shown.today for _, shown in found if shown.today), None),
        "ld": json_ld.written(_described(base)),
    }
    return page(request, "evidence/live", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    body = table.as_csv(table.claims(), absolute.base(request))
    return _file(request, body, "text/csv; charset=utf-8; header=present", "csv")


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The same as one object."""
    body = table.as_json(table.claims(), absolute.base(request))
    return _file(request, body, "application/json", "json")


def _file(request: HttpRequest, body: bytes, kind: str, ending: str) -> HttpResponse:
    named = {"Content-Disposition": f'attachment; filename="{_NAME}.{ending}"'}
    return Prepared.of(body, kind, headers=files.OPEN | named).respond(request, dated=False)


def _described(base: str) -> dict[str, object]:
    address = f"{base}/evidence/live/"
    return {
        "@context": json_ld.CONTEXT,
        "@type": "Dataset",
        "name": "Published figures beside those of today",
        "description": "Published shares of people in genome studies beside what the current "
        "release gives under the same or a near rule, or the reason why it cannot.",
        "url": address,
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{address}figures.{ending}",
            }
            for kind, ending in (("text/csv", "csv"), ("application/json", "json"))
        ],
    }
