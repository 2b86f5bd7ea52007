"""Addresses of the audit."""

from django.urls import path

from everygenome.web.audit import views

urlpatterns = [
    path("audit/", views.audited, name="audit"),
    path("audit/file/", views.file, name="audit-file"),
]
