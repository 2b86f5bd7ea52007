"""Addresses that every collection has; each collection's own come before them."""

urlpatterns: list = []
