"""The app's name."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """The collection `stories`."""

    name = "everygenome.web.stories"
    label = "stories"

    def ready(self) -> None:
        """Make the collection and its kind of contribution known."""
        from everygenome.web.collections.registry import register
        from everygenome.web.stories.collection import COLLECTION
        from everygenome.web.stories.kind import KIND
        from everygenome.web.stories.talking.collection import COLLECTION as TALKING

        register(COLLECTION, KIND)
        register(TALKING)
