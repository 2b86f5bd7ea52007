"""The shelf: what readers search and list of stories, made from what is sealed."""

from collections.abc import Iterator
from typing import Any

from everygenome.web.collections.models import Item, Speaker
from everygenome.web.collections.shelf import items_of
from everygenome.web.collections.storing import Saying, remove, store
from everygenome.web.people import vaults
from everygenome.web.stories.beside import remember_standing
from everygenome.web.stories.collection import COLLECTION
from everygenome.web.stories.models import Standing, Story


def show(story: Story) -> None:
    """Put a story on the shelf from which lists, searches and feeds are made, or take it off."""
    item = items_of(COLLECTION).filter(slug=story.slug).first()
    if story.standing != Standing.PUBLIC or not (data := story.sealed.get("data")):
        if item is not None:
            remove(item, COLLECTION)
        return
    saying = Saying(speaker=Speaker.CONTRIBUTOR, why="", source="")
    store(COLLECTION, data, slug=story.slug, saying=saying)


def stored(item: Item) -> None:
    """Seal what a seed or an import put on the shelf; what tellers offered is sealed already."""
    story = Story.objects.filter(slug=item.slug).first()
    if story is not None and story.contribution is not None:
        return
    if story is None:
        story = Story(slug=item.slug, vault=vaults.made(), standing=Standing.PUBLIC)
    story.sealed = {"data": item.data, "said": list(_facts(item))}
    story.changed_at = item.changed_at
    story.save()
    remember_standing(story)


def again(story: Story) -> None:
    """Make what readers search of a story anew from what is sealed: after a restore."""
    show(story)
    item = items_of(COLLECTION).filter(slug=story.slug).first()
    for said in story.sealed.get("said", ()) if item is not None else ():
        item.facts.filter(field=said["field"]).update(
            **{k: v for k, v in said.items() if k != "field"}
        )


def all_again() -> None:
    """Make the whole shelf anew, where its file was lost."""
    for story in Story.objects.filter(standing=Standing.PUBLIC).order_by("pk"):
        again(story)


def _facts(item: Item) -> Iterator[dict[str, Any]]:
    for fact in item.facts.order_by("field"):
        yield {"field": fact.field, "said_by": fact.said_by, "source": fact.source,
               "locked": fact.locked}  # fmt: skip
