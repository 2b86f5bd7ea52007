"""The app's name."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """What changed between releases."""

    name = "everygenome.web.changes"
    label = "changes"
