"""Addresses of the badges."""

from django.urls import path, re_path

from everygenome.web.badges import views

urlpatterns = [
    path("badge/", views.listing, name="badges"),
    re_path(
        r"^badge/(?P<name>release|participations|studies|publications|share)\.svg$",
        views.picture,
        name="badge",
    ),
]
