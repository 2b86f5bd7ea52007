"""Addresses of the datasets."""

urlpatterns: list = []
