"""Withdrawn: everything that readers can reach goes first, then what is sealed."""

from typing import TYPE_CHECKING

from django.utils import timezone

from everygenome.web.collections.shelf import items_of
from everygenome.web.collections.storing import remove
from everygenome.web.stories.collection import COLLECTION
from everygenome.web.stories.keeping import of
from everygenome.web.stories.models import Standing, Story

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution


def withdrawn(contribution: "Contribution") -> None:
    """A teller took a story back: all that is left is that there was one, and since when not."""
    story = of(contribution)
    if story is not None:
        end(story)


def end(story: Story) -> None:
    """Leave of a story its name in addresses and the day; the caller destroys its vault."""
    item = items_of(COLLECTION).filter(slug=story.slug).first()
    if item is not None:
        remove(item, COLLECTION)
    story.sealed, story.vault = {}, ""
    story.embargo = story.ends_on = story.ask_on = None
    story.standing, story.withdrawn_at = Standing.WITHDRAWN, timezone.now()
    story.save()
