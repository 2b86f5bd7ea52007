"""Which talking points name a story, and what a page of talking points shows."""

from collections.abc import Iterable
from typing import Any

from everygenome.web.collections.models import SHOWN, Item
from everygenome.web.collections.registry import collection_of
from everygenome.web.collections.shelf import shown_of
from everygenome.web.stories.notes import notes_of

_NAME = "talking-points"


def points_of(slug: str) -> list[Item]:
    """The talking points that name a story."""
    # There are tens of them: one look at all costs less than a table to keep.
    points = Item.objects.filter(collection=_NAME, standing__in=SHOWN).order_by("sort", "pk")
    return [one for one in points if slug in map(slug_of, one.data.get("stories", ()))]


def context(item: Item) -> dict[str, Any]:
    """What the page of talking points shows: what is not there any more is left out."""
    data = item.data
    stories = _found("stories", data.get("stories", ()))
    for one in stories:
        one.notes = notes_of(one.data)
    return {
        "stories": stories,
        "cards": _found("evidence", [data["evidence"]] if data.get("evidence") else []),
        "tools": _found("toolbox", [data["tool"]] if data.get("tool") else []),
    }


def slug_of(address: str) -> str:
    """The name of an entry, however its address was written.

    Example:
        >>> slug_of("https://site.example/stories/k3v9qm2x/"), slug_of("k3v9qm2x")
        ('k3v9qm2x', 'k3v9qm2x')
    """
    return address.strip().rstrip("/").rpartition("/")[2]


def _found(name: str, addresses: Iterable[str]) -> list[Item]:
    slugs = [slug_of(one) for one in addresses]
    items = {item.slug: item for item in shown_of(collection_of(name)).filter(slug__in=slugs)}
    return [items[slug] for slug in slugs if slug in items]
