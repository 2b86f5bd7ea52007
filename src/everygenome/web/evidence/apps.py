"""The app's name."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The collection `evidence`."""

    name = "everygenome.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Make the collection known."""
        from everygenome.web.collections.registry import register
        from everygenome.web.evidence.collection import COLLECTION

        register(COLLECTION)
