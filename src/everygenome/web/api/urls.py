"""Addresses of the API, below /api/."""

from django.urls import path, re_path

from everygenome.web.api import views
from everygenome.web.api.routes import api

urlpatterns = [
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("v1/docs", views.docs, name="api-docs"),
    path("v1/", api.urls),
    # Last: whatever else is asked under /api/ gets an answer of the API's own kind.
    re_path(r"", views.nothing),
]
