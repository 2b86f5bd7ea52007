"""Addresses of the page on variants."""

from django.urls import path, re_path

from everygenome.web.variants import views

urlpatterns = [
    path("variants/", views.variants, name="variants"),
    re_path(r"^variants/evidence\.(?P<form>json|csv|html|pdf)$", views.file, name="variants-file"),
]
