"""The app's name."""

from django.apps import AppConfig


class BadgesConfig(AppConfig):
    """Badges for pages elsewhere."""

    name = "everygenome.web.badges"
    label = "badges"
