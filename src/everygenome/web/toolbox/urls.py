"""Addresses of the toolbox beside those that every collection has."""

from django.urls import path

from everygenome.web.toolbox import views

urlpatterns = [
    path("find/", views.find, name="toolbox-find"),
    path("gaps/", views.gap_map, name="toolbox-gaps"),
]
