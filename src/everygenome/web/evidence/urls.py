"""Addresses of the evidence, beside those that every collection has."""

from django.urls import path

from everygenome.web.evidence import views

urlpatterns = [
    path("live/", views.live, name="live-claims"),
    path("live/figures.csv", views.as_csv, name="live-claims-csv"),
    path("live/figures.json", views.as_json, name="live-claims-json"),
]
