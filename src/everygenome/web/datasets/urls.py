"""Addresses of the datasets beside those that every collection has."""

from django.urls import path

from everygenome.web.datasets import views

urlpatterns = [
    path("map/", views.overview, name="datasets-map"),
    path("references/", views.reference_page, name="datasets-references"),
    path("references.json", views.reference_file, name="datasets-references-json"),
]
