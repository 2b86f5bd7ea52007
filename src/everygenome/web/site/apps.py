"""The app's name."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The design system, and the way from a request to an answer."""

    name = "everygenome.web.site"
    label = "site"
