"""Addresses of the definitions beside those that every collection has."""

from django.urls import path

from everygenome.web.definitions.statement import views as statement

urlpatterns = [
    path("statement/", statement.worksheet, name="statement"),
    path("statement/file/", statement.file, name="statement-file"),
]
