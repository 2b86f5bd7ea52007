"""The app's name."""

from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    """The collection `definitions`."""

    name = "everygenome.web.definitions"
    label = "definitions"

    def ready(self) -> None:
        """Make the collection known."""
        from everygenome.web.collections.registry import register
        from everygenome.web.definitions.collection import COLLECTION

        register(COLLECTION)
