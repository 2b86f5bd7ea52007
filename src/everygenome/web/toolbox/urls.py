"""Addresses of the toolbox."""

urlpatterns: list = []
