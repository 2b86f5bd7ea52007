"""The datasets of the register, as the rules read them."""

from everygenome.web.collections.models import Item, Standing
from everygenome.web.datasets.maturity import Registered


def registered() -> list[Registered]:
    """All published datasets by name; those retired, replaced or withdrawn are not counted."""
    items = Item.objects.filter(collection="datasets", standing=Standing.PUBLISHED)
    return [
        Registered(item.title, item.address, item.data) for item in items.order_by("sort", "pk")
    ]
