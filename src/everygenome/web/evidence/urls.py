"""Addresses of the evidence."""

urlpatterns: list = []
