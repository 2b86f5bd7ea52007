"""The app's name."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """The collection `datasets`."""

    name = "everygenome.web.datasets"
    label = "datasets"

    def ready(self) -> None:
        """Make the collection known."""
        from everygenome.web.collections.registry import register
        from everygenome.web.datasets.collection import COLLECTION

        register(COLLECTION)
