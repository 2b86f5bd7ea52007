"""Addresses of moderation: what contributors and readers send, and the curators' desk."""

urlpatterns: list = []
