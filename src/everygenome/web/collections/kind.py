"""A collection as a kind of contribution: how moderation asks for its entries and stores them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections.registry import Collection
from everygenome.web.moderation.kinds import Kind

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution


def kind_for(collection: Collection) -> Kind:
    """The kind under which people contribute to a collection."""
    # Models can be imported only when all apps are there.

    def current(slug: str) -> Mapping[str, Any] | None:
        from everygenome.web.collections.shelf import shown_of

        item = shown_of(collection).filter(slug=slug).first()
        return item.data if item else None

    def publish(contribution: "Contribution") -> str:
        from everygenome.web.collections.storing import publish as store

        return store(collection, contribution).slug

    def forget(contribution: "Contribution") -> None:
        from everygenome.web.collections.models import Item

        Item.history.filter(contribution=contribution.pk).update(who="")

    def same(proposed: Mapping[str, Any]) -> list[tuple[str, str]]:
        from everygenome.web.collections.alike import alike

        return [(item.address, item.title) for item in alike(collection, proposed)]

    def has(slug: str) -> bool:
        from everygenome.web.collections.shelf import items_of

        return items_of(collection).filter(slug=slug).exists()

    return Kind(
        name=collection.name,
        label=collection.one,
        schema=collection.schema,
        current=current,
        title=collection.title_of,
        address=lambda slug: f"/{collection.name}/{slug}/",
        publish=publish,
        forget=forget,
        reviewers=collection.reviewers,
        target_days=collection.target_days,
        same=same,
        has=has,
    )
