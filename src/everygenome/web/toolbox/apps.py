"""The app's name."""

from django.apps import AppConfig


class ToolboxConfig(AppConfig):
    """The collection `toolbox`."""

    name = "everygenome.web.toolbox"
    label = "toolbox"

    def ready(self) -> None:
        """Make the collection known."""
        from everygenome.web.collections.registry import register
        from everygenome.web.toolbox.collection import COLLECTION

        register(COLLECTION)
