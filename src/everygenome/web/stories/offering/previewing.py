"""A story as readers will see it, before anybody else does: for its teller and its reviewers."""

from typing import Any

from everygenome.web.collections.models import Item
from everygenome.web.moderation.models import Contribution
from everygenome.web.stories.collection import COLLECTION
from everygenome.web.stories.keeping import public
from everygenome.web.stories.merging import as_now
from everygenome.web.stories.shown import context


def previewed(found: Contribution, media: str) -> dict[str, Any]:
    """What the template of a story needs to show a contribution.

    Args:
        found: the contribution.
        media: the address under which its files are.
    """
    data = public(as_now(found))
    item = Item(
        collection=COLLECTION.name,
        slug="preview",
        title=COLLECTION.title_of(data) or "Without a title",
        data=data,
    )
    return {"item": item, "collection": COLLECTION, "preview": True, **context(item, media=media)}
