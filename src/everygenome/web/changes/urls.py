"""Addresses of what changed."""

from django.urls import path

from everygenome.web.changes import views

urlpatterns = [
    path("changes/", views.releases, name="changes"),
    path("changes/feed.atom", views.feed, name="changes-feed"),
    path("changes/view.atom", views.view_feed, name="view-feed"),
    path("changes/<str:before>/<str:after>/", views.pair, name="change"),
]
