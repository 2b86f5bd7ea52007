"""Addresses beside the operations: the description, the page that explains it, and the rest."""

import json

from django.http import HttpRequest, HttpResponse

from everygenome.web.api.docs import page
from everygenome.web.api.openapi import BASE
from everygenome.web.api.problems import ProblemError
from everygenome.web.api.routes import api
from everygenome.web.site.prepared import PANTRY, Prepared


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""

    def make() -> Prepared:
        told = api.get_openapi_schema(path_prefix=BASE)
        return Prepared.of(json.dumps(told).encode(), "application/json")

    return PANTRY.get("openapi", make).respond(request, dated=False)


def docs(request: HttpRequest) -> HttpResponse:
    """The page for people."""
    return page(request.build_absolute_uri("/").rstrip("/")).respond(request, dated=False)


def nothing(request: HttpRequest) -> HttpResponse:
    """No such address."""
    return ProblemError(404, "There is nothing at this address; see /api/v1/docs.").respond(request)
