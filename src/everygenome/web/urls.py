"""Addresses. Each app brings its own; a new app adds one line."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("everygenome.web.api.urls")),
    path("", include("everygenome.web.alerts.urls")),
    path("", include("everygenome.web.audit.urls")),
    path("", include("everygenome.web.variants.urls")),
    path("", include("everygenome.web.badges.urls")),
    path("", include("everygenome.web.changes.urls")),
    path("", include("everygenome.web.people.urls")),
    path("", include("everygenome.web.moderation.urls")),
    # What a collection has of its own comes before what all of them have.
    path("toolbox/", include("everygenome.web.toolbox.urls")),
    path("definitions/", include("everygenome.web.definitions.urls")),
    path("evidence/", include("everygenome.web.evidence.urls")),
    path("datasets/", include("everygenome.web.datasets.urls")),
    path("", include("everygenome.web.stories.urls")),
    path("", include("everygenome.web.collections.urls")),
    path("", include("everygenome.web.dashboard.urls")),
]
handler404 = "everygenome.web.site.errors.not_found"
handler500 = "everygenome.web.site.errors.fault"
