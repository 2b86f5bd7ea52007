"""The app's name."""

from django.apps import AppConfig


class CollectionsConfig(AppConfig):
    """What all collections share."""

    name = "everygenome.web.collections"
    label = "collections"

    def ready(self) -> None:
        """Versions tell who made them and why."""
        from everygenome.web.collections import versions

        versions.connect()
