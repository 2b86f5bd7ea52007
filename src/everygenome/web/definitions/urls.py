"""Addresses of the definitions beside those that every collection has."""

from django.urls import path

from everygenome.web.definitions import views

urlpatterns = [path("quick/", views.quick, name="definitions-quick")]
