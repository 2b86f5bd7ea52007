"""Addresses of the definitions."""

urlpatterns: list = []
