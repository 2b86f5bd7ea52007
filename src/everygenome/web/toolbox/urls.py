"""Addresses of the toolbox beside those that every collection has."""

from django.urls import path

from everygenome.web.toolbox import mapped, views

urlpatterns = [
    path("find/", views.find, name="toolbox-find"),
    path("gaps/", mapped.gap_map, name="toolbox-gaps"),
]
